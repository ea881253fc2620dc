package lexicon

import (
	"io/fs"
	"slices"
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// Words is a list of words of one category, each with a value that may be
// empty. What the value means is the list's affair; its file says.
type Words struct {
	words    []string // in order of the file
	values   []string
	forward  *Trie
	backward *Trie // of the words reversed
}

// NewWords returns the list of the words, without values.
func NewWords(words ...string) *Words { return newWords(words, make([]string, len(words))) }

func newWords(words, values []string) *Words {
	reversed := make([]string, len(words))
	for i, w := range words {
		reversed[i] = reverse(w)
	}
	return &Words{words, values, NewTrie(words), NewTrie(reversed)}
}

func loadWords(fsys fs.FS, file string) (*Words, error) {
	var words, values []string
	seen := map[string]bool{}
	for row, err := range Rows(fsys, file) {
		if err != nil {
			return nil, err
		}
		if len(row.Fields) > 2 || row.Fields[0] == "" {
			return nil, row.Errorf("%w entry: want word and perhaps value", schema.ErrInvalid)
		}
		if seen[row.Fields[0]] {
			return nil, row.Errorf("%w entry: %q stands twice", schema.ErrInvalid, row.Fields[0])
		}
		seen[row.Fields[0]] = true
		words = append(words, row.Fields[0])
		values = append(values, strings.Join(row.Fields[1:], ""))
	}
	return newWords(words, values), nil
}

// All returns the words in order of their file.
func (w *Words) All() []string { return slices.Clone(w.words) }

// Has reports whether word is of the list.
func (w *Words) Has(word string) bool {
	_, ok := w.forward.Key(word)
	return ok
}

// Value returns the value of word, "" where it has none or is not of the list.
func (w *Words) Value(word string) string {
	if key, ok := w.forward.Key(word); ok {
		return w.values[key]
	}
	return ""
}

// At returns the longest word that begins at byte at of text; "" where none does.
func (w *Words) At(text string, at int) string {
	_, end, _ := w.forward.Longest(text, at)
	return text[at:end]
}

// Prefix returns the longest word that text begins with, or "".
func (w *Words) Prefix(text string) string { return w.At(text, 0) }

// Suffix returns the longest word that text ends with, or "".
func (w *Words) Suffix(text string) string {
	_, word := w.Last(text)
	return word
}

// Last is Suffix, and tells which word of All it is.
func (w *Words) Last(text string) (index int, word string) {
	index, at := w.backward.lastKey(text)
	return index, text[at:]
}

// In reports whether text holds a word of the list.
func (w *Words) In(text string) bool {
	for at := 0; at < len(text); at += RuneLen(text[at]) {
		if _, _, ok := w.forward.Longest(text, at); ok {
			return true
		}
	}
	return false
}

func reverse(s string) string {
	r := []rune(s)
	slices.Reverse(r)
	return string(r)
}
