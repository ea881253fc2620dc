package identity

import (
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// said reports whether the text has one of the words.
func (p *page) said(words ...string) bool {
	for _, w := range words {
		if p.find(w, p.parts[0]).Len() > 0 {
			return true
		}
	}
	return false
}

// spoken reports whether a text tells what somebody says to a reporter: a
// feature, which calls its own year 今年.
func (p *page) spoken() bool {
	return p.said("说。", "说：", "说:", "告诉记者", "记者了解", "介绍说") && p.said("今年", "去年")
}

// accountedYear is the year by whose number an item accounts for a whole year,
// where no later one is named: 2022年实现产值50亿元. It is 0 where there is none.
func (p *page) accountedYear() (int, schema.Span) {
	latest, best := 0, date{}
	for _, d := range p.dates {
		if p.ahead(d) || p.spans(d) {
			continue
		}
		if d.year > latest && p.intended(d) {
			return 0, schema.Span{} // its own year or a later one
		}
		latest = max(latest, d.year)
		if d.year > best.year && d.month == 0 && p.part(d) == "" && p.opensClause(d) && !p.measure(d) {
			best = d
		}
	}
	if best.year < latest {
		return 0, schema.Span{}
	}
	return best.year, best.Span
}

// intended reports whether the clause that d begins tells what is planned.
func (p *page) intended(d date) bool {
	after := p.doc.Text[d.End:runeStart(p.doc.Text, d.End+60)]
	if i := strings.IndexAny(after, "。；，"); i > 0 {
		after = after[:i]
	}
	return containsAny(after, "计划", "将", "力争", "预计", "拟", "目标", "要")
}

// termLength is how many years a government is elected for.
const termLength = 5

// termWords are what a text calls the years of the term that it looks back on.
var termWords = []string{"过去的五年", "过去五年", "五年来", "五年间", "本届政府", "刚刚过去的五年"}

// termYear is the last year of a term that a text looks back on, where all that
// it names is the year before the term, from which things grew: 由2002年的79家
// 发展到240家. It is 0 where it names another year, or speaks of no term.
func (p *page) termYear() (int, schema.Span) {
	base := date{}
	for _, d := range p.dates {
		switch {
		case d.year == 0:
		case base.year > 0 && d.year != base.year, d.month > 0, !p.grownFrom(d):
			return 0, schema.Span{}
		default:
			base = d
		}
	}
	if base.year == 0 || !p.said(termWords...) {
		return 0, schema.Span{}
	}
	return base.year + termLength, base.Span
}

// grownFrom reports whether d is the year from which something grew, or with
// which it is compared.
func (p *page) grownFrom(d date) bool {
	return hasSuffix(strings.TrimRight(p.doc.Text[:d.Start], " "), "由", "从", "比", "较", "是", "为", "相当于", "在")
}
