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
// A map would hold a million pointers for the garbage collector to follow each
// time, and a look-up in it goes to three places in memory. Nine in ten words
// are of one to three Chinese characters: those are told by their code points,
// in one place; the rest are in a hash table over the words in one string.
type tags struct {
	chars []uint8  // of single characters: one more than the tag, by code point
	short []uint64 // hash table of two and three characters: code points, and the tag in the highest byte
	long  []slot   // hash table of all other words
	seed  maphash.Seed
	words string   // what long counts in
	names []string // the distinct tags; the first is none
	known map[string]uint8
}

// A slot is a word of tags.long; its length is 0 where the slot is free.
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
	short, long := tableSizes(text, user)
	t := &tags{chars: make([]uint8, 1<<16), short: make([]uint64, short), long: make([]slot, long), seed: maphash.MakeSeed(),
		words: text + own.String(), names: []string{""}, known: map[string]uint8{}}
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

// tableSizes returns how large the hash tables of short and long words are, so
// that at most two thirds of a table are taken.
func tableSizes(text string, user []userWord) (short, long int) {
	words := [2]uint{1, 1}
	count := func(word string) {
		if shortKey(word) == 0 {
			words[1]++
		} else {
			words[0]++
		}
	}
	for line := range strings.Lines(text) {
		word, _, _ := strings.Cut(line, " ")
		count(word)
	}
	for _, w := range user {
		count(w.word)
	}
	return 1 << bits.Len(words[0]*3/2), 1 << bits.Len(words[1]*3/2)
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
	switch key := shortKey(word); {
	case key == 0:
		h := maphash.String(t.seed, word)
		*t.find(word, h) = slot{uint32(h >> 32), uint32(at), uint16(size), id}
	case key < 1<<16:
		t.chars[key] = id
	default:
		*t.findShort(key) = key | uint64(id)<<56
	}
	return nil
}

// shortKey returns the code points of a word of one to three characters of
// three bytes each, 0 of any other.
func shortKey(word string) uint64 {
	if len(word) > 9 || len(word)%3 != 0 {
		return 0
	}
	key := uint64(0)
	for i := 0; i < len(word); i += 3 {
		if word[i]&0xF0 != 0xE0 {
			return 0
		}
		key = key<<16 | uint64(word[i]&0x0F)<<12 | uint64(word[i+1]&0x3F)<<6 | uint64(word[i+2]&0x3F)
	}
	return key
}

// findShort returns the place of a key of two or three characters, or the free
// one where it would be.
func (t *tags) findShort(key uint64) *uint64 {
	mask := len(t.short) - 1
	for i := int(key*0x9E3779B97F4A7C15>>40) & mask; ; i = (i + 1) & mask {
		if s := &t.short[i]; *s == 0 || *s<<8 == key<<8 {
			return s
		}
	}
}

// find returns the slot of a word with the hash, or the free one where it would be.
func (t *tags) find(word string, h uint64) *slot {
	mask := len(t.long) - 1
	for i := int(h) & mask; ; i = (i + 1) & mask {
		s := &t.long[i]
		if s.size == 0 || s.hash == uint32(h>>32) && int(s.size) == len(word) && t.words[s.at:int(s.at)+len(word)] == word {
			return s
		}
	}
}

// of returns the tag of a word, by its letters where no dictionary has it.
func (t *tags) of(word string) string {
	if id := t.id(word); id > 0 {
		return t.names[id]
	}
	return tagByLetters(word)
}

// id returns the tag that the dictionaries give a word; 0 where none has it.
func (t *tags) id(word string) uint8 {
	switch key := shortKey(word); {
	case key == 0:
		return t.find(word, maphash.String(t.seed, word)).tag
	case key < 1<<16:
		return t.chars[key]
	default:
		return uint8(*t.findShort(key) >> 56)
	}
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
