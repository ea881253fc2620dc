package figure

import (
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// heading reads what a short line says of the paragraphs below it: 2024年工作
// 安排 makes what follows targets of 2024.
func (r *reader) heading(line string) {
	if line == "" || strings.Contains(line, "工作报告") || len(line) > 40*utf8.UTFMax || utf8.RuneCountInString(line) > 40 || hasAny(line, "。", "；") || strings.Trim(line, "0123456789年月日（()）〇零一二三四五六七八九十 　") == "" {
		return
	}
	own, year := r.calendar.year, yearIn(line)
	switch p, ok := r.reviewed(line); {
	case ok:
		r.section = section{p, schema.Actual}
	case hasAny(line, "今后五年", "未来五年") && !(own > 0 && year == own+1): // beside the year to come, that one is planned
		r.section = section{period{ahead: 5}, schema.Target}
	case year > own && own > 0 && (year == own+1 || planning(line)):
		r.section = section{period{year: year}, schema.Target}
	case year == own && own > 0 && planning(line) && !hasAny(line, "回顾", "总结", "完成", "执行", "情况"): // the text is the plan alone
		r.section = section{period{year: year}, schema.Target}
	case hasAny(line, "明年", "下一步", "下年度") && hasAny(line, "工作", "安排", "打算", "计划", "任务"):
		r.section = section{period{offset: 1, relative: true}, schema.Target}
	case r.doc.Identity.Kind == schema.WorkReport && strings.Contains(line, "今年") && year == 0 && hasAny(line, "安排", "任务", "打算", "思路", "重点工作", "主要工作", "要求", "目标") && !hasAny(line, "回顾", "以来"):
		r.section = section{period{offset: 1, relative: true}, schema.Target}
	case hasAny(line, "过去五年", "五年来", "本届政府") && year == 0:
		r.section = section{period{years: 5}, schema.Actual}
	case year == own && own > 0 || hasAny(line, "回顾", "总结"):
		r.section = section{status: schema.Actual}
	}
}

// headsPart reports whether a line begins as the headings of a text's parts do: 二、
func headsPart(line string) bool {
	rest := strings.TrimLeftFunc(strings.TrimLeft(line, "（("), chineseNumeral)
	return rest != line && hasPrefixOf(rest, []string{"、", "）", ")"})
}

// planning reports whether a heading announces a plan.
func planning(line string) bool {
	return hasAny(line, "安排", "目标", "任务", "思路", "计划", "部署", "打算", "重点工作")
}

// opening reads what the start of a sentence says of it and those that
// follow: 2024年，我们将….
func (r *reader) opening(start, end int, marks []mark) {
	if r.doc.Identity.Kind == schema.WorkReport && r.section.status != schema.Target && r.calendar.year > 0 &&
		aimed(r.doc.Text[start:min(end, start+180)]) && yearIn(r.doc.Text[start:min(end, start+180)]) == 0 {
		r.section = section{period{offset: 1, relative: true}, schema.Target} // a report on a year ends with plans for the next
		return
	}
	for len(marks) > 0 && marks[0].sort == stop && strings.Trim(r.doc.Text[start:marks[0].Start], " 　") == "" {
		marks = marks[1:] // the dash of a list
	}
	if len(marks) == 0 || marks[0].sort != moment {
		return
	}
	led := utf8.RuneCountInString(strings.TrimSpace(r.doc.Text[start:marks[0].Start])) > 3
	if !led && r.looksBack(&marks[0]) {
		r.carry(marks[0].p)
		return
	}
	if !r.paragraph.spans() {
		r.paragraph = period{}
	}
	if marks[0].p.year == 0 || led || r.titles(start, end) {
		return
	}
	own, year := r.calendar.year, marks[0].p.year
	if !r.paragraph.spans() && marks[0].p.part == "" && !marks[0].p.since && commaNext(r.doc.Text[marks[0].End:]) && (year == own || year == own-1) {
		r.paragraph = period{year: year}
	}
	switch {
	case own == 0:
	case year == own+1 && marks[0].p.part == "":
		r.section = section{period{year: year}, schema.Target}
	case year == own && (r.section.status == schema.Target && r.section.period.year != own || r.repeated):
		r.section = section{status: schema.Actual}
	}
}

// titles reports whether a sentence is the document's title or names a report:
// the year of 2025年政府工作报告 is that of its session.
func (r *reader) titles(start, end int) bool {
	title, ok := r.doc.Identity.Evidence["title"]
	return ok && title.Overlaps(schema.Span{Start: start, End: end}) || strings.HasSuffix(strings.TrimSpace(r.doc.Text[start:end]), "工作报告")
}

// aimed reports whether the start of a sentence names the aims that follow.
func aimed(s string) bool {
	return strings.Contains(s, "目标") &&
		hasAny(s, "预期目标是", "预期目标为", "主要目标是", "奋斗目标是", "总体要求和目标是", "主要预期目标：", "主要预期目标:")
}

// standing takes what a plan says that is so already: 目前，园区已入驻86户. A
// clause with a time of its own says no more of those before it.
func (r *reader) standing(c *clause, words string) {
	if r.section.status != schema.Target {
		return
	}
	for _, x := range c.cut {
		switch said := x.In(c.text); {
		case hasAny(said, "目前", "迄今", "至今"):
			r.passage.status = schema.Actual
			return
		case r.passage.status == schema.Actual && hasAny(said, "今年", "年"):
			r.passage.status = ""
		}
	}
	if hasAny(words, "现有", "现已", "已累计", "已建成", "已完成", "已入驻", "已开工") && !hasAny(words, "现有基础", "现有的") {
		r.passage.status = schema.Actual
	}
}

// statusAt is the status of a number: in a plan, what is of a year before it was so.
func (r *reader) statusAt(n *numbered) schema.Status {
	if r.passage.status == "" && r.section.status == schema.Target {
		plan := yearOf(r.section.period.resolve(r.calendar.own))
		if y := yearOf(n.when.resolve(r.calendar.own)); y > 0 && y < plan {
			return schema.Actual
		}
	}
	return r.status()
}

func hasAny(s string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// yearIn returns the first year that s names with 年, or 0. The year of a day
// is none: (2024年1月11日) under a title says when the report was given.
func yearIn(s string) int {
	for i := range s {
		y, n := yearAt(s[i:])
		rest, ok := strings.CutPrefix(s[i+n:], "年")
		if n == 0 || !ok {
			continue
		}
		if p, _ := monthly(strings.TrimLeft(rest, " "), period{}); strings.Contains(p.part, "-") {
			continue
		}
		return y
	}
	return 0
}
