package identity

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// period returns the main period that the document reports on.
func (p *page) period() (string, schema.Span) {
	switch p.doc.Identity.Kind {
	case schema.WorkReport:
		return p.reportPeriod()
	case schema.StatisticalBulletin:
		return p.bulletinPeriod()
	case schema.News:
		return p.newsPeriod()
	default:
		return p.otherPeriod()
	}
}

// otherPeriod is what the title or a heading names, else the year that a
// sentence opens with, else that of the item's date.
func (p *page) otherPeriod() (string, schema.Span) {
	if s, at := p.titlePeriod(); s != "" {
		return s, at
	}
	if s, at := p.reviewPeriod(); s != "" {
		return s, at
	}
	if y, at := p.passedYear(); y > 0 {
		return yearText(y), at
	}
	if y, at := p.plannedYear(); y > 0 {
		return yearText(y), at
	}
	if s, at := p.briefPeriod(); s != "" {
		return s, at
	}
	written := p.written()
	if written.year == 0 && p.spoken() {
		if y, at := p.accountedYear(); y > 0 {
			return yearText(y + 1), at // it speaks of people and calls its own year 今年
		}
	}
	if written.year > 0 && p.posted(written) && !p.said(presentWords...) {
		if y, at := p.toldYear(0); y > 0 && y <= written.year {
			return yearText(y), at // what a site posted, maybe long after
		}
	}
	if y, at := p.toldYear(written.year); y > 0 {
		return yearText(y), at
	}
	if written.year > 0 {
		return strconv.Itoa(written.year), written.Span
	}
	return p.remoteYear()
}

// remoteYear is the year of a text that says none of itself: the one that begins
// the clause of a number, that which this year is said to be, the one at whose
// end the term ends that it looks back on, or the one over a table.
func (p *page) remoteYear() (string, schema.Span) {
	for _, read := range [...]func() (int, schema.Span){p.reportedYear, p.markedYear, p.termYear, p.tabledYear, p.statedYear} {
		if y, at := read(); y > 0 {
			return strconv.Itoa(y), at
		}
	}
	return "", schema.Span{}
}

// written is the first full date of the head: when the item was published.
func (p *page) written() date {
	for _, d := range p.headDates() {
		if d.year > 0 && d.day > 0 {
			return d
		}
	}
	return date{}
}

// opens reports whether d is a year that a sentence begins with, of which the
// sentence tells: 2023年，全县…, and not 2003年以来.
func (p *page) opens(d date) bool {
	if d.year == 0 || d.month > 0 || p.title.Contains(d.Span) {
		return false
	}
	before := strings.TrimRight(p.doc.Text[:d.Start], " \u3000\t")
	addressed := hasSuffix(before, "各位代表，", "各位代表,", "各位代表：", "各位代表:")
	if r, _ := utf8.DecodeLastRuneInString(before); before != "" && !addressed && !strings.ContainsRune("\n。！？!?", r) {
		return false
	}
	return !hasPrefix(p.doc.Text[d.End:], "以来", "起", "至", "—", "-", "~", "前", "底", "末")
}

// reportPeriod is the year that a work report looks back on: the one that its
// headings name, or by the date of the session.
func (p *page) reportPeriod() (string, schema.Span) {
	if s, at := p.reviewPeriod(); s != "" {
		return s, at
	}
	if w := p.written(); w.month == 7 || w.month == 8 { // a report on the first half
		if s, at := p.briefPeriod(); strings.HasSuffix(s, "-H1") {
			return s, at
		}
	}
	if y, at := p.sessionYear(); y > 0 {
		return strconv.Itoa(y), at
	}
	if s, at := p.titlePeriod(); s != "" {
		return p.yearBefore(s, at)
	}
	for _, read := range [...]func() (int, schema.Span){p.passedYear, p.plannedYear, p.termYear, p.officeYear, p.endedPlan, p.commonYear, p.markedYear, p.tabledYear, p.namedYear} {
		if y, at := read(); y > 0 {
			return strconv.Itoa(y), at
		}
	}
	return p.eventYear()
}

// yearBefore is the year that a report looks back on whose title names the year
// of its session, as most do; the title's own year where the text says a later
// one, begins to tell of that year, or is the part that plans it.
func (p *page) yearBefore(title string, at schema.Span) (string, schema.Span) {
	year, err := strconv.Atoi(title)
	if err != nil {
		return title, at // a part of a year
	}
	own := false
	for _, d := range p.dates {
		switch {
		case p.title.Contains(d.Span):
		case d.year == year-1 && p.opens(d) && hasPrefix(p.doc.Text[d.End:], "，", ",", "是", "我", "全"):
			return strconv.Itoa(d.year), d.Span
		case d.year == year+1, d.year == year && (p.opens(d) || p.plans(d)):
			own = true
		}
	}
	if own {
		return title, at
	}
	return strconv.Itoa(year - 1), at
}

// plans reports whether d stands in the heading of a plan with which the text
// begins after its title.
func (p *page) plans(d date) bool {
	return d.Start-p.title.End < 200 && hasPrefix(p.doc.Text[d.End:], "重点工作", "工作安排", "工作任务", "主要任务", "工作打算", "目标任务", "工作计划", "工作重点")
}

// reviewPeriod is the year whose work a heading says is looked back on.
func (p *page) reviewPeriod() (string, schema.Span) {
	for _, d := range p.dates {
		after := p.doc.Text[d.End:]
		if d.year > 0 && d.month == 0 && hasPrefix(after, "工作回顾", "主要工作回顾", "和过去", "政府工作回顾", "工作总结", "工作情况", "以来工作回顾", "度工作报告", "度政府工作报告", "度工作总结", "度工作回顾", "度政府工作回顾") {
			return strconv.Itoa(d.year), d.Span
		}
		if d.year > 0 && d.day == 0 && p.executed(d) {
			return strconv.Itoa(d.year) + p.part(d), d.Span
		}
	}
	return "", schema.Span{}
}

// titlePeriod is the year or part of a year that the title names.
func (p *page) titlePeriod() (string, schema.Span) {
	if p.midway() {
		return "", schema.Span{}
	}
	for _, d := range dates(p.doc.Text, p.title) {
		if d.year > 0 && !p.measure(d) {
			return strconv.Itoa(d.year) + p.part(d), d.Span
		}
	}
	return p.termTitle()
}

// parts of a year by the words for them, longer before shorter.
var parts = [...]struct{ words, suffix string }{
	{"前三季度", "-Q1..Q3"}, {"1-9月", "-Q1..Q3"}, {"1—9月", "-Q1..Q3"}, {"1至9月", "-Q1..Q3"},
	{"上半年", "-H1"}, {"1-6月", "-H1"}, {"1—6月", "-H1"}, {"1至6月", "-H1"}, {"1～6月", "-H1"}, {"下半年", "-H2"},
	{"一季度", "-Q1"}, {"1-3月", "-Q1"}, {"1—3月", "-Q1"}, {"首季", "-Q1"},
	{"二季度", "-Q2"}, {"三季度", "-Q3"}, {"四季度", "-Q4"},
}

// part returns the suffix for the part of the year that d names or that
// follows it: 2025年上半年.
func (p *page) part(d date) string {
	after := p.doc.Text[d.Start:runeStart(p.doc.Text, d.End+30)]
	after = strings.Map(func(r rune) rune {
		if r == ' ' || r == '第' {
			return -1
		}
		return r
	}, after)
	for _, x := range parts {
		if strings.Contains(after, x.words) {
			return x.suffix
		}
	}
	if s := monthsAfter(after); s != "" {
		return s
	}
	if d.month > 0 {
		return fmt.Sprintf("-%02d", d.month)
	}
	return ""
}

// monthsAfter is the suffix for the months of a year that s names behind it:
// of 2025年1-7月 it is -01..2025-07.
func monthsAfter(s string) string {
	year, rest, ok := strings.Cut(s, "年")
	if !ok || digitsEnd(year, 0) != len(year) {
		return ""
	}
	n := digitsEnd(rest, 0)
	first, _ := strconv.Atoi(rest[:n])
	k := unit(rest, n, "-", "—", "–", "至", "~", "～")
	end := digitsEnd(rest, k)
	last, _ := strconv.Atoi(rest[k:min(end, k+3)])
	if k == n || first < 1 || last <= first || last > 12 || !strings.HasPrefix(rest[end:], "月") {
		return ""
	}
	if first == 1 && last == 12 {
		return ""
	}
	return fmt.Sprintf("-%02d..%s-%02d", first, year, last)
}

// bulletinPeriod is the title's, that of the census which the title names, or
// else that of the first year that the text names.
func (p *page) bulletinPeriod() (string, schema.Span) {
	if s, at := p.titlePeriod(); s != "" {
		return s, at
	}
	if s, at := p.briefPeriod(); s != "" {
		return s, at
	}
	for _, e := range p.table.events {
		if at := p.find(e.words, p.title); at.Len() > 0 {
			return strconv.Itoa(e.year), at
		}
	}
	for _, d := range p.dates {
		if d.year > 0 && d.day == 0 && !p.measure(d) {
			return strconv.Itoa(d.year) + p.part(d), d.Span
		}
	}
	return p.remoteYear()
}

// commonYear is the year that the text names most, of equals the earliest. What
// is compared with a year does not name it: 是2005年的2.4倍, 比2005年.
func (p *page) commonYear() (int, schema.Span) {
	count, first := map[int]int{}, map[int]schema.Span{}
	for _, d := range p.dates {
		if d.year > 0 && !p.spans(d) && !p.measure(d) {
			if count[d.year] == 0 {
				first[d.year] = d.Span
			}
			if count[d.year]++; p.opens(d) {
				count[d.year]++ // a sentence tells of it
			}
		}
	}
	years := make([]int, 0, len(count))
	for y := range count {
		years = append(years, y)
	}
	slices.Sort(years)
	best := 0
	for _, y := range years {
		if count[y] > count[best] {
			best = y
		}
	}
	return best, first[best]
}

// measure reports whether d is only what another year is measured by.
func (p *page) measure(d date) bool {
	before := strings.TrimRight(p.doc.Text[:d.Start], " ")
	if hasSuffix(before, "是", "为", "比", "较", "由", "从", "于", "相当于", "同", "与") && !strings.HasSuffix(before, "关于") {
		return true
	}
	return hasPrefix(p.doc.Text[d.End:], "的") && hasSuffix(before, "到", "至", "回到", "超", "超过", "达")
}

// eventYear is the year of the latest event of the table that a text without
// any year names.
func (p *page) eventYear() (string, schema.Span) {
	latest, at := event{}, schema.Span{}
	for _, e := range p.table.events {
		if s := p.find(e.words, p.parts[0]); s.Len() > 0 && e.year > latest.year {
			latest, at = e, s
		}
	}
	if latest.year == 0 {
		return "", at
	}
	return strconv.Itoa(latest.year), at
}
