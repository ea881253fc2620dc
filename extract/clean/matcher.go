package clean

import "slices"

// A matcher finds all occurrences of a set of phrases in one pass over a text
// (Aho and Corasick's automaton over bytes). It never changes once built.
type matcher struct {
	next [][256]int32 // from state and byte to state
	ends []int32      // by state: one more than the phrase that ends there, the longest; 0 if none
	told []int32      // by state: itself if a phrase ends there, else its link
	link []int32      // by state: the state of the longest other suffix that ends a phrase, or 0
	size []int        // by phrase: its bytes
}

// newMatcher builds a matcher; a phrase is known by its index.
func newMatcher(phrases []string) *matcher {
	m := &matcher{next: make([][256]int32, 1), ends: make([]int32, 1)}
	for i, p := range phrases {
		m.size = append(m.size, len(p))
		m.insert(p, int32(i+1))
	}
	m.connect()
	return m
}

func (m *matcher) insert(phrase string, id int32) {
	state := int32(0)
	for i := range len(phrase) {
		to := &m.next[state][phrase[i]]
		if *to == 0 {
			*to = int32(len(m.next))
			m.next = append(m.next, [256]int32{})
			m.ends = append(m.ends, 0)
			to = &m.next[state][phrase[i]] // append may have moved it
		}
		state = *to
	}
	m.ends[state] = id
}

// connect turns the tree of phrases into an automaton: where a state has no
// child for a byte, it goes where its longest proper suffix would.
func (m *matcher) connect() {
	fail := make([]int32, len(m.next))
	m.link = make([]int32, len(m.next))
	queue := make([]int32, 0, len(m.next))
	for _, s := range m.next[0] {
		if s != 0 {
			queue = append(queue, s)
		}
	}
	for len(queue) > 0 {
		state := queue[0]
		queue = queue[1:]
		f := fail[state]
		if m.link[state] = m.link[f]; m.ends[f] != 0 {
			m.link[state] = f
		}
		for b, child := range m.next[state] {
			if child == 0 {
				m.next[state][b] = m.next[f][b]
				continue
			}
			fail[child] = m.next[f][b]
			queue = append(queue, child)
		}
	}
	m.told = slices.Clone(m.link)
	for state, id := range m.ends {
		if id != 0 {
			m.told[state] = int32(state)
		}
	}
}

// find calls found with each occurrence, in order of its end, the longest
// first, until it returns false.
func (m *matcher) find(text string, found func(phrase, start, end int) bool) {
	state := int32(0)
	for i := range len(text) {
		state = m.next[state][text[i]]
		for s := m.told[state]; s != 0; s = m.link[s] {
			if id := m.ends[s]; !found(int(id-1), i+1-m.size[id-1], i+1) {
				return
			}
		}
	}
}
