package lexicon

import (
	"cmp"
	"slices"
	"sort"
	"unicode/utf8"
)

// A Trie finds which of its keys begin at a place of a text, in one walk. Its
// nodes lie in one array, the children of a node side by side in order of
// their rune, so that it takes 16 bytes a node and builds in one pass over the
// sorted keys.
type Trie struct {
	nodes []node
	root  []int32 // node+1 by rune of the basic plane, where the root has many children
}

type node struct {
	r     rune
	first int32 // first child
	n     int32 // number of children
	key   int32 // key that ends here, or -1
}

// wideRoot is the number of first runes from which a table of them pays.
const wideRoot = 64

// NewTrie returns the trie of the keys, whose values are their indices. Where
// a key stands twice, the first counts. Empty keys are never found.
func NewTrie(keys []string) *Trie {
	order := make([]int32, 0, len(keys))
	for i, k := range keys {
		if k != "" {
			order = append(order, int32(i))
		}
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(keys[a], keys[b]), cmp.Compare(a, b))
	})
	t := &Trie{nodes: []node{{key: -1}}}
	t.build(keys, order)
	if t.nodes[0].n >= wideRoot {
		t.indexRoot()
	}
	return t
}

// A group is the sorted keys that share the first depth bytes, which lead to at.
type group struct {
	at    int32
	depth int
	order []int32
}

// build makes the nodes breadth first, so that siblings lie side by side.
func (t *Trie) build(keys []string, order []int32) {
	for queue := []group{{0, 0, order}}; len(queue) > 0; queue = queue[1:] {
		g := queue[0]
		rest := g.order
		for len(rest) > 0 && len(keys[rest[0]]) == g.depth {
			if t.nodes[g.at].key < 0 {
				t.nodes[g.at].key = rest[0]
			}
			rest = rest[1:]
		}
		t.nodes[g.at].first = int32(len(t.nodes))
		for len(rest) > 0 {
			r, size := utf8.DecodeRuneInString(keys[rest[0]][g.depth:])
			same := rest[0]
			end := sort.Search(len(rest), func(i int) bool {
				return keys[rest[i]][g.depth:min(g.depth+size, len(keys[rest[i]]))] != keys[same][g.depth:g.depth+size]
			})
			queue = append(queue, group{int32(len(t.nodes)), g.depth + size, rest[:end]})
			t.nodes = append(t.nodes, node{r: r, key: -1})
			t.nodes[g.at].n++
			rest = rest[end:]
		}
	}
}

func (t *Trie) indexRoot() {
	t.root = make([]int32, 1<<16)
	for i := t.nodes[0].first; i < t.nodes[0].first+t.nodes[0].n; i++ {
		if r := t.nodes[i].r; r < 1<<16 {
			t.root[r] = i + 1
		}
	}
}

// child returns the child of a node by rune, or -1.
func (t *Trie) child(at int32, r rune) int32 {
	if at == 0 && t.root != nil && r < 1<<16 {
		return t.root[r] - 1
	}
	n := &t.nodes[at]
	lo, hi := n.first, n.first+n.n
	for hi-lo > 4 {
		if mid := (lo + hi) / 2; t.nodes[mid].r <= r {
			lo = mid
		} else {
			hi = mid
		}
	}
	for ; lo < hi; lo++ {
		if t.nodes[lo].r == r {
			return lo
		}
	}
	return -1
}

// Key returns the index of a key.
func (t *Trie) Key(word string) (key int, ok bool) {
	at := int32(0)
	for _, r := range word {
		if at = t.child(at, r); at < 0 {
			return 0, false
		}
	}
	k := t.nodes[at].key
	return int(k), k >= 0
}

// Longest returns the longest key that begins at byte at of text and where it
// ends. Where none does, end is at.
func (t *Trie) Longest(text string, at int) (key, end int, ok bool) {
	end = at
	t.Walk(text, at, func(k, e int) bool {
		key, end, ok = k, e, true
		return true
	})
	return key, end, ok
}

// Walk visits the keys that begin at byte at of text, the shortest first, until
// visit returns false.
func (t *Trie) Walk(text string, at int, visit func(key, end int) bool) {
	n := int32(0)
	for at < len(text) {
		r, size := rune(text[at]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(text[at:])
		}
		if n = t.child(n, r); n < 0 {
			return
		}
		at += size
		if k := t.nodes[n].key; k >= 0 && !visit(int(k), at) {
			return
		}
	}
}

// longestBack returns where the longest key begins that, read backwards, text
// ends with; len(text) where none does.
func (t *Trie) longestBack(text string) int {
	best := len(text)
	for n, at := int32(0), len(text); at > 0; {
		r, size := utf8.DecodeLastRuneInString(text[:at])
		if n = t.child(n, r); n < 0 {
			break
		}
		at -= size
		if t.nodes[n].key >= 0 {
			best = at
		}
	}
	return best
}

// runeLen returns the length of the UTF-8 sequence that begins with b; 1 for a
// byte that begins none.
func runeLen(b byte) int {
	switch {
	case b < 0xC0:
		return 1
	case b < 0xE0:
		return 2
	case b < 0xF0:
		return 3
	default:
		return 4
	}
}
