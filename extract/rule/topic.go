package rule

import (
	"slices"
	"sort"
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// topic takes what the clause or an earlier one begins with.
func (t *trigger) topic(o *option, out []int) []int {
	i := t.m.topicOf(t.clause, t.span.Start)
	fits := i >= 0 && t.m.admits(o, i)
	if o.place == placeAgent && i >= 0 && !fits && !t.m.linked[i] && t.m.class[i]&bodies != 0 {
		return out
	}
	if o.place == placeAgent && (!fits || t.m.Items[i].Organ || t.m.clause[i] != t.clause || t.m.linked[i]) {
		return append(out, Doc)
	}
	if !fits || o.place == placeBearer && !t.bears(i) {
		return out
	}
	return t.m.coordinates(o, i, 0, t.m.together(i, t.clause, t.item-1), out)
}

// together returns the last item up to hi that is what clause k is about, together
// with item i: in a clause of its own A与B are, in a later one A alone is, as
// 该校与云川大学结对，获评… tells of the school.
func (m *Matcher) together(i, k, hi int) int {
	for n := i; m.clause[i] != k && n < hi && m.linked[n]; n++ {
		if gap := m.Text[m.Items[n].End:m.Items[n+1].Start]; gap == "与" || gap == "同" {
			return n
		}
	}
	return hi
}

// bears reports whether no words that could be a subject of their own stand between
// item i, or the begin of the trigger's clause where i is of an earlier one, and the
// trigger: 半山|泥猫|入选, 冷泉馆完工，|星河村|入选.
func (t *trigger) bears(i int) bool {
	m := t.m
	gap := schema.Span{Start: m.clauses[t.clause].Start, End: t.span.Start}
	for k := t.item - 1; k >= i && m.clause[k] == t.clause; k-- {
		if m.Items[k].End <= t.span.Start {
			gap.Start = m.Items[k].End
			break
		}
	}
	words := gap.In(m.Text)
	words = words[m.set.lead.leadIn(words):]
	words = strings.TrimFunc(words[m.set.adverb.leadIn(words):], mark)
	return words == "" || words[0] >= '0' && words[0] <= '9' || m.set.bearing.leadIn(words) > 0 ||
		slices.ContainsFunc(m.set.lists["belongings"], func(w string) bool { return strings.HasSuffix(words, w) })
}

// bodies are the classes of what does things of its own account, and not doc's.
var bodies = setOf(schema.Enterprise) | setOf(schema.School) | setOf(schema.Hospital)

// subjectless reports whether nothing that could be a subject stands before the
// trigger in its clause.
func (t *trigger) subjectless() bool {
	m := t.m
	before := schema.Span{Start: m.clauses[t.clause].Start, End: t.span.Start}.In(m.Text)
	return m.resets(m.clauses[t.clause].Start+m.set.lead.leadIn(before)) || m.set.adverb.leadIn(before) == len(before)
}

// carry is how many clauses back a topic is looked for.
const carry = 6

// ownWords is the bytes before a trigger in its clause from which on the clause
// has a subject of its own and none is carried into it.
const ownWords = 30

// topicOf returns the topic of clause k, or else of an earlier clause of the
// sentence; none where there is none. It must end before limit, where the
// trigger begins.
func (m *Matcher) topicOf(k, limit int) int {
	for back := k; back >= max(0, k-carry); back-- {
		if back < k && limit-m.clauses[k].Start > ownWords {
			return none
		}
		i := m.topics[back]
		if i == reset {
			return none
		}
		if i >= 0 && m.Items[i].End <= limit && !m.locative(i) {
			if m.Items[i].Class != schema.Division && m.crosses(back, k) {
				return none
			}
			return m.innermost(i, limit)
		}
	}
	return none
}

// locative reports whether item i only tells where its clause happens: 在大庄镇.
func (m *Matcher) locative(i int) bool {
	return m.class[i]&grounds != 0 && strings.HasSuffix(m.Text[m.Span.Start:m.Items[i].Start], "在")
}

// grounds are the classes of where something happens.
var grounds = setOf(schema.Division) | setOf(schema.Zone) | setOf(schema.Place) | setOf(schema.Road)

// crosses reports whether a semicolon ends one of the clauses from back to k:
// what it is about goes no further, if it is not a place.
func (m *Matcher) crosses(back, k int) bool {
	return slices.ContainsFunc(m.clauses[back:k], func(c schema.Span) bool {
		return strings.HasSuffix(c.In(m.Text), "；") || strings.HasSuffix(c.In(m.Text), ";")
	})
}

// clauseTopic returns the item that clause k begins with, none or reset.
func (m *Matcher) clauseTopic(k int) int {
	c := m.clauses[k]
	start := c.Start + m.set.lead.leadIn(c.In(m.Text))
	if m.counts(start) || m.resets(start) {
		return reset
	}
	i := m.itemAfter(c.Start)
	if i == len(m.Items) || m.clause[i] != k {
		return none
	}
	if m.Items[i].Start > start {
		return m.described(i, start)
	}
	if m.owns(i) {
		return none
	}
	return m.possessed(m.titled(i))
}

// longestAttribute is the bytes of what may stand between who or what an
// attribute names and the 的 that ends it: 投资8亿元建设的.
const longestAttribute = 36

// described returns the item that an attribute at offset start tells of, or
// none: the park of 位于大庄镇的星河园 and of 投资8亿元的星河园, the bridge of
// 由中铁某局承建的清河大桥. Item i is the first of the clause.
func (m *Matcher) described(i, start int) int {
	before := m.Text[start:m.Items[i].Start]
	n := m.set.attribute.leadIn(before)
	switch {
	case n == 0:
		return none
	case len(before) <= longestAttribute && strings.HasSuffix(strings.TrimRightFunc(before, mark), "的"):
		return i
	case n < len(before):
		return none
	}
	for i+1 < len(m.Items) && m.clause[i+1] == m.clause[i] {
		gap := m.Text[m.Items[i].End:m.Items[i+1].Start]
		if len(gap) <= longestAttribute && strings.HasSuffix(strings.TrimRightFunc(gap, mark), "的") {
			return i + 1
		}
		if !m.linked[i] && !m.address[i] {
			break
		}
		i++
	}
	return none
}

// titled returns what bears the honour i that stands right before its name, or
// else i: 国家级高新区星河园.
func (m *Matcher) titled(i int) int {
	if m.Items[i].Class == schema.Honor && i+1 < len(m.Items) && marks(m.Text[m.Items[i].End:m.Items[i+1].Start]) {
		return i + 1
	}
	return i
}

// possessed returns what belongs to the division i or to its part that is named
// with it, or else i: 云川市的星河科技, 云川市大庄镇境内的清河大桥.
func (m *Matcher) possessed(i int) int {
	in := m.innermost(i, m.Span.End)
	if m.Items[in].Class != schema.Division || in+1 == len(m.Items) {
		return i
	}
	gap := m.Text[m.Items[in].End:m.Items[in+1].Start]
	if gap == "的" || gap != "" && m.set.beside.leadIn(gap) == len(gap) {
		return in + 1
	}
	return i
}

// owns reports whether the clause is about something of the division i that has
// no name: 大庄镇的青年.
func (m *Matcher) owns(i int) bool {
	i = m.innermost(i, m.Span.End)
	return m.Items[i].Class == schema.Division && strings.HasPrefix(m.Text[m.Items[i].End:m.Span.End], "的") &&
		(i+1 == len(m.Items) || m.Items[i+1].Start != m.Items[i].End+len("的"))
}

// innermost walks from a division to what follows it without a gap and is
// named as a part of it: 大庄镇曙光村 is about the village.
func (m *Matcher) innermost(i, limit int) int {
	for i+1 < len(m.Items) && m.Items[i].Class == schema.Division &&
		m.Items[i+1].Start == m.Items[i].End && m.Items[i+1].End <= limit {
		i++
	}
	return i
}

// counts reports whether a number begins at offset b, outside every name, that
// is no year or month: 8户企业获评….
func (m *Matcher) counts(b int) bool {
	rest := strings.TrimLeft(m.Text[b:m.Span.End], "0123456789")
	return len(rest) < m.Span.End-b && !m.inItem(schema.Span{Start: b, End: b + 1}) &&
		!strings.HasPrefix(rest, "年") && !strings.HasPrefix(rest, "月")
}

// resets reports whether a word of the list reset begins at offset b.
func (m *Matcher) resets(b int) bool {
	from := sort.Search(len(m.hits), func(i int) bool { return m.Span.Start+m.hits[i].End > b })
	for _, h := range m.hits[from:] {
		s := m.span(h)
		if s.End > b+longestReset {
			return false
		}
		if s.Start == b && m.set.reset[h.Word] {
			return true
		}
	}
	return false
}

// longestReset is more than the bytes of any word of the list reset.
const longestReset = 30
