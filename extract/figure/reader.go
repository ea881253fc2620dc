package figure

import (
	"cmp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/districtkg/districtkg/schema"
)

// A reader goes through one document and gathers its figures.
type reader struct {
	*lists
	doc     *schema.Doc
	subject string
	own     []string   // names of the subject, longest first
	held    []holder   // mentions of entities that figures can be about, in order
	places  trie[bool] // names of divisions, searched from the back
	names   []schema.Span
	coded   map[string]string // ids of divisions by code
	figures []schema.Figure
	marks   []mark     // these three are reused
	parts   []clause   // of the sentence in hand
	numbers []numbered // of its clauses

	calendar
	budget  string   // the part of the budget that the heading above opened
	byLine  patience // with tables that have a row a line
	byCell  patience // and a cell a line
	passage passage
}

// A section is what headings and the openings of paragraphs say of those
// that follow.
type section struct {
	period period
	status schema.Status
}

// A passage is what a clause can take over from those before it.
type passage struct {
	last         string   // the indicator read last
	main         string   // and that read last when the clause in hand began
	lastFig      int      // its figure, -1 for none
	levels       []int    // figures of measure level of this sentence
	parent       string   // what 其中 is part of
	unit         string   // of the parent, in a table
	listUnit     string   // of the numbers of a list, told before it
	topic        string   // what bare heads such as 营业收入 belong to
	verb         string   // that the clause's first indicator began with
	sector       string   // the part of the economy that a clause without numbers began with
	clauseBefore string   // the words of the clause before
	theme        string   // the product that the paragraph began with
	said         string   // what the clause before is about, where it has no numbers
	spread       int      // how many values the last 分别 gave
	about        about    // the entity that the sentence is about
	before       about    // the thing that an earlier sentence of the paragraph was about
	town         about    // the division that one was about
	project      about    // the project that one was about
	abouts       []string // the things that the sentence was about, in order
	list         []string // the entities that a clause of it named side by side
	holder       string   // its name, where its clause is still read
	holding      int      // where that clause starts
	clause       int      // where the clause in hand starts
	outer        outer    // what was spoken of before the bracket in hand
	start        int      // where the sentence in hand starts
	reported     int      // where the clause starts that tells what the one before said would be told
	item         about    // what the line, an entry in a list, is about
	status       schema.Status
	grown        bool   // the figure read last in the sentence is a growth
	share        string // 占…: what shares are of
	rate         string // the share told last, of which points may be told next
	signed       bool   // the sentence prints a minus before a rate: all bare rates in it are growth
}

// A holder is a mention of an entity that a figure may be about.
type holder struct {
	schema.Span
	id    string
	class schema.Class
	name  string
}

func newReader(l *lists, doc *schema.Doc, entities []schema.Entity, subject string) *reader {
	r := &reader{lists: l, doc: doc, subject: subject, coded: map[string]string{}, calendar: newCalendar(doc)}
	r.passage.lastFig = -1
	if r.calendar.own == "" {
		r.calendar.own = l.planned(doc.Identity.Title)
	}
	mentions := 0
	for i := range entities {
		mentions += len(entities[i].Mentions)
	}
	r.held = make([]holder, 0, mentions)
	for _, e := range entities {
		if e.Code != "" {
			r.coded[e.Code] = e.ID
		}
		if e.ID == subject {
			r.own = append(append(r.own, e.Name), e.Aliases...)
		}
		for _, m := range e.Mentions {
			if m.Start < 0 || m.End > len(doc.Text) || m.Start >= m.End {
				continue
			}
			if e.Class == schema.Division && m.Span.Len() >= len("两字") {
				r.places.addBack(m.Span.In(doc.Text), true)
			}
			r.held = append(r.held, holder{m.Span, e.ID, e.Class, m.Span.In(doc.Text)})
		}
	}
	sort.SliceStable(r.own, func(i, j int) bool { return len(r.own[i]) > len(r.own[j]) })
	r.held = inOrder(r.held)
	r.names = make([]schema.Span, len(r.held))
	for i := range r.held {
		r.names[i] = r.held[i].Span
	}
	return r
}

// inOrder returns mentions in order of the text, the longer before the shorter
// ones at the same place. It sorts their numbers, which are small to move.
func inOrder(held []holder) []holder {
	order := make([]int32, len(held))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(i, j int32) int {
		a, b := &held[i], &held[j]
		return cmp.Or(a.Start-b.Start, b.End-a.End, int(i-j))
	})
	out := make([]holder, len(held))
	for i, k := range order {
		out[i] = held[k]
	}
	return out
}

// within returns the entities' mentions from start on that may reach end.
func (r *reader) within(start int) []schema.Span {
	i := sort.Search(len(r.names), func(i int) bool { return r.names[i].Start >= start })
	return r.names[i:]
}

// newLine forgets what a new paragraph cannot take over.
func (r *reader) newLine(s schema.Span) {
	r.passage, r.paragraph = passage{lastFig: -1}, period{}
	r.passage.item = r.entry(s)
	line := strings.TrimSpace(s.In(r.doc.Text))
	if title, ok := r.doc.Identity.Evidence["title"]; !ok || !s.Overlaps(title) || headsPart(line) { // a text cut out of a longer one has a heading for its title
		r.heading(line)
		r.budgeted(s.In(r.doc.Text))
	}
}

// stretch reads one sentence.
func (r *reader) stretch(start, end int) {
	marks, numbers := r.scan(r.doc.Text, start, end, r.within(start), r.marks[:0])
	r.marks = marks
	r.opening(start, end, marks)
	if !numbers {
		if r.passage.start == 0 {
			r.themed(r.doc.Text[start:end])
		}
		r.noted(start, end)
		r.budgeted(r.doc.Text[start:end])
		return
	}
	r.passage.levels, r.passage.parent, r.passage.topic, r.passage.about = r.passage.levels[:0], "", "", r.passage.item
	r.passage.start, r.passage.outer = start, outer{}
	r.passage.status, r.passage.spread, r.passage.abouts, r.passage.list = "", 0, r.passage.abouts[:0], nil
	r.passage.listUnit, r.passage.clauseBefore = "", ""
	r.passage.sector, r.passage.share, r.passage.rate, r.passage.signed, r.passage.grown = "", "", "", anySigned(marks), false
	clauses := r.clauses(start, end, marks)
	for i := range clauses {
		r.clause(&clauses[i])
	}
}

// anySigned reports whether a rate is printed with a minus.
func anySigned(marks []mark) bool {
	for i := range marks {
		if m := &marks[i]; m.sort == number && m.q.signed && m.q.kind == kindRatio {
			return true
		}
	}
	return false
}

// clause reads the numbers of one clause.
func (r *reader) clause(c *clause) {
	r.passage.verb, r.passage.clause, r.passage.main = "", c.Start, r.passage.last
	if c.fresh {
		if r.passage.listUnit = ""; r.passage.parent != "" {
			r.passage.topic = "" // of a part of what the clauses before told
		}
	}
	words := c.words(c.Span)
	r.bracketed(c)
	defer func() { r.passage.clauseBefore = words }()
	r.amongst(words)
	r.standing(c, words)
	r.statusOf(words)
	r.subjectOf(c)
	if len(c.numbers) == 0 {
		r.passage.said = ""
		if c.Start == r.passage.start && reports(words) {
			r.passage.reported = c.End + commaAt(c.text[c.End:])
		}
		if x := r.listOf(c.Start, c.End); len(x.owners) > 1 {
			r.passage.list = x.ids()
		}
		r.topicOf(words)
		r.sectored(words)
		return
	}
	defer func() { r.passage.said = "" }()
	if r.spread(c) {
		return
	}
	for i := range c.numbers {
		r.number(c, i)
	}
}

// number reads one number.
func (r *reader) number(c *clause, i int) {
	q := &c.numbers[i].quantity
	left := r.unitBefore(c.left(i), q)
	if r.limited(c, i) || r.scopeCount(c, i) {
		return
	}
	switch {
	case q.ratio != nil:
		r.ratio(c, i)
	case q.rank:
		r.rank(c, i, left)
	case q.yearsRun:
		r.yearsRun(c, i, left)
	default:
		op := r.operator(left, q)
		if r.passage.signed && op.measure == schema.Level && q.unit == "%" && !op.reached && r.plainThing(op.name) {
			op.measure, op.sign = schema.Growth, 1
		}
		switch {
		case r.goal(c, i, op), r.striven(c, i, op), r.besideToo(c, i, op):
		case op.measure != schema.Level:
			r.turned(c, i, op)
		default:
			r.level(c, i, op)
		}
	}
}

// commaAt returns the length of the comma or colon at the start of s.
func commaAt(s string) int {
	for _, w := range []string{"，", ",", "：", ":"} {
		if strings.HasPrefix(s, w) {
			return len(w)
		}
	}
	return 0
}

// unitBefore gives a number without a unit the one that stands in brackets
// before it, and takes it off the name: 地区生产总值(亿元):312.5.
func (r *reader) unitBefore(left string, q *quantity) string {
	if q.kind != kindNone || q.rank || q.ratio != nil || q.chinese {
		return left
	}
	if name, ok := r.inListUnit(left, q); ok {
		return name
	}
	words := strings.TrimRight(left, " :：=")
	if !strings.HasSuffix(words, ")") && !strings.HasSuffix(words, "）") {
		return left
	}
	name, unit := r.parenthesised(words)
	by, ok := r.quantity("1"+unit, 0, "")
	if unit == "" || !ok || by.kind == kindNone {
		return left
	}
	q.scaled(by)
	return name
}

// scaled gives a number without a unit that of by.
func (q *quantity) scaled(by quantity) {
	q.value, q.high = q.value.Mul(by.value), q.high.Mul(by.value)
	q.unit, q.kind, q.factor = by.unit, by.kind, by.factor
}

// inListUnit gives a number the unit that stands in brackets before the list
// that it is of: 电话用户(万户)：固定电话2.6，移动电话7.13.
func (r *reader) inListUnit(left string, q *quantity) (name string, ok bool) {
	name = left
	for _, colon := range []string{"：", ":"} {
		label, rest, cut := strings.Cut(left, colon)
		if _, unit := r.parenthesised(strings.TrimSpace(label)); cut && unit != "" && strings.TrimSpace(rest) != "" {
			r.passage.listUnit, name = unit, rest
		}
	}
	if r.passage.listUnit == "" {
		return left, false
	}
	by, ok := r.quantity("1"+r.passage.listUnit, 0, "")
	if !ok || by.kind == kindNone {
		return left, false
	}
	q.scaled(by)
	return name, true
}

// plainThing reports whether words name a thing without a measure of it, so
// that a rate behind them can only be its growth: 汽车部件53.1%.
func (r *reader) plainThing(words string) bool {
	head, _ := r.headOf(strings.TrimSpace(words))
	return head == "" && r.trimTail(words) == strings.TrimSpace(words) && !strings.Contains(words, "占")
}

// A find is a figure as it is read, before its slots are filled.
type find struct {
	name    string
	measure schema.Measure
	sign    int
	rule    string
	bound   schema.Bound
	period  string // where the text says another one than that in force
	about   string // its own subject
	reached bool   // what something grew or fell to
}

// figureBytes is about how much text there is to a figure, so that the list of
// figures seldom has to move.
const figureBytes = 128

// add makes a figure of a number and what was read of it.
func (r *reader) add(c *clause, n *numbered, f find) int {
	value, high := n.value, n.high
	if f.sign < 0 {
		value, high = value.Abs().Neg(), high.Abs().Neg()
		if n.signed {
			r.doc.Warn("double_negative", n.Span, "a fall is printed with a minus: read as "+value.String())
		}
	}
	x := schema.Figure{
		ID: strconv.Itoa(len(r.figures)), Subject: r.figureSubject(f), Indicator: f.name, Canonical: r.canonical(f.name, n.kind, f.measure),
		Measure: f.measure, Value: value, High: high, Unit: n.unit, Period: f.period, Status: r.statusAt(n),
		Bound: f.bound, Rule: f.rule, Span: n.Span, Evidence: r.evidence(n.Span, c.Span),
	}
	if x.Period == "" {
		x.Period = r.periodOf(c, n, f)
	}
	if x.Bound == "" {
		x.Bound = schema.Exact
	}
	if f.measure == schema.Growth && r.passage.lastFig >= 0 {
		if last := r.figures[r.passage.lastFig]; last.Indicator == f.name {
			x.Of = last.ID
		}
	}
	if f.about == "" && f.measure != schema.Level && x.Subject == r.subject {
		x.Subject = r.subjectBefore(f.name)
	}
	if !x.Evidence.Contains(x.Span) {
		return -1
	}
	if r.figures == nil {
		r.figures = make([]schema.Figure, 0, 1+len(r.doc.Text)/figureBytes)
	}
	r.figures = append(r.figures, x)
	r.doc.Decide("figure", f.rule, n.Span, true, string(f.measure)+" "+f.name)
	return len(r.figures) - 1
}

// subjectBefore is what the figure just read is about, where it is one of the
// sentence and measures the same; else the document's subject.
func (r *reader) subjectBefore(name string) string {
	if n := len(r.figures); n > 0 && r.figures[n-1].Indicator == name && r.figures[n-1].Span.Start >= r.passage.start {
		return r.figures[n-1].Subject
	}
	return r.subject
}

// skip records why a number became no figure.
func (r *reader) skip(n *numbered, reason string) {
	r.doc.Decide("figure", "no-indicator", n.Span, false, reason)
}

// evidence returns the sentence that a number stands in.
func (r *reader) evidence(s, fallback schema.Span) schema.Span {
	if i := r.doc.SentenceAt(s.Start); i >= 0 {
		return r.doc.Sentences[i]
	}
	return fallback
}

// status is that of the sentence, or of the section where it says none.
func (r *reader) status() schema.Status {
	if r.passage.status != "" {
		return r.passage.status
	}
	if r.section.status != "" {
		return r.section.status
	}
	return schema.Actual
}

// statusOf takes the status that the words of a clause give to it and to
// those after it in the sentence.
func (r *reader) statusOf(words string) {
	for i, c := range words {
		if !r.lists.status.starts.has(c) {
			continue
		}
		if s, n := r.lists.status.first(words[i:]); n > 0 {
			if lead, k := r.lead.first(words[i:]); k > n && !lead {
				continue
			}
			if s == schema.Target && planned(words[:i], words[i+n:]) {
				continue
			}
			if n == len("将") && i > 0 && strings.ContainsAny("主重需首必概纪即想只不", lastRune(words[:i])) {
				continue
			}
			r.passage.status = s
			return
		}
	}
}

// planned reports whether a word of planning between the words given names the
// plan by which a number is measured: 完成年计划的103.5%, 超计划1.2个百分点.
func planned(before, after string) bool {
	return hasAny(before, "完成", "占", "超") && !hasAny(before, "拟", "将") || strings.HasPrefix(after, "的") && strings.Contains(after, "%")
}

// lastRune returns the last character of s.
func lastRune(s string) string {
	_, n := utf8.DecodeLastRuneInString(s)
	return s[len(s)-n:]
}

// level-named figures are remembered: later clauses refer to them.
func (r *reader) remember(name string, fig int) {
	r.passage.last, r.passage.grown = name, false
	if r.budget != "" && strings.HasPrefix(name, "一般公共预算") {
		r.budget = "一般公共预算"
	}
	r.passage.lastFig = fig
	if fig >= 0 {
		r.passage.levels = append(r.passage.levels, fig)
	}
	if verb, n := r.acts.first(name); n > 0 && verb && n < len(name) {
		r.passage.verb = name[:n]
	}
	if per := perHousehold(name); per != "" {
		r.passage.verb = per
	}
	if fig >= 0 && r.startsVerb(name) && (r.figures[fig].Unit == "人" || r.figures[fig].Unit == "户" || r.figures[fig].Unit == "人次") {
		return
	}
	r.retopic(name)
}

var one, hundred = decimal.NewFromInt(1), decimal.NewFromInt(100)
