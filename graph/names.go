package graph

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	pinyin "github.com/mozillazg/go-pinyin"

	"github.com/districtkg/districtkg/schema"
)

// A nameIndex finds entities by what they are called. All names stand in one
// long text, each on a line of its own, since finding a word in such a text is
// faster than any index would be at this size: a million names take some ten
// milliseconds.
type nameIndex struct {
	names    haystack // normalised
	initials haystack // first letters of the pinyin of names that have Chinese characters
	weight   []int32  // of an entity: its place when all are ordered by how much is known of them
	byWeight []int32  // the entities in that order
}

// A haystack is lines of text, each with the entity that it names.
type haystack struct {
	text   string
	starts []int32 // of lines
	owner  []int32
	alias  []bool
}

// How a name matched, best first.
const (
	matchExact = iota
	matchAlias
	matchPrefix
	matchSubstring
	matchPinyin
	matchPinyinPart
	matchNone
)

var matchNames = [...]string{"exact", "alias", "prefix", "substring", "pinyin", "pinyin", ""}

func newNameIndex(ents []entity) *nameIndex {
	x := &nameIndex{weight: make([]int32, len(ents))}
	names, initials := &stack{}, &stack{}
	letters := &spelling{known: map[rune]string{}}
	for i := range ents {
		e := &ents[i]
		x.byWeight = append(x.byWeight, int32(i))
		for j, name := range append([]string{e.name}, e.aliases...) {
			normal := schema.NormalName(name)
			names.add(normal, i, j > 0)
			for _, s := range letters.initials(normal) {
				initials.add(s, i, j > 0)
			}
		}
	}
	x.names, x.initials = names.done(), initials.done()
	slices.SortFunc(x.byWeight, func(i, j int32) int {
		a, b := &ents[i], &ents[j]
		return cmp.Or(cmp.Compare(b.known(), a.known()), cmp.Compare(len(a.name), len(b.name)), strings.Compare(a.name, b.name), cmp.Compare(i, j))
	})
	for place, e := range x.byWeight {
		x.weight[e] = int32(place)
	}
	return x
}

// known tells how much the graph knows of an entity.
func (e *entity) known() int {
	return len(e.arcs) + int(e.figs.to-e.figs.from) + len(e.docs)
}

// A stack builds a haystack.
type stack struct {
	haystack
	b strings.Builder
}

func (s *stack) add(line string, owner int, alias bool) {
	if line == "" {
		return
	}
	s.starts = append(s.starts, int32(s.b.Len()))
	s.owner = append(s.owner, int32(owner))
	s.alias = append(s.alias, alias)
	s.b.WriteString(line)
	s.b.WriteByte('\n')
}

func (s *stack) done() haystack {
	s.text = s.b.String()
	return s.haystack
}

// find calls visit for each line that holds the needle, which has no line break.
func (h *haystack) find(needle string, visit func(owner int32, alias, prefix, whole bool)) {
	for at := 0; ; {
		i := strings.Index(h.text[at:], needle)
		if i < 0 {
			return
		}
		at += i
		line := sort.Search(len(h.starts), func(i int) bool { return int(h.starts[i]) > at }) - 1
		start, end := int(h.starts[line]), len(h.text)
		if line+1 < len(h.starts) {
			end = int(h.starts[line+1])
		}
		visit(h.owner[line], h.alias[line], at == start, end-start-1 == len(needle))
		at = end
	}
}

// search returns the entities that the text names, best match first, of equals
// those that more is known of. No text names all.
func (x *nameIndex) search(text string, keep func(int32) bool) (found []int32, how map[int32]uint8) {
	if needle := schema.NormalName(text); needle != "" {
		how = x.match(needle)
	} else if strings.TrimSpace(text) == "" {
		return slices.DeleteFunc(slices.Clone(x.byWeight), func(e int32) bool { return !keep(e) }), nil
	}
	for e := range how {
		if keep(e) {
			found = append(found, e)
		}
	}
	slices.SortFunc(found, func(a, b int32) int {
		return cmp.Or(cmp.Compare(how[a], how[b]), cmp.Compare(x.weight[a], x.weight[b]))
	})
	return found, how
}

// match returns how the entities match that do.
func (x *nameIndex) match(needle string) map[int32]uint8 {
	how := map[int32]uint8{}
	note := func(e int32, m uint8) {
		if old, ok := how[e]; !ok || m < old {
			how[e] = m
		}
	}
	x.names.find(needle, func(e int32, alias, prefix, whole bool) {
		switch {
		case whole && !alias:
			note(e, matchExact)
		case whole:
			note(e, matchAlias)
		case prefix:
			note(e, matchPrefix)
		default:
			note(e, matchSubstring)
		}
	})
	if strings.Trim(needle, "abcdefghijklmnopqrstuvwxyz0123456789") == "" {
		x.initials.find(needle, func(e int32, _, prefix, _ bool) {
			if prefix {
				note(e, matchPinyin)
			} else {
				note(e, matchPinyinPart)
			}
		})
	}
	return how
}

// A spelling knows the first letters of characters.
type spelling struct{ known map[rune]string }

// mostSpellings bounds how many spellings of one name are kept.
const mostSpellings = 8

// initials returns the first letters of a name's pinyin, in every way that its
// characters can be read (长春 is cc and zc), and none for a name without Chinese
// characters. Other letters and digits stand for themselves.
func (s *spelling) initials(name string) []string {
	out := []string{""}
	chinese := false
	for _, r := range name {
		letters := s.letters(r)
		chinese = chinese || r >= 0x2E80 && letters != ""
		if letters == "" {
			continue
		}
		if len(out)*len(letters) > mostSpellings {
			letters = letters[:1]
		}
		out = extend(out, letters)
	}
	if !chinese {
		return nil
	}
	return out
}

// extend appends each letter to each spelling.
func extend(spellings []string, letters string) []string {
	out := make([]string, 0, len(spellings)*len(letters))
	for _, s := range spellings {
		for _, l := range []byte(letters) {
			out = append(out, s+string(rune(l)))
		}
	}
	return out
}

// letters returns the letters that a character's readings begin with, the most common first.
func (s *spelling) letters(r rune) string {
	if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
		return string(r)
	}
	if known, ok := s.known[r]; ok {
		return known
	}
	out := ""
	for _, p := range pinyin.SinglePinyin(r, pinyin.Args{Style: pinyin.Normal, Heteronym: true}) {
		if p != "" && p[0] < 0x80 && !strings.Contains(out, p[:1]) {
			out += p[:1]
		}
	}
	s.known[r] = out
	return out
}
