package figure

import (
	"strings"
	"unicode/utf8"
)

// amongst takes note of 其中: what follows is part of the level before it.
func (r *reader) amongst(words string) {
	words = strings.TrimLeft(words, " 　、")
	if _, n := r.among.first(words); n == 0 {
		return
	}
	r.passage.parent = r.passage.last
	if n := len(r.passage.levels); n > 0 {
		r.passage.parent = r.figures[r.passage.levels[n-1]].Indicator
	}
}

// qualifiers say which part of a population is meant; what they qualify is
// named whole: 城镇|居民最低生活保障人数.
var qualifiers = [...]string{"城镇", "农村", "乡村", "男性", "女性", "男", "女", "城区", "牧区", "乡镇", "区级", "县级", "市级", "本级", "城市", "国有", "民营", "集体", "个体", "私营",
	"本地", "外地", "国内", "国外", "境外", "境内", "城镇常住", "乡村常住", "区本级", "县本级", "地方级", "中央级", "农牧区"}

func qualifier(s string) bool {
	for _, q := range qualifiers {
		if s == q {
			return true
		}
	}
	return false
}

// complete makes an indicator that a clause names in part whole again, from
// 其中, from the topic of the sentence or from its neighbour.
func (r *reader) complete(name string, n *numbered) string {
	switch name {
	case "完成率":
		if r.passage.last != "" && !strings.HasSuffix(r.passage.last, name) {
			return strings.TrimPrefix(strings.Replace(r.passage.last, "完成投资", "投资", 1), "完成") + name
		}
	case "长", "宽", "高", "深":
		return name
	case "目标", "的目标":
		if r.passage.last != "" {
			return r.passage.last
		}
	}
	if whole := r.inBudget(name); whole != "" && (r.passage.parent == "" || len(r.passage.levels) == 0) {
		return whole
	}
	if total(name) && r.passage.last != "" {
		return r.withoutNew(r.passage.last)
	}
	if r.counting(n) {
		name = r.graded(name)
	}
	head, bare := r.headOf(name)
	if bare && name == head {
		if name == "投资" && r.acted(r.doc.Text[n.End:]) { // 投资6亿元建设…: in what it builds
			return name
		}
		return r.topical(name)
	}
	if n.kind == kindRatio && (head == "" || countedHead(head)) && r.passage.grown {
		if tail := shared(r.passage.last, name); tail != "" && !r.startsVerb(name) {
			return name + tail // 国有控股企业增加值增长…，股份制企业增长…
		}
	}
	if _, known := r.named(name); head != "" || known && !qualifier(name) {
		return name
	}
	return r.ofWhole(name, n)
}

// ofWhole makes a name that is none by itself that of a part of what the text
// speaks of: of the one that 其中 divides, or of a level before it.
func (r *reader) ofWhole(name string, n *numbered) string {
	if r.passage.parent != "" {
		return r.part(name, r.parentIn(n), n)
	}
	for i := len(r.passage.levels) - 1; i >= 0; i-- {
		last := r.figures[r.passage.levels[i]]
		if last.Unit == n.unit && (n.kind == kindMoney || n.kind == kindAmount || n.kind == kindRatio || n.kind == kindPoints || qualifier(name)) && !r.startsVerb(name) && (kindOfThing(name) || shared(last.Indicator, name) != "") {
			return r.part(name, last.Indicator, n)
		}
	}
	if n.kind == kindPoints && r.passage.last != "" && !r.startsVerb(name) {
		return r.part(name, r.passage.last, n)
	}
	return name
}

// parentIn is what 其中 divides, measured as number n is: of the area and the
// yield told before it, an area is part of the area.
func (r *reader) parentIn(n *numbered) string {
	last := r.passage.parent
	for i := len(r.passage.levels) - 1; i >= 0 && n.kind == kindAmount; i-- {
		f := &r.figures[r.passage.levels[i]]
		if f.Indicator == last && f.Unit == n.unit {
			return last
		}
		if head, _ := r.headOf(f.Indicator); f.Unit == n.unit && head != "" && !r.startsVerb(f.Indicator) {
			return f.Indicator
		}
	}
	return last
}

// measuredIn names a second amount of a part by what the whole has in its unit:
// 面积75万亩，产量152万吨，其中酥梨45万亩、|86万吨.
func (r *reader) measuredIn(n *numbered) string {
	k := len(r.passage.levels)
	if n.kind != kindAmount || r.passage.parent == "" || k < 2 {
		return ""
	}
	last := &r.figures[r.passage.levels[k-1]]
	head, _ := r.headOf(last.Indicator)
	whole, _ := r.headOf(r.parentIn(n))
	if head == "" || whole == "" || last.Unit == n.unit || !strings.HasSuffix(last.Indicator, head) {
		return ""
	}
	return strings.TrimSuffix(last.Indicator, head) + whole
}

// acted reports whether words begin with a verb of building.
func (r *reader) acted(words string) bool {
	_, n := r.acts.first(words)
	return n > 0 && !r.modifies(words[n:])
}

// kindOfThing reports whether a name is that of a part of the economy or of
// the people, of which a figure must say what is measured.
func kindOfThing(name string) bool {
	if qualifier(name) {
		return true
	}
	for _, w := range []string{"业", "类", "居民", "产业", "一产", "二产", "三产", "险", "组", "比重", "制造"} {
		if strings.HasSuffix(name, w) {
			return true
		}
	}
	return false
}

// graded completes 省级5家 after 创建国家级示范合作社2家.
func (r *reader) graded(name string) string {
	verb := ""
	if _, n := r.acts.first(name); n > 0 {
		verb, name = name[:n], name[n:]
	}
	if len(r.passage.levels) == 0 || !grade(name) {
		return verb + name
	}
	last := r.figures[r.passage.levels[len(r.passage.levels)-1]].Indicator
	for _, g := range grades {
		if _, rest, ok := strings.Cut(last, g); ok && rest != "" {
			return verb + name + rest
		}
	}
	return verb + name
}

// grades are the ranks of an honour or a body.
var grades = [...]string{"国家级", "省级", "市级", "县级", "区级", "州级", "盟级", "旗级", "部级", "镇级", "村级", "自治区级"}

func grade(s string) bool {
	for _, g := range grades {
		if s == g {
			return true
		}
	}
	return false
}

// part names a part of what parent measures.
func (r *reader) part(name, parent string, n *numbered) string {
	head, _ := r.headOf(parent)
	switch {
	case qualifier(name) && utf8.RuneCountInString(parent) < 20:
		return name + strings.TrimPrefix(r.unqualified(parent), name)
	case (n.kind == kindCount || n.kind == kindPerson) && hasAny(name, "元", "以上", "以下") && utf8.RuneCountInString(parent) < 12:
		return name + parent // 税收超亿元的|商务楼宇
	case strings.HasSuffix(name, "数") || utf8.RuneCountInString(head) < 2 || r.startsVerb(name):
		return name
	case strings.HasSuffix(parent, "价格总水平") && n.kind == kindRatio: // 其中食品类上涨13.2%
		return name + "价格"
	case strings.HasSuffix(head, "生产总值") || strings.EqualFold(head, "gdp"):
		return name + "增加值"
	case n.kind != kindMoney && n.kind != kindAmount && n.kind != kindRatio && n.kind != kindPoints && head != "存栏" && head != "出栏":
		return name
	case strings.HasSuffix(name, "产业") && head == "数":
		return name
	}
	for k := range head { // 城镇常住居民人均可支配收入, 牧区常住居民: from where both differ
		if strings.HasSuffix(name, head[:k]) && k > 0 {
			return name + head[k:]
		}
	}
	if tail := shared(parent, name); tail != "" {
		return name + tail
	}
	return name + head
}

// shared returns what follows in parent the end of name, where both have an
// end of three characters or more in common: of 城镇常住居民人均可支配收入 and
// 牧区常住居民 it is 人均可支配收入.
func shared(parent, name string) string {
	runes := []rune(name)
	for k := range runes {
		end := string(runes[k:])
		if len(runes)-k < 2 && end != "类" && end != "业" {
			break
		}
		if i := strings.Index(parent, end); i > 0 {
			return parent[i+len(end):]
		}
	}
	return ""
}

// unqualified takes a qualifier off the start of an indicator.
func (r *reader) unqualified(name string) string {
	for _, q := range qualifiers {
		if rest, ok := strings.CutPrefix(name, q); ok && len(rest) > 6 {
			return rest
		}
	}
	return name
}

// topical puts the topic of the sentence before a bare head.
func (r *reader) topical(head string) string {
	if n := len(r.passage.levels); head == "支出" && n > 0 {
		if last := r.figures[r.passage.levels[n-1]].Indicator; strings.HasSuffix(last, "收入") {
			return strings.TrimSuffix(last, "收入") + head
		}
	}
	if r.passage.sector != "" && (strings.HasSuffix(head, "产值") || strings.HasSuffix(head, "增加值") || strings.HasSuffix(head, "销售收入") || strings.HasSuffix(head, "营业收入") || strings.HasSuffix(head, "产量")) {
		return r.passage.sector + head
	}
	if r.passage.topic == "" && r.passage.theme != "" && grown(head) {
		return r.passage.theme + head
	}
	if r.passage.topic == "" || r.passage.about.id != "" && !r.passage.about.event || strings.HasSuffix(r.passage.topic, head) {
		return head
	}
	if hasPrefixOf(r.passage.topic, []string{"各级各类", "各类"}) {
		return head // 各级各类学校73所，在校学生…
	}
	return r.passage.topic + head
}

// grown reports whether a head measures what is grown or made of one thing.
func grown(head string) bool {
	switch head {
	case "产值", "总产值", "总产", "总产量", "产量", "种植面积", "存栏", "出栏", "综合产值":
		return true
	}
	return false
}

// themed takes note of the product that a paragraph begins with: ——马铃薯产业提质增效。
func (r *reader) themed(words string) {
	words = strings.TrimLeft(r.trimLead(strings.TrimSpace(words)), "—-·“")
	name, _, ok := strings.Cut(words, "产业")
	if k := utf8.RuneCountInString(name); ok && k >= 2 && k <= 5 && !r.startsVerb(name) && !hasAny(name, "主导", "特色", "支柱", "优势", "重点", "传统", "新兴", "三大", "农业", "工业", "一", "二", "三", "全", "富民", "的", "、") {
		r.passage.theme = name
	}
}

// retopic makes the thing that a level counts or measures the topic.
func (r *reader) retopic(name string) {
	if stageOf(name) == len(name) {
		return // 已开工41个，完成投资…
	}
	head, bare := r.headOf(name)
	switch strings.TrimSuffix(name, head) {
	case "规划", "总规划", "占地", "总占地", "用地", "建筑", "总建筑", "建设", "设计":
		return // 规划面积18平方公里，总投资…
	}
	if hasSuffixOf(name, []string{"全长", "总长", "占地", "长度", "同期"}) {
		return
	}
	switch {
	case bare && (head == name || strings.HasPrefix(name, r.passage.topic) && r.passage.topic != ""):
		return
	case head == "" || countedHead(head):
		if _, n := r.acts.first(name); n > 0 && n < len(name) {
			name = name[n:]
		}
		r.passage.topic = name
	default:
		r.passage.topic = strings.TrimRight(strings.TrimSuffix(name, head), "的")
	}
}

// countedHead reports whether a head is a thing rather than a measure of one.
func countedHead(head string) bool {
	switch head {
	case "企业", "机构", "项目", "学校", "医院", "幼儿园", "人员", "车辆", "公路", "道路", "用地", "耕地":
		return true
	}
	return false
}

// unmoved returns the indicator that a clause tells to have stayed or moved by
// no number: 铅锌矿产量|与上年持平, 原煤产量|有所回落.
func (r *reader) unmoved(words string) string {
	for _, w := range []string{"与上年", "与去年", "有所", "略有", "大体", "基本持平", "持平", "小幅", "稳步", "继续保持"} {
		name, _, ok := strings.Cut(words, w)
		if head, _ := r.headOf(name); ok && head != "" && head != name && !countedHead(head) && utf8.RuneCountInString(name) <= 14 && !r.startsVerb(name) && !strings.ContainsAny(name, "、，") {
			return name
		}
	}
	return ""
}

// topicOf remembers what a clause without numbers is about, the words before
// its verb: 粮食总产实现丰收，|达到42.6万吨.
func (r *reader) topicOf(words string) {
	name := r.trimLead(strings.TrimSpace(words))
	if level := r.unmoved(name); level != "" {
		r.passage.said = level
		return
	}
	if by := strings.Index(name, "由"); by > 0 && r.passage.topic == "" { // 土鸡由两家公司带动，出栏…
		if k := utf8.RuneCountInString(name[:by]); k >= 2 && k <= 8 && !r.startsVerb(name) {
			r.passage.topic = name[:by]
		}
	}
	for i, c := range name {
		if i == 0 || !r.inner.starts.has(c) && !r.states.starts.has(c) {
			continue
		}
		_, inner := r.inner.first(name[i:])
		if inner > 0 || r.stateAt(name, i) > 0 {
			name = r.clean(name[:i])
			if k := utf8.RuneCountInString(name); k >= 3 && k <= 8 && !r.startsVerb(name) {
				r.passage.said = name
			}
			return
		}
	}
}
