package figure

import (
	"math/bits"
	"slices"
	"unicode/utf8"
)

// A trie finds the longest word of a list at a place of a text. Values are
// those that the words were added with.
type trie[V any] struct {
	nodes  []node
	words  []V
	starts runeSet         // of the words, as they are searched: most places hold none
	ranks  [1 << 10]uint16 // by word of starts: how many runes the words before it hold
}

// A runeSet is a set of the characters below U+10000.
type runeSet [1 << 10]uint64

func (s *runeSet) add(r rune) {
	if r < 1<<16 {
		s[r>>6] |= 1 << (r & 63)
	}
}

// has reports whether r is in the set. Those that it cannot hold are said to be.
func (s *runeSet) has(r rune) bool {
	return r >= 1<<16 || s[r>>6]&(1<<(r&63)) != 0
}

// startsOf returns the characters that words begin with.
func startsOf(words []string) *runeSet {
	s := &runeSet{}
	for _, w := range words {
		s.add(firstRune(w))
	}
	return s
}

type node struct {
	edges []edge // sorted by rune
	word  int32  // index of words, plus one; 0 where no word ends
}

type edge struct {
	r  rune
	to int32
}

// add puts a word in the trie, or replaces its value.
func (t *trie[V]) add(word string, v V) {
	t.insert([]rune(word), v)
}

// addBack puts a word in a trie that is searched with last.
func (t *trie[V]) addBack(word string, v V) {
	runes := []rune(word)
	slices.Reverse(runes)
	t.insert(runes, v)
}

func (t *trie[V]) insert(word []rune, v V) {
	if len(t.nodes) == 0 {
		t.nodes = append(t.nodes, node{})
	}
	at := int32(0)
	for i, r := range word {
		if i == 0 {
			t.start(r)
		}
		at = t.child(at, r)
	}
	if w := t.nodes[at].word; w > 0 {
		t.words[w-1] = v
		return
	}
	t.words = append(t.words, v)
	t.nodes[at].word = int32(len(t.words))
}

// start lets a word begin with r.
func (t *trie[V]) start(r rune) {
	if r >= 1<<16 || t.starts.has(r) {
		return
	}
	t.starts.add(r)
	for i := int(r>>6) + 1; i < len(t.ranks); i++ {
		t.ranks[i]++
	}
}

// root returns the node below the root by r, which ranks tell without a
// search; ok is false where no word begins with r.
func (t *trie[V]) root(r rune) (at int32, ok bool) {
	if !t.starts.has(r) || len(t.nodes) == 0 { // starts tells nothing of r beyond its table
		return 0, false
	}
	if r >= 1<<16 {
		e, found := t.nodes[0].find(r)
		if !found {
			return 0, false
		}
		return t.nodes[0].edges[e].to, true
	}
	below := t.starts[r>>6] & (1<<(r&63) - 1)
	return t.nodes[0].edges[int(t.ranks[r>>6])+bits.OnesCount64(below)].to, true
}

// child returns the node below at by r, which it makes where there is none.
func (t *trie[V]) child(at int32, r rune) int32 {
	i, found := t.nodes[at].find(r)
	if found {
		return t.nodes[at].edges[i].to
	}
	to := int32(len(t.nodes))
	t.nodes[at].edges = slices.Insert(t.nodes[at].edges, i, edge{r, to})
	t.nodes = append(t.nodes, node{})
	return to
}

// find returns where the edge by r is among those of x, or would be.
func (x *node) find(r rune) (int, bool) {
	lo, hi := 0, len(x.edges)
	for lo < hi {
		mid := (lo + hi) / 2
		if x.edges[mid].r < r {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo, lo < len(x.edges) && x.edges[lo].r == r
}

// first returns the longest word that s starts with, and its length in bytes;
// 0 where there is none.
func (t *trie[V]) first(s string) (v V, length int) {
	r, end := runeAt(s)
	at, found := t.root(r)
	if !found || end == 0 {
		return v, 0
	}
	word := int32(0)
	for {
		x := &t.nodes[at]
		if x.word > 0 {
			word, length = x.word, end
		}
		if len(x.edges) == 0 || end == len(s) {
			break
		}
		r, n := runeAt(s[end:])
		e, found := x.find(r)
		if !found {
			break
		}
		at, end = x.edges[e].to, end+n
	}
	if word > 0 {
		v = t.words[word-1]
	}
	return v, length
}

// last returns the longest word that s ends with, of a trie filled by addBack.
func (t *trie[V]) last(s string) (v V, length int) {
	r, n := utf8.DecodeLastRuneInString(s)
	at, found := t.root(r)
	if !found || n == 0 {
		return v, 0
	}
	word, end := int32(0), len(s)-n
	for {
		x := &t.nodes[at]
		if x.word > 0 {
			word, length = x.word, len(s)-end
		}
		if len(x.edges) == 0 || end == 0 {
			break
		}
		r, n := utf8.DecodeLastRuneInString(s[:end])
		e, found := x.find(r)
		if !found {
			break
		}
		at, end = x.edges[e].to, end-n
	}
	if word > 0 {
		v = t.words[word-1]
	}
	return v, length
}

// search returns the first place in s where a word stands, or -1.
func (t *trie[V]) search(s string) (v V, at, length int) {
	for i, r := range s {
		if !t.starts.has(r) {
			continue
		}
		if v, n := t.first(s[i:]); n > 0 {
			return v, i, n
		}
	}
	return v, -1, 0
}
