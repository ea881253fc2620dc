package figure

import (
	"fmt"
	"sort"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/districtkg/districtkg/schema"
)

// spread reads A、B分别为x、y: one figure for each name. It reports whether
// the clause is of that form; then its numbers are read.
func (r *reader) spread(c *clause) bool {
	words := c.words(schema.Span{Start: c.Start, End: c.numbers[0].Start})
	at, n := r.eachIn(words)
	if at < 0 {
		return r.sameOwners(c) || r.spreadFormer(c, words) || r.spreadOn(c, words) || r.spreadSame(c, words)
	}
	unitOfLast(c)
	if !r.values(c) {
		return false
	}
	k := len(c.numbers)
	if k < 2 {
		return r.spreadSame(c, words)
	}
	if name, than := r.compared(words[:at]); r.clean(name) == "" && hasAny(than, "、", "和", "与") && r.passage.last != "" {
		op := r.operator(words[:at]+words[at+n:], &c.numbers[0].quantity) // 比A、B分别高x、y
		r.distribute(c, repeated(r.passage.last, k), op)
		return true
	}
	op := r.operator(words[at+n:], &c.numbers[0].quantity)
	if op.measure == schema.Change && op.than != "" && r.clean(words[:at]+op.name) == "" && r.passage.last != "" {
		r.distribute(c, repeated(r.passage.last, k), op) // 分别高于A、B x、y
		return true
	}
	if c.numbers[0].rank {
		op.measure = schema.Rank
	}
	before := r.pacedEach(c, words[:at], &op)
	if op.measure != schema.Level {
		before, _ = r.compared(before)
	}
	if strings.TrimSpace(op.name) != "" && r.clean(op.name) != "" { // 分别完成投资x、y
		before += op.name
	}
	if r.spreadThings(c, before, op) || r.spreadOwners(c, c.Start+r.eachStart(c), op) {
		return true
	}
	names := r.eachNames(words[:at], before, k)
	if names == nil && r.clean(before) == "" {
		names = r.spreadBefore(k)
	}
	if names == nil {
		r.doc.Warn("unequal_lists", c.Span, fmt.Sprintf("分别 gives %d values, but not as many things are named", k))
		r.skip(&c.numbers[0], "分别 with unequal lists")
		return true
	}
	r.distribute(c, names, op)
	return true
}

// unitOfLast gives numbers without a unit that of the one behind them: 0.2和0.4个百分点.
func unitOfLast(c *clause) {
	for i := len(c.numbers) - 2; i >= 0; i-- {
		n, next := &c.numbers[i], c.numbers[i+1]
		if n.unit == "个" && next.kind == kindPoints { // 9.4个、2.1个百分点
			n.unit, n.kind = next.unit, next.kind
		}
		if n.kind != kindNone || n.ratio != nil || n.rank || next.kind == kindNone {
			continue
		}
		n.unit, n.kind = next.unit, next.kind
		if n.factor.Equal(decimal.NewFromInt(1)) && !next.factor.IsZero() {
			n.value, n.high, n.factor = n.value.Mul(next.factor), n.high.Mul(next.factor), next.factor
		}
	}
}

// pacedEach reads 增速 before 分别: what follows are growths.
func (r *reader) pacedEach(c *clause, words string, op *operator) string {
	words = trimRight(words)
	d, n := r.pace.last(words)
	if n == 0 || op.measure != schema.Level || c.numbers[0].kind != kindRatio || strings.HasSuffix(words, naturalRate) {
		return words
	}
	op.measure, op.sign = schema.Growth, d
	words = words[:len(words)-n]
	if strings.TrimSpace(words) == "两项" {
		return ""
	}
	return words
}

// eachNames are the names that 分别 gives values to: those in the words before
// it, or those of the levels before where it names none, or only the whole of
// them (总数), or only what is said of them (完成年度计划的).
func (r *reader) eachNames(lead, before string, k int) []string {
	if len(r.passage.levels) < k {
		return r.namesFor(before, k)
	}
	suffix := r.clean(before)
	switch {
	case total(strings.TrimSpace(lead)):
		names := r.lastNames(k)
		for i := range names {
			names[i] = r.withoutNew(names[i])
		}
		return names
	case (r.clean(lead) == "" || lead == suffix && measureAlone(suffix)) && suffix != "":
		names := r.lastNames(k)
		for i := range names {
			names[i] += suffix
		}
		return names
	}
	return r.namesFor(before, k)
}

// measureAlone reports whether a name can only be what the things named before
// it have: 家庭户、集体户，|人口分别为….
func measureAlone(name string) bool {
	switch name {
	case "人口", "面积", "产值", "产量", "投资", "总投资", "长度", "户数", "人数":
		return true
	}
	return false
}

// spreadThings reads 两园分别集聚企业121家、47家: the things are those that the
// sentence was about before.
func (r *reader) spreadThings(c *clause, before string, op operator) bool {
	k := len(c.numbers)
	names := strings.TrimLeft(before, " ")
	if len(r.passage.abouts) != k || !hasAny(names[:min(len(names), 3)], "两", "二", "三", "四", "各") || strings.Contains(names, "产业") {
		return false
	}
	name := r.clean(op.name)
	if name == "" {
		return false
	}
	for i := range c.numbers {
		r.add(c, &c.numbers[i], find{name: name, measure: op.measure, sign: op.sign, rule: "each", bound: op.bound, about: r.passage.abouts[i]})
	}
	r.passage.last, r.passage.lastFig = name, -1
	return true
}

// total reports whether a name stands for the whole of what was counted before.
func total(name string) bool {
	switch name {
	case "总数", "总量", "数量", "累计", "总数量", "总":
		return true
	}
	return false
}

// withoutNew is what a name counts in all: of 新增高新技术企业 the 高新技术企业.
func (r *reader) withoutNew(name string) string {
	for _, w := range []string{"新增", "新登记", "新认定", "净增", "新培育", "新设", "引进"} {
		if rest, ok := strings.CutPrefix(name, w); ok && rest != "" {
			return rest
		}
	}
	return name
}

// eachIn returns where 分别 stands in words, and its length.
func (r *reader) eachIn(words string) (at, n int) {
	for i, c := range words {
		if !r.each.starts.has(c) {
			continue
		}
		if _, n := r.each.first(words[i:]); n > 0 && !strings.HasPrefix(words[i:], "分别墅") {
			return i, n
		}
	}
	return -1, 0
}

// eachStart is where 分别 stands in the text of a clause.
func (r *reader) eachStart(c *clause) int {
	at, _ := r.eachIn(c.text[c.Start:c.numbers[0].Start])
	return max(at, 0)
}

// values reports whether the numbers of a clause stand in a list, with
// nothing between them but conjunctions and directions.
func (r *reader) values(c *clause) bool {
	for i := 1; i < len(c.numbers); i++ {
		words := strings.Trim(c.before(i), " 、,，和及与以")
		op := r.operator(words, &c.numbers[i].quantity)
		if op.name != "" && r.clean(op.name) != "" {
			return false
		}
	}
	return true
}

// distribute gives each name its number.
func (r *reader) distribute(c *clause, names []string, op operator) {
	if r.passage.parent == "" {
		r.passage.levels = nil
	}
	for i := range c.numbers {
		n := &c.numbers[i]
		f := find{name: r.complete(names[i], n), measure: op.measure, sign: op.sign, rule: "each", bound: op.bound}
		if h := r.owner(c, f.name); h != nil {
			f.about, f.name = h.id, strings.TrimPrefix(f.name, h.name)
		}
		if i > 0 && f.measure != schema.Rank {
			if own := r.operator(c.before(i), &n.quantity); own.measure != schema.Level { // 分别增长3%、下降4%
				f.measure, f.sign = own.measure, own.sign
			}
		}
		if n.kind == kindNone && f.measure != schema.Rank {
			r.skip(n, "no unit")
			continue
		}
		if f.measure == schema.Rank {
			n.unit = ""
		}
		r.remember(f.name, r.add(c, n, f))
	}
	r.passage.spread = len(names)
}

// owner returns the thing or the company of the clause that an indicator
// begins with: 东山茶厂、西山茶厂销售收入分别达….
func (r *reader) owner(c *clause, name string) *holder {
	i := sort.Search(len(r.held), func(i int) bool { return r.held[i].Start >= c.Start })
	for ; i < len(r.held) && r.held[i].End <= c.End; i++ {
		h := &r.held[i]
		if (h.agent() || thing(h.class)) && h.id != r.subject && strings.HasPrefix(name, h.name) && len(name) > len(h.name)+len("率") {
			return h
		}
	}
	return nil
}

// namesFor parts words into k names; where there are none, they are those of
// the last k levels. It returns nil where the counts differ, unless there is
// one name only, which then stands for all values with a warning.
func (r *reader) namesFor(words string, k int) []string {
	if r.clean(words) == "" {
		return r.lastNames(k)
	}
	if names := r.sectors(words, k); names != nil {
		return names
	}
	if names := pairs(words, k); names != nil {
		return names
	}
	for depth := range separators {
		names := r.parted(words, depth)
		if len(names) == k {
			return r.headed(names)
		}
	}
	if names := r.parted(words, len(separators)-1); len(names) == 1 {
		r.doc.Warn("unequal_lists", schema.Span{}, fmt.Sprintf("%s: %d values for one name", names[0], k))
		return repeated(names[0], k)
	}
	return nil
}

// pairs writes 城乡居民 and 男女 out as two names.
func pairs(words string, k int) []string {
	if k != 2 {
		return nil
	}
	for _, p := range [][3]string{{"城乡", "城镇", "农村"}, {"男女", "男", "女"}} {
		if _, rest, ok := strings.Cut(words, p[0]); ok && !strings.ContainsAny(rest, "、和与") {
			rest = strings.TrimRight(rest, " 　的,，")
			return []string{p[1] + rest, p[2] + rest}
		}
	}
	return nil
}

func repeated(name string, k int) []string {
	names := make([]string, k)
	for i := range names {
		names[i] = name
	}
	return names
}

// lastNames returns the names of the last k levels of the sentence.
func (r *reader) lastNames(k int) []string {
	levels := r.passage.levels
	if len(levels) < k {
		return nil
	}
	var names []string
	for _, fig := range levels[len(levels)-k:] {
		names = append(names, r.figures[fig].Indicator)
	}
	return names
}

// sectors writes 三次产业 out.
func (r *reader) sectors(words string, k int) []string {
	if k != 3 {
		return nil
	}
	for _, w := range []string{"三次产业", "一二三产业", "一、二、三产业", "一二三产", "一、二、三次产业", "第一、二、三产业", "第一、第二、第三产业", "三大产业"} {
		if i := strings.Index(words, w); i >= 0 {
			rest := r.clean(strings.TrimLeft(words[i+len(w):], " 的"))
			if rest == "" {
				rest = "增加值"
			}
			return []string{"第一产业" + rest, "第二产业" + rest, "第三产业" + rest}
		}
	}
	return nil
}

// separators are the marks between the names of a list, from the strictest
// reading on: 和 may be part of a name.
var separators = [...][]string{
	{"、", "，", ","},
	{"、", "，", ",", "和"},
	{"、", "，", ",", "和", "与"},
	{"、", "，", ",", "以及", "及"},
	{"、", "，", ",", "以及", "和", "与", "及"},
}

// parted parts words at the separators of a depth. Each name is cleaned.
func (r *reader) parted(words string, depth int) []string {
	var names []string
	depths := separators[depth]
	for _, piece := range cutAll(words, depths) {
		if name := r.clean(piece); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// cutAll parts s at each of the marks, outside quotation marks and brackets.
func cutAll(s string, marks []string) []string {
	var out []string
	start, depth := 0, 0
	for i := 0; i < len(s); i++ {
		rest := s[i:]
		switch {
		case strings.HasPrefix(rest, "“") || strings.HasPrefix(rest, "《") || strings.HasPrefix(rest, "（") || rest[0] == '(':
			depth++
		case strings.HasPrefix(rest, "”") || strings.HasPrefix(rest, "》") || strings.HasPrefix(rest, "）") || rest[0] == ')':
			depth--
		case depth <= 0:
			for _, m := range marks {
				if strings.HasPrefix(rest, m) && i > start && !conjunctionInWord(s, i, m) {
					out = append(out, s[start:i])
					start = i + len(m)
					i = start - 1
					break
				}
			}
		}
	}
	return append(out, s[start:])
}

// conjunctionInWord reports whether 和, 与 or 及 at i is part of a word.
func conjunctionInWord(s string, i int, mark string) bool {
	for _, w := range []string{"和谐", "和平", "和县", "与会", "及时", "及格"} {
		if strings.HasPrefix(s[i:], w) {
			return true
		}
	}
	for _, w := range []string{"普", "共", "饱", "涉", "参", "批发", "电力、热力生产", "信息传输、软件"} {
		if (mark == "和" || mark == "及" || mark == "与") && strings.HasSuffix(s[:i], w) {
			return true
		}
	}
	return false
}

// headed gives names without a head that of the last one (规模以上A和B|营业收入),
// its verb to those without one, and a bare rate what the first is a rate of
// (涉“软”投诉|办结率、满意率).
func (r *reader) headed(names []string) []string {
	last := names[len(names)-1]
	head, _ := r.headOf(last)
	if wide := r.wideHead(last); wide != "" {
		head = wide
	}
	for i, name := range names[:len(names)-1] {
		own, _ := r.headOf(name)
		if pace, n := r.pace.last(last); n > 0 && pace != 0 && own != "" && !strings.HasSuffix(name, last[len(last)-n:]) && !strings.HasSuffix(last, naturalRate) {
			names[i] = name + last[len(last)-n:]
			continue
		}
		if countedHead(own) && (head == "数量" || head == "总量" || head == "数") {
			names[i] = name + head
			continue
		}
		if own == "" && head == "" && !r.startsVerb(name) {
			names[i] = name + shared(last, name) // 龙江食品、绿园食品|年出口创汇
			continue
		}
		if own == "" && head != "" && !r.startsVerb(name) {
			if tail := shared(last, name); tail != "" {
				names[i] = name + tail
			} else {
				names[i] = name + head
			}
		}
	}
	r.prefixed(names)
	return names
}

// wideHead is the head of a name with the words before it that belong to it:
// the canonical indicator that it ends with.
func (r *reader) wideHead(name string) string {
	for i := range name {
		if i == 0 {
			continue
		}
		if _, n := r.lists.names.first(name[i:]); n == len(name)-i && n >= 9 {
			return name[i:]
		}
	}
	return ""
}

// prefixed gives bare rates and names without a verb what the first name has.
func (r *reader) prefixed(names []string) {
	first := names[0]
	_, verb := r.acts.first(first)
	for i, name := range names[1:] {
		runes, lead := []rune(name), []rune(first)
		switch {
		case len(runes) <= 3 && len(lead) > len(runes)+2 && strings.HasSuffix(first, "量"):
			head, _ := r.headOf(first)
			names[i+1] = strings.TrimSuffix(first, head) + strings.TrimSuffix(name, head) + countWord(name)
		case strings.HasSuffix(name, "率") && len(runes) <= 4 && strings.HasSuffix(first, "率") && len(lead) > len(runes):
			names[i+1] = strings.TrimSuffix(string(lead[:len(lead)-len(runes)]), string(runes[:1])) + name
		case verb > 0 && verb < len(first) && !r.startsVerb(name) && !strings.HasSuffix(name, "率"):
			names[i+1] = first[:verb] + name
		}
	}
}

// countWord is what makes a verb the name of a count: 签约|数.
func countWord(name string) string {
	if strings.HasSuffix(name, "数") || strings.HasSuffix(name, "量") {
		return ""
	}
	return "数"
}

// spreadOn reads 增长3%和6.4% after a clause with 分别: the same names again.
func (r *reader) spreadOn(c *clause, words string) bool {
	k := len(c.numbers)
	unitOfLast(c)
	if k < 2 || r.passage.spread != k || len(r.passage.levels) < k || !r.values(c) {
		return false
	}
	op := r.operator(words, &c.numbers[0].quantity)
	if op.measure == schema.Level || r.clean(op.name) != "" {
		return false
	}
	r.distribute(c, r.lastNames(k), op)
	return true
}
