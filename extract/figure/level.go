package figure

import (
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// level reads a number that tells an amount, a count, a rate or a share.
func (r *reader) level(c *clause, i int, op operator) {
	n := &c.numbers[i]
	if n.kind == kindNone && !r.borrowUnit(n, op) {
		r.skip(n, "no unit")
		return
	}
	if r.portion(c, i, op) || r.formerly(c, i, op) || r.sharedOf(c, i, op) || r.shareOf(c, i, op) || r.referred(c, i, op) {
		return
	}
	name, rule := r.levelName(c, i, op)
	name = r.staged(r.contributed(r.summedBudget(op.name, name), op.name), n)
	if n.kind == kindPerson && (name == "出生" || name == "死亡") {
		name += "人口"
	}
	if n.kind == kindTime {
		name = r.timed(c, i, op, name)
	}
	if c.opens && n.chinese { // 五个行业走势不一：…
		r.skip(n, "a heading of the list behind it")
		return
	}
	if rule == "ellipsis" && r.passedMark(n) {
		r.skip(n, "a mark that the level before has passed")
		return
	}
	if name == "连续" {
		r.skip(n, "a run is told beside what it is a run of")
		return
	}
	if name == "" || utf8.RuneCountInString(name) == 1 && n.kind == kindTime {
		r.skip(n, "nothing names what it counts")
		return
	}
	f := find{name: name, measure: schema.Level, rule: rule, bound: op.bound, reached: op.turned}
	if of := reduced(name, n); of != "" {
		f.name, f.measure, f.sign = of, schema.Growth, -1
	}
	if h := r.described(n, c); h != nil {
		f.about, f.name = h.id, n.size()
		if i+1 == len(c.numbers) || thing(h.class) {
			r.follow(h, c)
		}
		if head, _ := r.headOf(r.clean(op.name)); head != "" {
			f.name = head
		}
	}
	if f.about == "" && rule != "counted-after" {
		r.allotted(c, i, &f)
	}
	f.period = r.spanEnd(c, i, f)
	r.remember(f.name, r.add(c, n, f))
}

// contributed puts the sector before its contribution to growth, which follows
// the sector's own level: 第一产业增加值…，|对经济增长的贡献率.
func (r *reader) contributed(name, words string) string {
	if !strings.Contains(name, "贡献率") || !strings.HasPrefix(strings.TrimLeft(words, " 　"), "对") || len(r.passage.levels) == 0 {
		return name
	}
	last := r.figures[r.passage.levels[len(r.passage.levels)-1]].Indicator
	head, _ := r.headOf(last)
	return strings.TrimSuffix(last, head) + "对" + name
}

// spanEnd is the year that a level is of where it is another than that of its
// time. What a rate grew from is of the year before, as is what a plan is to
// raise; where the text speaks of several years, what something grew from is
// of the year before them, a rate and what something grew to are of the last.
func (r *reader) spanEnd(c *clause, i int, f find) string {
	n := &c.numbers[i]
	when := n.when.resolve(r.calendar.own)
	span := strings.Contains(when, "..") && len(when) == len("2016..2020")
	first, _ := yearAt(when)
	yearly := len(when) == len("2023") && !formerSaid(c, i) && (n.kind == kindRatio || first > r.calendar.year)
	switch {
	case r.census > 0 && !span && !formerSaid(c, i) && r.former(c, i):
		return yearString(r.census)
	case !span && len(when) == len("2023") && !formerSaid(c, i) && r.former(c, i) && r.term().span != "":
		begin, _ := yearAt(r.term().span)
		return yearString(begin - 1)
	case (span || yearly) && r.former(c, i):
		return yearString(first - 1)
	case span && (f.reached || n.kind == kindRatio && !strings.Contains(c.left(i), "相当于")):
		return yearString(yearOf(when))
	}
	return ""
}

// formerSaid reports whether the clause says the time of what number i was
// before another: 由2021年的A提高到B.
func formerSaid(c *clause, i int) bool {
	for _, x := range c.cut {
		before := strings.TrimRight(c.text[:x.Start], " ")
		if x.End <= c.numbers[i].Start && (strings.HasSuffix(before, "由") || strings.HasSuffix(before, "从")) {
			return true
		}
	}
	return false
}

// borrowUnit gives a number without a unit that of the level before it
// (第一产业增加值2.9亿元，…第二产业增加值28.4). An index or coefficient has none.
func (r *reader) borrowUnit(n *numbered, op operator) bool {
	name := r.clean(op.name)
	for _, w := range []string{"指数", "系数", "汇率", "收入比", "比值", "倍差", "性别比", "抚养比"} {
		if strings.HasSuffix(name, w) {
			return true
		}
	}
	if n.factor.GreaterThan(hundred) && (strings.HasSuffix(name, "人口") || strings.HasSuffix(name, "人数")) {
		n.unit, n.kind = "人", kindPerson
		return true
	}
	if x, ok := r.named(name); ok && (x.kind == kindRate || x.kind == kindScore) && !n.chinese {
		return true
	}
	for _, near := range []string{"大关", "关口"} {
		if strings.HasPrefix(r.doc.Text[n.End:], near) {
			return true
		}
	}
	head, _ := r.headOf(name)
	if head == "" || n.chinese || len(r.passage.levels) == 0 {
		return false
	}
	last := r.figures[r.passage.levels[len(r.passage.levels)-1]]
	if !strings.HasSuffix(last.Indicator, head) || last.Unit == "" {
		return false
	}
	q, ok := r.quantity(r.doc.Text[last.Span.Start:last.Span.End], last.Span.Start, "")
	if !ok || q.factor.IsZero() {
		return false
	}
	n.value, n.high = n.value.Mul(q.factor), n.high.Mul(q.factor)
	n.unit, n.kind = q.unit, q.kind
	r.doc.Warn("unit_missing", n.Span, "no unit is printed: read in "+q.unit)
	return true
}

// levelName returns what a level counts or measures: the words before it, the
// noun after it, or both.
func (r *reader) levelName(c *clause, i int, op operator) (name, rule string) {
	n := &c.numbers[i]
	left := r.leftWords(c, i, op)
	noun, predicate := r.following(c, i, left)
	if noun != "" && r.placeOnly(left) {
		left = ""
	}
	joined := i > 0 && (joins(op.name) || listed(c.before(i)))
	switch {
	case n.kind == kindPerson && attended(c.after(i)) != "":
		return attended(c.after(i)) + "人数", "counted-after"
	case i > 0 && c.before(i) == "" && n.kind == kindPerson && c.numbers[i-1].kind == kindPerson: // 2460户5585人
		return otherUnit(r.passage.last, n.unit), "same-name"
	case r.counting(n) && helper(op.name) != "":
		return r.clean(strings.TrimSuffix(strings.TrimSpace(op.name), helper(op.name))) + r.benefit(c, i, noun+predicate), "counted-after"
	case hasAny(op.name, "折合", "折算", "折成", "折为") && r.passage.last != "":
		return r.passage.last, "ellipsis"
	case noun == "" && r.counting(n) && strings.HasSuffix(strings.TrimSpace(op.name), "等") && r.bareVerb(c, i) != "":
		return r.bareVerb(c, i), "counted-after"
	case noun == "" && n.kind == kindMoney && r.plannedSum(op.name) != "":
		return r.plannedSum(op.name), "ellipsis"
	case noun == "" && left == "" && n.kind == kindMoney && strings.Contains(op.name, "完成") && strings.Contains(r.passage.last, "投资"):
		return "完成投资", "ellipsis" // 总投资6亿元，累计完成3.5亿元
	case noun == "" && spending(left) && n.kind == kindMoney:
		return "投资", "named-before"
	case noun != "" && n.kind == kindMoney && utf8.RuneCountInString(left) < 6 && (strings.HasSuffix(left, "设") || strings.HasSuffix(left, "列")):
		return noun, "counted-after" // 设300万元奖补资金
	case noun != "" && n.kind == kindAmount && i == 0 && hasSuffixOf(trimRight(op.name), []string{"家有", "户有", "家的", "村有", "镇有", "乡有", "种有"}):
		return noun, "counted-after" // 李家有6亩梨树
	case noun != "" && r.counting(n) && left != "" && attributive(c, i, left):
		return left + noun, "counted-after"
	case noun == "" && left == "" && i > 0 && strings.Trim(c.before(i), " 、和及与") == "":
		if name := r.measuredIn(n); name != "" {
			return name, "same-name"
		}
		return otherUnit(r.passage.last, n.unit), "same-name"
	case noun == "" && left == "":
		return r.unnamed(c, i, op)
	case noun == "":
		return r.complete(r.shared(left, joined), n), "named-before"
	case left == "" || r.counting(n) || r.verbal(left):
		return r.counted(left, noun, predicate, n, joined), "counted-after"
	}
	return r.complete(r.shared(left, joined), n), "named-before"
}

// unnamed names a level that no word beside it does: by the verb before it, or
// by what was spoken of last.
func (r *reader) unnamed(c *clause, i int, op operator) (name, rule string) {
	n := &c.numbers[i]
	if r.counting(n) && !op.reached {
		if p := r.bareVerb(c, i); p != "" {
			return p, "counted-after"
		}
	}
	if r.passage.said != "" && told(op.name) {
		return r.passage.said, "ellipsis"
	}
	if op.reached || c.inner || r.former(c, i) || (told(op.name) || n.unit == "倍") && len(r.passage.levels) > 0 {
		return r.passage.last, "ellipsis"
	}
	return "", ""
}

// leftWords returns what the words before a number say that it counts or measures.
func (r *reader) leftWords(c *clause, i int, op operator) string {
	left := r.clean(op.name)
	if list, ok := strings.CutSuffix(strings.TrimSpace(op.name), "等"); ok {
		if left = r.listVerb(r.trimLead(list)); left == "" { // a list that the noun sums up
			left = r.listLead(r.clean(list))
		}
	}
	if at := max(strings.LastIndex(left, "由"), strings.LastIndex(left, "从")); at > 0 && r.former(c, i) {
		return left[:at] // 标准由每人每月A提到B
	}
	return r.distance(left, &c.numbers[i])
}

// distance is what is left of the words before a length where they say from
// where to where: 河边的村庄|离县城.
func (r *reader) distance(left string, n *numbered) string {
	if n.kind != kindAmount || n.unit != "公里" && n.unit != "米" && n.unit != "里" {
		return left
	}
	if _, place, ok := strings.Cut(left, "位于"); ok {
		for _, w := range []string{"以西", "以东", "以南", "以北", "西北", "东北", "西南", "东南", "西部", "东部", "南部", "北部"} {
			if from, ok := strings.CutSuffix(place, w); ok && from != "" {
				return "距" + from
			}
		}
	}
	at := max(strings.LastIndex(left, "距离"), strings.LastIndex(left, "距"), strings.LastIndex(left, "离"))
	if at > 0 && strings.HasPrefix(left[at:], "离") && strings.HasSuffix(left[:at], "距") {
		at -= len("距")
	}
	if at <= 0 || utf8.RuneCountInString(left[at:]) > 10 || utf8.RuneCountInString(left[at:]) < 3 {
		return left
	}
	return left[at:]
}

// placeOnly reports whether words are nothing but a place, whose the noun
// behind the number is: 青山镇|1.2万亩|茶园.
func (r *reader) placeOnly(left string) bool {
	_, n := r.places.last(left)
	return left != "" && (n == len(left) || left == r.passage.holder)
}

// spending reports whether words are a verb of putting money in.
func spending(left string) bool {
	switch left {
	case "带着", "携", "砸下", "砸", "斥资", "豪掷", "投下", "掷", "投":
		return true
	}
	for _, w := range []string{"砸下", "斥资", "豪掷", "带着"} {
		if strings.HasSuffix(left, w) {
			return true
		}
	}
	return false
}

// attributive reports whether the words before number i are what its noun is
// told by: 督察反馈的|36项|问题.
func attributive(c *clause, i int, left string) bool {
	return strings.HasSuffix(strings.TrimRight(c.before(i), " "), "的") && utf8.RuneCountInString(left) <= 16 && !hasAny(left, "的", "为代表", "为主")
}

// helper returns the verb of letting or leading that words end with, whose
// object the number counts: 项目让924户2125人有了稳定收益.
func helper(words string) string {
	words = strings.TrimSpace(words)
	for _, w := range []string{"让", "带动", "带着", "帮助", "助力", "带领", "引领", "辐射带动"} {
		if strings.HasSuffix(words, w) && len(words) > len(w) {
			return w
		}
	}
	return ""
}

// benefit returns what the counted are said to have or do.
func (r *reader) benefit(c *clause, i int, noun string) string {
	if noun == "" {
		noun = r.bareVerb(c, i)
	}
	if noun == "" && i+1 < len(c.numbers) && r.adjacent(c, i) {
		return r.benefit(c, i+1, "")
	}
	return strings.TrimPrefix(strings.TrimPrefix(noun, "有了"), "有")
}

// bareVerb returns the verb that follows a number which counts what it does
// not name: 8426户31572人脱贫.
func (r *reader) bareVerb(c *clause, i int) string {
	words := strings.TrimSpace(c.after(i))
	if words == "" && i+1 < len(c.numbers) && r.adjacent(c, i) {
		return r.bareVerb(c, i+1)
	}
	if r.turns(words) || r.stateAt(words, 0) == 0 {
		return ""
	}
	return r.predicate(words, 1)
}

// limited reads 9栋楼宇税收超亿元: the amount tells which things are counted.
func (r *reader) limited(c *clause, i int) bool {
	n := &c.numbers[i]
	if i > 0 && c.numbers[i-1].limit == i {
		return true
	}
	if i+1 >= len(c.numbers) || !r.counting(n) || c.numbers[i+1].kind != kindMoney || strings.TrimSpace(c.after(i+1)) != "" {
		return false
	}
	words := c.after(i)
	for _, w := range []string{"超过", "超", "突破", "过"} {
		noun, ok := strings.CutSuffix(words, w)
		head, _ := r.headOf(noun)
		if !ok || head == "" || head == noun || joins(noun) {
			continue
		}
		n.limit = i + 1
		next := c.numbers[i+1]
		name := strings.TrimSuffix(noun, head)
		r.addLevel(c, n, head+w+next.In(c.text)+name, n.bound)
		return true
	}
	return false
}

// otherUnit is the name of what a second unit measures: households have people.
func otherUnit(name, unit string) string {
	if rest, ok := strings.CutSuffix(name, "户"); ok && unit == "人" {
		return strings.TrimSuffix(rest, "农") + "人口"
	}
	return name
}

// counting reports whether the unit is a measure word: what it counts follows.
func (r *reader) counting(n *numbered) bool {
	return n.kind == kindCount || n.kind == kindPerson || n.kind == kindWhole
}

// joins reports whether words begin with a conjunction, so that they share
// what came before.
func joins(words string) bool {
	for _, w := range []string{"、", "和", "及", "与", "以及"} {
		if strings.HasPrefix(strings.TrimSpace(words), w) {
			return true
		}
	}
	return false
}

// listed reports whether words end with a mark of a list: the next number goes
// on with what the one before began.
func listed(words string) bool {
	words = strings.TrimRight(words, " ")
	return strings.HasSuffix(words, "、") || strings.HasSuffix(words, "和") || strings.HasSuffix(words, "及")
}

// shared puts the verb of the number before in front of a name that has none:
// 新增经营主体14057户、“四上”企业112户.
func (r *reader) shared(name string, joined bool) string {
	verb := r.passage.verb
	if !joined || verb == "" || r.startsVerb(name) {
		return name
	}
	if head, _ := r.headOf(name); head != "" && strings.HasSuffix(head, "率") {
		return name
	}
	return verb + name
}

func (r *reader) startsVerb(name string) bool {
	_, n := r.acts.first(name)
	return n > 0
}

// verbal reports whether a name is nothing but a verb, or ends with one, so
// that the noun after the number completes it: 投放300万元消费券, 给予2亿元支持.
func (r *reader) verbal(name string) bool {
	for i := range name {
		if i > 0 && len(name)-i > 12 || !r.acts.starts.has(firstRune(name[i:])) {
			continue
		}
		if _, n := r.acts.first(name[i:]); n == len(name)-i {
			_, bare := r.headOf(name)
			return !bare
		}
	}
	return gives(name)
}

// gives reports whether a name ends with a verb of giving, which needs what is given.
func gives(name string) bool {
	for _, w := range []string{"给予", "提供", "获得", "下达", "安排", "获"} {
		if strings.HasSuffix(name, w) {
			return true
		}
	}
	return false
}

// counted names what a measure word counts by the noun after it, with the
// verb before it and the predicate behind it.
func (r *reader) counted(left, noun, predicate string, n *numbered, joined bool) string {
	verb := left
	if !r.verbal(left) || utf8.RuneCountInString(left) > 6 {
		verb = r.leadingVerb(left)
		if utf8.RuneCountInString(left) >= maxName { // its start was cut off
			verb = ""
		}
	}
	if verb == "" && predicate != "" && left == "" {
		return predicate + noun
	}
	if verb == "" && joined {
		verb = r.passage.verb
	}
	if n.kind == kindWhole {
		noun += strings.TrimPrefix(strings.TrimPrefix(n.unit, "大"), "个")
		noun = strings.TrimSuffix(noun, "重")
	}
	r.passage.verb = verb
	return verb + noun
}

// listLead is the verb that governs a list, "" where what looks like one is the
// end of the name of its first member: 远航包装、蓝天玻璃.
func (r *reader) listLead(list string) string {
	verb := r.leadingVerb(list)
	if first, _, _ := strings.Cut(list, "、"); first != verb && strings.HasSuffix(first, verb) {
		return ""
	}
	return verb
}

// leadingVerb returns the verb that governs a name, with no object.
func (r *reader) leadingVerb(name string) string {
	if i := strings.Index(name, "、"); i > 0 {
		name = name[:i]
	}
	for i := range name {
		if _, n := r.idioms.first(name[i:]); n > 0 {
			continue
		}
		if _, n := r.acts.first(name[i:]); n > 0 && i <= 18 {
			return name[i : i+n]
		}
	}
	return ""
}
