package figure

import (
	"slices"
	"unicode/utf8"
)

// A trie finds the longest word of a list at a place of a text. Values are
// those that the words were added with.
type trie[V any] struct {
	nodes  []node
	words  []V
	starts runeSet // of the words, as they are searched: most places hold none
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
			t.starts.add(r)
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

// child returns the node below at by r, which it makes where there is none.
func (t *trie[V]) child(at int32, r rune) int32 {
	i, found := t.find(at, r)
	if found {
		return t.nodes[at].edges[i].to
	}
	to := int32(len(t.nodes))
	t.nodes[at].edges = slices.Insert(t.nodes[at].edges, i, edge{r, to})
	t.nodes = append(t.nodes, node{})
	return to
}

func (t *trie[V]) find(at int32, r rune) (int, bool) {
	edges := t.nodes[at].edges
	lo, hi := 0, len(edges)
	for lo < hi {
		mid := (lo + hi) / 2
		if edges[mid].r < r {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo, lo < len(edges) && edges[lo].r == r
}

// first returns the longest word that s starts with, and its length in bytes;
// 0 where there is none.
func (t *trie[V]) first(s string) (v V, length int) {
	if len(t.nodes) == 0 {
		return v, 0
	}
	at := int32(0)
	for i, r := range s {
		if i == 0 && !t.starts.has(r) {
			return v, 0
		}
		e, found := t.find(at, r)
		if !found {
			break
		}
		at = t.nodes[at].edges[e].to
		if w := t.nodes[at].word; w > 0 {
			v, length = t.words[w-1], i+utf8.RuneLen(r)
		}
	}
	return v, length
}

// last returns the longest word that s ends with, of a trie filled by addBack.
func (t *trie[V]) last(s string) (v V, length int) {
	if len(t.nodes) == 0 {
		return v, 0
	}
	at, end := int32(0), len(s)
	for end > 0 {
		r, n := utf8.DecodeLastRuneInString(s[:end])
		if end == len(s) && !t.starts.has(r) {
			return v, 0
		}
		e, found := t.find(at, r)
		if !found {
			break
		}
		end -= n
		at = t.nodes[at].edges[e].to
		if w := t.nodes[at].word; w > 0 {
			v, length = t.words[w-1], len(s)-end
		}
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
