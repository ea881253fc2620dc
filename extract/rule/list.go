package rule

import (
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// joins reports whether two neighbours are members of one list. A division
// and what directly follows it are not: the one is where the other lies.
func (m *Matcher) joins(a, b *Item) bool {
	gap := m.Text[a.End:b.Start]
	return coordinated(gap) && (gap != "" || a.Class != schema.Division)
}

// coordinates takes item i, with a star also the items from lo to hi that are
// coordinated with it and admitted: of 大庄镇曙光村、双河镇东风村 the villages.
func (m *Matcher) coordinates(o *option, i, lo, hi int, out []int) []int {
	if !o.list {
		return append(out, i)
	}
	joined := func(k int) bool { return m.linked[k] || m.address[k] }
	from, to := i, i
	for from > lo && joined(from-1) {
		from--
	}
	for to < hi && joined(to) {
		to++
	}
	for k := from; k <= to; k++ {
		if m.admits(o, k) && (k == i || !m.address[k]) {
			out = append(out, k)
		}
	}
	return out
}

// distributed reports whether the first subject goes with the first object, the
// second with the second and so on: A、B分别被评为C、D. Of those whose honour is
// not known by name none is said.
func (m *Matcher) distributed() bool {
	n := len(m.subjects)
	if n < 2 || m.subjects[0] < 0 || m.objects[0] < 0 {
		return false
	}
	gap := schema.Span{Start: m.Items[m.subjects[n-1]].End, End: m.Items[m.objects[0]].Start}
	if gap.Start >= gap.End {
		return false
	}
	words := gap.In(m.Text)
	return strings.Contains(words, "分别") || strings.Contains(words, "分获")
}
