package figure

import (
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// shareOf reads 占生产总值4.1% and, after it, 占68.3%: the share of the level
// that the sentence named last.
func (r *reader) shareOf(c *clause, i int, op operator) bool {
	n := &c.numbers[i]
	words := strings.TrimLeft(trimRight(op.name), " 　、约均仅只")
	for _, w := range []string{"为", "完成", "达到", "相当于", "达", "是"} {
		if rest, ok := strings.CutPrefix(words, w); ok && (hasAny(rest, "预算", "计划", "任务", "目标", "进度") || n.unit == "%" && strings.HasSuffix(rest, "的")) {
			words = "占" + rest
		}
	}
	if i > 0 && joins(c.before(i)) && strings.HasPrefix(r.passage.share, "占") && n.kind == kindRatio {
		scope := strings.TrimSuffix(strings.TrimLeft(words, "、和及与"), "的")
		if _, k := r.scopes.last(scope); k > 0 && k == len(scope) { // 占全省的25.6%、全国的3.9%
			words = "占" + scope
		}
	}
	if words == "完成" && hasAny(r.passage.share, "预算", "计划", "任务", "目标") {
		words = "占"
	}
	if n.kind != kindRatio || n.unit == "倍" || !strings.HasPrefix(words, "占") || hasAny(words, "占地面积", "占地约", "占用") || strings.HasPrefix(words, "占地") && !strings.HasPrefix(words, "占地区") || r.passage.main == "" && len(r.passage.levels) == 0 {
		return false
	}
	if base := r.trimTail(strings.TrimRight(words, "的")); len(base) > len("占") {
		r.passage.share = base
	}
	if r.passage.share == "" && r.passage.parent != "" {
		r.passage.share = "占" + r.passage.parent
	}
	if r.passage.share == "" && words == "占" && len(r.passage.levels) > 0 {
		r.passage.share = "占比"
		defer func() { r.passage.share = "" }()
	}
	if r.passage.share == "" {
		return false
	}
	name := r.passage.main
	if k := len(r.passage.levels); k > 0 {
		name = r.figures[r.passage.levels[k-1]].Indicator
	}
	f := find{name: name + r.passage.share, measure: schema.Level, rule: "share", bound: op.bound}
	f.period = r.spanEnd(c, i, f)
	r.add(c, n, f)
	r.passage.last, r.passage.lastFig, r.passage.rate = name, -1, f.name
	return true
}

// sharedOf reads the share of what a number before it tells: 占年初预算9.2亿元的|53%,
// of the level that the sentence named before that.
func (r *reader) sharedOf(c *clause, i int, op operator) bool {
	n := &c.numbers[i]
	words := c.before(i)
	if i == 0 || c.numbers[i-1].kind == kindRatio || n.kind != kindRatio || n.unit == "倍" || !strings.HasPrefix(words, "的") && !strings.HasSuffix(strings.TrimRight(words, "近超逾约 "), "的") {
		return false
	}
	of := strings.TrimLeft(c.before(i-1), " 仅只")
	base, ok := strings.CutPrefix(of, "占")
	for _, w := range []string{"完成", "为", "相当于"} {
		if rest, is := strings.CutPrefix(of, w); is && !ok && hasAny(rest, "预算", "计划", "任务", "目标") {
			base, ok = rest, true
		}
	}
	if !ok || i != 1 {
		return false
	}
	name := r.passage.main
	if name == "" {
		return false
	}
	base += strings.TrimSuffix(strings.TrimPrefix(strings.TrimRight(words, "近超逾约 "), "的"), "的")
	r.add(c, n, find{name: name + "占" + strings.TrimRight(base, "的"), measure: schema.Level, rule: "share", bound: op.bound})
	r.passage.last, r.passage.lastFig = name, -1
	return true
}

// targets begin the words behind a rate that make it an aim and no share.
var targets = []string{"预期", "目标", "控制", "计划", "速度", "增速", "增长", "比例", "份额", "比重", "预算", "任务", "水平", "幅度", "标准"}

// longestDeed is how many characters of what a share does go into its name.
const longestDeed = 16

// portion reads a share of things of which the clause tells what they do, or
// what is done to them: 88%的乡镇|集中供水, 覆盖99%的学校, 产品六成|销往海外.
func (r *reader) portion(c *clause, i int, op operator) bool {
	n := &c.numbers[i]
	if n.kind != kindRatio || n.unit != "%" && n.unit != "成" || i+1 < len(c.numbers) {
		return false
	}
	rest, of := strings.CutPrefix(strings.TrimLeft(c.after(i), " "), "的")
	rest = deeds.Replace(strings.TrimSpace(rest))
	if k := strings.IndexAny(rest, "、，"); k > 0 {
		rest = rest[:strings.IndexAny(rest, "、，")]
	}
	size := utf8.RuneCountInString(rest)
	left := strings.TrimRight(r.clean(op.name), "的里中有")
	name := ""
	switch {
	case size < 2 || size > longestDeed || of && hasPrefixOf(rest, targets):
		return false
	case of && hasSuffixOf(left, []string{"覆盖", "涵盖", "惠及", "服务"}):
		noun, _ := r.nounOf(rest, true)
		name = left + noun
	case of && (left == "" || r.placeOnly(left) || r.scopeOnly(left)) && size > 4:
		name = rest
	case !of && n.unit == "成" && left != "" && r.verbToken(n.End):
		name = left + rest
	default:
		return false
	}
	r.remember(name, r.add(c, n, find{name: name, measure: schema.Level, rule: "portion", bound: op.bound}))
	return true
}

// deeds takes adverbs out of what a share does.
var deeds = strings.NewReplacer("就能", "", "已经", "", "都已", "", "全部", "")

// scopeOnly reports whether words are only those among whom something is counted: 全国.
func (r *reader) scopeOnly(words string) bool {
	_, n := r.scopes.last(words)
	return n > 0 && n == len(words)
}
