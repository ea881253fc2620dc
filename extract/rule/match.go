package rule

import (
	"slices"
	"sort"
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// A Matcher matches a Set against one sentence after another. It keeps its
// buffers between them, so each goroutine needs its own.
type Matcher struct {
	// Refused, where set, is told of each rule whose trigger stands in a
	// sentence and that says nothing all the same, and why.
	Refused func(r *Rule, trigger schema.Span, why string)

	set *Set

	// The sentence at hand.
	*Sentence
	hits    []Hit
	clauses []schema.Span
	clause  []int      // by item: its clause
	linked  []bool     // by item: coordinated with the next one
	address []bool     // by item: a division that says where the next one lies
	topics  []int      // by clause: the item that it begins with, none or reset
	class   []classSet // by item: its class
	classes classSet   // of all items

	subjects, objects []int // what fills the slots of the rule at hand

	named map[optionName]bool // whether a name has the affixes of an option
}

// An optionName is an option and a name that it was asked about.
type optionName struct {
	option *option
	name   string
}

// admits reports whether item i can stand in the option. Names come again and
// again, so what was found of one is kept.
func (m *Matcher) admits(o *option, i int) bool {
	if m.class[i]&o.set == 0 {
		return false
	}
	if len(o.ends)+len(o.not) == 0 {
		return true
	}
	k := optionName{o, m.Items[i].Name}
	ok, known := m.named[k]
	if !known {
		ok = o.fits(k.name)
		m.named[k] = ok
	}
	return ok
}

// What stands in Matcher.topics for a clause without a topic.
const (
	none  = -1 // an earlier clause's is carried into it
	reset = -2 // and none is
)

// Matcher returns a Matcher for the rules of s.
func (s *Set) Matcher() *Matcher { return &Matcher{set: s, named: map[optionName]bool{}} }

// Match yields what the rules say of the sentence, in order of the triggers.
// Items must not overlap.
func (m *Matcher) Match(sent *Sentence, yield func(Match)) {
	m.Sentence = sent
	m.hits = m.set.words.Find(sent.Span.In(sent.Text), m.hits[:0])
	if len(m.hits) == 0 {
		return
	}
	m.prepare()
	for _, h := range m.hits {
		if rules := m.set.triggered[h.Word]; len(rules) > 0 {
			m.fire(h, rules, yield)
		}
	}
}

// prepare splits the sentence into clauses and links coordinated items.
func (m *Matcher) prepare() {
	m.clauses = splitClauses(m.Sentence, m.clauses[:0])
	m.clause, m.linked, m.address, m.class, m.classes = m.clause[:0], m.linked[:0], m.address[:0], m.class[:0], 0
	for i, it := range m.Items {
		m.clause = append(m.clause, m.clauseAt(it.Start))
		m.linked = append(m.linked, i+1 < len(m.Items) && m.joins(&it, &m.Items[i+1]))
		m.address = append(m.address, i+1 < len(m.Items) && it.Class == schema.Division && it.End == m.Items[i+1].Start)
		m.class = append(m.class, setOf(it.Class))
		m.classes |= m.class[i]
	}
	m.topics = m.topics[:0]
	for k := range m.clauses {
		m.topics = append(m.topics, m.clauseTopic(k))
	}
}

// span returns where a hit stands.
func (m *Matcher) span(h Hit) schema.Span {
	end := m.Span.Start + h.End
	return schema.Span{Start: end - m.set.words.length[h.Word], End: end}
}

// clauseAt returns the index of the clause that holds offset b.
func (m *Matcher) clauseAt(b int) int {
	i := sort.Search(len(m.clauses), func(i int) bool { return m.clauses[i].End > b })
	return min(i, len(m.clauses)-1)
}

// itemAfter returns the index of the first item that ends after offset b.
func (m *Matcher) itemAfter(b int) int {
	return sort.Search(len(m.Items), func(i int) bool { return m.Items[i].End > b })
}

// fire tries the rules of a trigger.
func (m *Matcher) fire(h Hit, rules []*Rule, yield func(Match)) {
	t := trigger{m: m, span: m.span(h)}
	t.clause = m.clauseAt(t.span.Start)
	t.item = m.itemAfter(t.span.Start)
	t.inside = t.item < len(m.Items) && m.Items[t.item].Overlaps(t.span)
	for _, r := range rules {
		t.fire(r, yield)
	}
}

// A trigger is a word of a rule where it stands in a sentence.
type trigger struct {
	m      *Matcher
	span   schema.Span
	clause int
	item   int  // index of the first item that ends after the trigger begins
	inside bool // the trigger stands in that item's name
	scope  schema.Span
	within int
}

func (t *trigger) fire(r *Rule, yield func(Match)) {
	m := t.m
	if t.inside != r.inItem || m.classes&r.wants[0] == 0 || m.classes&r.wants[1] == 0 ||
		len(r.Kinds) > 0 && !slices.Contains(r.Kinds, m.Kind) {
		return
	}
	t.scope, t.within = m.clauses[t.clause], r.within
	if r.sentence {
		t.scope = m.Span
	}
	t.scope.Start, t.scope.End = max(t.scope.Start, t.span.Start-farthest), min(t.scope.End, t.span.End+farthest)
	if why := t.ends(r); why != "" {
		if m.Refused != nil {
			m.Refused(r, t.span, why)
		}
		return
	}
	pairs := m.distributed()
	for i, o := range m.objects {
		for k, s := range m.subjects {
			if s != o && (!pairs || i == k) {
				yield(Match{r, s, o, t.span, t.evidence(s, o)})
			}
		}
	}
}

// ends fills the slots of r. It returns why the rule says nothing here, or "".
func (t *trigger) ends(r *Rule) (why string) {
	m := t.m
	if m.subjects = t.fill(r.subject, m.subjects[:0]); len(m.subjects) == 0 {
		return "no subject where the rule looks for one"
	}
	if m.objects = t.fill(r.object, m.objects[:0]); len(m.objects) == 0 {
		return "no object where the rule looks for one"
	}
	if t.agent(r) {
		far := func(o int) bool { return o >= 0 && m.clause[o] != t.clause }
		if m.objects = slices.DeleteFunc(m.objects, far); len(m.objects) == 0 {
			return "no object in the clause of the agent"
		}
	}
	if len(r.need) > 0 && !m.contains(r.need, t.scope, true) {
		return "none of the words that the rule needs"
	}
	if m.contains(r.block, t.scope, false) {
		return "a word that blocks the rule"
	}
	return ""
}

// agent reports whether the subject is an agent that the clause begins with: it
// does what its clause says, and not what the rest of the sentence does.
func (t *trigger) agent(r *Rule) bool {
	return r.subject[0].place == placeAgent && t.m.subjects[0] >= 0
}

// contains reports whether one of the words stands in the scope; named says
// that words in the names of items count.
func (m *Matcher) contains(words map[int]bool, scope schema.Span, named bool) bool {
	if len(words) == 0 {
		return false
	}
	from := sort.Search(len(m.hits), func(i int) bool { return m.Span.Start+m.hits[i].End > scope.Start })
	for _, h := range m.hits[from:] {
		s := m.span(h)
		if s.End > scope.End {
			return false
		}
		if words[h.Word] && s.Start >= scope.Start && (named || !m.inItem(s)) {
			return true
		}
	}
	return false
}

// inItem reports whether s stands in the name of an item.
func (m *Matcher) inItem(s schema.Span) bool {
	i := m.itemAfter(s.Start)
	return i < len(m.Items) && m.Items[i].Overlaps(s)
}

// evidence returns the clauses from the first end of a relation to the last.
func (t *trigger) evidence(ends ...int) schema.Span {
	lo, hi := t.clause, t.clause
	for _, i := range ends {
		if i >= 0 {
			lo, hi = min(lo, t.m.clause[i]), max(hi, t.m.clause[i])
		}
	}
	return schema.Span{Start: t.m.clauses[lo].Start, End: max(t.m.clauses[hi].End, t.span.End)}
}

// fill appends what stands in the slot: indices of items, Doc or Document.
func (t *trigger) fill(s slot, out []int) []int {
	for i := range s {
		if out = t.take(&s[i], out); len(out) > 0 {
			return out
		}
	}
	return out
}

func (t *trigger) take(o *option, out []int) []int {
	switch o.place {
	case placeDoc:
		return append(out, Doc)
	case placeSelf:
		if t.subjectless() {
			return append(out, Doc)
		}
		return out
	case placeDocument:
		return append(out, Document)
	case placeLeft, placeNear, placeBefore:
		return t.left(o, out)
	case placeRight, placeAfter, placeAlone:
		return t.right(o, out)
	case placeIn:
		if t.m.admits(o, t.item) {
			return append(out, t.item)
		}
		return out
	case placeAny, placeLater:
		return t.all(o, out)
	case placeTopic, placeBearer, placeAgent:
		return t.topic(o, out)
	}
	panic("rule: place " + string(o.place) + " is not among those that option lets pass")
}

// left takes the nearest item before the trigger.
func (t *trigger) left(o *option, out []int) []int {
	last := t.item - 1
	for i := last; i >= 0 && t.m.Items[i].Start >= t.scope.Start; i-- {
		it := &t.m.Items[i]
		gap := schema.Span{Start: it.End, End: t.span.Start}
		if t.far(gap) || o.place == placeBefore && !marks(gap.In(t.m.Text)) {
			return out
		}
		if t.m.admits(o, i) {
			return t.m.coordinates(o, i, 0, last, out)
		}
		if o.place == placeNear {
			return out
		}
	}
	return out
}

// right takes the nearest item after the trigger.
func (t *trigger) right(o *option, out []int) []int {
	first := t.item
	if t.inside {
		first++
	}
	for i := first; i < len(t.m.Items) && t.m.Items[i].Start < t.scope.End; i++ {
		it := &t.m.Items[i]
		gap := schema.Span{Start: t.span.End, End: it.Start}
		if t.far(gap) || o.place != placeRight && !marks(gap.In(t.m.Text)) || o.place == placeAlone && !t.m.endsClause(i) {
			return out
		}
		if in := t.m.innermost(i, t.scope.End); t.m.admits(o, in) {
			i = in
		}
		if t.m.admits(o, i) {
			return t.m.coordinates(o, i, first, len(t.m.Items)-1, out)
		}
	}
	return out
}

// endsClause reports whether item i is the last word of its clause.
func (m *Matcher) endsClause(i int) bool {
	rest := m.Text[m.Items[i].End:max(m.Items[i].End, m.clauses[m.clause[i]].End)]
	return strings.TrimFunc(rest, func(r rune) bool { return mark(r) || endsClause(r) }) == ""
}

// How far a rule looks from its trigger: reach in characters where it sets no
// limit of its own, farthest in bytes whatever it sets. Without a limit a text
// of one endless sentence would take quadratic time.
const (
	reach    = 160
	farthest = 2 << 10
)

// far reports whether the gap is longer than the rule allows. Characters are
// taken for Chinese ones, of three bytes: counting them would cost more than
// the rest of the match.
func (t *trigger) far(gap schema.Span) bool {
	limit := t.within
	if limit == 0 {
		limit = reach
	}
	return gap.Len() > limit*len("字")
}

// all takes every item of the scope that is in reach, of later those after
// the trigger.
func (t *trigger) all(o *option, out []int) []int {
	for i := t.item - 1; o.place == placeAny && i >= 0 && t.m.Items[i].Start >= t.scope.Start; i-- {
		if t.far(schema.Span{Start: t.m.Items[i].End, End: t.span.Start}) {
			break
		}
		if t.m.admits(o, i) {
			out = append(out, i)
		}
	}
	slices.Reverse(out)
	for i := t.item; i < len(t.m.Items) && t.m.Items[i].Start < t.scope.End; i++ {
		if t.far(schema.Span{Start: t.span.End, End: max(t.span.End, t.m.Items[i].Start)}) {
			break
		}
		if t.m.admits(o, i) {
			out = append(out, i)
		}
	}
	return out
}
