package clean

import (
	"fmt"
	"io/fs"
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// A script reads traditional characters as simplified ones, by the tables of
// OpenCC (see seeds/clean/opencc): the longest phrase first, then characters.
type script struct {
	chars   map[rune]rune
	phrases phrases[string]
}

// loadScript reads the two tables. Their lines are
//
//	traditional<TAB>simplified[ alternative…]
//
// and comments begin with #. We keep what has as many characters on both
// sides, which is nearly all, so that every character keeps its place.
func loadScript(seeds fs.FS) (*script, error) {
	s := &script{chars: map[rune]rune{}}
	for _, name := range []string{"clean/opencc/TSPhrases.txt", "clean/opencc/TSCharacters.txt"} {
		err := eachLine(seeds, name, func(f []string) error {
			if len(f) < 2 {
				return fmt.Errorf("%w entry: want 2 columns", schema.ErrInvalid)
			}
			to, _, _ := strings.Cut(f[1], " ")
			s.add(f[0], to)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (s *script) add(from, to string) {
	switch utf8.RuneCountInString(from) {
	default: // its characters would lose their places
	case 1:
		s.chars[first(from)] = first(to)
	case utf8.RuneCountInString(to):
		s.phrases.add(from, to)
	}
}

// sampleSize is how much of a text tells its script, in bytes.
const sampleSize = 32 << 10

// leastTraditional is the share of characters that must have a simplified form
// for a text to count as traditional. Traditional texts have about 0.35,
// simplified ones below 0.02 (names, quotations, slips).
const leastTraditional = 0.15

// traditional reports whether a text is in the traditional script. It samples
// the middle, since a simplified page often has a traditional header.
func (s *script) traditional(text string) bool {
	if len(text) > sampleSize {
		mid := (len(text) - sampleSize) / 2
		text = text[mid : mid+sampleSize]
	}
	changed, all := 0, 0
	for _, r := range text {
		if '\u4e00' <= r && r <= '\u9fff' {
			all++
			if to, ok := s.chars[r]; ok && to != r {
				changed++
			}
		}
	}
	return float64(changed) > leastTraditional*float64(all)
}

// edits reads a traditional text as simplified, with one warning a line.
func (s *script) edits(text string) []edit {
	if !s.traditional(text) {
		return nil
	}
	var out []edit
	first := 0 // of the line's edits
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if r == '\n' {
			sumUp(out[first:])
			first = len(out)
		}
		from, to := s.at(text[i:], r, n)
		if from != to {
			out = append(out, aligned(i, from, to))
		}
		i += len(from)
	}
	sumUp(out[first:])
	return out
}

// sumUp lets the first of a line's edits tell about all of them.
func sumUp(line []edit) {
	if len(line) > 0 {
		line[0].kind = "traditional_script"
		line[0].message = fmt.Sprintf("traditional characters read as simplified: %d in the line, from %s on", len(line), line[0].with)
	}
}

// at returns the phrase or character r, of n bytes, that text begins with, and
// its simplified form, which may be the same.
func (s *script) at(text string, r rune, n int) (from, to string) {
	if p, ok := s.phrases.longest(text); ok {
		return p.text, p.value
	}
	if c, ok := s.chars[r]; ok {
		return text[:n], string(c)
	}
	return text[:n], text[:n]
}

// aligned is an edit whose characters keep their places where they keep their
// lengths too.
func aligned(start int, from, to string) edit {
	return edit{Span: schema.Span{Start: start, End: start + len(from)}, with: to, aligned: sameWidths(from, to)}
}

// sameWidths reports whether the characters of a and b have the same lengths, one by one.
func sameWidths(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !utf8.RuneStart(b[i]) {
			return false
		}
	}
	return true
}
