package figure

import (
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// referred gives a level that names nothing but its relation to the one before
// it: 企业104家，净增19家 is a change, …，新增2.4万户 a level of its own.
func (r *reader) referred(c *clause, i int, op operator) bool {
	n := &c.numbers[i]
	if len(r.passage.levels) == 0 {
		return false
	}
	last := r.figures[r.passage.levels[len(r.passage.levels)-1]]
	word := strings.TrimSpace(op.name)
	if last.Unit != n.unit || last.Measure != schema.Level || r.startsVerb(last.Indicator) || strings.Trim(c.after(i), " 　") != "" {
		return false
	}
	switch word {
	case "净增", "净增加":
		r.add(c, n, find{name: last.Indicator, measure: schema.Change, sign: 1, rule: "direction", bound: op.bound})
		return true
	case "新增":
		r.add(c, n, find{name: word + last.Indicator, measure: schema.Level, rule: "counted-after", bound: op.bound})
		return true
	}
	return false
}

// alike gives a growth that the clause says of several things at once to each of
// those named before: A5亿元，其中B3亿元，增幅均为25%.
func (r *reader) alike(c *clause, i int, op operator, name string) bool {
	n := &c.numbers[i]
	words := c.words(schema.Span{Start: c.Start, End: n.Start})
	if name != "" && !pronoun(name) && !strings.HasSuffix(name, "项") || n.kind != kindRatio || !hasAny(words, "均", "都", "双双") || hasAny(words, "平均", "人均", "户均", "年均", "亩均") {
		return false
	}
	k := 2
	switch {
	case r.passage.spread > 2:
		k = r.passage.spread
	case strings.Contains(words, "三项"):
		k = 3
	}
	for _, each := range r.lastNames(k) {
		r.add(c, n, find{name: each, measure: op.measure, sign: op.sign, rule: "same-for-each", bound: op.bound})
	}
	return len(r.passage.levels) >= k
}

// attended returns the verb of taking part that is all that stands behind a
// number of people: 代表共200余人|参加会议.
func attended(words string) string {
	words = strings.TrimSpace(words)
	for _, w := range []string{"参加", "出席", "参会", "到会", "与会", "观摩"} {
		if rest, ok := strings.CutPrefix(words, w); ok && hasPrefixOf(rest+"。", []string{"。", "会议", "活动", "仪式", "了会议", "了活动", "了仪式", "培训", "大会"}) {
			return w
		}
	}
	return ""
}

// pointed writes 前者 and 后者 out: the first or the last of the two things that
// the sentence named last.
func (r *reader) pointed(name string) string {
	for at, word := range []string{"前者", "后者"} {
		rest, ok := strings.CutPrefix(name, word)
		if !ok || len(r.passage.levels) < 2 {
			continue
		}
		names := r.lastNames(2)
		return names[at] + strings.TrimPrefix(rest, "的")
	}
	return name
}

// formerly reads what something is compared with: 同第六次全国人口普查的14万人相比,
// 比2010年的3.4人|少0.6人. It is a level of what was named last, then.
func (r *reader) formerly(c *clause, i int, op operator) bool {
	n := &c.numbers[i]
	if r.passage.main == "" || n.kind == kindRatio || n.kind == kindPoints || i > 0 {
		return false
	}
	words := strings.TrimLeft(c.before(i), " 　")
	if !hasPrefixOf(words, []string{"同", "与", "比", "较"}) {
		return false
	}
	after := strings.TrimLeft(c.after(i), " ")
	turned := i+1 < len(c.numbers) && hasPrefixOf(after, []string{"净增", "增加", "减少", "少", "多", "下降", "提高", "上升", "降低", "增长", "缩小", "扩大"})
	if !turned && !(hasPrefixOf(after, []string{"相比", "比较"}) && strings.HasSuffix(words, "的")) {
		return false
	}
	r.add(c, n, find{name: r.passage.main, measure: schema.Level, rule: "compared-with", bound: op.bound})
	return true
}

// besideToo gives points that a list compares with one more scope the indicator
// of those before: 高于全国2.5个百分点、全省|0.3个百分点.
func (r *reader) besideToo(c *clause, i int, op operator) bool {
	n := &c.numbers[i]
	if n.kind != kindPoints || i == 0 || op.measure != schema.Level || len(r.figures) == 0 || !joins(c.before(i)) {
		return false
	}
	last := r.figures[len(r.figures)-1]
	scope := strings.TrimSuffix(strings.TrimSpace(strings.TrimLeft(c.before(i), "、和及与")), "平均水平")
	if last.Measure != schema.Change || last.Span.End > n.Start || last.Span.Start < c.Start || !r.scopeOnly(strings.TrimSuffix(scope, "平均")) {
		return false
	}
	sign := 1
	if last.Value.IsNegative() {
		sign = -1
	}
	r.add(c, n, find{name: last.Indicator, measure: schema.Change, sign: sign, rule: "beside-too", bound: op.bound})
	return true
}

// An outer is what a sentence speaks of outside a bracket.
type outer struct {
	said    bool
	last    string
	lastFig int
	parent  string
	topic   string
	grown   bool
}

// bracketed goes back to what was spoken of before a bracket of parts at its
// end: 户籍人口20.3万人（其中非农业人口3.6万人），|增长3%.
func (r *reader) bracketed(c *clause) {
	p := &r.passage
	switch {
	case c.inner && !p.outer.said && among(strings.TrimPrefix(strings.TrimSpace(c.In(c.text)), "其")):
		p.outer = outer{true, p.last, p.lastFig, p.parent, p.topic, p.grown}
	case !c.inner && p.outer.said:
		if p.outer.last != "" {
			p.last, p.lastFig, p.grown = p.outer.last, p.outer.lastFig, p.outer.grown
			p.parent, p.topic = p.outer.parent, p.outer.topic
		}
		p.outer = outer{}
	}
}

// stages are the verbs of what a work or a case goes through.
var stages = [...]string{"新开工", "开工", "竣工", "完工", "投产", "达产", "投用", "建成", "交付", "签约", "落地", "续建", "在建", "立项", "入库", "新建", "建成投产", "竣工投产", "开工建设", "办结", "结案", "审结", "受理", "立案", "侦破", "破获", "储备", "引进", "谋划"}

// stageOf returns the length of the stage that a name begins with.
func stageOf(name string) (length int) {
	for _, w := range stages {
		if strings.HasPrefix(name, w) {
			length = max(length, len(w))
		}
	}
	return length
}

// staged completes a name that only tells a stage by what the level before it
// counts in another one: 新开工工业项目112个、竣工|工业项目.
func (r *reader) staged(name string, n *numbered) string {
	bare := strings.TrimPrefix(strings.TrimPrefix(name, "累计"), "已")
	if len(r.passage.levels) == 0 || !r.counting(n) || bare == "" || stageOf(bare) != len(bare) {
		return name
	}
	last := r.figures[r.passage.levels[len(r.passage.levels)-1]]
	k := stageOf(last.Indicator)
	if of := last.Indicator[k:]; k > 0 && last.Unit == n.unit && hasSuffixOf(of, []string{"项目", "工程", "案件", "企业", "事项", "提案", "建议", "议案"}) {
		return name + of
	}
	return name
}

// passedMark reports whether a number is a round mark that the level told right
// before has passed: 财政收入2.02亿元，首次突破|2亿元|大关.
func (r *reader) passedMark(n *numbered) bool {
	k := len(r.passage.levels)
	if k == 0 || !hasPrefixOf(r.doc.Text[n.End:], []string{"大关", "关口", "台阶", "元大关", "元关口"}) {
		return false
	}
	last := r.figures[r.passage.levels[k-1]]
	return last.Unit == n.unit && !last.Value.LessThan(n.value)
}
