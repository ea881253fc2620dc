package figure

import (
	"sort"
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// An about is the entity that a sentence is about.
type about struct {
	id    string // "" for the document's subject
	firm  bool   // its clause has numbers, or it is a division: all that follows is its own
	town  bool   // a division
	agent bool   // it can do things: a company, a school
	event bool   // only its own clause is about it
	item  bool   // the line is an entry about it in a list
	thing bool   // the sentence began with it: what it has is its own
}

// figureSubject is the entity that a figure is about. One that an earlier
// clause named holds what can only be its own, such as an area.
func (r *reader) figureSubject(f find) string {
	a := r.passage.about
	here := r.passage.holding == r.passage.clause
	switch {
	case f.about != "":
		return f.about
	case a.id == "" || a.event && !here:
		return r.subject
	case a.town && !a.firm:
		return r.subject
	case a.town, a.item, a.firm && here, a.firm && a.agent && r.startsVerb(f.name) && !districts(f.name), r.attribute(f.name), a.thing && r.possessed(f.name):
		return a.id
	}
	return r.subject
}

// districts reports whether what an indicator counts can only be a district's: 新增规上企业.
func districts(name string) bool {
	return hasAny(name, "规上", "规模以上", "市场主体", "经营主体", "个体工商户", "专精特新", "高新技术企业", "城镇就业", "亿元以上")
}

// possessed reports whether an indicator can be a thing's, in a feature: what
// is not done (新增…) and not measured of districts only.
func (r *reader) possessed(name string) bool {
	rate := strings.HasSuffix(name, "率") && !hasSuffixOf(name, []string{"占有率", "合格率", "利用率", "良品率", "国产化率", "配套率", "入住率", "上座率", "出租率", "就业率", "升学率"})
	return !r.startsVerb(name) && !rate && !hasAny(name, "生产总值", "财政", "公共预算", "可支配收入", "消费品", "固定资产", "城镇化", "常住人口", "粮食", "财税", "全社会")
}

// attributes are what a thing has or does, rather than its district.
var attributes = [...]string{"占地", "建筑面积", "总建筑面积", "总投资", "投资", "注册企业", "接待", "吸引", "入驻", "集聚", "形成", "可容纳", "容纳", "设有", "床位", "编制床位", "开放床位", "全长", "总长",
	"资产", "年产", "年产值", "年产能", "日均", "日处理", "员工", "职工", "就业", "提供", "可提供", "预计年", "达产后", "设置", "新增床位", "开设", "营业收入", "实现产值", "年销售", "年营业", "年税收", "利税", "拟投", "计划投资", "计划总投资", "累计投资", "完成投资", "年接待", "面积", "客流",
	"总概算", "概算", "预计总投资", "预计投资", "规划总", "规划用地", "规划面积", "总用地", "用地", "一期", "二期", "东西长", "南北宽", "南北长", "东西宽", "长度", "全程", "宽度", "海拔",
	"座席", "固定座席", "展厅", "主体", "馆藏", "展品", "展陈", "陈列", "藏书", "客房", "车位", "停车位", "泊位", "班级", "设班", "近期", "远期", "新增就业岗位", "提供就业", "带动就业", "解决就业", "安置就业", "创造就业", "可新增就业", "可带动", "可实现", "达纲", "为期", "展期", "参展", "参赛", "共设", "设立展", "展出", "展示", "出资", "总长度", "总库容", "库容", "装机", "总装机", "设计", "距", "最大", "单体", "户型", "概算总",
	"教学班", "工期", "建设周期", "建设期", "总工期", "总建设周期", "年可", "可年", "全部达产", "全面达产", "建成达产", "全部建成", "项目总投资", "总规划", "规划建筑", "规划总投资", "注册资本", "注册资金", "总资产", "总用地面积", "年均", "年处理", "年生产", "年加工", "年发电", "年用", "年消", "年节", "年吞吐", "年可接待", "日接待", "日产", "日供水", "日均客流", "最高", "最深", "最宽", "库容", "建设工期", "计划工期", "建成后", "投产后", "投用后", "达产", "主体建筑", "建设面积", "建设总面积", "建设规模", "桥长", "路面宽", "红线宽", "门诊量", "住院人次", "月均发电", "年发电"}

// attribute reports whether an indicator is one that a thing has of its own.
func (r *reader) attribute(name string) bool {
	head, bare := r.headOf(name)
	if bare && head == name || name == "长" || name == "宽" || name == "高" || name == "深" {
		return true
	}
	for _, a := range attributes {
		if strings.HasPrefix(name, a) {
			return true
		}
	}
	return false
}

// back are the words that take a sentence back to the district.
var back = [...]string{"全区", "全县", "全市", "全旗", "我区", "我县", "我市", "我旗", "全年"}

// again are the words that mean the division or thing spoken of before.
var again = [...]struct {
	word string
	town bool
}{
	{"街道", true}, {"该街道", true}, {"该镇", true}, {"该乡", true}, {"镇里", true}, {"镇上", true}, {"该区", true},
	{"这个镇", true}, {"这个村", true}, {"全镇", true}, {"全乡", true}, {"全街道", true}, {"全村", true}, {"村里", true}, {"该村", true}, {"这个乡", true},
	{"这座", false}, {"这条", false}, {"这片", false}, {"这里", false}, {"园内", false}, {"馆内", false}, {"馆舍", false}, {"该园", false}, {"该项目", false}, {"该企业", false}, {"该公司", false}, {"公司", false}, {"项目", false}, {"景区", false}, {"园区", false}, {"医院", false}, {"学校", false},
	{"街区", false}, {"古镇", false}, {"古城", false}, {"商场", false}, {"基地", false}, {"合作社", false}, {"展馆", false}, {"茶园", false}, {"酒店", false}, {"民宿", false},
}

// subjectOf takes note of the entity that a clause begins with, if it can have
// figures of its own, and of words that give the word back to the district.
func (r *reader) subjectOf(c *clause) {
	if c.fresh && !r.passage.about.town {
		r.passage.about = about{}
	}
	start := c.Start + leading(c.text[c.Start:c.End])
	words := c.text[start:c.End]
	for _, w := range back {
		if strings.HasPrefix(words, w) {
			r.passage.about = about{}
			return
		}
	}
	h := r.mentionAt(start, c.End)
	if h == nil {
		h = r.modified(start, c.End)
	}
	if h == nil && !r.passage.about.item {
		if h, n := r.taken(start, c.End); h != nil {
			r.resume(h, c, c.text[start:start+n])
			return
		}
		if h := r.placing(start, c.End); h != nil && len(c.numbers) == 0 {
			r.resume(h, c, h.name)
			return
		}
	}
	switch {
	case h == nil:
		if !r.sameAgain(words) {
			r.trail(c)
		}
	case h.id == r.subject:
		r.passage.about = about{}
		r.trail(c)
	case r.holds(r.innermost(h, c.End), c):
		if r.hold(r.innermost(h, c.End), c); r.passage.about.agent {
			r.trail(c) // 远航集团在城东建设东湖产业园，总投资5亿元
		}
	case thing(h.class) && joined(c.text[h.End:c.End]) && !r.passage.about.item && !r.passage.about.town:
		r.passage.about, r.passage.topic = about{}, "" // a list of things takes the word from the one before
	}
}

// reports reports whether a clause only says who tells what follows: 据园区介绍.
func reports(words string) bool {
	return hasSuffixOf(strings.TrimRight(words, " "), []string{"介绍", "介绍说", "说", "表示", "了解到", "告诉记者", "透露", "获悉", "了解", "看到", "获知", "显示", "坦言"})
}

// joined reports whether words go on with the next of a list of things.
func joined(words string) bool {
	return hasPrefixOf(strings.TrimLeft(words, "”\" "), []string{"、", "和", "及"})
}

// hold makes the mention that a clause begins with what it is about.
func (r *reader) hold(h *holder, c *clause) {
	opens := c.Start == r.passage.start || r.passage.reported == c.Start
	a := about{id: h.id, firm: len(c.numbers) > 0, town: h.class == schema.Division, agent: h.agent(), event: h.class == schema.Event}
	a.firm = a.firm || opens && (a.town || a.agent && r.feature() && tells(c.text[h.End:c.End]))
	alone := strings.Trim(c.text[h.End:c.End], " ”") == ""
	a.item = thing(h.class) && alone // 东湖公园，占地30亩
	a.firm = a.firm || a.agent && alone && r.feature()
	if h.class == schema.Project {
		r.passage.project = a
	}
	a.thing = opens && (a.firm || tells(c.text[h.End:c.End])) && !a.town && !a.event && r.feature()
	r.take(a, c, h.name)
}

// resume makes what a clause takes up again by other words what it is about.
func (r *reader) resume(h *holder, c *clause, words string) {
	r.hold(h, c)
	r.passage.holder = words
	a := &r.passage.about
	a.firm, a.item = true, false
	a.thing = a.thing || !a.town && r.feature()
	a.event = a.event && !a.thing
}

// telling are the words behind a company with which a feature begins to tell of it.
var telling = [...]string{"董事长", "总经理", "负责人", "副总", "经理", "总裁", "创始人", "厂长", "党委书记", "相关负责人", "是", "则", "于", "由", "已", "自", "从", "作为", "成立", "创办", "创建", "创立", "专门", "专业", "坐落", "位于",
	"的", "被", "获", "内", "拥有", "采用", "今年", "去年", "目前", "如今", "还", "也", "通过", "依托", "以", "这", "的产品", "生产", "现", "经过", "历经", "重新", "挂牌", "开业", "开馆", "开园", "落成", "始建", "建于"}

// tells reports whether the words behind a company begin to tell of it.
func tells(words string) bool {
	return hasPrefixOf(strings.TrimLeft(words, " ”\""), telling[:]) && !strings.Contains(words, "、")
}

// feature reports whether the document tells of things one by one, not of the
// district's work.
func (r *reader) feature() bool {
	return r.doc.Identity.Kind != schema.WorkReport && r.doc.Identity.Kind != schema.StatisticalBulletin
}

// agent reports whether what the mention names can do things.
func (h *holder) agent() bool {
	switch h.class {
	case schema.Enterprise, schema.School, schema.Hospital, schema.Organization:
		return true
	}
	return false
}

// innermost returns the last of mentions that stand side by side: of a town
// and its village the village.
func (r *reader) innermost(h *holder, end int) *holder {
	for h.class == schema.Division {
		next := r.mentionAt(h.End, end)
		if next == nil && strings.HasPrefix(r.doc.Text[h.End:end], "的") {
			next = r.mentionAt(h.End+len("的"), end)
		}
		if next == nil {
			break
		}
		h = next
	}
	return h
}

// trail makes the thing that a clause without numbers ends with what the
// clauses behind it are about: 新建东湖医院，占地30亩.
func (r *reader) trail(c *clause) {
	if len(c.numbers) > 0 || c.inner {
		return
	}
	end := c.Start + len(strings.TrimRight(c.text[c.Start:c.End], " ”\""))
	i := sort.Search(len(r.held), func(i int) bool { return r.held[i].Start >= end })
	for i--; i >= 0 && r.held[i].Start >= c.Start; i-- {
		h := &r.held[i]
		if h.End != end && !(h.End < end && thing(h.class) && underway(c.text[h.End:end])) {
			continue
		}
		before := c.text[c.Start:h.Start]
		if !thing(h.class) || h.id == r.subject || listed(before) || strings.Contains(before, "、") {
			return
		}
		r.passage.about = about{id: h.id}
		r.passage.before = r.passage.about
		return
	}
}

// underway reports whether words behind a thing only say that it is being made.
func underway(words string) bool {
	switch strings.Trim(words, " ”\"") {
	case "建设", "项目建设", "工程建设", "工程", "项目", "施工", "改造", "建设进度", "开工建设", "建设工程", "规划建设", "前期工作", "建设步伐":
		return true
	}
	return false
}

// thing reports whether entities of a class have a size of their own.
func thing(class schema.Class) bool {
	switch class {
	case schema.Project, schema.Zone, schema.Place, schema.Hospital, schema.School, schema.Road:
		return true
	}
	return false
}

// take makes an entity what the clause is about.
func (r *reader) take(a about, c *clause, name string) {
	r.passage.about = a
	r.passage.holder, r.passage.holding = name, c.Start
	r.passage.abouts = append(r.passage.abouts, a.id)
	if a.town {
		r.passage.town = a
	} else {
		r.passage.before = a
	}
}

// sameAgain takes up the entity that the paragraph was about before, and
// reports whether the sentence is about one.
func (r *reader) sameAgain(words string) bool {
	if r.passage.about.id != "" {
		return !r.passage.about.item
	}
	for _, w := range again {
		if strings.HasPrefix(words, w.word) {
			switch {
			case w.town:
				r.passage.about = r.passage.town
			case strings.HasSuffix(w.word, "项目") && r.passage.project.id != "":
				r.passage.about = r.passage.project
				r.passage.about.firm, r.passage.holding = true, r.passage.clause
			default:
				r.passage.about = r.passage.before
			}
			return true
		}
	}
	return false
}

// before are the words that may stand before a clause's subject.
var before = [...]string{"其中", "目前", "此外", "同时", "，", ",", "走进", "来到", "民企", "国企", "央企", "外企", "民营企业", "龙头企业", "上市公司", "企业",
	"东边", "西边", "南边", "北边", "东面", "西面", "南面", "北面", "如今", "眼下", "今年", "去年", "现在"}

// beforeStarts are the characters that those words begin with.
var beforeStarts = startsOf(before[:])

// leading returns the length of what may stand before a clause's subject.
func leading(s string) int {
	n := 0
	for {
		rest := s[n:]
		k := len(rest) - len(strings.TrimLeft(rest, " 　\t“\"—"))
		if r, size := runeAt(rest[k:]); size > 0 && beforeStarts.has(r) {
			for _, w := range before {
				if strings.HasPrefix(rest[k:], w) {
					k += len(w)
				}
			}
		}
		if k == 0 && n == 0 {
			k = itemMark(rest)
		}
		if k == 0 {
			return n
		}
		n += k
	}
}

// mentionAt returns the longest mention that begins at start and ends by end.
func (r *reader) mentionAt(start, end int) *holder {
	i := sort.Search(len(r.held), func(i int) bool { return r.held[i].Start >= start })
	for ; i < len(r.held) && r.held[i].Start == start; i++ {
		if r.held[i].End <= end {
			return &r.held[i]
		}
	}
	return nil
}

// longestModifier is how many bytes may stand before the thing that a clause
// begins to tell of: 与远航集团合作的|东湖产业园.
const longestModifier = 90

// appositions end what may stand before the name of a thing or a company.
var appositions = []string{"的", "巨头", "龙头", "龙头企业", "上市公司", "骨干企业", "领军企业", "头部企业", "知名企业", "百强企业", "500强企业", "独角兽企业"}

// modified returns the mention that a short modifier stands before at the
// start of a clause: 位于X镇的|Y公司.
func (r *reader) modified(start, end int) *holder {
	i := sort.Search(len(r.held), func(i int) bool { return r.held[i].Start > start })
	for ; i < len(r.held) && r.held[i].End <= end && r.held[i].Start-start < longestModifier; i++ {
		words := r.doc.Text[start:r.held[i].Start]
		if hasSuffixOf(words, appositions) && !strings.ContainsAny(words, "0123456789、") && r.held[i].class != schema.Division {
			return &r.held[i]
		}
	}
	return nil
}

// holds reports whether the mention at the start of a clause is its subject:
// it is followed by a verb or an attribute, not by a list.
func (r *reader) holds(h *holder, c *clause) bool {
	after := strings.TrimLeft(c.text[h.End:c.End], "”\"")
	for _, w := range []string{"、", "等", "和", "与", "及", "以外", "除外", "率"} {
		if strings.HasPrefix(after, w) {
			return w == "与" && h.agent() && hasAny(after, "签", "建立", "共建", "合作", "联合")
		}
	}
	switch h.class {
	case schema.Project, schema.Zone, schema.Place, schema.Hospital, schema.School, schema.Enterprise, schema.Road, schema.Organization, schema.Event:
		return true
	case schema.Division:
		return r.own != nil && !r.contains(h.name)
	}
	return false
}

// contains reports whether a division's name is that of one above the
// document's subject: 长春市 in 长春市南关区.
func (r *reader) contains(name string) bool {
	for _, own := range r.own {
		if strings.HasPrefix(own, name) {
			return true
		}
	}
	return strings.HasSuffix(name, "省") || strings.HasSuffix(name, "自治区") || strings.HasSuffix(name, "市")
}

// follow makes a thing whose size was just told what the rest of the sentence can
// be about: 总投资10亿元的东湖产业园开工，占地120亩.
func (r *reader) follow(h *holder, c *clause) {
	if r.passage.about.item || r.passage.about.town {
		return
	}
	r.passage.about = about{id: h.id}
	r.passage.before = r.passage.about
}

// entry returns the thing that a line of a list is about: 3、东湖博物馆 ….
func (r *reader) entry(line schema.Span) about {
	text := line.In(r.doc.Text)
	at := len(text) - len(strings.TrimLeft(text, " 　\t"))
	mark := itemMark(text[at:])
	if mark == 0 {
		return about{}
	}
	at += mark
	at += len(text[at:]) - len(strings.TrimLeft(text[at:], " 　\t"))
	h := r.mentionAt(line.Start+at, line.End)
	if h == nil || !thing(h.class) || h.id == r.subject || joins(r.doc.Text[h.End:line.End]) {
		return about{}
	}
	return about{id: h.id, item: true}
}

// noted remembers what a sentence without numbers begins with, which one
// behind it may take up again: 项目占地….
func (r *reader) noted(start, end int) {
	h := r.mentionAt(start+leading(r.doc.Text[start:end]), end)
	if h == nil || h.id == r.subject || joins(r.doc.Text[h.End:end]) {
		return
	}
	switch a := (about{id: h.id, agent: h.agent()}); {
	case h.class == schema.Project:
		r.passage.before, r.passage.project = a, a
	case thing(h.class) || h.agent():
		r.passage.before = a
	}
}
