package identity

import (
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// headDates returns the dates of the head.
func (p *page) headDates() []date {
	i := sort.Search(len(p.dates), func(i int) bool { return p.dates[i].End > p.head.End })
	return p.dates[:i]
}

// A date is a printed date. What is not printed is 0.
type date struct {
	schema.Span
	year, month, day int
}

func (d date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day) }

// dates returns the dates within a span: 2024年1月11日, 2024年, 1月11日, 2024-01-11.
func dates(text string, within schema.Span) []date {
	var out []date
	for at := within.Start; at < within.End; {
		if text[at] < '0' || text[at] > '9' {
			at++
			continue
		}
		d, end := dateAt(text[:within.End], at)
		if end > at && (d.year > 0 || d.day > 0) {
			d.Span = schema.Span{Start: at, End: end}
			out = append(out, d)
		}
		at = max(end, digitsEnd(text, at))
	}
	return out
}

func digitsEnd(text string, at int) int {
	for at < len(text) && text[at] >= '0' && text[at] <= '9' {
		at++
	}
	return at
}

// dateAt reads a date at byte at; end is at where there is none.
func dateAt(text string, at int) (d date, end int) {
	end = at
	n, i := digitsEnd(text, at), 0
	v, _ := strconv.Atoi(text[at:min(n, at+6)])
	if n-at == 4 && v >= 1950 && v < 2100 {
		if i = unit(text, n, "年", "-", "/", "."); i == n {
			return d, at
		}
		d.year, end = v, i
		if text[n] < 0x80 { // 2024-01-11 must go on with a month
			end = at
		}
		at = i
		if n = digitsEnd(text, at); n == at {
			if text[i-1] < 0x80 {
				return date{}, end
			}
			return d, end
		}
		v, _ = strconv.Atoi(text[at:min(n, at+6)])
	}
	if i = unit(text, n, "月", "-", "/", "."); n-at <= 2 && i > n && v >= 1 && v <= 12 {
		month := v
		k := digitsEnd(text, i)
		day, _ := strconv.Atoi(text[i:min(k, i+6)])
		if k > i && k-i <= 2 && day >= 1 && day <= 31 && (d.year > 0 || text[n] >= 0x80) {
			d.month, d.day = month, day
			return d, unit(text, k, "日")
		}
		if text[n] >= 0x80 {
			d.month = month
			return d, i
		}
	}
	return d, end
}

// unit returns the end of one of the words at byte at, or at.
func unit(text string, at int, words ...string) int {
	for _, w := range words {
		if strings.HasPrefix(text[at:], w) {
			return at + len(w)
		}
	}
	return at
}

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
		return p.titlePeriod()
	}
}

// reportPeriod is the year that a work report looks back on: the one that its
// headings name, or by the date of the session.
func (p *page) reportPeriod() (string, schema.Span) {
	for _, d := range p.dates {
		after := p.doc.Text[d.End:]
		if d.year > 0 && d.month == 0 && hasPrefix(after, "工作回顾", "主要工作回顾", "和过去", "政府工作回顾", "工作总结", "工作情况", "以来工作回顾", "度工作报告", "度政府工作报告") {
			return strconv.Itoa(d.year), d.Span
		}
	}
	if y, at := p.sessionYear(); y > 0 {
		return strconv.Itoa(y), at
	}
	if s, at := p.titlePeriod(); s != "" {
		return s, at
	}
	if y, at := p.commonYear(); y > 0 {
		return strconv.Itoa(y), at
	}
	return p.eventYear()
}

// lastSpring is the last month in which a session looks back on the year before.
const lastSpring = 7

// sessionYear is the year that a session held on the head's first full date reviews.
func (p *page) sessionYear() (int, schema.Span) {
	for _, d := range p.headDates() {
		if d.year == 0 || d.month == 0 {
			continue
		}
		if d.month <= lastSpring {
			return d.year - 1, d.Span
		}
		return d.year, d.Span
	}
	return 0, schema.Span{}
}

// titlePeriod is the year or part of a year that the title names.
func (p *page) titlePeriod() (string, schema.Span) {
	for _, d := range dates(p.doc.Text, p.title) {
		if d.year > 0 {
			return strconv.Itoa(d.year) + p.part(d), d.Span
		}
	}
	return "", schema.Span{}
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
	if d.month > 0 {
		return fmt.Sprintf("-%02d", d.month)
	}
	return ""
}

// bulletinPeriod is the title's, or else that of the first year that the text names.
func (p *page) bulletinPeriod() (string, schema.Span) {
	if s, at := p.titlePeriod(); s != "" {
		return s, at
	}
	for _, d := range p.dates {
		if d.year > 0 && d.day == 0 {
			return strconv.Itoa(d.year) + p.part(d), d.Span
		}
	}
	return "", schema.Span{}
}

// dateline is the bytes in which an item says on which day it was written; a
// day further on is one that it tells of.
const dateline = 900

// newsPeriod is the half year or year that a feature looks back on, else the
// month of the item.
func (p *page) newsPeriod() (string, schema.Span) {
	year, at := p.newsYear()
	if year == 0 {
		return "", at
	}
	if part := p.partMeant(); part != "" && p.find("今年", p.parts[0]).Len() > 0 {
		return strconv.Itoa(year) + part, at
	}
	looksBack := 0
	for _, ends := range p.places[len(p.table.kinds)+len(parts) : len(p.places)-len(levelWords)] {
		looksBack += len(ends)
	}
	if looksBack > 2 {
		y, at := p.reviewedYear(year)
		return strconv.Itoa(y), at
	}
	for _, d := range p.headDates() {
		if d.month > 0 && d.Start < dateline && (d.year == 0 || d.year == year) {
			return fmt.Sprintf("%d-%02d", year, d.month), d.Span
		}
	}
	return strconv.Itoa(year), at
}

// partMeant returns the suffix for the part of the year that the text speaks
// of most, and more than once; "" where there is none.
func (p *page) partMeant() string {
	best, most := "", 1
	count := map[string]int{}
	for i, x := range parts {
		if count[x.suffix] += len(p.places[len(p.table.kinds)+i]); count[x.suffix] > most {
			best, most = x.suffix, count[x.suffix]
		}
	}
	return best
}

// newsYear is the year of the first full date, or the latest one that is named.
func (p *page) newsYear() (int, schema.Span) {
	latest, at := 0, schema.Span{}
	for _, d := range p.dates {
		if d.day > 0 && d.year > 0 && d.Start < p.head.End {
			return d.year, d.Span
		}
		if d.year > latest {
			latest, at = d.year, d.Span
		}
	}
	if latest == 0 {
		return p.namedYear()
	}
	return latest, at
}

// namedYear is the first year that begins a name: 2023中国农民丰收节.
func (p *page) namedYear() (int, schema.Span) {
	text := p.parts[0].In(p.doc.Text)
	for at := 0; at < len(text); at++ {
		if text[at] != '2' || at > 0 && (text[at-1] >= '0' && text[at-1] <= '9' || text[at-1] == '.' || text[at-1] == '-') {
			continue
		}
		end := digitsEnd(text, at)
		if y, err := strconv.Atoi(text[at:end]); err == nil && y > 2000 && y < 2100 {
			if r, _ := utf8.DecodeRuneInString(text[end:]); unicode.Is(unicode.Han, r) && !strings.ContainsRune("万亿元人个家户亩吨项件名", r) {
				return y, schema.Span{Start: at, End: end}
			}
		}
		at = max(at, end-1)
	}
	return 0, schema.Span{}
}

// reviewedYear is the earlier of the year given and the one before it, where
// the text names both: a look back speaks of the next year, too.
func (p *page) reviewedYear(latest int) (int, schema.Span) {
	best := date{year: latest}
	for _, d := range p.dates {
		if d.year == latest-1 || d.year == best.year && best.Len() == 0 {
			best = d
			if d.year == latest-1 {
				break
			}
		}
	}
	return best.year, best.Span
}

// commonYear is the year that the text names most, of equals the earliest.
func (p *page) commonYear() (int, schema.Span) {
	count, first := map[int]int{}, map[int]schema.Span{}
	for _, d := range p.dates {
		if d.year > 0 {
			if count[d.year] == 0 {
				first[d.year] = d.Span
			}
			count[d.year]++
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
