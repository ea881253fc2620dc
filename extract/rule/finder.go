package rule

// A Finder finds all occurrences of many words in one pass over a text (Aho
// and Corasick 1975). It is a complete automaton: one table look-up a byte.
// Bytes that no word has share a column, which keeps the table small.
type Finder struct {
	column [256]uint16
	width  int
	next   []uint16 // state*width + column[byte]; two bytes a state keep it in the cache
	some   []bool   // by state: whether a word ends there
	words  [][]int  // by state: the words that end there, longest first
	length []int    // by word, in bytes
}

// A Hit is an occurrence of a word: its index in the list that the Finder was
// made of, and the offset just after it.
type Hit struct{ Word, End int }

// mostBytes is how many bytes the words of a Finder have at most, so that
// a state fits in two.
const mostBytes = 1<<16 - 1

// NewFinder returns a Finder of the words. None of them is empty, and they have
// no more than 65535 bytes in all.
func NewFinder(words []string) *Finder {
	a := &Finder{width: 1}
	for _, w := range words {
		for i := range len(w) {
			if a.column[w[i]] == 0 {
				a.column[w[i]] = uint16(a.width)
				a.width++
			}
		}
	}
	a.grow()
	for i, w := range words {
		a.length = append(a.length, len(w))
		s := a.insert(w)
		a.words[s] = append(a.words[s], i)
	}
	a.complete()
	a.some = make([]bool, len(a.words))
	for s, words := range a.words {
		a.some[s] = len(words) > 0
	}
	return a
}

// grow adds a state and returns it.
func (a *Finder) grow() uint16 {
	a.next = append(a.next, make([]uint16, a.width)...)
	a.words = append(a.words, nil)
	return uint16(len(a.words) - 1)
}

// insert walks and grows the trie along w and returns where it ends.
func (a *Finder) insert(w string) uint16 {
	s := uint16(0)
	for i := range len(w) {
		at := int(s)*a.width + int(a.column[w[i]])
		if a.next[at] == 0 {
			t := a.grow() // may move a.next
			a.next[at] = t
		}
		s = a.next[at]
	}
	return s
}

// complete turns the trie into an Finder: breadth first, a missing edge
// goes where the longest proper suffix of the state goes.
func (a *Finder) complete() {
	fail := make([]uint16, len(a.words))
	var queue []uint16
	for _, t := range a.next[:a.width] {
		if t != 0 {
			queue = append(queue, t)
		}
	}
	for len(queue) > 0 {
		s := queue[0]
		queue = queue[1:]
		a.words[s] = append(a.words[s], a.words[fail[s]]...)
		row, base := a.next[int(s)*a.width:][:a.width], a.next[int(fail[s])*a.width:][:a.width]
		for c, t := range row {
			if t == 0 {
				row[c] = base[c]
				continue
			}
			fail[t] = base[c]
			queue = append(queue, t)
		}
	}
}

// Find appends to hits the occurrences in text in order of their ends.
func (a *Finder) Find(text string, hits []Hit) []Hit {
	s := uint16(0)
	for i := range len(text) {
		s = a.next[int(s)*a.width+int(a.column[text[i]])]
		if !a.some[s] {
			continue
		}
		for _, w := range a.words[s] {
			hits = append(hits, Hit{w, i + 1})
		}
	}
	return hits
}
