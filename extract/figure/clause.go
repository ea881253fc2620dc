package figure

import (
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// A clause is what stands between two commas, with its numbers in order. What
// is in brackets and has numbers is a clause of its own, after the one that it
// stands in.
type clause struct {
	schema.Span
	numbers []numbered
	cut     []schema.Span // times and brackets: no part of its words
	inner   bool          // in brackets
	fresh   bool          // a semicolon stands before it
	opens   bool          // a colon ends it: a list of what it says follows
	text    string
}

// A numbered is a number with the period in force where it stands.
type numbered struct {
	quantity
	when  period
	limit int // index of the number that only limits what this one counts, 0 for none
}

// words returns the text of a span without what is cut out of the clause.
func (c *clause) words(s schema.Span) string {
	if s.Start >= s.End {
		return ""
	}
	touched := false
	for _, x := range c.cut {
		touched = touched || x.Overlaps(s)
	}
	if !touched {
		return s.In(c.text)
	}
	var b strings.Builder
	at := s.Start
	for _, x := range c.cut {
		if x.Start >= s.End {
			break // a bracket behind, which must not take the end of s along
		}
		if x.Start > at {
			b.WriteString(c.text[at:x.Start])
		}
		at = max(at, x.End)
	}
	if at < s.End {
		b.WriteString(c.text[at:s.End])
	}
	return b.String()
}

// before returns the words between number i and the one before it, or the
// start of the clause.
func (c *clause) before(i int) string {
	start := c.Start
	if i > 0 {
		start = c.numbers[i-1].End
	}
	return c.words(schema.Span{Start: start, End: c.numbers[i].Start})
}

// left returns the words that name number i: those before it, without the noun
// of the number before (27个贫困村、8426户).
func (c *clause) left(i int) string {
	words := c.before(i)
	if i == 0 || joins(words) {
		return words
	}
	if k := strings.LastIndex(words, "、"); k > 0 {
		return words[k:]
	}
	for _, w := range []string{"和", "及", "与", "以及"} {
		if strings.HasSuffix(words, w) {
			return ""
		}
	}
	return words
}

// after returns the words between number i and the next one, or the end of
// the clause.
func (c *clause) after(i int) string {
	end := c.End
	if i+1 < len(c.numbers) {
		end = c.numbers[i+1].Start
	}
	return c.words(schema.Span{Start: c.numbers[i].End, End: end})
}

// clauses parts a stretch at its commas and brackets. They are good until the
// next call.
func (r *reader) clauses(start, end int, marks []mark) []clause {
	b := builder{lists: r.lists, text: r.doc.Text, now: r.calendar.now(), calendar: &r.calendar, out: r.parts[:0], numbers: r.numbers[:0]}
	b.split(start, end, marks, false)
	r.parts, r.numbers = b.out, b.numbers
	return b.out
}

type builder struct {
	*lists
	calendar *calendar
	text     string
	now      period // in force where it reads
	out      []clause

	numbers  []numbered // of all clauses, one after the other
	first    int        // the first of the clause in hand
	c        clause     // in hand
	brackets []bracket
	restore  *period // what the period goes back to after the next number
	since    int     // where the time that it goes back from ends
	passing  *period // and at the end of the clause, if it has no number
}

// A bracket is what stands in brackets and has numbers.
type bracket struct {
	schema.Span
	marks []mark
	now   period
}

func (b *builder) split(start, end int, marks []mark, inner bool) {
	b.begin(start, inner, false)
	for i := 0; i < len(marks); i++ {
		m := &marks[i]
		switch m.sort {
		case number:
			b.number(&m.q)
		case moment:
			b.moment(m)
		case noise:
			b.c.cut = append(b.c.cut, m.Span)
		case stop:
			colon := m.sign == ':' || m.sign == '：'
			if colon && !b.labels(&b.c, m) {
				continue
			}
			b.c.opens = colon
			b.finish(m.Start)
			b.begin(m.End, inner, m.sign == '；' || m.sign == ';')
		case open:
			if k := closing(marks, i); k > 0 {
				b.bracket(m, &marks[k], marks[i+1:k])
				i = k
			}
		}
	}
	b.finish(end)
}

// begin starts a clause.
func (b *builder) begin(start int, inner, fresh bool) {
	b.c = clause{Span: schema.Span{Start: start}, text: b.text, inner: inner, fresh: fresh}
	b.brackets, b.restore, b.first = nil, nil, len(b.numbers)
}

// finish ends the clause, and appends those in its brackets behind it.
func (b *builder) finish(at int) {
	b.c.End = at
	if b.passing != nil {
		if len(b.c.numbers) == 0 {
			b.now = *b.passing
		}
		b.passing = nil
	}
	b.out = append(b.out, b.c)
	for _, x := range b.brackets {
		within := builder{lists: b.lists, calendar: b.calendar, text: b.text, now: x.now, out: b.out, numbers: b.numbers}
		within.split(x.Start, x.End, x.marks, true)
		b.out, b.numbers = within.out, within.numbers
	}
}

// number adds a number. Where a former year was said of it (由上年的A变为B), the
// next one is of the year that was spoken of before.
func (b *builder) number(q *quantity) {
	if b.restore != nil && laterRank(b.text[b.since:q.Start]) {
		b.now, b.restore = *b.restore, nil
	}
	b.numbers = append(b.numbers, numbered{quantity: *q, when: b.now})
	b.c.numbers = b.numbers[b.first:]
	if b.restore != nil {
		b.now, b.restore = *b.restore, nil
	}
}

// laterRank reports whether the words behind a former year tell the rank of
// that year, which is no number, and then lead to what it became: 第87位升至.
func laterRank(words string) bool {
	_, became, ok := strings.Cut(words, "第")
	return ok && hasAny(became, "至", "到", "居", "为")
}

// moment takes note of a time, and of that which it interrupts.
func (b *builder) moment(m *mark) {
	if former := strings.TrimRight(b.text[:m.Start], " "); strings.HasSuffix(former, "由") || strings.HasSuffix(former, "从") || strings.HasSuffix(former, "同") || strings.HasSuffix(former, "与") {
		now := b.now
		b.restore, b.since = &now, m.End
	}
	if timesOf(b.text[m.Start:]) && hasSuffixOf(trimRight(b.text[:m.Start]), []string{"为", "是", "相当于", "达到", "达"}) {
		b.c.cut = append(b.c.cut, m.Span) // what the level is measured by
		return
	}
	was := b.now
	next, passing := b.calendar.told(b.now, b.text, m)
	if b.now = next; passing && !commaNext(b.text[m.End:]) && b.passing == nil {
		b.passing = &was
	}
	b.c.cut = append(b.c.cut, m.Span)
}

// timesOf reports whether a number of times follows the time that s begins with,
// whose level is the measure: 是|“十五”时期的3.1倍.
func timesOf(s string) bool {
	s = s[:min(len(s), 48)]
	i := strings.Index(s, "的")
	if i < 0 || strings.ContainsAny(s[:i], "，。；,;") {
		return false
	}
	rest := strings.TrimLeft(strings.TrimPrefix(s[i+len("的"):], "近"), "0123456789.")
	return len(rest) < len(s)-i-len("的") && strings.HasPrefix(rest, "倍")
}

// commaNext reports whether a comma begins s: what stands before it holds for
// the clauses behind it.
func commaNext(s string) bool {
	return strings.HasPrefix(s, "，") || strings.HasPrefix(s, ",")
}

// bracket keeps what is in brackets as part of a name, or cuts it out.
func (b *builder) bracket(from, to *mark, within []mark) {
	if kept(b.text, from, to, within) {
		return
	}
	b.c.cut = append(b.c.cut, schema.Span{Start: from.Start, End: to.End})
	if hasNumber(within) {
		b.brackets = append(b.brackets, bracket{schema.Span{Start: from.End, End: to.Start}, within, b.now})
	}
}

// labels reports whether the words before a colon are a clause of their own,
// rather than the name of the number that follows (产值：5亿元).
func (b *builder) labels(c *clause, m *mark) bool {
	words := strings.TrimSpace(c.words(schema.Span{Start: c.Start, End: m.Start}))
	if _, unit := b.parenthesised(words); unit != "" && len(c.numbers) == 0 {
		return false // 地区生产总值(亿元):312.5
	}
	head, _ := b.headOf(words)
	if b.runIn(words, c.text[m.End:]) || strings.HasPrefix(words, "主要") && len(c.numbers) == 0 && head != "总指数" {
		return true
	}
	return len(c.numbers) > 0 || head == "" && len(words) > 15 || len(words) > 45 || strings.HasSuffix(words, "其中") || words == ""
}

// runIn reports whether the words before a colon are the heading of a section
// of a bulletin, printed in its first line: 工业：|全部工业总产值136.5亿元.
func (l *lists) runIn(words, after string) bool {
	if _, n := l.sections.first(words); n == 0 || n < len(words) {
		return false
	}
	name := after[:max(0, strings.IndexAny(after, "0123456789\n"))]
	head, bare := l.headOf(strings.TrimSpace(name))
	return utf8.RuneCountInString(name) > 2 && !(bare && head == strings.TrimSpace(name))
}

// closing returns the index of the bracket that closes the one at i, or -1.
func closing(marks []mark, i int) int {
	depth := 0
	for k := i; k < len(marks); k++ {
		switch marks[k].sort {
		case open:
			depth++
		case shut:
			if depth--; depth == 0 {
				return k
			}
		}
	}
	return -1
}

func hasNumber(marks []mark) bool {
	for i := range marks {
		if marks[i].sort == number {
			return true
		}
	}
	return false
}

// kept reports whether what is in brackets is part of the name that it stands
// in: 分(子)公司, 生产总值(GDP).
func kept(text string, from, to *mark, within []mark) bool {
	words := text[from.End:to.Start]
	if len(within) > 0 || words == "" || len(words) > 18 {
		return false
	}
	for _, w := range []string{"下同", "价", "见", "不含", "含", "口径", "注"} {
		if strings.Contains(words, w) {
			return false
		}
	}
	return true
}
