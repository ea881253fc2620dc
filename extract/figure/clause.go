package figure

import (
	"strings"

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
		if x.Start > at && x.Start < s.End {
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

// clauses parts a stretch at its commas and brackets. now is the period that
// is in force at its start.
func (l *lists) clauses(text string, start, end int, marks []mark, now period) []clause {
	b := builder{lists: l, text: text, now: now, own: now}
	b.split(start, end, marks, false)
	return b.out
}

type builder struct {
	*lists
	text string
	now  period
	own  period // what 今年 is: the year of a section about plans
	out  []clause
}

func (b *builder) split(start, end int, marks []mark, inner bool) {
	c := clause{Span: schema.Span{Start: start}, text: b.text, inner: inner}
	var brackets []func()
	var restore *period
	finish := func(at int) {
		c.End = at
		b.out = append(b.out, c)
		for _, f := range brackets {
			f()
		}
		brackets = nil
	}
	for i := 0; i < len(marks); i++ {
		m := marks[i]
		switch m.sort {
		case number:
			c.numbers = append(c.numbers, numbered{quantity: m.q, when: b.now})
			if restore != nil { // 由上年的A变为B: B is of the year that was spoken of before
				b.now, restore = *restore, nil
			}
		case moment:
			if former := strings.TrimRight(b.text[:m.Start], " "); strings.HasSuffix(former, "由") || strings.HasSuffix(former, "从") {
				now := b.now
				restore = &now
			}
			b.now = merged(b.now, b.thisYear(m.p))
			c.cut = append(c.cut, m.Span)
		case noise:
			c.cut = append(c.cut, m.Span)
		case stop:
			if m.sign == ':' || m.sign == '：' {
				if !b.labels(c, m) {
					continue
				}
			}
			c.opens = m.sign == ':' || m.sign == '：'
			finish(m.Start)
			c = clause{Span: schema.Span{Start: m.End}, text: b.text, inner: inner, fresh: m.sign == '；' || m.sign == ';'}
		case open:
			k := closing(marks, i)
			if k < 0 {
				continue
			}
			within := marks[i+1 : k]
			if kept(b.text, m, marks[k], within) {
				i = k
				continue
			}
			c.cut = append(c.cut, schema.Span{Start: m.Start, End: marks[k].End})
			if hasNumber(within) {
				from, to := m.End, marks[k].Start
				now := b.now
				brackets = append(brackets, func() {
					outer := b.now
					b.now = now
					b.split(from, to, within, true)
					b.now = outer
				})
			}
			i = k
		}
	}
	finish(end)
}

// thisYear gives 今年 and 年末 the year of the section that they stand in.
func (b *builder) thisYear(p period) period {
	if p.relative && p.offset == 0 && p.year == 0 && (b.own.year > 0 || b.own.offset > 0) {
		p.year, p.offset, p.relative = b.own.year, b.own.offset, b.own.relative
	}
	return p
}

// labels reports whether the words before a colon are a clause of their own,
// rather than the name of the number that follows (产值：5亿元).
func (b *builder) labels(c clause, m mark) bool {
	words := strings.TrimSpace(c.words(schema.Span{Start: c.Start, End: m.Start}))
	head, _ := b.headOf(words)
	return len(c.numbers) > 0 || head == "" && len(words) > 15 || len(words) > 45 || strings.HasSuffix(words, "其中") || words == ""
}

// merged adds what a text says of time to the period in force: a part of a
// year keeps the year that was said before it.
func merged(now, p period) period {
	if p.part != "" && p.year == 0 && !p.relative {
		if now.part == "" || now.year != 0 {
			p.year, p.offset, p.relative = now.year, now.offset, now.relative
		}
	}
	return p
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
	for _, m := range marks {
		if m.sort == number {
			return true
		}
	}
	return false
}

// kept reports whether what is in brackets is part of the name that it stands
// in: 分(子)公司, 生产总值(GDP).
func kept(text string, from, to mark, within []mark) bool {
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
