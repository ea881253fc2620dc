package figure

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/districtkg/districtkg/schema"
)

// A quantity is a number with its unit where it stands in the text.
type quantity struct {
	schema.Span
	value, high decimal.Decimal
	factor      decimal.Decimal // of 万 and 亿: value is what is printed times it
	unit        string
	kind        kind
	bound       schema.Bound
	chinese     bool
	signed      bool
	plus        bool // with a plus before it
	yearsRun    bool // 连续7年
	rank        bool // 第2位: value is the position
	ratio       []decimal.Decimal
}

// quantity reads the number that stands at s, which begins at byte at of the
// text. prev is the text of the line before it.
func (l *lists) quantity(s string, at int, prev string) (q quantity, ok bool) {
	if q, ok := l.parts(s, at); ok {
		return q, true
	}
	n, ok := l.numeral(s, prev)
	if !ok {
		return q, false
	}
	q = quantity{Span: schema.Span{Start: at, End: at + n.length}, value: n.value, high: n.value, factor: n.factor, chinese: n.chinese, signed: n.signed}
	if n.vague {
		q.bound = schema.Over
	}
	rest := s[n.length:]
	length := l.ratioList(rest, n, &q)
	if length == 0 {
		length = l.rangeEnd(rest, &q)
		length += l.unitAfter(rest[length:], &q)
	}
	q.End += length
	q.End += l.boundAfter(s[q.End-at:], &q)
	return q, true
}

// parts reads 百分之八十 and 千分之五.
func (l *lists) parts(s string, at int) (q quantity, ok bool) {
	unit := "%"
	rest, ok := strings.CutPrefix(s, "百分之")
	if !ok {
		unit = "‰"
		if rest, ok = strings.CutPrefix(s, "千分之"); !ok {
			return q, false
		}
	}
	n, ok := l.numeral(rest, "")
	length := len(s) - len(rest) + n.length
	return quantity{Span: schema.Span{Start: at, End: at + length}, value: n.value, high: n.value, factor: n.factor, unit: unit, kind: kindRatio}, ok
}

// numeral reads Arabic digits or a Chinese numeral.
func (l *lists) numeral(s, prev string) (numeral, bool) {
	r, _ := utf8.DecodeRuneInString(s)
	if chineseNumeral(r) {
		return l.chinese(s, l.bareScale(prev))
	}
	return l.arabicAfter(s, prev)
}

// arabicAfter reads digits as arabic does, and past a space that text taken from
// pages has behind the point (263. 18亿元), where words before them tell that the
// first are not the number of an item.
func (l *lists) arabicAfter(s, prev string) (numeral, bool) {
	if n, ok := l.spacedThousands(s); ok && wordy(prev) {
		return n, true
	}
	point := strings.Index(s[:min(len(s), len("1234567. "))], ". ")
	if point <= 0 || strings.Trim(s[:point], "0123456789") != "" || !leadsDigit(s[point+len(". "):]) || !wordy(prev) {
		return l.arabic(s)
	}
	n, ok := l.arabic(s[:point+1] + s[point+len(". "):])
	n.length++
	return n, ok && n.point
}

// spacedThousands reads a number whose thousands spaces part, where a unit or
// a scale stands behind it: 12 148元, 1 286 543万元.
func (l *lists) spacedThousands(s string) (numeral, bool) {
	_, n := digitsAt(s, 3)
	end := n
	for end > 0 && end < len(s) && s[end] == ' ' && thousands(s[end:]) {
		end += len(" 000")
	}
	if end == n {
		return numeral{}, false
	}
	rest := s[end:]
	if _, scaled := chineseScale(firstRune(rest)); !scaled {
		if _, unit := l.units.first(rest); unit == 0 {
			return numeral{}, false
		}
	}
	m, ok := l.arabic(strings.ReplaceAll(s[:end], " ", "") + rest)
	m.length += strings.Count(s[:end], " ")
	return m, ok
}

// wordy reports whether s ends with a word.
func wordy(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRight(s, " "))
	return unicode.Is(unicode.Han, r)
}

// bareScale reports whether a scale may stand alone after prev: 近百亿元, 突破百万大关.
func (l *lists) bareScale(prev string) bool {
	for _, w := range []string{"近", "超", "突破", "超过", "接近", "逾", "过", "达", "上"} {
		if strings.HasSuffix(prev, w) {
			return true
		}
	}
	return false
}

// spaced returns the length of the single space before a unit (11.1 %).
func spaced(s string) int {
	if strings.HasPrefix(s, " ") {
		return 1
	}
	if strings.HasPrefix(s, "\u3000") {
		return len("\u3000")
	}
	return 0
}

// unitAfter reads the unit, and 半 or 多 within it: 3个多月, 两年半.
func (l *lists) unitAfter(s string, q *quantity) int {
	skip := spaced(s)
	if skip == 0 {
		skip = footnote(s)
	}
	if n := l.scaleAfterSpace(s, skip, q); n > 0 {
		return n
	}
	if n := monthsAfter(s, q); n > 0 {
		return n
	}
	vague := 0
	if r, size := utf8.DecodeRuneInString(s[skip:]); vagueWord(r) {
		vague = size
	}
	if strings.HasPrefix(s, "大关") || rising(s) {
		return 0
	}
	if n := hundredMillions(s, q); n > 0 {
		return n
	}
	u, length := l.units.first(s[skip+vague:])
	if length == 0 && l.peopled(s, q) {
		q.unit, q.kind = "人", kindPerson
		return 0
	}
	if length == 0 || letters(s[skip+vague:], length) {
		return 0
	}
	if vague > 0 {
		q.bound = schema.Over
	}
	q.unit, q.kind = u.name, u.kind
	length += skip + vague
	if n := visits(s[length:]); n > 0 && u.name == "人" {
		q.unit = "人次"
		return length + n
	}
	return length + l.otherMeasure(s[length:])
}

// rising reports whether what stands behind a number is the verb 升 and not
// the unit: 由105.4升至105.6.
func rising(s string) bool {
	rest, ok := strings.CutPrefix(strings.TrimLeft(s, " "), "升")
	return ok && (strings.HasPrefix(rest, "至") || strings.HasPrefix(rest, "到") || strings.HasPrefix(rest, "为"))
}

// hundredMillions reads 个亿, which means money: 产值1.2个亿.
func hundredMillions(s string, q *quantity) int {
	rest, ok := strings.CutPrefix(s, "个亿")
	if !ok || strings.HasPrefix(rest, "元") || strings.HasPrefix(rest, "级") {
		return 0
	}
	by := decimal.New(1, 8)
	q.value, q.high, q.factor = q.value.Mul(by), q.high.Mul(by), by
	q.unit, q.kind = "元", kindMoney
	return len("个亿")
}

// monthsAfter reads 个多月 and 个半月.
func monthsAfter(s string, q *quantity) int {
	for _, month := range []struct {
		text string
		half bool
	}{{"个多月", false}, {"个半月", true}, {"个余月", false}} {
		if strings.HasPrefix(s, month.text) {
			if month.half {
				q.value = q.value.Add(decimal.New(5, -1))
				q.high = q.value
			} else {
				q.bound = schema.Over
			}
			q.unit, q.kind = "个月", kindTime
			return len(month.text)
		}
	}
	return 0
}

// otherMeasure returns the length of a second measure word in brackets: 万头(只).
func (l *lists) otherMeasure(s string) int {
	for _, pair := range [][2]string{{"(", ")"}, {"（", "）"}} {
		if rest, ok := strings.CutPrefix(s, pair[0]); ok {
			if u, n := l.units.first(rest); n > 0 && u.kind == kindCount && strings.HasPrefix(rest[n:], pair[1]) {
				return len(pair[0]) + n + len(pair[1])
			}
		}
	}
	return 0
}

// visits returns the length of 次 in brackets behind people, who are counted as
// often as they come: 118.6万人(次).
func visits(s string) int {
	for _, w := range []string{"(次)", "（次）"} {
		if strings.HasPrefix(s, w) {
			return len(w)
		}
	}
	return 0
}

// peopled reports whether a scaled number without a unit counts people: 7.8万农村人口.
func (l *lists) peopled(s string, q *quantity) bool {
	if !q.factor.GreaterThan(decimal.NewFromInt(999)) {
		return false
	}
	at := 0
	for i := range s {
		if at++; at > 6 {
			break
		}
		for _, w := range []string{"人口", "群众", "居民", "农民", "市民", "职工", "学生", "老人", "老年人", "党员", "干部", "游客", "残疾人"} {
			if strings.HasPrefix(s[i:], w) && !strings.ContainsAny(s[:i], "，。、；,") {
				return true
			}
		}
	}
	return false
}

// scaleAfterSpace reads a scale that a space parts from its digits: 1.2 万人.
func (l *lists) scaleAfterSpace(s string, skip int, q *quantity) int {
	if skip == 0 {
		return 0
	}
	n := numeral{value: q.value, factor: decimal.NewFromInt(1)}
	l.scale(s[skip:], &n)
	if n.length == 0 {
		return 0
	}
	u, length := l.units.first(s[skip+n.length:])
	if length == 0 {
		return 0
	}
	q.value, q.high, q.factor, q.unit, q.kind = n.value, n.value, n.factor, u.name, u.kind
	return skip + n.length + length
}

// footnote returns the length of a footnote mark stuck to a number: 521.92[2]亿元.
func footnote(s string) int {
	for _, marks := range [...]string{"[]", "［］", "〔〕", "【】"} {
		size := len(marks) / 2
		if !strings.HasPrefix(s, marks[:size]) {
			continue
		}
		end := strings.Index(s, marks[size:])
		if end > size && end <= size+2 && strings.Trim(s[size:end], "0123456789") == "" {
			return end + len(marks[size:])
		}
	}
	return 0
}

// letters reports whether a unit of Latin letters goes on with more of them.
func letters(s string, length int) bool {
	if s[length-1] >= utf8.RuneSelf || length == len(s) {
		return false
	}
	return asciiLetter(s[length-1]) && asciiLetter(s[length])
}

func asciiLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// rangeEnd reads the rest of 5%~6%, 5—6 and 3至5 up to where the unit begins.
// A unit after the first number is skipped: the second tells it.
func (l *lists) rangeEnd(s string, q *quantity) int {
	first := *q
	length := l.unitAfter(s, &first)
	mark := 0
	for _, m := range []string{"~", "～", "—", "-", "–", "－", "至", "到"} {
		if strings.HasPrefix(s[length:], m) {
			mark = len(m)
			break
		}
	}
	if mark == 0 {
		return 0
	}
	n, ok := l.arabic(s[length+mark:])
	if !ok || n.signed || n.value.LessThanOrEqual(q.value) && length > 0 {
		return 0
	}
	last := quantity{}
	if l.unitAfter(s[length+mark+n.length:], &last); last.kind == kindNone || length > 0 && last.unit != first.unit {
		return 0
	}
	q.high = n.value
	if length == 0 && n.value.GreaterThan(q.value.Mul(decimal.NewFromInt(1000))) {
		q.value = q.value.Mul(n.factor) // 3—5万人, 30~50亿元: the scale is of both
		if q.value.GreaterThan(q.high) || n.factor.LessThanOrEqual(decimal.NewFromInt(1)) {
			return 0
		}
	}
	return length + mark + n.length
}

// boundAfter reads 以上, 左右 and the like.
func (l *lists) boundAfter(s string, q *quantity) int {
	for _, w := range []struct {
		word  string
		bound schema.Bound
	}{
		{"左右", schema.About}, {"上下", schema.About}, {"以上", schema.Over}, {"多", schema.Over}, {"余", schema.Over},
		{"以内", schema.Under}, {"以下", schema.Under}, {"之内", schema.Under}, {"开外", schema.Over}, {"之多", schema.Exact},
	} {
		if q.kind != kindNone && strings.HasPrefix(s, w.word) {
			q.bound = w.bound
			return len(w.word)
		}
	}
	return 0
}

// ratioList reads the rest of 0:8:92, of three numbers or more.
func (l *lists) ratioList(s string, first numeral, q *quantity) int {
	mark, size := utf8.DecodeRuneInString(s)
	switch mark {
	case ':', '：', '∶', '︰', '﹕', '、':
	default:
		return 0
	}
	values, length := []decimal.Decimal{first.value}, 0
	for strings.HasPrefix(s[length:], s[:size]) {
		rest := s[length+size:]
		n, ok := l.arabic(strings.TrimPrefix(rest, " "))
		if !ok || n.signed {
			break
		}
		values = append(values, n.value)
		length += size + n.length + len(rest) - len(strings.TrimPrefix(rest, " "))
	}
	after := quantity{}
	if len(values) < 3 || mark == '、' && (l.unitAfter(s[length:], &after) > 0 || !first.point) {
		return 0
	}
	q.ratio = values
	return length
}

// exceeding reports whether an amount says which things are meant: 产值超10亿元企业.
func exceeding(prev, next string) bool {
	next = strings.TrimPrefix(next, "的")
	for _, w := range []string{"超", "超过", "过", "突破"} {
		if !strings.HasSuffix(prev, w) {
			continue
		}
		if leadsDigit(next) {
			return true
		}
		for _, noun := range []string{"企业", "项目", "楼宇", "村", "园区", "集群", "产业", "商场", "商圈", "大户", "市场", "平台", "街道", "镇", "乡"} {
			if strings.HasPrefix(next, noun) {
				return true
			}
		}
	}
	return false
}

// markedOff reports whether a round sum in words is a mark that something
// passed, and no measure of it: 三家企业纳税均过|亿元, 跨上|百亿元|台阶.
func markedOff(written, prev, next string) bool {
	if !strings.ContainsRune("十百千万亿", firstRune(written)) {
		return false
	}
	if strings.HasSuffix(prev, "过") && !strings.HasSuffix(prev, "超过") {
		return true
	}
	return hasPrefixOf(next, []string{"台阶", "门槛", "关口", "梯队", "俱乐部", "阵营", "方阵", "行列"})
}

// tallied reports whether an amount tells which things the number behind it
// counts: 5000万元以上|67个, 人口超过8千人|的有5个.
func tallied(prev, next string, bounded bool) bool {
	if !bounded {
		for _, w := range []string{"超", "超过", "过", "突破", "不足", "不到", "低于", "高于", "达", "达到", "在"} {
			bounded = bounded || strings.HasSuffix(prev, w)
		}
	}
	next, having := strings.CutPrefix(next, "的")
	for _, w := range []string{"共有", "分别有", "已有", "达到", "有", "达", "为"} {
		if rest, ok := strings.CutPrefix(next, w); ok {
			return having && bounded && leadsDigit(rest)
		}
	}
	counted := strings.TrimLeft(next, "0123456789")
	return bounded && leadsDigit(next) && strings.ContainsAny(counted[:min(len("个"), len(counted))], "个家户名人宗条件项")
}

// threshold reports whether the quantity is a bound within a name, as in
// 5000万元以上项目: it says which things are meant and is no value.
func (q *quantity) threshold(text string) bool {
	prev, next := text[:q.Start], text[q.End:]
	after := next
	bounded := strings.HasSuffix(q.In(text), "以上") || strings.HasSuffix(q.In(text), "以下") || strings.HasSuffix(q.In(text), "以内")
	for _, w := range []string{"及以上", "（含）以上", "(含)以上", "及以下", "级", "档"} {
		bounded = bounded || strings.HasPrefix(after, w)
		after = strings.TrimPrefix(after, w)
	}
	if q.chinese && q.kind == kindMoney && markedOff(q.In(text), prev, next) {
		return true
	}
	if tallied(prev, next, bounded) && q.kind != kindCount && q.kind != kindNone {
		return true
	}
	if q.kind == kindMoney && exceeding(prev, next) {
		return true
	}
	if !bounded || q.kind == kindCount || q.kind == kindNone || strings.Contains(q.In(text), "名") {
		return false // 800名以上|毕业生
	}
	after = strings.TrimPrefix(after, "的")
	r, _ := utf8.DecodeRuneInString(after)
	return unicode.Is(unicode.Han, r) && !strings.HasPrefix(after, "和") && !strings.HasPrefix(after, "目标") || r == '“' || r == '、' && q.kind == kindMoney
}
