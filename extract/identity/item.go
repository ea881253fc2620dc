package identity

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

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
	if y, at := p.lookedBack(); y > 0 {
		return strconv.Itoa(y), at
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
			if y, where := p.accountedYear(); d.year == 0 && d.month <= lastAccount && y == year {
				return strconv.Itoa(y), where // told in the first months of the next
			}
			return fmt.Sprintf("%d-%02d", year, d.month), d.Span
		}
	}
	return strconv.Itoa(year), at
}

// lastAccount is the last month in which an item gives the numbers of the whole
// year before.
const lastAccount = 3

// lookedBack is the year before that of an item of the first months of a
// year which looks back: its title says 去年, it speaks of 过去的一年 or its
// first sentence opens with that year. It is 0 where there is none.
func (p *page) lookedBack() (int, schema.Span) {
	w := p.written()
	if w.year == 0 || w.month > lastSpring-1 {
		return 0, w.Span
	}
	for _, d := range p.headDates() {
		if d.year == w.year-1 && p.opens(d) {
			return d.year, d.Span
		}
	}
	for _, s := range []schema.Span{p.find("去年", p.title), p.find("过去的一年", p.head), p.find("刚刚过去的一年", p.head)} {
		if s.Len() > 0 {
			return w.year - 1, s
		}
	}
	return 0, w.Span
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
	next, speaks, old := date{}, p.said(presentWords...), false
	for _, d := range p.dates {
		if d.day > 0 && d.year > 0 && d.Start < p.head.End {
			return d.year, d.Span
		}
		if p.ahead(d) {
			next = d
			continue
		}
		if d.year > latest && !p.spans(d) {
			old = speaks && p.past(d)
			latest, at = d.year, d.Span
		}
	}
	if named, where := p.namedYear(); named > latest {
		return named, where
	}
	if latest == 0 {
		latest, at = p.markedYear()
	}
	if y, where := p.accountedYear(); y > 0 && y == latest && p.said("今年", "去年") {
		return y + 1, where // an item calls its own year 今年, and the one before by its number
	}
	if old {
		return 0, schema.Span{}
	}
	if latest < next.year-lastingYears {
		return next.year - 1, next.Span // an item calls its own year 今年
	}
	return latest, at
}

// presentWords are those with which an item speaks of its own time.
var presentWords = []string{"今年", "去年", "近日", "日前", "如今", "眼下", "目前"}

// past reports whether d is an old year that an item contrasts with its own time,
// or tells a beginning by: 2006年，这里还是一片庄稼地; 公司2005年落户.
func (p *page) past(d date) bool {
	if d.month > 0 {
		return false
	}
	clause := p.sentenceAfter(d)
	if i := strings.IndexAny(clause, "，,"); i > 0 {
		clause = clause[:i]
	}
	return p.contrasted(d) || hasPrefix(clause, "以来", "起", "开始") ||
		containsAny(clause, "落户", "成立", "创办", "创建", "始建", "注册", "入驻", "建厂", "开始") ||
		hasSuffix(p.doc.Text[:d.Start], "建于", "始于", "成立于", "创办于", "早在", "自", "从", "创建于", "开业于")
}

// contrasted reports whether the sentence of d tells how things were then: 2006年，
// 这里还是一片庄稼地.
func (p *page) contrasted(d date) bool {
	return containsAny(p.sentenceAfter(d), "还是", "还只是", "当时", "那时", "只有", "仅有", "不足")
}

// sentenceAfter is what stands behind d in its sentence, at most some thirty characters of it.
func (p *page) sentenceAfter(d date) string {
	after := p.doc.Text[d.End:runeStart(p.doc.Text, d.End+90)]
	if i := strings.IndexAny(after, "。；\n"); i >= 0 {
		after = after[:i]
	}
	return after
}

// lastingYears is how many years before one that is still to come the year is
// at the earliest in which an item is written that names it.
const lastingYears = 5

// ahead reports whether d is said to be still to come: 预计2024年10月开放.
func (p *page) ahead(d date) bool {
	if d.year == 0 {
		return false
	}
	before := p.doc.Text[:d.Start]
	for _, w := range []string{"预计", "预计到", "预计在", "预计于", "计划", "计划于", "计划到", "拟于", "将于", "力争", "力争到", "有望于", "有望在"} {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	return false
}

// spans reports whether d is an end of a span of years: 2005年至2016年.
func (p *page) spans(d date) bool {
	if hasPrefix(p.doc.Text[d.End:], spanMarks...) {
		return leadsYear(p.doc.Text[d.End:])
	}
	before := p.doc.Text[:d.Start]
	for _, w := range spanMarks {
		if from, ok := strings.CutSuffix(before, w); ok {
			from = strings.TrimSuffix(strings.TrimRight(from, "—-"), "年")
			return from != "" && from[len(from)-1] >= '0' && from[len(from)-1] <= '9'
		}
	}
	return false
}

// spanMarks stand between the ends of a span of time.
var spanMarks = []string{"至", "到", "—", "-", "－", "~"}

// leadsYear reports whether a mark of a span and then four digits begin s.
func leadsYear(s string) bool {
	s = strings.TrimLeft(s, "至到—-－~")
	return digitsEnd(s, 0) == 4
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
			if r, _ := utf8.DecodeRuneInString(text[end:]); (unicode.Is(unicode.Han, r) || r == '“') && !strings.ContainsRune("年万亿元人个家户亩吨项件名", r) {
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
