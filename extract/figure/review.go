package figure

import (
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// spans reports whether p is a run of years that is past: 五年来, “十三五”时期.
func (p period) spans() bool { return p.span != "" || p.years > 0 }

// leastTerm is the least number of years that a review carries through a
// paragraph.
const leastTerm = 3

// looksBack reports whether the time with which a sentence opens is the run of
// years that its paragraph looks back on: 五年来，, “十三五”时期，.
func (r *reader) looksBack(m *mark) bool {
	if !m.p.spans() || m.p.years > 0 && m.p.years < leastTerm {
		return false
	}
	said := strings.TrimRight(m.In(r.doc.Text), "”")
	for _, w := range []string{"规划", "计划"} {
		if strings.HasSuffix(said, w) {
			return false
		}
	}
	return yearOf(m.p.resolve(r.calendar.own)) <= max(r.calendar.present, r.calendar.year)
}

// carry makes p the time of the paragraph, and of the section where two of its
// paragraphs open with it: those between them are of the same review.
func (r *reader) carry(p period) {
	if r.carried == p && r.paragraph != p && !r.section.period.said() && r.section.status != schema.Target {
		r.section, r.repeated = section{p, schema.Actual}, true
	}
	r.paragraph, r.carried = p, p
}

// headingTime returns the first time that a heading names.
func (l *lists) headingTime(line string) (period, bool) {
	for i := range line {
		if p, n := l.when(line[i:]); n > 0 {
			return p, true
		}
	}
	return period{}, false
}

// reviewed returns the time that a heading says is looked back on, where it is
// another than the document's own year: 一、“十三五”时期工作回顾,
// 二、2023年上半年预算执行情况.
func (r *reader) reviewed(line string) (period, bool) {
	if hasAny(line, "安排", "目标", "任务", "思路", "部署", "打算", "重点工作", "建议", "展望", "规划纲要", "明年", "下一步", "要求") {
		return period{}, false
	}
	p, ok := r.headingTime(line)
	told := hasAny(line, "回顾", "总结", "成就", "成效", "情况", "历程", "成绩", "决算", "执行", "完成", "主要工作", "运行")
	switch {
	case !ok || !told || r.calendar.year == 0:
		return period{}, false
	case p.spans():
		return p, r.looksBack(&mark{p: p})
	case p.part != "" && !calendrical(p.part), p.year > 0 && p.year < r.calendar.year, p.year > 0 && p.year == r.calendar.present && p.part != "":
		p = r.calendar.placed(period{}, p)
		return p, p.resolve(r.calendar.own) != r.calendar.own && (p.year == 0 || p.year <= r.calendar.present)
	}
	return period{}, false
}

// periodOf is the period of a figure: the one in force where it stands, except
// that in a review of several years a stock, a rank or what one changed by is that of the last one,
// an average growth is that of all of them even where one year was said, and
// that what is planned for a year is so for all of it.
func (r *reader) periodOf(c *clause, n *numbered, f find) string {
	when := n.when.resolve(r.calendar.own)
	span := n.when.spans() && len(when) == len("2016..2020")
	switch {
	case (f.measure == schema.Growth || f.measure == schema.Change) && !span && averaged(c, n):
		if term := r.term(); term.spans() || term.ahead > 0 {
			return term.resolve(r.calendar.own)
		}
	case span && (f.measure == schema.Rank || f.measure == schema.Change && !averaged(c, n) || f.measure == schema.Level && stock(c, n, f.name)):
		return yearString(yearOf(when))
	case span && f.measure == schema.Growth && (against(c, n) || r.monthly && !averaged(c, n)):
		return yearString(yearOf(when))
	case f.measure == schema.Level && n.kind != kindRatio && yearOf(when) > 0 && len(when) > len("2023") && when[4] == '-' && annualPlan(f.name):
		return when[:len("2023")]
	}
	return when
}

// term is the time of the paragraph in hand where it is a run of years, else
// that of its section.
func (r *reader) term() period {
	if r.paragraph.spans() {
		return r.paragraph
	}
	return r.section.period
}

// averaged reports whether a growth is said to be that of an average year.
func averaged(c *clause, n *numbered) bool {
	return hasAny(c.text[c.Start:n.Start], "年均", "年平均", "平均每年", "年递增")
}

// against reports whether a growth is from a year that its clause names: 较2013年下降.
func against(c *clause, n *numbered) bool {
	left := c.text[c.Start:n.Start]
	i := max(strings.LastIndex(left, "较"), strings.LastIndex(left, "比"))
	return i >= 0 && yearIn(left[i:]) > 0
}

// stocks are the names of what is measured at a time or year by year, which no
// run of years adds up.
var stocks = [...]string{"保有量", "可支配收入", "纯收入", "生产总值", "存款余额", "贷款余额", "常住人口", "户籍人口", "总人口", "建成区面积"}

// stock reports whether a level told in a review of several years is what
// stood at their end: 建成区面积扩展到21平方公里.
func stock(c *clause, n *numbered, name string) bool {
	left := c.text[c.Start:n.Start]
	if hasAny(left, "累计", "年均", "共") || hasAny(name, "累计", "新增") {
		return false
	}
	for _, w := range stocks {
		if strings.HasSuffix(name, w) {
			return true
		}
	}
	return hasAny(left, "达到", "增至", "增加到", "发展到", "扩展到", "扩大到", "提高到", "提升到", "上升到", "降到", "突破", "增长到", "拓展到")
}

// annualPlan reports whether a name is that of what is planned for a year.
func annualPlan(name string) bool {
	return hasAny(name, "年度计划", "年初预算", "年初计划", "年度预算", "全年计划", "全年预算", "年计划投资", "年度目标", "全年目标")
}
