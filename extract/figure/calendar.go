package figure

import (
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// A calendar tells which period a figure is for: it knows the document's own
// time, and goes through what the text says of time in the order of reading.
//
// From the weakest to the strongest: the document's own period; the section's,
// which its heading or the opening of a sentence names; the paragraph's, where
// a sentence of it opened with a year; that said before in the sentence; that
// said in the clause. A day or a month says when something happened (6月2日签约,
// 9月底投产) and gives its figures no more than the year, unless it is what they
// are counted up to (截至10月底) or by (6月份); where no number stands in such a
// clause, it says nothing of those behind it.
type calendar struct {
	own     string // period of figures of which the text says no time
	year    int    // its year, 0 where it is not known
	present int    // the year in which the document speaks, which it calls 今年
	census  int    // the year of the census before, of the bulletin of one
	monthly bool   // its months and days are periods: a bulletin

	section   section
	paragraph period
	carried   period // the run of years that a paragraph looked back on last
	repeated  bool   // the section's is one that two paragraphs in it did
}

// newCalendar returns the calendar of a document before its first line.
func newCalendar(doc *schema.Doc) calendar {
	id := &doc.Identity
	c := calendar{section: section{status: schema.Actual}, own: id.Period, year: yearOf(id.Period), monthly: id.Kind == schema.StatisticalBulletin}
	if !c.monthly && len(c.own) == len("2023-06") && c.own[5] <= '9' {
		c.own = c.own[:4] // an item of a month tells what is so that year
	}
	c.present, c.census = c.year, censusBefore(id.Title, c.year)
	if c.year == 0 || c.monthly {
		return c
	}
	switch written := yearOf(id.Date); {
	case written == c.year || written == c.year+1:
		c.present = written
	case id.Kind == schema.WorkReport:
		c.present = c.year + 1 // it looks back on the year before that of its session
	case id.Kind == schema.Other && written == 0 && len(c.own) == len("2023") && plansThisYear(doc.Text):
		c.present = c.year + 1 // a review, and what shall be done in the year after
	}
	return c
}

// plansThisYear reports whether a text only says what shall be done 今年, and
// nothing that was.
func plansThisYear(text string) bool {
	planned := false
	for {
		_, after, found := strings.Cut(text, "今年")
		if !found {
			return planned
		}
		text = after
		if i := strings.IndexAny(after, "。；\n"); i >= 0 {
			after = after[:i]
		}
		if !hasAny(after[:min(len(after), planReach)], "将", "力争", "确保", "争取", "要", "计划", "预期目标", "是“") || strings.HasPrefix(after, "以来") {
			return false
		}
		planned = true
	}
}

// planReach is the bytes behind 今年 in which a text says that it plans.
const planReach = 60

// censusBefore is the year of the census before the one of the year given that
// a title names, 0 for none. That of the economy came after four years once.
func censusBefore(title string, year int) int {
	switch {
	case year == 0:
		return 0
	case strings.Contains(title, "人口普查"), strings.Contains(title, "农业普查"):
		return year - 10
	case strings.Contains(title, "经济普查") && year == 2008:
		return 2004
	case strings.Contains(title, "经济普查"):
		return year - 5
	}
	return 0
}

// planned returns the years of the five-year plan that a title names, "" where
// it names none: 2011..2015 of a 第十二个五年规划纲要.
func (l *lists) planned(title string) string {
	if !strings.Contains(title, "规划") && !strings.Contains(title, "计划") {
		return ""
	}
	for i := range title {
		if p, n := l.when(title[i:]); n > 0 && strings.Contains(title[i:i+n], "五") {
			return p.resolve("")
		}
	}
	return ""
}

// now is the period that is in force where a sentence begins.
func (c *calendar) now() period {
	if c.paragraph.said() {
		return c.paragraph
	}
	return c.section.period
}

// told returns the period in force behind the time m, where now was before it.
// Passing says that it is the time of an event, and holds in its clause only.
func (c *calendar) told(now period, text string, m *mark) (next period, passing bool) {
	p := c.placed(now, m.p)
	if c.monthly || !calendrical(p.part) || counted(text, m) {
		return merged(now, p), false
	}
	if p.part, p.end = "", false; p.year == 0 && !p.relative {
		return now, false
	}
	return merged(now, p), true
}

// placed gives 今年 and 年末 the year that they mean.
func (c *calendar) placed(now, p period) period {
	plans := c.section.period
	switch {
	case !p.relative || p.year > 0:
	case p.spoken && plans.year > 0:
		p.year, p.offset, p.relative = plans.year+p.offset, 0, false
	case p.offset == 0 && p.follows && now.year > 0:
		p.year, p.relative = now.year, false
	case p.offset == 0 && (plans.year > 0 || plans.offset > 0):
		p.year, p.offset, p.relative = plans.year, plans.offset, plans.relative
	case p.spoken && c.present > 0 && (p.offset != 0 || p.whole || c.present != c.year):
		p.year, p.offset, p.relative = c.present+p.offset, 0, false
	}
	return p
}

// merged adds what a text says of time to the period in force: a part of a
// year keeps the year that was said before it.
func merged(now, p period) period {
	if p.same && p.part == "" && !calendrical(now.part) {
		p.part, p.end = now.part, now.end
		if now.year > 0 {
			p.year, p.relative = now.year+p.offset, false
		}
	}
	if p.part != "" && p.year == 0 && !p.relative {
		if now.part == "" || now.year != 0 {
			p.year, p.offset, p.relative = now.year, now.offset, now.relative
		}
	}
	return p
}

// calendrical reports whether a part of a year is a month or a day of one.
func calendrical(part string) bool {
	return part != "" && part[0] >= '0' && part[0] <= '9' && !strings.Contains(part, "..")
}

// counted reports whether figures are counted up to a day or by a month:
// 截至10月底, 6月末，, 6月份.
func counted(text string, m *mark) bool {
	before, after := strings.TrimRight(text[:m.Start], " "), text[m.End:]
	switch {
	case strings.HasSuffix(before, "截至") || strings.HasSuffix(before, "截止") || strings.HasSuffix(before, "截止到"):
		return true
	case m.p.end:
		return strings.HasSuffix(m.In(text), "末") && commaNext(after)
	}
	return strings.HasSuffix(m.In(text), "份") || strings.HasPrefix(after, "当月") || strings.HasPrefix(after, "单月")
}
