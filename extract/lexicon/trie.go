package lexicon

import (
	"cmp"
	"math/bits"
	"slices"
	"sort"
	"unicode/utf8"
)

// A Trie finds which of its keys begin at a place of a text, in one walk. Its
// nodes lie in one array, the children of a node side by side in order of
// their rune, so that it takes 24 bytes a node and builds in one pass over the
// sorted keys.
type Trie struct {
	nodes []node
	first [8]uint64 // a bit for the last nine bits of each rune that keys begin with
	roots []rootSlot
	shift uint8 // of a rune's hash, whose highest bits tell its slot
}

// A rootSlot is a place in the hash table of the root's children. Hundreds of
// tries are asked about each character of a text, and of most the first bits
// and this table tell all: together they must fit the processor's cache.
type rootSlot struct {
	r  rune
	at int32 // a node; 0, which is the root itself, where the slot is free
}

type node struct {
	r     rune
	first int32  // first child
	n     int32  // number of children
	key   int32  // key that ends here, or -1
	mask  uint64 // a bit for the last six bits of each child's rune
}

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
	t.indexRoot()
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
			t.nodes[g.at].mask |= 1 << (r & 63)
			rest = rest[end:]
		}
	}
}

// indexRoot makes the first step of a walk, which most often is the last, cheap.
func (t *Trie) indexRoot() {
	width := bits.Len32(uint32(2 * t.nodes[0].n)) // at most half of the slots are taken
	t.roots, t.shift = make([]rootSlot, 1<<width), uint8(32-width)
	for at := t.nodes[0].first; at < t.nodes[0].first+t.nodes[0].n; at++ {
		r := t.nodes[at].r
		t.first[r>>6&7] |= 1 << (r & 63)
		*t.slot(r) = rootSlot{r, at}
	}
}

// slot returns the root's slot of r, or the free one where it would be.
func (t *Trie) slot(r rune) *rootSlot {
	for i := uint32(r) * 0x9E3779B1 >> t.shift; ; i++ {
		if s := &t.roots[i&uint32(len(t.roots)-1)]; s.r == r || s.at == 0 {
			return s
		}
	}
}

// begins reports whether a key can begin with r.
func (t *Trie) begins(r rune) bool { return t.first[r>>6&7]>>(r&63)&1 != 0 }

// start returns the child of the root by rune, or -1.
func (t *Trie) start(r rune) int32 {
	if !t.begins(r) {
		return -1
	}
	if s := t.slot(r); s.at > 0 {
		return s.at
	}
	return -1
}

// child returns the child of a node but the root by rune, or -1.
func (t *Trie) child(at int32, r rune) int32 {
	n := &t.nodes[at]
	if n.mask>>(r&63)&1 == 0 {
		return -1
	}
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
	if word == "" {
		return 0, false
	}
	r, size := decode(word)
	at := t.start(r)
	for i := size; at >= 0 && i < len(word); i += size {
		r, size = decode(word[i:])
		at = t.child(at, r)
	}
	if at < 0 {
		return 0, false
	}
	k := t.nodes[at].key
	return int(k), k >= 0
}

// Longest returns the longest key that begins at byte at of text and where it
// ends. Where none does, end is at.
func (t *Trie) Longest(text string, at int) (key, end int, ok bool) {
	end = at
	if at >= len(text) {
		return 0, end, false
	}
	r, size := decode(text[at:])
	for n := t.start(r); n >= 0; n = t.child(n, r) {
		at += size
		if k := t.nodes[n].key; k >= 0 {
			key, end, ok = int(k), at, true
		}
		if at == len(text) || t.nodes[n].n == 0 {
			break
		}
		r, size = decode(text[at:])
	}
	return key, end, ok
}

// decode is [utf8.DecodeRuneInString], short for the three-byte characters that
// most of the text is made of. Bytes that are no character give one that no key
// has.
func decode(s string) (r rune, size int) {
	if c := s[0]; c >= 0xE0 && c < 0xF0 && len(s) >= 3 && s[1]&0xC0 == 0x80 && s[2]&0xC0 == 0x80 {
		return rune(c&0x0F)<<12 | rune(s[1]&0x3F)<<6 | rune(s[2]&0x3F), 3
	} else if c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(s)
}

// lastKey returns the longest key that, read backwards, text ends with, and
// where it begins; len(text) where none does.
func (t *Trie) lastKey(text string) (key, at int) {
	best := len(text)
	if len(text) == 0 {
		return 0, best
	}
	r, size := lastRune(text)
	at = len(text)
	for n := t.start(r); n >= 0; n = t.child(n, r) {
		at -= size
		if k := t.nodes[n].key; k >= 0 {
			key, best = int(k), at
		}
		if at == 0 || t.nodes[n].n == 0 {
			break
		}
		r, size = lastRune(text[:at])
	}
	return key, best
}

// lastRune is [utf8.DecodeLastRuneInString], short for three-byte characters.
func lastRune(s string) (r rune, size int) {
	if n := len(s); n >= 3 && s[n-1]&0xC0 == 0x80 && s[n-2]&0xC0 == 0x80 && s[n-3]&0xF0 == 0xE0 {
		return rune(s[n-3]&0x0F)<<12 | rune(s[n-2]&0x3F)<<6 | rune(s[n-1]&0x3F), 3
	}
	return utf8.DecodeLastRuneInString(s)
}

// RuneLen returns the length of the UTF-8 sequence that begins with b; 1 for a
// byte that begins none.
func RuneLen(b byte) int {
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
