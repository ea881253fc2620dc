package figure

import (
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// turned reads a growth or an absolute change.
func (r *reader) turned(c *clause, i int, op operator) {
	n := &c.numbers[i]
	name := r.clean(op.name)
	noun, predicate := "", ""
	if op.measure == schema.Change && r.counting(n) || n.kind == kindMoney || n.kind == kindAmount {
		noun, predicate = r.following(c, i, name)
	}
	if noun != "" && name == "" && op.than == "" { // 增加500个学位
		r.addLevel(c, n, r.counted(op.worded, noun, predicate, n, false), op.bound)
		return
	}
	name = r.pointed(withoutFactors(name))
	if r.alike(c, i, op, name) {
		return
	}
	switch {
	case name == "" && op.measure == schema.Change && n.kind != kindPoints && op.than == "" && i == 0 && r.passage.last == "":
		r.addLevel(c, n, op.worded, op.bound)
		return
	case name == "" && r.passage.said != "":
		name = r.passage.said
	case name == "" && n.kind == kindPoints && r.passage.rate != "":
		name = r.passage.rate // 完成年度任务的34%，提高3个百分点
	case name == "" || pronoun(name):
		name = r.passage.last
	default:
		name = r.complete(name, n)
	}
	if name == "" {
		r.skip(n, "nothing names what grew")
		return
	}
	fig := r.add(c, n, find{name: name, measure: op.measure, sign: op.sign, rule: "direction", bound: op.bound})
	if name != r.passage.last {
		r.passage.lastFig = -1
	}
	r.passage.last, r.passage.grown = name, fig >= 0 && op.measure == schema.Growth
}

// withoutFactors takes off what a growth leaves out of account: 剔除退税因素|下降4%.
func withoutFactors(name string) string {
	if !hasPrefixOf(name, []string{"剔除", "扣除", "还原", "考虑"}) {
		return name
	}
	for _, w := range []string{"因素影响后", "因素后", "影响后", "因素影响", "因素", "影响", "后"} {
		if _, rest, ok := strings.Cut(name, w); ok {
			return strings.TrimPrefix(strings.TrimPrefix(rest, "，"), "同口径")
		}
	}
	return name
}

func (r *reader) addLevel(c *clause, n *numbered, name string, bound schema.Bound) {
	r.remember(name, r.add(c, n, find{name: name, measure: schema.Level, rule: "counted-after", bound: bound}))
}

// pronoun reports whether a name stands for the one before it.
func pronoun(name string) bool {
	switch name {
	case "位次", "排名", "名次", "增速", "增幅", "降幅", "涨幅", "其", "同比", "环比", "当月", "增长", "总量", "较上年", "比重", "占比", "名义", "实际", "平均", "年均", "年均增长", "累计", "速度", "分别":
		return true
	}
	return false
}

// goal reads a number that a target is: 低于2.5%的控制目标, 年均增长6%的目标.
func (r *reader) goal(c *clause, i int, op operator) bool {
	n := &c.numbers[i]
	after, ok := strings.CutPrefix(c.after(i), "的")
	if !ok || n.kind != kindRatio || r.passage.last == "" {
		return false
	}
	if hasPrefixOf(after, []string{"预期", "计划目标", "年度目标", "增长目标"}) && hasAny(c.before(i), "低于", "高于", "超过", "好于", "快于", "慢于", "与") {
		f := find{name: r.passage.last, measure: schema.Level, rule: "goal", bound: op.bound}
		if r.passage.grown {
			f.measure, f.sign = schema.Growth, 1
		}
		r.add(c, n, f)
		return true
	}
	if op.measure == schema.Level {
		return false
	}
	for _, w := range []string{"控制目标", "目标", "控制线", "控制指标", "警戒线", "国家标准", "省定目标"} {
		if !strings.HasPrefix(after, w) {
			continue
		}
		if _, above := r.beside.last(trimRight(op.worded)); above == 0 {
			return false
		}
		r.addLevel(c, n, r.passage.last+w, op.bound)
		return true
	}
	return false
}

// striving are the words of an aim beyond the one told before it.
var striving = [...]string{"并", "力争", "确保", "争取", "努力", "奋力", "冲刺", "达到", "实现", "完成", "突破", "超过", "达", "到", "在实际工作中", "实际工作中", "工作中", "奋斗目标", "为", "是"}

// striven reads a number before which nothing stands but that it is striven
// for: 增长10%左右，力争达到|11%. It is what the one before it is.
func (r *reader) striven(c *clause, i int, op operator) bool {
	n := &c.numbers[i]
	words := strings.Trim(c.before(i), "、，, ")
	if r.passage.last == "" || n.kind != kindRatio && n.kind != kindMoney || !hasAny(words, "力争", "争取", "确保", "冲刺") || strings.Trim(c.after(i), "的目标 ") != "" {
		return false
	}
	for again := true; again && words != ""; {
		again = false
		for _, w := range striving {
			if rest, ok := strings.CutPrefix(words, w); ok {
				words, again = rest, true
			}
		}
	}
	if words != "" || len(r.figures) == 0 {
		return false
	}
	last := r.figures[len(r.figures)-1]
	if last.Unit != n.unit || last.Indicator != r.passage.last || last.Span.Start < r.passage.start {
		return false
	}
	f := find{name: last.Indicator, measure: last.Measure, sign: 1, rule: "striven-for", bound: op.bound}
	if last.Value.IsNegative() {
		f.sign = -1
	}
	r.passage.status = schema.Target
	r.add(c, n, f)
	return true
}
