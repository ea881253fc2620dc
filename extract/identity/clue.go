package identity

import (
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// passed is what stands before the year that a text takes leave of.
var passed = []string{"走过的", "过去的", "即将过去的", "已经过去的", "不平凡的", "收官的", "回首", "回顾", "回望"}

// passedYear is the year that the text says has just passed: 刚刚走过的2012年,
// 回顾2020年. It is 0 where there is none.
func (p *page) passedYear() (int, schema.Span) {
	for _, d := range p.dates {
		if d.year > 0 && d.month == 0 && !p.spans(d) && hasSuffix(p.doc.Text[:d.Start], passed...) && !hasPrefix(p.doc.Text[d.End:], "以来", "至", "到") {
			return d.year, d.Span
		}
	}
	return 0, schema.Span{}
}

// tabledYear is the latest year that the caption or the head of a table names,
// of which a text without any other year must be: 表9 2021年主要产品产量,
// 产品名称 单位 2006年 比上年±%.
func (p *page) tabledYear() (int, schema.Span) {
	best := date{}
	if p.longPlan() {
		return 0, best.Span // the last year of the plan
	}
	for _, d := range p.dates {
		if d.year > best.year && !p.spans(d) && (p.captioned(d) || p.headed(d)) {
			best = d
		}
	}
	return best.year, best.Span
}

// longPlan reports whether the title is that of a plan for years.
func (p *page) longPlan() bool {
	return containsAny(p.title.In(p.doc.Text), "规划", "五年计划")
}

// captioned reports whether d stands in the line of a caption or of a table's cells.
func (p *page) captioned(d date) bool {
	line := strings.TrimSpace(p.line(d))
	if strings.Count(line, "|") > 1 {
		return true
	}
	if strings.ContainsAny(line, "。；，") || utf8.RuneCountInString(line) > longestTitle {
		return false
	}
	return hasPrefix(line, "表", "附表", "续表", "指标", "图") || strings.HasSuffix(line, "表") ||
		strings.ContainsAny(line, "|\t") || strings.Contains(line, "单位")
}

// headed reports whether d is the head of a column in a table that was run into
// the text, or the year whose rate of exchange a bulletin takes.
func (p *page) headed(d date) bool {
	before, after := strings.TrimRight(p.doc.Text[:d.Start], " "), strings.TrimLeft(p.doc.Text[d.End:], " ")
	return hasSuffix(before, "单位", "指标", "计量单位") || hasPrefix(after, "比上年±", "比上年增", "增长%", "增长(", "增长（", "同比±", "±%", "平均汇率", "年平均汇率", "年均汇率")
}

// statedYear is the latest year that a text says something of, be it in the
// midst of a clause. It is the last resort for one that does not call its own
// year 今年 and looks back on no term, of which an older one could be.
func (p *page) statedYear() (int, schema.Span) {
	best := date{}
	if p.longPlan() || p.said("今年", "去年") || p.said(termWords...) {
		return 0, best.Span
	}
	for _, d := range p.dates {
		if d.year > best.year && !p.ahead(d) && !p.spans(d) && !p.measure(d) && !p.begun(d) {
			best = d
		}
	}
	if y, at := p.namedYear(); y > best.year {
		return y, at
	}
	return best.year, best.Span
}

// toldYear is the first year with which a sentence opens, of an item written
// in that year or the next; the latest of them where it is not known when that
// was, but no year of a founding.
func (p *page) toldYear(written int) (int, schema.Span) {
	best := date{}
	for _, d := range p.dates {
		switch {
		case !p.opens(d):
		case written > 0 && (d.year == written || d.year == written-1):
			return d.year, d.Span
		case written == 0 && d.year > best.year && !p.begun(d) && !p.contrasted(d):
			best = d
		}
	}
	if written > 0 || best.year == 0 {
		return best.year, best.Span
	}
	return p.latestTold(best)
}

// latestTold is the latest year after that of d with a number of which a clause
// begins: an item contrasts an old year with it.
func (p *page) latestTold(d date) (int, schema.Span) {
	for _, x := range p.dates {
		if x.year > d.year && x.month == 0 && p.opensClause(x) && !p.ahead(x) && !p.spans(x) && !p.measure(x) && !p.past(x) && !p.intended(x) {
			d = x
		}
	}
	return d.year, d.Span
}

// begun reports whether d is when something came to be or began, which its
// text may tell long after: 2011年落户, 自2013年以来, 创建于1995年.
func (p *page) begun(d date) bool {
	after := p.doc.Text[d.End:runeStart(p.doc.Text, d.End+45)]
	if i := strings.IndexAny(after, "，,。；、\n"); i >= 0 {
		after = after[:i]
	}
	return hasPrefix(after, "以来", "起", "开始", "前") ||
		containsAny(after, "落户", "成立", "建成", "创办", "创建", "始建", "建立", "挂牌", "启动", "开工", "开建", "动工", "投产", "开园", "开业", "入驻", "列入", "列为", "升格", "组建", "注册", "签约", "引进", "撤县", "设立", "获批", "出台", "首演", "首届") ||
		hasSuffix(p.doc.Text[:d.Start], "建于", "始于", "成立于", "创办于", "早在", "自", "从", "创建于", "开业于")
}
