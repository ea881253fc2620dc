package figure

import (
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/districtkg/districtkg/schema"
)

// A mark is what the scanner sees in a line: a number, a time, or a separator.
// What lies between marks is words.
type mark struct {
	schema.Span
	sort markSort
	q    quantity // of a number
	p    period   // of a time
	sign rune     // of a separator
}

type markSort uint8

const (
	number markSort = iota
	moment
	stop // ，；。：
	open
	shut
	noise // footnote marks
)

// A scanner reads one stretch of text from left to right.
type scanner struct {
	*lists
	text     string
	at, end  int
	start    int
	names    []schema.Span // of entities, sorted: their digits count nothing
	marks    []mark
	numbered bool // a number was found
}

// scan returns the marks of the stretch [start, end) of text.
func (l *lists) scan(text string, start, end int, names []schema.Span, into []mark) ([]mark, bool) {
	s := scanner{lists: l, text: text, at: start, end: end, start: start, names: names, marks: into}
	for s.skip(); s.at < s.end; s.skip() {
		s.step()
	}
	return s.marks, s.numbered
}

// skip goes past the words from s.at on: characters of three bytes at which
// neither a mark nor a mention begins, which nearly all are.
func (s *scanner) skip() {
	for s.at+3 <= s.end {
		r, ok := ideographAt(s.text[s.at:])
		if !ok || s.lists.marks.has(r) || len(s.names) > 0 && (s.names[0].Start == s.at || s.names[0].End <= s.at) {
			return
		}
		s.at += 3
	}
}

// ideographAt decodes the character at the start of s, which has at least
// three bytes, where it is of the blocks from U+1000 to U+CFFF.
func ideographAt(s string) (r rune, ok bool) {
	if s[0] < 0xe1 || s[0] > 0xec || s[1]&0xc0 != 0x80 || s[2]&0xc0 != 0x80 {
		return 0, false
	}
	return rune(s[0]&0xf)<<12 | rune(s[1]&0x3f)<<6 | rune(s[2]&0x3f), true
}

// runeAt is utf8.DecodeRuneInString, quicker for Chinese.
func runeAt(s string) (rune, int) {
	if len(s) >= 3 {
		if r, ok := ideographAt(s); ok {
			return r, 3
		}
	}
	return utf8.DecodeRuneInString(s)
}

// step reads what stands at s.at and goes past it.
func (s *scanner) step() {
	rest := s.text[s.at:s.end]
	c := rest[0]
	if s.masked(rest) {
		return
	}
	if c < utf8.RuneSelf && !(c >= '0' && c <= '9') {
		s.ascii(c, rest)
		return
	}
	r, size := runeAt(rest)
	if !s.lists.marks.has(r) {
		if !s.named() {
			s.at += size
		}
		return
	}
	if s.punctuation(r, size, rest) || s.named() || s.time(rest) {
		return
	}
	if r == '第' || r == '前' {
		s.ordinal(rest, size)
		return
	}
	if _, n := s.firsts.first(rest); n > 0 {
		s.position(rest, n)
		return
	}
	if _, n := s.idioms.first(rest); n > 0 {
		s.at += n
		return
	}
	_, digit := digitOf(r)
	if digit || chineseNumeral(r) {
		s.number(rest)
		return
	}
	s.at += size
}

// ascii handles an ASCII byte that is no digit.
func (s *scanner) ascii(c byte, rest string) {
	switch {
	case c == '[' && footnote(rest) > 0:
		s.add(noise, footnote(rest), quantity{}, period{})
	case c == '+' && len(rest) > 1 && rest[1] >= '0' && rest[1] <= '9' && !s.afterDigit():
		s.at++
		s.number(rest[1:])
		if k := len(s.marks); k > 0 && s.marks[k-1].End == s.at && s.marks[k-1].sort == number {
			s.marks[k-1].q.plus = true
		}
	case c == '-' && len(rest) > 1 && rest[1] >= '0' && rest[1] <= '9' && !s.afterDigit():
		s.number(rest)
	case strings.IndexByte(",;:()!?", c) >= 0:
		s.separator(rune(c), 1)
	case c == '"':
		s.straight(rest)
	case asciiLetter(c):
		if n := abbreviation(rest); n > 0 {
			s.at += n
			return
		}
		n := 1
		for n < len(rest) && (asciiLetter(rest[n]) || rest[n] >= '0' && rest[n] <= '9' || rest[n] == '.' && n+1 < len(rest) && rest[n+1] >= '0' && rest[n+1] <= '9') {
			n++
		}
		s.at += n
	default:
		s.at++
	}
}

// abbreviation returns the length of the abbreviation of an indicator that s
// begins with where its value follows right behind, as in GDP19.92亿元, or 0.
// Other letters and the digits behind them are a name: PM2.5, G318.
func abbreviation(s string) int {
	n := 0
	for n < len(s) && asciiLetter(s[n]) {
		n++
	}
	if n == len(s) || s[n] < '0' || s[n] > '9' {
		return 0
	}
	switch strings.ToUpper(s[:n]) {
	case "GDP", "CPI", "PPI", "GEP":
		return n
	}
	return 0
}

// afterDigit reports whether a digit or a letter stands right before.
func (s *scanner) afterDigit() bool {
	if s.at == s.start {
		return false
	}
	c := s.text[s.at-1]
	return c >= '0' && c <= '9' || asciiLetter(c) || c == ')' || c == '%'
}

// punctuation handles separators and quotation marks.
func (s *scanner) punctuation(r rune, size int, rest string) bool {
	switch r {
	case '，', '；', '：', '。', '！', '？', '（', '）':
		s.separator(r, size)
	case '—':
		if !strings.HasPrefix(rest, "——") {
			return false
		}
		s.separator('，', len("——"))
	case '、':
		if k := len(s.marks); k == 0 || s.marks[k-1].sort != number || s.marks[k-1].End != s.at || !strings.HasPrefix(rest[size:], "分别") {
			return false
		}
		s.separator('，', size) // A11亿元，B5亿元、|分别增长9%和7%
	case '“', '‘', '《', '「':
		s.quoted(rest)
	default:
		return false
	}
	return true
}

func (s *scanner) separator(r rune, size int) {
	m := mark{Span: schema.Span{Start: s.at, End: s.at + size}, sort: stop, sign: r}
	switch r {
	case '(', '（':
		m.sort = open
	case ')', '）':
		m.sort = shut
	}
	s.marks = append(s.marks, m)
	s.at += size
}

// maxQuote is how many bytes a quotation may have to be taken for a name.
const maxQuote = 90

// quoted skips a short quotation, in which numbers count nothing. A long one
// is speech, and read like the rest.
func (s *scanner) quoted(rest string) {
	if s.time(rest) {
		return
	}
	r, size := utf8.DecodeRuneInString(rest)
	closing := "”"
	switch r {
	case '‘':
		closing = "’"
	case '《':
		closing = "》"
	case '「':
		closing = "」"
	}
	window := rest[:min(len(rest), maxQuote)]
	end := strings.Index(window, closing)
	if end < 0 || r != '《' && hasAny(window[:end], "，", "。", "；", ",", ";") {
		s.at += size
		return
	}
	s.at += end + len(closing)
}

// straight skips a short quotation in straight quotation marks.
func (s *scanner) straight(rest string) {
	end := strings.IndexByte(rest[1:min(len(rest), maxQuote)], '"')
	if end < 0 || strings.ContainsAny(rest[1:end+1], "，。；,;") {
		s.at++
		return
	}
	s.at += end + 2
}

// named skips the mention of an entity, unless it begins with a count.
func (s *scanner) named() bool {
	for len(s.names) > 0 && s.names[0].End <= s.at {
		s.names = s.names[1:]
	}
	if len(s.names) == 0 || s.names[0].Start != s.at || s.names[0].End > s.end {
		return false
	}
	name := s.names[0]
	if q, ok := s.quantity(name.In(s.text), s.at, ""); ok && q.kind != kindNone && !q.chinese && q.kind != kindTime {
		return false
	}
	s.at = name.End
	return true
}

// time reads an expression of time.
func (s *scanner) time(rest string) bool {
	if s.afterDigit() {
		return false
	}
	p, n := s.when(rest)
	if n == 0 {
		return false
	}
	if s.compared(p) || s.comparedLevel(p, s.text[s.at+n:s.end]) || s.founded(p, s.text[s.at+n:s.end]) || (p.year > 0 || p.offset < 0) && begun(s.text[s.at+n:s.end]) {
		s.at += n
		return true
	}
	if p.offset < 0 && s.after(s.text[s.start:s.at], "为", "是", "占", "达") > 0 && sharedBy(s.text[s.at+n:s.end]) {
		s.at += n
		return true
	}
	s.add(moment, n, quantity{}, p)
	return true
}

// sharedBy reports whether words name what the number behind them is a share
// of: 农民人均收入的|81%.
func sharedBy(s string) bool {
	for i, c := range s {
		if c >= '0' && c <= '9' {
			return strings.HasSuffix(s[:i], "的")
		}
		if c == '，' || c == ',' || i > 60 {
			break
		}
	}
	return false
}

// begun reports whether the words behind a year make it the one in which
// something began that is still done: 2012年|续建项目.
func begun(after string) bool {
	for _, w := range []string{"续建", "结转", "结余", "跨年", "启动的", "开工的", "签约的"} {
		if strings.HasPrefix(after, w) {
			return true
		}
	}
	return false
}

// compared reports whether a time is what a number is compared with (比2019年,
// 高于去年同期) and not the number's own.
func (s *scanner) compared(p period) bool {
	prev := strings.TrimSuffix(s.text[s.start:s.at], "同")
	if p.offset >= 0 && p.year == 0 && p.part == "" && p.span == "" {
		return s.after(prev, "比", "较", "为期") > 0
	}
	if s.after(prev, "为", "是", "和") > 0 && p.year > 0 {
		return strings.HasPrefix(s.text[s.at:s.end], yearString(p.year)+"年的")
	}
	return s.after(prev, "比", "较", "与", "于", "是", "相当于", "超", "超过", "和") > 0
}

// comparedLevel reports whether a time is that of the level which a number is a share of:
// 恢复到2019年|同期的91%.
func (s *scanner) comparedLevel(p period, after string) bool {
	return p.said() && strings.HasPrefix(after, "同期") && s.after(s.text[s.start:s.at], "到", "至", "为", "达") > 0
}

// founded reports whether a year is that in which something began that has gone on up to
// the time of the document: 自2019年|挂牌以来.
func (s *scanner) founded(p period, after string) bool {
	const reach = 8 * len("挂")
	i := strings.Index(after, "以来")
	return p.year > 0 && i > 0 && i <= reach && s.after(s.text[s.start:s.at], "自", "从", "自从") > 0 && !strings.ContainsAny(after[:i], "，,；。")
}

func (s *scanner) add(what markSort, n int, q quantity, p period) {
	s.marks = append(s.marks, mark{Span: schema.Span{Start: s.at, End: s.at + n}, sort: what, q: q, p: p})
	s.at += n
	if what == number {
		s.numbered = true
	}
}

// number reads a number, and keeps it if it can count something.
func (s *scanner) number(rest string) {
	prev := s.text[s.start:s.at]
	q, ok := s.quantity(rest, s.at, prev)
	if !ok {
		_, size := utf8.DecodeRuneInString(rest)
		s.at += size
		return
	}
	if strings.HasSuffix(q.In(s.text), "位") && s.placed(prev, s.text[q.End:s.end]) {
		s.rank(q.Len(), q.value)
		return
	}
	if s.counts(&q, prev) {
		s.add(number, q.Len(), q, period{})
		return
	}
	s.at = max(q.End, s.at+1)
}

// counts reports whether a number counts something, as far as its neighbours tell.
func (s *scanner) counts(q *quantity, prev string) bool {
	next := s.text[q.End:s.end]
	switch {
	case glued(prev, next):
		return false
	case q.kind == kindNone && !q.chinese && counter(q, prev, next):
		return false
	case q.ratio != nil:
		return true
	case q.threshold(s.text[:s.end]), s.capacity(q, prev, next), summing(q, prev, next), numbering(q, prev, next):
		return false
	case q.kind == kindTime:
		return s.duration(q, prev, next)
	case q.kind != kindRatio && q.kind != kindMoney && s.after(prev, "这", "那", "这些", "上述") > 0: // told before
		return false
	case q.chinese:
		return s.chineseCounts(q, prev, next)
	case q.kind == kindWhole:
		return q.unit != "大" || next != ""
	}
	return true
}

// counter reports whether a number counts the items of a list: 1.工业。2、投资.
func counter(q *quantity, prev, next string) bool {
	prev = strings.TrimRight(prev, " 　")
	if q.Len() > 2 || next == "" || !strings.ContainsRune(".．、)）", firstRune(next)) {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(prev)
	return prev == "" || strings.ContainsRune("；;：:，,。.(（", r)
}

// glued reports whether letters or signs make the number part of a name: 5G, 1+4, A320.
func glued(prev, next string) bool {
	if prev != "" {
		if lettered(prev) {
			return true
		}
		if c := prev[len(prev)-1]; c == '+' && len(prev) > 1 && (prev[len(prev)-2] >= '0' && prev[len(prev)-2] <= '9' || asciiLetter(prev[len(prev)-2])) || c == '/' || c == '_' || c == '#' || c == '=' {
			return true
		}
		if r, _ := utf8.DecodeLastRuneInString(prev); r == '〔' || r == '＋' || r == '×' || r == '第' || r == '№' {
			return true
		}
	}
	if next == "" {
		return false
	}
	r, _ := utf8.DecodeRuneInString(next)
	if r == '+' {
		return len(next) > 1 && (next[1] >= '0' && next[1] <= '9' || asciiLetter(next[1]))
	}
	return r < utf8.RuneSelf && (asciiLetter(byte(r)) || r == '/') || r == '＋' || r == '×' || r == '〕' ||
		strings.HasPrefix(next, "号") || strings.HasPrefix(next, "届") || strings.HasPrefix(next, "时")
}

// lettered reports whether s ends with letters, digits and a dash, which name a
// model or an item of a series: H8-|2, B12-|3.
func lettered(s string) bool {
	s, ok := strings.CutSuffix(s, "-")
	digits := len(s)
	s = strings.TrimRight(s, "0123456789")
	return ok && len(s) < digits && s != "" && asciiLetter(s[len(s)-1])
}

// timeless are the words behind a length of time that make it no fact: 三年行动,
// 24小时服务, 30日内.
var timeless = [...]string{"内", "前", "后", "以来", "来", "服务", "生活圈", "医保圈", "圈", "自助", "行动", "攻坚", "响应", "不打烊", "营业", "值班", "值守", "在线",
	"热线", "无休", "计划", "制", "时间里", "的时间", "假期", "长假"}

// taking are the words before a length of time that make it one: 历时18个月.
var taking = [...]string{"历时", "用时", "仅用", "只用", "耗时", "经过", "为期", "平均", "不到", "不足", "达", "达到", "长达", "需", "只需", "至", "到", "最快", "最长", "提前",
	"压缩", "缩短", "减少", "增加", "超过", "超", "近", "约", "由", "从", "时间", "天数", "时长", "限", "周期", "工期", "建设期", "比例", "仅", "共", "为"}

// duration reports whether a length of time is a fact of its own: 历时18个月,
// 连续7年, and not 三年行动 or 24小时服务.
func (s *scanner) duration(q *quantity, prev, next string) bool {
	if strings.HasSuffix(q.unit, "岁") {
		return hasAny(prev[max(0, len(prev)-60):], "寿命", "年龄", "平均")
	}
	if strings.HasSuffix(prev, "时") && strings.HasPrefix(q.unit, "分") {
		return false // 9时30分
	}
	if strings.HasSuffix(prev, "连续") && (q.unit == "年" || q.unit == "个月" || q.unit == "天") {
		q.yearsRun = true
		return true
	}
	if s.after(prev, "长假", "小长假", "假期", "黄金周") > 0 {
		return false
	}
	ends := next == "" || strings.ContainsRune("，。；、,;）)", firstRune(next))
	switch q.unit {
	case "年":
		return ends && s.after(prev, "历时", "用时", "仅用", "不到", "为期", "建设期", "工期", "期限", "周期", "年限", "寿命") > 0 || ends && q.bound == "" && s.after(prev, "提高", "增加", "延长") > 0 && strings.Contains(prev, "年限")
	case "月", "周年":
		return false
	case "分":
		q.kind = kindScore
		return ends && !q.chinese && q.value.GreaterThan(decimal.NewFromInt(10)) || s.after(prev, "得", "达", "为", "获", "评分", "成绩", "满意度") > 0
	}
	for _, w := range timeless {
		if strings.HasPrefix(next, w) {
			return false
		}
	}
	return q.bound != "" || ends && !q.chinese || s.after(prev, taking[:]...) > 0
}

// after returns the length of the one of the words that prev ends with, or 0.
func (s *scanner) after(prev string, words ...string) int {
	for _, w := range words {
		if strings.HasSuffix(prev, w) {
			return len(w)
		}
	}
	return 0
}

func firstRune(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }
