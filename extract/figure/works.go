package figure

import (
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// siteTails end what a sentence says that works were done at or by, and
// siteVerbs begin what was done there: 清水河综合治理工程|完成|河堤12公里.
var (
	siteTails = [...]string{"工程", "项目", "中心", "工业区", "开发区", "园区", "产业园", "工业园", "集聚区", "集团", "公司", "治理", "整治", "基地", "商城", "片区", "渠", "线", "段"}
	siteVerbs = [...]string{"完成", "拆除", "盘活", "铺设", "新入驻"}
)

// withoutSite drops the works or the place that a name begins with, where a
// verb of doing parts it from what was done.
func withoutSite(s string) string {
	for _, verb := range siteVerbs {
		site, done, ok := strings.Cut(s, verb)
		site = strings.TrimRight(site, "”共已累计 ")
		if !ok || done == "" || utf8.RuneCountInString(site) < 5 || !hasSuffixOf(site, siteTails[:]) {
			continue
		}
		switch {
		case verb != "完成":
			return verb + done
		case strings.HasSuffix(done, "投资") && utf8.RuneCountInString(done) <= 5:
			if utf8.RuneCountInString(site) < 9 || hasAny(site, "重点", "以上", "列入", "计划", "类") {
				return s // 重点项目完成投资
			}
			return "完成" + done
		case utf8.RuneCountInString(done) >= 2:
			return done
		}
	}
	return s
}

// allotted gives a sum or a size that stands right behind the name of a thing,
// or a size in brackets behind it, to that thing: A改造2800万元、B公园(20亩).
func (r *reader) allotted(c *clause, i int, f *find) {
	n := &c.numbers[i]
	if n.kind != kindMoney && (n.kind != kindAmount || n.size() != "面积" && n.size() != "长度") {
		return
	}
	end := n.Start
	if c.inner && strings.TrimSpace(c.before(i)+c.after(i)) == "" {
		end = c.Start - len("(")
		if strings.HasSuffix(r.doc.Text[:c.Start], "（") {
			end = c.Start - len("（")
		}
	}
	h := r.mentionTo(end)
	if h == nil || h.id == r.subject || !thing(h.class) || h.class == schema.School || h.class == schema.Hospital {
		return
	}
	if end == n.Start && (n.kind != kindMoney || f.name != h.name && !strings.HasSuffix(h.name, f.name)) {
		return
	}
	f.about, f.name, f.rule = h.id, n.size(), "allotted"
}

// mentionTo returns the longest mention that ends at byte end.
func (r *reader) mentionTo(end int) *holder {
	first := sort.Search(len(r.held), func(i int) bool { return r.held[i].Start >= end-maxQuote })
	for i := first; i < len(r.held) && r.held[i].Start < end; i++ {
		if r.held[i].End == end {
			return &r.held[i]
		}
	}
	return nil
}

// budgets are the four parts of a government's budget, as headings name them,
// and what their revenue and expenditure are called by.
var budgets = [...]struct{ heading, name string }{
	{"一般公共预算", "一般公共预算"}, {"公共财政预算", "公共财政预算"}, {"政府性基金", "政府性基金"}, {"基金预算", "政府性基金"},
	{"国有资本经营", "国有资本经营"}, {"社会保险基金", "社会保险基金"}, {"社保基金", "社会保险基金"},
}

// budgeted takes note of the part of the budget that a heading opens.
func (r *reader) budgeted(heading string) {
	heading = strings.TrimRight(strings.TrimSpace(heading), "。：: ")
	if len(heading) > 24*utf8.UTFMax { // as most sentences are: not worth a count
		return
	}
	marked := ordinal(heading) > 0
	if utf8.RuneCountInString(heading) > 24 || !marked && !strings.HasSuffix(heading, "预算") {
		return
	}
	r.budget = ""
	for _, b := range budgets {
		if at := strings.Index(heading, b.heading); at >= 0 && strings.Contains(heading, "预算") {
			r.budget = b.name
		}
	}
}

// summedBudget names the total of revenue or expenditure of a part of the budget.
func (r *reader) summedBudget(words, name string) string {
	words = trimRight(words)
	for _, w := range []string{"收入总计", "支出总计", "收入合计", "支出合计"} {
		if r.budget != "" && strings.HasSuffix(words, w) {
			return r.budget + w
		}
	}
	return name
}

// inBudget names revenue and expenditure by the part of the budget that the
// heading above opened, or returns "".
func (r *reader) inBudget(name string) string {
	if r.budget == "" {
		return ""
	}
	switch name {
	case "收入", "支出", "总收入", "总支出", "收入预算", "支出预算":
		return r.budget + name
	}
	return ""
}

// sectored takes note of the part of the economy that a clause without numbers
// begins with: 化工产业加快回升，|实现产值….
func (r *reader) sectored(words string) {
	words = r.trimLead(strings.TrimSpace(words))
	if hasPrefixOf(words, []string{"这", "该", "本", "其", "各", "一"}) {
		return
	}
	for i := range words {
		if i > len("十个字长的产业名称") {
			return
		}
		for _, tail := range []string{"产业", "行业", "企业", "制造业", "工业"} {
			if end := i + len(tail); strings.HasPrefix(words[i:], tail) && i > 0 && end < len(words) && !strings.ContainsAny(words[:i], "、，") && !r.startsVerb(words) && !hasPrefixOf(words[end:], []string{"、", "和", "与", "园", "链", "集", "结构", "项目", "化", "基地", "发展", "转型", "投资"}) {
				r.passage.sector = words[:end]
				return
			}
		}
	}
}
