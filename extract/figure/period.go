package figure

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// A period is what the text says of time, to be resolved against the
// document's own period. The zero period says nothing.
type period struct {
	year     int    // 2023; 0 where the text has none
	offset   int    // 去年 -1, 明年 1: from the document's year
	relative bool   // offset says something
	part     string // H1, Q1..Q3, 06, 01..11, 01-11: of the year
	end      bool   // a stock at the end of the year or of the part
	span     string // 2016..2020
	years    int    // a span of so many years up to the document's
	ahead    int    // a span of so many years after it
	since    bool   // 2019年以来: from that year to the document's
	whole    bool   // 全年: the year even of a document about a part of it
	spoken   bool   // 今年, 去年: from the year in which the document speaks
	same     bool   // 上年同期: the part of the year that figures are for
	follows  bool   // 年末, 全年: of the year that was spoken of before, if any
}

// said reports whether p says anything.
func (p period) said() bool { return p != period{} }

func (l *lists) periodRow(f []string) error {
	value := field(f, 2)
	n, err := strconv.Atoi(value)
	p := period{}
	switch f[1] {
	case "year":
		p.offset, p.relative = n, true
	case "now":
		p.relative = true
	case "spoken":
		p.offset, p.relative, p.spoken = n, true, true
		p.whole = field(f, 3) == "whole"
	case "since":
		p.offset, p.relative, p.spoken, p.since = n, true, true, true
	case "same":
		p.offset, p.relative, p.same = n, true, true
	case "yearend":
		p.offset, p.relative, p.end, p.follows = n, true, true, n == 0
	case "at":
		p.year = n
	case "part":
		p.part, err = value, nil
	case "whole":
		p.relative, p.whole, p.follows = true, true, true
	case "years":
		p.years = n
	case "ahead":
		p.ahead = n
	case "span":
		p.span, err = value, nil
	case "none":
		err = nil
	default:
		err = strconv.ErrSyntax
	}
	if err != nil {
		return fmt.Errorf("%w period %q %q: %w", schema.ErrInvalid, f[1], value, err)
	}
	l.periods.add(f[0], p)
	return nil
}

// when reads an expression of time at the start of s and returns its length,
// 0 where there is none: 2023年上半年, 1-6月, 截至10月底, 近五年, “十三五”时期.
func (l *lists) when(s string) (p period, length int) {
	if r, _ := utf8.DecodeRuneInString(s); !l.timely(r) {
		return p, 0
	}
	p, length = l.periods.first(s)
	for _, read := range [...]func(string) (period, int){dated, recent, quartered} {
		if q, n := read(s); n > length {
			p, length = q, n
		}
	}
	if length == 0 || length == len(s) {
		return p, length
	}
	rest := s[length:]
	skip := len(rest) - len(strings.TrimLeft(rest, " 度的"))
	if p.part == "" && !p.end && p.span == "" && p.years == 0 { // 2023年 and 上半年
		if q, n := l.when(rest[skip:]); n > 0 && q.year == 0 && !q.relative && q.part != "" {
			p.part, p.end = q.part, q.end
			return p, length + skip + n
		}
	}
	return p, length + pointAfter(rest, &p)
}

// timely reports whether an expression of time can start with r. It spares
// the search at most places.
func (l *lists) timely(r rune) bool {
	return l.times.has(r)
}

// timelyRunes are the characters that an expression of time can start with,
// besides digits and the words of figure-periods.tsv.
const timelyRunes = "近过最刚这前首一二三四五六七八九十第〇零"

// pointAfter reads 末 and 底, which make a stock of a period.
func pointAfter(s string, p *period) int {
	for _, w := range []string{"以来", "起", "开始"} {
		if p.year > 0 && strings.HasPrefix(s, w) {
			p.since = true
			return len(w)
		}
	}
	for _, w := range []string{"年末", "年底", "末", "底", "份", "度", "间"} {
		if strings.HasPrefix(s, w) {
			p.end = p.end || strings.HasSuffix(w, "末") || strings.HasSuffix(w, "底")
			return len(w)
		}
	}
	return 0
}

// number reads up to max digits.
func digitsAt(s string, max int) (value, length int) {
	for length < len(s) && length < max && s[length] >= '0' && s[length] <= '9' {
		value = value*10 + int(s[length]-'0')
		length++
	}
	if length < len(s) && s[length] >= '0' && s[length] <= '9' {
		return 0, 0
	}
	return value, length
}

// rangeMark returns the length of the mark between the ends of a range of time.
func rangeMark(s string) int {
	for _, m := range []string{"——", "—", "-", "–", "－", "~", "～", "至", "到", "、"} {
		if strings.HasPrefix(s, m) {
			return len(m)
		}
	}
	return 0
}

// dated reads 2023年, 2016-2020年, 2024年1月11日, 6月3日, 1-6月, 二〇二三年.
func dated(s string) (p period, length int) {
	y, n := yearAt(s)
	if n == 0 {
		return monthly(s, period{})
	}
	rest := s[n:]
	if m := rangeMark(strings.TrimPrefix(rest, "年")); m > 0 {
		skip := len(rest) - len(strings.TrimPrefix(rest, "年")) + m
		if last, k := yearAt(rest[skip:]); k > 0 && last > y && strings.HasPrefix(rest[skip+k:], "年") {
			return period{span: fmt.Sprintf("%d..%d", y, last)}, n + skip + k + len("年")
		}
	}
	if strings.HasPrefix(rest, "学年") {
		return period{year: y}, n + len("学年")
	}
	if !strings.HasPrefix(rest, "年") {
		return p, 0
	}
	p.year, length = y, n+len("年")
	rest = strings.TrimLeft(s[length:], " ")
	if q, k := monthly(rest, p); k > 0 {
		return q, len(s) - len(rest) + k
	}
	return p, length
}

// yearAt reads four digits of a year, also Chinese ones.
func yearAt(s string) (year, length int) {
	if y, n := digitsAt(s, 4); n == 4 && y >= 1900 && y < 2100 {
		return y, n
	}
	for i := 0; i < 4; i++ {
		r, size := utf8.DecodeRuneInString(s[length:])
		d, ok := chineseDigit(r)
		if !ok || i == 0 && d > 2 {
			return 0, 0
		}
		year, length = year*10+int(d), length+size
	}
	if year < 1900 || year >= 2100 {
		return 0, 0
	}
	return year, length
}

// monthly reads months and days of p's year.
func monthly(s string, p period) (period, int) {
	m, n := digitsAt(s, 2)
	if n == 0 || m < 1 || m > 12 {
		return p, 0
	}
	rest := s[n:]
	after := strings.TrimPrefix(rest, "月份")
	after = strings.TrimPrefix(after, "月")
	if k := rangeMark(after); k > 0 {
		last, digits := digitsAt(after[k:], 2)
		tail := ""
		if digits > 0 {
			tail = after[k+digits:]
		}
		if digits > 0 && last > m && last <= 12 && strings.HasPrefix(tail, "月") && !strings.HasPrefix(after, "、") {
			p.part = months(m, last)
			return p, len(s) - len(strings.TrimPrefix(tail, "月"))
		}
	}
	if !strings.HasPrefix(rest, "月") {
		return p, 0
	}
	p.part = fmt.Sprintf("%02d", m)
	length := n + len("月")
	if d, k := digitsAt(s[length:], 2); k > 0 && d >= 1 && d <= 31 {
		for _, day := range []string{"日", "号"} {
			if strings.HasPrefix(s[length+k:], day) {
				p.part += fmt.Sprintf("-%02d", d)
				return p, length + k + len(day)
			}
		}
	}
	return p, length
}

// months names the span of two months of a year: a half or quarters where it is one.
func months(first, last int) string {
	switch [2]int{first, last} {
	case [2]int{1, 3}:
		return "Q1"
	case [2]int{1, 6}:
		return "H1"
	case [2]int{1, 9}:
		return "Q1..Q3"
	case [2]int{7, 12}:
		return "H2"
	case [2]int{1, 12}:
		return ""
	}
	return fmt.Sprintf("%02d..%02d", first, last)
}

// recent reads 近5年, 过去五年, 3年来.
func recent(s string) (p period, length int) {
	switch r, _ := runeAt(s); {
	case r == '近' || r == '过' || r == '刚' || r == '这' || r == '最' || r == '十' || r >= '0' && r <= '9':
	default:
		if _, ok := chineseDigit(r); !ok {
			return p, 0
		}
	}
	for _, lead := range []string{"近", "过去的", "过去", "最近", "刚刚过去的", "这", ""} {
		if !strings.HasPrefix(s, lead) {
			continue
		}
		rest := s[len(lead):]
		n, size := digitsAt(rest, 2)
		if size == 0 {
			r, k := utf8.DecodeRuneInString(rest)
			d, ok := chineseDigit(r)
			if !ok && r != '十' {
				continue
			}
			if n, size = int(d), k; r == '十' {
				n = 10
			}
		}
		if n < 2 || n > 30 || !strings.HasPrefix(rest[size:], "年") {
			continue
		}
		size += len("年")
		within := yearsWithin(rest[size:])
		if within == 0 && n == 5 && worked(rest[size:]) {
			within = -1
		}
		if within == 0 && lead == "" {
			continue
		}
		return period{years: n}, len(lead) + size + max(within, 0)
	}
	return p, 0
}

// worked reports whether words go on with what was done in all of five years: 五年|新建公路430公里.
func worked(s string) bool {
	for _, w := range []string{"新建", "新增", "完成", "改造", "建成", "投入", "引进", "解决", "硬化", "减贫", "脱贫", "争取", "总投"} {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// yearsWithin is the length of the word behind a number of years that makes it
// the time of what follows: 五年|来, 五年|间. It is negative where the word
// only shows that, as 累计 does.
func yearsWithin(s string) int {
	for _, w := range []string{"来", "间", "里", "中"} {
		if strings.HasPrefix(s, w) && !strings.HasPrefix(s, "中央") && !strings.HasPrefix(s, "中期") && !strings.HasPrefix(s, "中国") {
			return len(w)
		}
	}
	if strings.HasPrefix(s, "累计") || strings.HasPrefix(s, "共") && !strings.HasPrefix(s, "共同") && !strings.HasPrefix(s, "共建") {
		return -1
	}
	return 0
}

// quartered reads 前三季度 with digits (前3季度, 1-3季度) and the end of a month (6月末).
func quartered(s string) (p period, length int) {
	if r, _ := utf8.DecodeRuneInString(s); r != '前' && r != '第' && (r < '1' || r > '4') {
		return p, 0
	}
	for _, w := range []struct{ text, part string }{
		{"1-3季度", "Q1..Q3"}, {"1季度", "Q1"}, {"2季度", "Q2"}, {"3季度", "Q3"}, {"4季度", "Q4"}, {"第1季度", "Q1"},
	} {
		if strings.HasPrefix(s, w.text) {
			return period{part: w.part}, len(w.text)
		}
	}
	return firstMonths(s)
}

// firstMonths reads 前11个月, 前两个月, 前3季度.
func firstMonths(s string) (p period, length int) {
	rest, ok := strings.CutPrefix(s, "前")
	if !ok {
		return p, 0
	}
	n, size := digitsAt(rest, 2)
	if size == 0 {
		n, size = smallNumeral(rest)
	}
	switch rest = rest[size:]; {
	case n < 2:
	case strings.HasPrefix(rest, "季度") && n < 4:
		return period{part: months(1, 3*n)}, len("前季度") + size
	case strings.HasPrefix(rest, "个月") && n < 12:
		return period{part: months(1, n)}, len("前个月") + size
	}
	return p, 0
}

// smallNumeral reads a number up to twelve in Chinese numerals: 两, 九, 十一.
func smallNumeral(s string) (value, length int) {
	for _, r := range s {
		switch d, ok := chineseDigit(r); {
		case r == '两':
			return 2, len("两")
		case r == '十' && length == 0:
			value, length = 10, len("十")
		case ok && d > 0 && (length == 0 || value == 10):
			return value + int(d), length + len(string(r))
		default:
			return value, length
		}
	}
	return value, length
}

// resolve returns the notation of p in a document of the given period, and
// the year's figures are for; "" where the year is not known.
func (p period) resolve(own string) string {
	if !p.said() {
		return own
	}
	if p.span != "" {
		return p.span
	}
	year := p.year
	base := yearOf(own)
	if year == 0 && base > 0 {
		year = base + p.offset
	}
	if year == 0 {
		return ""
	}
	switch {
	case p.since && base > year:
		return fmt.Sprintf("%d..%d", year, base)
	case p.years > 0:
		return fmt.Sprintf("%d..%d", year-p.years+1, year)
	case p.ahead > 0:
		return fmt.Sprintf("%d..%d", year+1, year+p.ahead)
	case p.same && p.part == "" && len(own) > len("2023"):
		return strings.ReplaceAll(own, strconv.Itoa(base), strconv.Itoa(year))
	case p.part == "":
		return p.wholeYear(year, own)
	case p.end:
		return pointOf(year, p.part)
	case strings.HasPrefix(p.part, "Q") || strings.HasPrefix(p.part, "H"):
		return quarters(year, p.part)
	case strings.Contains(p.part, ".."):
		first, last, _ := strings.Cut(p.part, "..")
		return fmt.Sprintf("%d-%s..%d-%s", year, first, year, last)
	}
	return fmt.Sprintf("%d-%s", year, p.part)
}

// wholeYear is the year itself, or the document's own period where 今年 or
// 年末 of a document about half a year is meant.
func (p period) wholeYear(year int, own string) string {
	if p.relative && p.offset == 0 && p.year == 0 && own != "" && !p.whole {
		return own
	}
	return strconv.Itoa(year)
}

// quarters writes the quarters or the half of a year.
func quarters(year int, part string) string {
	if first, last, ok := strings.Cut(part, ".."); ok {
		return fmt.Sprintf("%d-%s..%s", year, first, last)
	}
	return fmt.Sprintf("%d-%s", year, part)
}

// pointOf is the last day of a part of a year.
func pointOf(year int, part string) string {
	month := 0
	switch part {
	case "Q1":
		month = 3
	case "H1", "Q2":
		month = 6
	case "Q3", "Q1..Q3":
		month = 9
	case "H2", "Q4":
		month = 12
	default:
		if _, last, ok := strings.Cut(part, ".."); ok {
			part = last
		}
		month, _ = digitsAt(part, 2)
	}
	days := [...]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}
	if month < 1 || month > 12 {
		return strconv.Itoa(year)
	}
	day := days[month-1]
	if month == 2 && (year%4 == 0 && year%100 != 0 || year%400 == 0) {
		day = 29
	}
	return fmt.Sprintf("%d-%02d-%02d", year, month, day)
}

// yearOf returns the year that a period's notation begins with, or 0; of a
// span it is the last.
func yearOf(notation string) int {
	if i := strings.LastIndex(notation, ".."); i >= 0 {
		if y, n := yearAt(notation[i+2:]); n > 0 {
			return y
		}
	}
	y, _ := yearAt(notation)
	return y
}
