package figure

import (
	"sort"
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// figureSubject is the entity that a figure is about.
func (r *reader) figureSubject(f find) string {
	if f.about != "" {
		return f.about
	}
	if r.passage.about != "" {
		return r.passage.about
	}
	return r.subject
}

// subjectOf takes note of the entity that a clause begins with, if it can have
// figures of its own, and of words that give the word back to the district.
func (r *reader) subjectOf(c *clause) {
	start := c.Start + leading(c.text[c.Start:c.End])
	words := c.text[start:c.End]
	for _, w := range []string{"全区", "全县", "全市", "全旗", "我区", "我县", "我市", "全年", "全镇"} {
		if strings.HasPrefix(words, w) {
			r.passage.about = ""
			return
		}
	}
	h := r.mentionAt(start, c.End)
	if h == nil {
		return
	}
	if h.id == r.subject {
		r.passage.about = ""
		return
	}
	if r.holds(h, c) {
		r.passage.about = h.id
	}
}

// leading returns the length of what may stand before a clause's subject.
func leading(s string) int {
	n := 0
	for {
		rest := s[n:]
		k := len(rest) - len(strings.TrimLeft(rest, " 　\t“—"))
		for _, w := range []string{"其中", "目前", "此外", "同时", "，", ",", "走进"} {
			if strings.HasPrefix(rest[k:], w) {
				k += len(w)
			}
		}
		if k == 0 {
			return n
		}
		n += k
	}
}

// mentionAt returns the longest mention that begins at start and ends by end.
func (r *reader) mentionAt(start, end int) *holder {
	i := sort.Search(len(r.held), func(i int) bool { return r.held[i].Start >= start })
	for ; i < len(r.held) && r.held[i].Start == start; i++ {
		if r.held[i].End <= end {
			return &r.held[i]
		}
	}
	return nil
}

// holds reports whether the mention at the start of a clause is its subject:
// it is followed by a verb or an attribute, not by a list.
func (r *reader) holds(h *holder, c *clause) bool {
	switch h.class {
	case schema.Project, schema.Zone, schema.Place, schema.Hospital, schema.School, schema.Enterprise, schema.Road, schema.Organization:
	case schema.Division:
		return r.own != nil && !r.contains(h.name)
	default:
		return false
	}
	after := strings.TrimLeft(c.text[h.End:c.End], "”")
	for _, w := range []string{"、", "等", "和", "与", "及"} {
		if strings.HasPrefix(after, w) {
			return false
		}
	}
	return true
}

// contains reports whether a division's name is that of one above the
// document's subject: 长春市 in 长春市南关区.
func (r *reader) contains(name string) bool {
	for _, own := range r.own {
		if strings.HasPrefix(own, name) {
			return true
		}
	}
	return strings.HasSuffix(name, "省") || strings.HasSuffix(name, "自治区") || strings.HasSuffix(name, "市")
}
