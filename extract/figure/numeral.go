package figure

import (
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// A numeral is a number as written, without its unit.
type numeral struct {
	value   decimal.Decimal
	factor  decimal.Decimal // of the scale behind the digits: 10000 of 1.2万
	length  int             // bytes
	chinese bool            // written in Chinese numerals alone
	signed  bool            // with a minus
	vague   bool            // 余, 多, 来 or 几 stands in it
	digits  int             // digits as written, of a number without a point
	point   bool            // with a decimal point
}

// digitOf returns the value of an ASCII or full-width digit.
func digitOf(r rune) (int, bool) {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0'), true
	case r >= '０' && r <= '９':
		return int(r - '０'), true
	}
	return 0, false
}

// chineseDigit returns the value of a Chinese digit.
func chineseDigit(r rune) (int64, bool) {
	switch r {
	case '零', '〇', '○':
		return 0, true
	case '一', '壹':
		return 1, true
	case '二', '两', '贰':
		return 2, true
	case '三', '叁':
		return 3, true
	case '四', '肆':
		return 4, true
	case '五', '伍':
		return 5, true
	case '六', '陆':
		return 6, true
	case '七', '柒':
		return 7, true
	case '八', '捌':
		return 8, true
	case '九', '玖':
		return 9, true
	}
	return 0, false
}

// chineseScale returns what a scale multiplies by.
func chineseScale(r rune) (int64, bool) {
	switch r {
	case '十':
		return 10, true
	case '百':
		return 100, true
	case '千':
		return 1000, true
	case '万':
		return 10_000, true
	case '亿':
		return 100_000_000, true
	}
	return 0, false
}

// chineseNumeral reports whether r can be part of a Chinese numeral.
func chineseNumeral(r rune) bool {
	_, digit := chineseDigit(r)
	_, scale := chineseScale(r)
	return digit || scale
}

// arabic reads digits with thousands separators and a decimal point, and the
// scale behind them: 2,431.67万, 3千, 1.3万亿.
func (l *lists) arabic(s string) (n numeral, ok bool) {
	i, whole, decimals := 0, int64(0), int32(0)
	for _, minus := range []string{"-", "－", "−", "﹣"} {
		if strings.HasPrefix(s, minus) {
			n.signed, i = true, len(minus)
			break
		}
	}
	start := i
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		d, digit := digitOf(r)
		switch {
		case digit:
			if n.digits++; n.digits <= 18 { // more make no number
				whole = whole*10 + int64(d)
			}
			if n.point {
				decimals++
			}
			i += size
			continue
		case !n.point && (r == '.' || r == '．') && i > start && leadsDigit(s[i+size:]):
			n.point = true
			i += size
			continue
		case !n.point && r == ',' && i > start && i-start <= 3 && thousands(s[i:]):
			i += size
			start = i // groups after the first are checked the same way
			continue
		}
		break
	}
	if n.digits == 0 || n.digits > 18 {
		return n, false
	}
	if n.signed {
		whole = -whole
	}
	n.value, n.length, n.factor = decimal.New(whole, -decimals), i, one
	l.scale(s, &n)
	return n, true
}

func leadsDigit(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	_, ok := digitOf(r)
	return ok
}

// thousands reports whether s, which starts with a comma, goes on with exactly
// three digits.
func thousands(s string) bool {
	if len(s) < 4 {
		return false
	}
	for _, c := range []byte(s[1:4]) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return !leadsDigit(s[4:])
}

// scale reads 十百千万亿 and 余多来 after the digits, as long as they are not
// the start of a unit such as 千瓦.
func (l *lists) scale(s string, n *numeral) {
	for {
		rest := s[n.length:]
		r, size := utf8.DecodeRuneInString(rest)
		if vagueWord(r) && l.scaledOrUnit(rest[size:]) {
			n.vague = true
			n.length += size
			continue
		}
		by, ok := chineseScale(r)
		if !ok {
			return
		}
		if _, length := l.units.first(rest); length > size {
			return
		}
		n.value = n.value.Mul(decimal.NewFromInt(by))
		n.factor = n.factor.Mul(decimal.NewFromInt(by))
		n.length += size
	}
}

// vagueWord reports whether r makes a number a lower bound: 650余家, 3多万人.
func vagueWord(r rune) bool { return r == '余' || r == '多' || r == '来' || r == '几' || r == '+' }

// scaledOrUnit reports whether s starts with a scale or a unit, or ends.
func (l *lists) scaledOrUnit(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	if _, ok := chineseScale(r); ok || s == "" {
		return true
	}
	_, length := l.units.first(s)
	return length > 0
}

// chinese reads a Chinese numeral: 十五, 两千多, 三百六十五, 二〇二三.
// A scale alone (万) is a numeral only where bare is set: 近万人.
func (l *lists) chinese(s string, bare bool) (n numeral, ok bool) {
	n.chinese = true
	var sum chineseSum
	for {
		r, size := utf8.DecodeRuneInString(s[n.length:])
		if d, digit := chineseDigit(r); digit {
			sum.digit(d)
		} else if vagueWord(r) && r != '几' && sum.seen && l.scaledOrUnit(s[n.length+size:]) {
			n.vague = true
		} else if by, scale := chineseScale(r); scale && (sum.seen || r == '十' || bare) && !l.unitAt(s[n.length:], r, size) {
			sum.scale(by)
		} else {
			break
		}
		n.length += size
		if sum.run > 15 || sum.total > 1e15 || sum.section > 1e15 {
			return n, false
		}
	}
	n.digits = sum.run
	n.value = decimal.NewFromInt(sum.total + sum.section + sum.current)
	return n, sum.seen && n.length > 0
}

// unitAt reports whether the scale r at the start of s begins a unit: 千瓦.
func (l *lists) unitAt(s string, r rune, size int) bool {
	_, length := l.units.first(s)
	return length > size && r != '百'
}

// A chineseSum adds up a Chinese numeral: sections of up to 万, and their sum.
type chineseSum struct {
	total, section, current int64
	run                     int // digits in a row
	seen, scaled            bool
}

func (c *chineseSum) digit(d int64) {
	if c.run++; c.run > 1 { // 二〇二三
		d += c.current * 10
	}
	c.current, c.seen = d, true
}

func (c *chineseSum) scale(by int64) {
	if c.current == 0 && !c.scaled {
		c.current = 1 // 十五, 百亿
	}
	if by >= 10_000 {
		c.total += (c.section + c.current) * by
		c.section = 0
	} else {
		c.section += c.current * by
	}
	c.current, c.run, c.seen, c.scaled = 0, 0, true, true
}
