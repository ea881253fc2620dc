package figure

import (
	"sort"
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// A run is a list of things, companies or towns that a clause names side by
// side: 东山茶厂、西山茶厂和北山茶厂.
type run struct {
	owners []*holder
	end    int // of the last of them
}

// listOf returns the first list of two entities or more between start and end.
func (r *reader) listOf(start, end int) run {
	found := run{}
	i := sort.Search(len(r.held), func(i int) bool { return r.held[i].Start >= start })
	for ; i < len(r.held) && r.held[i].Start < end; i++ {
		h := &r.held[i]
		if h.Start < found.end || h.End > end {
			continue
		}
		switch {
		case !r.owns(h):
			continue
		case len(found.owners) > 0 && between(r.doc.Text[found.end:h.Start]):
		case len(found.owners) > 1:
			return found
		default:
			found.owners = found.owners[:0]
		}
		found.owners = append(found.owners, h)
		found.end = h.End
	}
	if len(found.owners) < 2 {
		return run{}
	}
	return found
}

// owns reports whether an entity can have figures of its own beside others.
func (r *reader) owns(h *holder) bool {
	if h.id == r.subject {
		return false
	}
	return thing(h.class) || h.agent() || h.class == schema.Division && r.own != nil && !r.contains(h.name)
}

// between reports whether words only join the members of a list.
func between(words string) bool {
	switch strings.Trim(words, " “”\"") {
	case "、", "和", "与", "及", "以及", ",", "，":
		return true
	}
	return false
}

// ids of the members of a list.
func (x run) ids() []string {
	ids := make([]string, len(x.owners))
	for i, h := range x.owners {
		ids[i] = h.id
	}
	return ids
}

// spreadOwners reads A、B年出口创汇分别达x、y of entities, and what their part is
// of a level just told: 其中A、B分别占x、y. Lead are the words up to 分别, op tells
// of those behind it.
func (r *reader) spreadOwners(c *clause, lead int, op operator) bool {
	k := len(c.numbers)
	ids, name := r.passage.list, ""
	if x := r.listOf(c.Start, lead); len(x.owners) == k && k > 1 {
		ids, name = x.ids(), r.clean(r.ofList(c.words(schema.Span{Start: x.end, End: lead}))+op.name)
	} else if len(ids) == k && k > 1 {
		if name = r.clean(c.words(schema.Span{Start: c.Start, End: lead}) + op.name); !r.attribute(name) && !measureAlone(name) {
			return false
		}
	} else {
		return false
	}
	if strings.Trim(name, "占为达") == "" {
		last := len(r.passage.levels) - 1
		if last < 0 || r.figures[r.passage.levels[last]].Unit != c.numbers[0].unit || op.measure != schema.Level {
			return false
		}
		name = r.figures[r.passage.levels[last]].Indicator
	}
	for i := range c.numbers {
		n := &c.numbers[i]
		if n.kind == kindNone && op.measure != schema.Rank {
			r.skip(n, "no unit")
			continue
		}
		r.add(c, n, find{name: name, measure: op.measure, sign: op.sign, rule: "each-owner", bound: op.bound, about: ids[i]})
	}
	r.passage.last, r.passage.lastFig = name, -1
	r.passage.list = ids
	return true
}

// ofList takes the words that count a list off what stands behind it: 两家, 等三个项目.
func (r *reader) ofList(words string) string {
	rest := strings.TrimPrefix(strings.TrimLeft(words, " ”\""), "等")
	for _, n := range []string{"两", "二", "三", "四", "五", "六", "2", "3", "4", "5", "6"} {
		after, ok := strings.CutPrefix(rest, n)
		if !ok {
			continue
		}
		for _, unit := range []string{"家企业", "家公司", "个项目", "个园区", "个镇", "个乡镇", "个街道", "个村", "个县", "家", "个", "所", "座", "条", "地", "村", "镇", "园", "处"} {
			if of, ok := strings.CutPrefix(after, unit); ok {
				return of
			}
		}
	}
	return rest
}

// sameOwners reads A、B纳税均超5000万元 of entities: one number for each.
func (r *reader) sameOwners(c *clause) bool {
	n := &c.numbers[0]
	if len(c.numbers) != 1 || n.rank || n.ratio != nil || n.yearsRun {
		return false
	}
	x := r.listOf(c.Start, n.Start)
	if len(x.owners) < 2 {
		return false
	}
	words := strings.TrimSpace(r.ofList(c.words(schema.Span{Start: x.end, End: n.Start})))
	op := r.operator(words, &n.quantity)
	name := strings.TrimRight(op.name, " 达到为")
	for _, w := range []string{"均", "都", "双双", "各", "分别"} {
		of, ok := strings.CutSuffix(name, w)
		if !ok {
			continue
		}
		if of = r.clean(of); of == "" || n.kind == kindNone {
			return false
		}
		for _, h := range x.owners {
			r.add(c, n, find{name: of, measure: op.measure, sign: op.sign, rule: "same-for-each-owner", bound: op.bound, about: h.id})
		}
		r.passage.last, r.passage.lastFig = of, -1
		return true
	}
	return false
}

// spreadSame reads A、B均增长5% and 办结率、满意率100%: one number for each of
// the names.
func (r *reader) spreadSame(c *clause, words string) bool {
	n := &c.numbers[0]
	if len(c.numbers) != 1 || n.rank || n.ratio != nil || n.kind != kindRatio || !strings.ContainsAny(words, "、和") {
		return false
	}
	op := r.operator(words, &n.quantity)
	name := strings.TrimRight(op.name, " 达到为")
	all := false
	for _, w := range []string{"均", "都", "双双", "全部", "分别"} {
		if rest, ok := strings.CutSuffix(name, w); ok {
			name, all = rest, true
			break
		}
	}
	names := r.parted(name, len(separators)-1)
	if len(names) < 2 || !all && !rates(names) {
		return false
	}
	for _, name := range r.headed(names) {
		r.remember(name, r.add(c, n, find{name: name, measure: op.measure, sign: op.sign, rule: "same-for-each", bound: op.bound}))
	}
	return true
}

// rates reports whether all names are rates.
func rates(names []string) bool {
	for _, n := range names {
		if !strings.HasSuffix(n, "率") {
			return false
		}
	}
	return true
}
