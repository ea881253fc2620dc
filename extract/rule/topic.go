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
	if !fits {
		return out
	}
	return t.m.coordinates(o, i, 0, t.item-1, out)
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
	if i < len(m.Items) && m.Items[i].Start <= start && m.clause[i] == k && !m.owns(i) {
		return m.possessed(m.titled(i))
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

// possessed returns what belongs to the division i, or else i: 云川市的星河科技.
func (m *Matcher) possessed(i int) int {
	if m.Items[i].Class == schema.Division && i+1 < len(m.Items) && m.Text[m.Items[i].End:m.Items[i+1].Start] == "的" {
		return i + 1
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
