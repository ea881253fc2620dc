package segment

import (
	"fmt"
	"hash/maphash"
	"math/bits"
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
//
// It is a hash table with open addressing over the words in one string: a map
// would hold a million pointers for the garbage collector to follow each time,
// and a look-up in it goes to three places in memory instead of two.
type tags struct {
	seed  maphash.Seed
	slots []slot // a power of two, at most two thirds of them taken
	words string
	names []string // the distinct tags
	known map[string]uint8
	chars []uint16 // one more than the tag of each character of three bytes, by its code point: half of all words are one
}

// A slot is a word of tags; its length is 0 where the slot is free.
type slot struct {
	hash uint32
	at   uint32 // in words
	size uint16
	tag  uint8 // in names
}

// newTags reads the dictionary, lines of three columns (word, frequency, tag),
// and then our own words, which count where both have one.
func newTags(name, text string, user []userWord) (*tags, error) {
	var own strings.Builder
	for _, w := range user {
		own.WriteString(w.word)
	}
	size := strings.Count(text, "\n") + len(user) + 1
	t := &tags{seed: maphash.MakeSeed(), slots: make([]slot, 1<<bits.Len(uint(size+size/2))), words: text + own.String(), known: map[string]uint8{},
		chars: make([]uint16, 1<<16)}
	for n, at := 1, 0; at < len(text); n++ {
		line, _, _ := strings.Cut(text[at:], "\n")
		word, tail, ok1 := strings.Cut(line, " ")
		_, tag, ok2 := strings.Cut(tail, " ")
		if !ok1 || !ok2 || word == "" {
			return nil, fmt.Errorf("%s:%d: %w entry %q: want word, frequency and tag", name, n, schema.ErrInvalid, line)
		}
		if err := t.add(at, len(word), tag); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		at += len(line) + 1
	}
	at := len(text)
	for _, w := range user {
		if err := t.add(at, len(w.word), w.tag); err != nil {
			return nil, fmt.Errorf("%s: %w", userFile, err)
		}
		at += len(w.word)
	}
	return t, nil
}

// add gives the word of size bytes at an offset of words a tag.
func (t *tags) add(at, size int, tag string) error {
	id, ok := t.known[tag]
	if !ok {
		if len(t.names) > 1<<8-1 || size > 1<<16-1 {
			return fmt.Errorf("%w entry %q: over 256 tags or 64 KiB", schema.ErrInvalid, t.words[at:at+min(size, 40)])
		}
		id = uint8(len(t.names))
		t.known[tag] = id
		t.names = append(t.names, tag)
	}
	word := t.words[at : at+size]
	if size == 3 {
		t.chars[char(word)] = uint16(id) + 1
	}
	h := maphash.String(t.seed, word)
	*t.find(word, h) = slot{uint32(h >> 32), uint32(at), uint16(size), id}
	return nil
}

// find returns the slot of a word with the hash, or the free one where it would be.
func (t *tags) find(word string, h uint64) *slot {
	for i := int(h) & (len(t.slots) - 1); ; i = (i + 1) & (len(t.slots) - 1) {
		s := &t.slots[i]
		if s.size == 0 || s.hash == uint32(h>>32) && int(s.size) == len(word) && t.words[s.at:int(s.at)+len(word)] == word {
			return s
		}
	}
}

// char returns the code point of a character of three bytes. Where they are
// three characters, as in GDP, it is below all such code points.
func char(word string) uint16 {
	if word[0] < 0xE0 {
		return 0
	}
	return uint16(word[0]&0x0F)<<12 | uint16(word[1]&0x3F)<<6 | uint16(word[2]&0x3F)
}

// of returns the tag of a word, by its letters where no dictionary has it.
func (t *tags) of(word string) string {
	if len(word) == 3 && word[0] >= 0xE0 {
		if id := t.chars[char(word)]; id > 0 {
			return t.names[id-1]
		}
		return tagUnknown
	}
	if s := t.find(word, maphash.String(t.seed, word)); s.size > 0 {
		return t.names[s.tag]
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
