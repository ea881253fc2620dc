package identity

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// planHeadings are the words of a heading that announces what is planned for
// the year that it names, and aims those with which a sentence does.
var (
	planHeadings = []string{"工作安排", "计划安排", "主要任务", "工作任务", "目标任务", "重点工作", "工作打算", "工作思路", "工作部署", "计划草案", "预算草案", "发展目标",
		"预期目标", "奋斗目标", "工作要点", "工作计划", "总体要求", "主要目标", "工作建议", "计划建议", "安排建议", "工作重点", "重点任务", "工作目标", "发展任务", "工作设想", "工作意见", "目标及任务", "目标和任务"}
	aims = []string{"预期目标", "主要目标", "奋斗目标", "总体要求", "总体思路", "总要求", "工作思路", "发展目标"}
)

const (
	lineLength = 40  // characters of a line that can be a heading
	reviewSize = 400 // bytes of text before a plan that can only be a review

	sentenceSize = 120 // … before a sentence with which a plan begins
)

// plannedYear is the year that a text reports on whose only clue is that it
// plans a year: the one before, of which its first part tells, or the planned
// year itself where it begins with the plan. It is 0 where there is no plan.
func (p *page) plannedYear() (int, schema.Span) {
	title := p.title
	if p.midway() {
		title = schema.Span{}
	}
	for _, d := range p.dates {
		switch {
		case d.year == 0 || d.month > 0 || title.Contains(d.Span) || p.spans(d) || !p.plansYear(d):
		case d.Start-title.End < reviewSize && !(p.resolves(d) && d.Start-title.End > sentenceSize) && !p.reviews(d):
			return d.year, d.Span
		default:
			return d.year - 1, d.Span
		}
	}
	return 0, schema.Span{}
}

// midway reports whether what was taken for the title is a heading in the midst
// of a text that has none.
func (p *page) midway() bool { return p.title.Start >= reviewSize }

// plansYear reports whether the heading or the sentence that d stands in says
// what is planned for its year.
func (p *page) plansYear(d date) bool {
	line := p.line(d)
	before := line[:d.Start-p.lineStart(d)]
	for _, w := range []string{"完成", "实现", "达成", "超额", "对照", "围绕", "锚定", "按照"} {
		if strings.Contains(before[max(0, len(before)-30):], w) {
			return false
		}
	}
	after := line[len(before)+d.Len():]
	if p.resolves(d) || p.heralds(d) {
		return true
	}
	if utf8.RuneCountInString(line) <= lineLength && !strings.ContainsAny(line, "。；") {
		return containsAny(after, planHeadings...) && !containsAny(after, "完成", "执行", "回顾", "总结", "报告")
	}
	if i := strings.IndexAny(after, "。；\n"); i >= 0 {
		after = after[:i]
	}
	for _, w := range aims {
		i := strings.Index(after, w)
		if i >= 0 && i <= 30*len("年") && hasPrefix(after[i+len(w):], "是", "为", "：", ":") {
			return !containsAny(after[:i], "完成", "实现")
		}
	}
	return false
}

// resolves reports whether a sentence that opens with d says what shall be done
// in its year, the latest that the text names.
func (p *page) resolves(d date) bool {
	if !p.opens(d) || !p.newest(d) {
		return false
	}
	after := p.doc.Text[d.End:]
	for _, w := range planHeadings {
		if rest, ok := strings.CutPrefix(after, w); ok && hasPrefix(rest, "：", ":", "是", "为") {
			return true
		}
	}
	return resolved(after)
}

// heralds reports whether a sentence that opens with d says what its year is, of
// which the text then states the aims, or soon calls what it plans that of 今年:
// 2016年是“十三五”开局之年…. 今年政府工作的总体要求是….
func (p *page) heralds(d date) bool {
	rest := strings.TrimLeft(p.doc.Text[d.End:], "，, ")
	if !strings.HasPrefix(rest, "是") || !p.opens(d) || !p.newest(d) {
		return false
	}
	rest = rest[:runeStart(rest, heraldReach)]
	if statesAims(rest) {
		return true
	}
	for {
		_, after, found := strings.Cut(rest, "今年")
		if !found {
			return false
		}
		before := strings.TrimSuffix(rest, "今年"+after)
		rest = after
		if i := strings.IndexAny(after, "，。；：\n"); i >= 0 {
			after = after[:i]
		}
		if hasSuffix(before, "做好", "抓好") || containsAny(after, aims...) || hasPrefix(after, "要", "我们要", "政府工作", "将") {
			return true
		}
	}
}

// statesAims reports whether the sentence behind the first of s says what is aimed at:
// 。全县经济社会发展的主要预期目标是：….
func statesAims(s string) bool {
	_, s, _ = strings.Cut(s, "。")
	s, _, _ = strings.Cut(s, "。")
	for _, w := range aims {
		if before, after, ok := strings.Cut(s, w); ok && hasPrefix(after, "是", "为", "：", ":") {
			return !containsAny(before, "完成", "实现", "上年", "去年")
		}
	}
	return false
}

// heraldReach is the bytes behind the year in which its plan begins.
const heraldReach = 900

// resolved reports whether s, behind the year that a sentence opens with, soon
// says what shall be done in it: 2025年|，要围绕…, 2009年|，全县生产总值计划增长14.5%.
func resolved(s string) bool {
	if i := strings.IndexAny(s, "。；\n"); i >= 0 {
		s = s[:i]
	}
	s = s[:runeStart(s, resolveReach)]
	for _, w := range []string{"主要", "重要", "需要", "必要", "只要", "按计划", "年度计划", "计划的", "即将", "目标的"} {
		s = strings.ReplaceAll(s, w, "")
	}
	first, told := len(s), len(s)
	for _, w := range []string{"要", "将", "力争", "计划", "确保", "争取", "拟", "预期目标"} {
		if i := strings.Index(s, w); i >= 0 {
			first = min(first, i)
		}
	}
	for _, w := range []string{"完成", "实现", "达到", "了", "获"} {
		if i := strings.Index(s, w); i >= 0 {
			told = min(told, i)
		}
	}
	return first < told
}

// newest reports whether the text names no year after that of d as its own or
// as past.
func (p *page) newest(d date) bool {
	for _, x := range p.dates {
		if x.year > d.year && !p.ahead(x) && !p.spans(x) && !x.distant(p.doc.Text) {
			return false
		}
	}
	return true
}

// distant reports whether d is the year up to which something shall be done: 到2035年.
func (d date) distant(text string) bool { return hasSuffix(text[:d.Start], "到", "至") }

// resolveReach is the bytes behind a year in which its sentence says that it plans.
const resolveReach = 75

// lineStart is where the line of d begins.
func (p *page) lineStart(d date) int {
	return strings.LastIndexByte(p.doc.Text[:d.Start], '\n') + 1
}

// line is the line that d stands in.
func (p *page) line(d date) string {
	text := p.doc.Text[p.lineStart(d):]
	if i := strings.IndexByte(text, '\n'); i >= 0 {
		text = text[:i]
	}
	return text
}

// executed reports whether d stands in a heading or a title that says of its
// year that accounts are given of it: 2022年决算草案, 2024年国民经济和社会发展
// 计划执行情况.
func (p *page) executed(d date) bool {
	line := p.line(d)
	if utf8.RuneCountInString(line) > longestTitle || strings.ContainsAny(line, "。；") {
		return false
	}
	after := line[d.End-p.lineStart(d):]
	if i := strings.IndexAny(after, "0123456789，,"); i >= 0 {
		after = after[:i]
	}
	return containsAny(after, "执行情况", "决算", "完成情况", "运行情况")
}

// reportedYear is the year that begins the clause of a number, the latest of
// them, in a text that says nothing else of its time; 0 for none.
func (p *page) reportedYear() (int, schema.Span) {
	best := date{}
	for _, d := range p.dates {
		if d.year <= best.year || d.month > 0 || p.spans(d) || !p.opensClause(d) {
			continue
		}
		best = d
	}
	return best.year, best.Span
}

// opensClause reports whether d begins a clause that has a number.
func (p *page) opensClause(d date) bool {
	before := strings.TrimRight(p.doc.Text[:d.Start], " \u3000")
	if r, _ := utf8.DecodeLastRuneInString(before); before != "" && !strings.ContainsRune("\n。！？；，,;)）", r) {
		return false
	}
	after := strings.TrimLeft(p.doc.Text[d.End:runeStart(p.doc.Text, d.End+120)], "，,")
	if hasPrefix(after, "以来", "起", "至", "—", "-", "~", "前", "底", "建成", "成立", "竣工") {
		return false
	}
	if i := strings.IndexAny(after, "，,。；;\n"); i >= 0 {
		after = after[:i]
	}
	return strings.ContainsAny(after, "0123456789")
}

// yearText is a year as a period, "" for none.
func yearText(y int) string {
	if y == 0 {
		return ""
	}
	return strconv.Itoa(y)
}
