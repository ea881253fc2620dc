package figure

import (
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// An operator is what the words right before a number say of it.
type operator struct {
	measure schema.Measure
	sign    int // of a growth or change
	bound   schema.Bound
	name    string // the words before it: what is measured, not yet cleaned
	than    string // what it is compared with: 上年, 全市平均
	turned  bool   // 增至, 下降到: the level that something grew or fell to
	reached bool   // 达到, 为: the number tells the value of what was named
	worded  string // the word of direction
}

// bounds are the words before a number that bound it.
var bounds = [...]struct {
	word  string
	bound schema.Bound
}{
	{"不低于", schema.Over}, {"不少于", schema.Over}, {"超过", schema.Over}, {"突破", schema.Over}, {"超出", schema.Over}, {"将近", schema.About},
	{"接近", schema.About}, {"大约", schema.About}, {"约为", schema.About}, {"不足", schema.Under}, {"不到", schema.Under}, {"不超过", schema.Under},
	{"不高于", schema.Under}, {"至少", schema.Over}, {"逾", schema.Over}, {"超", schema.Over}, {"约", schema.About}, {"近", schema.About},
	{"至多", schema.Under}, {"最多", schema.Under},
}

// operator reads the words between the start of the clause, or the number
// before, and a number of the given kind.
func (l *lists) operator(left string, q *quantity) operator {
	op := operator{measure: schema.Level, bound: q.bound}
	s := trimRight(strings.TrimRight(left, " 的"))
	s = l.bounded(s, &op)
	if rest, ok := l.reaching(s, &op); ok {
		op.name = rest
		return op
	}
	if rest, ok := l.turning(s, q, &op); ok {
		op.name, op.than = l.compared(rest)
		return op
	}
	if q.kind == kindPoints && l.comparison(s, &op) {
		return op
	}
	if q.kind == kindRatio && (q.signed || q.plus) && q.unit == "%" && !strings.HasSuffix(l.reachedPace(s), "率") { // a rate cannot be negative: it is a growth
		op.measure, op.sign = schema.Growth, 1
	}
	op.name, op.than = s, ""
	return op
}

// bounded takes 超过, 近 and the like off the end.
func (l *lists) bounded(s string, op *operator) string {
	for again := true; again; {
		again = false
		for _, b := range bounds {
			if strings.HasSuffix(s, b.word) && !l.guarded(s, len(b.word)) {
				s = trimRight(strings.TrimSuffix(s, b.word))
				op.bound, op.reached, again = b.bound, true, true
				op.turned = op.turned || b.word == "突破"
				break
			}
		}
	}
	return s
}

// guarded reports whether s ends with a longer word than the n bytes in question.
func (l *lists) guarded(s string, n int) bool {
	tail, length := l.tail.last(s)
	return length > n && !tail
}

// reaching reads 增至, 缩短到 and 提高为: what follows is a level.
func (l *lists) reaching(s string, op *operator) (string, bool) {
	for _, to := range []string{"至", "到", "为"} {
		rest, ok := strings.CutSuffix(s, to)
		if !ok {
			continue
		}
		rest = trimRight(rest)
		if d, n := l.turn.last(rest); n > 0 && d != 0 {
			name, _ := l.compared(rest[:len(rest)-n])
			op.reached, op.turned = true, true
			return name, true
		}
		for _, verb := range []string{"提", "压", "发展", "扩", "缩", "调", "扩展"} { // 由525元提到588元
			if name, ok := strings.CutSuffix(rest, verb); ok && (to != "为" || verb == "调") {
				op.reached, op.turned = true, true
				return name, true
			}
		}
	}
	return s, false
}

// naturalRate is a level in spite of its name: births less deaths per thousand.
const naturalRate = "自然增长率"

// turning reads 增长, 下降 and 增速, and 多 and 少 of a comparison.
func (l *lists) turning(s string, q *quantity, op *operator) (string, bool) {
	s = strings.TrimSuffix(strings.TrimSuffix(s, "了"), "：")
	paced := l.reachedPace(s)
	if d, n := l.pace.last(paced); n > 0 && q.kind == kindRatio && !strings.HasSuffix(paced, naturalRate) {
		op.measure, op.sign, op.worded = schema.Growth, d, paced[len(paced)-n:]
		return paced[:len(paced)-n], true
	}
	if q.kind == kindNone && q.ratio == nil && !q.rank {
		return s, false
	}
	if rest, ok := strings.CutSuffix(s, "净增"); ok && (q.kind == kindMoney || q.kind == kindPerson) { // 常住人口净增1.4万人
		if head, _ := l.headOf(rest); rest == "" && q.kind == kindMoney || head != "" || strings.HasSuffix(rest, "人口") {
			op.sign, op.worded, op.measure = 1, "净增", measureOf(q)
			return rest, true
		}
	}
	if rest, ok := l.moreOrLess(s, q, op); ok {
		return rest, true
	}
	if d, n := l.turn.last(s); n > 0 && d != 0 {
		op.sign, op.worded = d, s[len(s)-n:]
		op.measure = measureOf(q)
		return s[:len(s)-n], true
	}
	if d, n := l.beside.last(s); n > 0 && d != 0 && (n > 3 || hasThan(s)) && q.kind != kindTime {
		op.sign, op.worded = d, s[len(s)-n:]
		op.measure = schema.Change
		if q.kind == kindRatio && n == 3 {
			op.measure = schema.Growth
		}
		return s[:len(s)-n], n == 3 || q.kind == kindPoints || hasThan(s)
	}
	return s, false
}

// surpluses are the words for more or less than was planned or had before.
var surpluses = [...]struct {
	word  string
	sign  int
	alone bool // they say so with nothing beside them
}{
	{"净增", 1, false}, {"新增", 1, false}, {"增收", 1, true}, {"减收", -1, true}, {"超收", 1, true}, {"短收", -1, true}, {"欠收", -1, true},
	{"超计划", 1, true}, {"超预算", 1, true}, {"超年初计划", 1, true}, {"超任务", 1, true}, {"超时序进度", 1, true}, {"超序时进度", 1, true},
}

// moreOrLess reads 短收 and the like, and a verb with 多 or 少 behind a
// comparison: 比上年多发|6800万度.
func (l *lists) moreOrLess(s string, q *quantity, op *operator) (string, bool) {
	for _, w := range surpluses {
		if rest, ok := strings.CutSuffix(s, w.word); ok && (hasThan(rest) || rest == "" && w.alone) {
			op.sign, op.worded, op.measure = w.sign, w.word, measureOf(q)
			if q.kind == kindPoints {
				op.measure = schema.Change
			}
			return rest, true
		}
	}
	verb := lastRune(s)
	word := lastRune(strings.TrimSuffix(s, verb))
	if rest := strings.TrimSuffix(strings.TrimSuffix(s, verb), word); (word == "多" || word == "少") && (strings.HasPrefix(rest, "比") || strings.HasPrefix(rest, "较")) && q.kind != kindRatio {
		op.sign, op.worded, op.measure = sign(word == "多"), word+verb, schema.Change
		return rest, true
	}
	return s, false
}

// reachedPace takes 为 and 达到 off the end: 增速达到6%.
func (l *lists) reachedPace(s string) string {
	for _, w := range []string{"达到", "均为", "均达", "为", "达", "在"} {
		if rest, ok := strings.CutSuffix(s, w); ok {
			return rest
		}
	}
	return s
}

func hasThan(s string) bool {
	for _, w := range []string{"比", "较", "同期", "于"} {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// measureOf tells what a number after 增长 or 下降 measures.
func measureOf(q *quantity) schema.Measure {
	if q.kind == kindRatio {
		return schema.Growth
	}
	return schema.Change
}

// comparison reads 高于全市平均 before percentage points.
func (l *lists) comparison(s string, op *operator) bool {
	for i := range s {
		if i == 0 {
			continue
		}
		if d, n := l.beside.last(s[:i]); n > 3 && d != 0 {
			op.measure, op.sign, op.worded = schema.Change, d, s[i-n:i]
			op.name, _ = l.compared(s[:i-n])
			op.than = s[i:]
			return true
		}
	}
	return false
}

// compared parts 建筑业总产值比上年 into what is measured and what it is
// compared with.
func (l *lists) compared(s string) (name, than string) {
	for i, r := range s {
		if r != '比' && r != '较' && r != '与' {
			if l.thanOnly(s[i:]) {
				return s[:i], s[i:]
			}
			continue
		}
		if _, n := l.than.first(s[i:]); n > 0 || r != '与' && !l.comparing(s[:i], s[i:]) {
			return s[:i], s[i:]
		}
	}
	return s, ""
}

// thanOnly reports whether s is words of comparison to its end, or such that
// cannot be part of a name: 实际 is in 实际利用外资, 同比 is in none.
func (l *lists) thanOnly(s string) bool {
	_, n := l.than.first(s)
	if n == 0 {
		return false
	}
	for _, w := range []string{"同比", "环比", "按", "扣除", "剔除", "与上年", "与去年"} {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	rest := strings.TrimLeft(s[n:], " ，,")
	if rest == "" {
		return true
	}
	return l.thanOnly(rest)
}

// comparing reports whether the 比 or 较 that rest begins with is part of a
// word (占比, 比重, 比较).
func (l *lists) comparing(prev, rest string) bool {
	for _, w := range []string{"比重", "比例", "比率", "比值", "比较", "较好", "较快", "较大", "较多", "比赛", "比亚", "较高", "较强", "较低", "比对", "比武", "比基尼"} {
		if strings.HasPrefix(rest, w) {
			return true
		}
	}
	for _, w := range []string{"占", "之", "同", "环", "对", "计", "收入", "收", "负债", "可", "性价"} {
		if strings.HasSuffix(prev, w) {
			return true
		}
	}
	return utf8.RuneCountInString(rest) == 1
}

// trimRight takes the marks off the end of words.
func trimRight(s string) string {
	return strings.TrimRightFunc(s, func(r rune) bool {
		switch r {
		case ' ', '　', '\t', ':', '：', ',', '，', '、', '+':
			return true
		}
		return false
	})
}
