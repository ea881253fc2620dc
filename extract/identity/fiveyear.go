package identity

import (
	"strconv"
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// fiveYearPlans are the five-year plans by what they are called, the latest
// first, and the last year of each. A plan begins where the one before ends.
var fiveYearPlans = [...]struct {
	name string
	last int
}{{"十五五", 2030}, {"十四五", 2025}, {"十三五", 2020}, {"十二五", 2015}, {"十一五", 2010}, {"十五", 2005}}

// endedPlan is the last year of the five-year plan that a text says has been
// completed, where it neither says that the next one has begun nor names a
// later year as its own: “十一五”规划目标全面完成. It is 0 where there is none.
func (p *page) endedPlan() (int, schema.Span) {
	for i, plan := range fiveYearPlans[1:] {
		at := p.planSaid(plan.name, "圆满完成", "全面完成", "顺利完成", "胜利完成", "较好完成", "超额完成", "收官", "末", "回顾", "完满", "完成情况")
		if at.Len() == 0 {
			continue
		}
		if p.planSaid(fiveYearPlans[i].name, "开局", "启动实施", "实施以来", "以来", "第一年", "第二年", "第三年", "承上启下").Len() > 0 || p.laterThan(plan.last) {
			return 0, schema.Span{}
		}
		return plan.last, at
	}
	return 0, schema.Span{}
}

// termTitle is the last year of the five-year plan that the title looks back on:
// “十一五”时期经济社会发展回顾.
func (p *page) termTitle() (string, schema.Span) {
	title := p.title.In(p.doc.Text)
	if !containsAny(title, "回顾", "成就", "总结", "综述", "巡礼", "成果") {
		return "", schema.Span{}
	}
	for _, plan := range fiveYearPlans {
		i := strings.Index(title, plan.name)
		if i < 0 || hasSuffix(title[:i], "第", "二", "三") || !hasPrefix(strings.TrimLeft(title[i+len(plan.name):], "”\"’"), planTails...) {
			continue
		}
		at := p.title.Start + i
		return strconv.Itoa(plan.last), schema.Span{Start: at, End: at + len(plan.name)}
	}
	return "", schema.Span{}
}

// planReach is the bytes behind the name of a plan in which a text says of it
// what has become of it.
const planReach = 75

// planSaid returns the first place of a plan of which one of the words is said
// soon, in its sentence: 十三五末, “十二五”规划确定的目标圆满完成.
func (p *page) planSaid(name string, words ...string) schema.Span {
	text := p.parts[0].In(p.doc.Text)
	for at := 0; ; {
		i := strings.Index(text[at:], name)
		if i < 0 {
			return schema.Span{}
		}
		begin := at + i
		at = begin + len(name)
		after := strings.TrimLeft(text[at:runeStart(text, at+planReach)], "”\"’")
		if hasSuffix(text[:begin], "第", "二", "三") || !hasPrefix(after, planTails...) {
			continue // a number
		}
		if k := strings.IndexAny(after, "。；\n"); k >= 0 {
			after = after[:k]
		}
		if containsAny(after, words...) || endedBefore(text[:begin]) && containsAny(strings.Join(words, ""), "完成") {
			return schema.Span{Start: begin, End: at}
		}
	}
}

// planTails are what a text goes on with after the name of a plan.
var planTails = []string{"规划", "计划", "时期", "期", "末", "收官", "圆满", "全面", "顺利", "胜利", "回顾", "简要", "主要", "确定", "各项", "目标", "工作", "开局", "和", "及", "、", "以来", "实施", "启动", "发展"}

// endedBefore reports whether a verb that completes the plan behind it ends s:
// 圆满完成了|“十二五”规划.
func endedBefore(s string) bool {
	s = strings.TrimSuffix(strings.TrimRight(s, "“\"‘"), "了")
	return hasSuffix(s, "圆满完成", "全面完成", "顺利完成", "胜利完成", "较好完成", "超额完成", "较好地完成", "胜利实现", "完成")
}

// laterThan reports whether the text names a year after the one given of which
// it does not say that it is still to come.
func (p *page) laterThan(year int) bool {
	for _, d := range p.dates {
		if d.year > year && !p.ahead(d) && !p.spans(d) && !d.distant(p.doc.Text) {
			return true
		}
	}
	return false
}
