package segment

import (
	"fmt"
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// Tags of words that no dictionary has.
const (
	tagNumber  = "m"
	tagLatin   = "eng"
	tagUnknown = "x"
)

// tags holds the part of speech of each word of the dictionaries. gojieba
// gives a word's tag or its offsets but not both, so we look tags up ourselves.
type tags map[string]string

// addDictionary reads lines of three columns: word, frequency, tag.
func (t tags) addDictionary(name, text string) error {
	known := map[string]string{} // one string for each distinct tag
	for n := 1; text != ""; n++ {
		line, rest, _ := strings.Cut(text, "\n")
		text = rest
		word, tail, ok1 := strings.Cut(line, " ")
		_, tag, ok2 := strings.Cut(tail, " ")
		if !ok1 || !ok2 || word == "" {
			return fmt.Errorf("%s:%d: %w entry %q: want word, frequency and tag", name, n, schema.ErrInvalid, line)
		}
		if _, ok := known[tag]; !ok {
			known[tag] = tag
		}
		t[word] = known[tag]
	}
	return nil
}

// of returns the tag of a word, by its letters where no dictionary has it.
func (t tags) of(word string) string {
	if tag, ok := t[word]; ok {
		return tag
	}
	return tagByLetters(word)
}

// tagByLetters tags a word by its characters: one with an ASCII letter is
// Latin, one of digits with what stands inside numbers is a number. (cppjieba
// itself calls single digits unknown, and 1.41 Latin.)
func tagByLetters(word string) string {
	digits := false
	for i := range len(word) {
		switch c := word[i]; {
		case 'a' <= c|0x20 && c|0x20 <= 'z':
			return tagLatin
		case '0' <= c && c <= '9':
			digits = true
		case c != '.' && c != ',' && c != '%':
			return tagUnknown
		}
	}
	if digits {
		return tagNumber
	}
	return tagUnknown
}
