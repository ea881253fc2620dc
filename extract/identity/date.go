package identity

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// headDates returns the dates of the head.
func (p *page) headDates() []date {
	i := sort.Search(len(p.dates), func(i int) bool { return p.dates[i].End > p.head.End })
	return p.dates[:i]
}

// A date is a printed date. What is not printed is 0.
type date struct {
	schema.Span
	year, month, day int
}

func (d date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day) }

// dates returns the dates within a span: 2024年1月11日, 2024年, 1月11日, 2024-01-11.
func dates(text string, within schema.Span) []date {
	var out []date
	for at := within.Start; at < within.End; {
		if text[at] < '0' || text[at] > '9' {
			d, n := chineseDate(text[at:within.End])
			if n > 0 {
				d.Span = schema.Span{Start: at, End: at + n}
				out = append(out, d)
			}
			at += max(n, 1)
			continue
		}
		d, end := dateAt(text[:within.End], at)
		if end > at && (d.year > 0 || d.day > 0) {
			d.Span = schema.Span{Start: at, End: end}
			out = append(out, d)
		}
		at = max(end, digitsEnd(text, at))
	}
	return out
}

// chineseDate reads a date in Chinese numerals, 二〇〇六年二月十八日, or the year
// alone, and returns its length.
func chineseDate(s string) (d date, length int) {
	year, length := chineseYear(s)
	d.year = year
	if length == 0 {
		return d, 0
	}
	month, n := chineseNumber(s[length:])
	if month < 1 || month > 12 || !strings.HasPrefix(s[length+n:], "月") {
		return d, length
	}
	d.month = month
	length += n + len("月")
	if day, k := chineseNumber(s[length:]); day >= 1 && day <= 31 && strings.HasPrefix(s[length+k:], "日") {
		d.day = day
		length += k + len("日")
	}
	return d, length
}

// chineseNumber reads a number under a hundred in Chinese numerals: 二十八, 廿八.
func chineseNumber(s string) (value, length int) {
	for _, r := range s {
		switch digit := strings.IndexRune("零一二三四五六七八九", r) / len("零"); {
		case r == '十':
			value = max(value, 1) * 10
		case r == '廿':
			value = 20
		case digit > 0:
			value += digit
		default:
			return value, length
		}
		length += utf8.RuneLen(r)
	}
	return value, length
}

// chineseYear reads a year in Chinese numerals, 二〇一〇年, and returns its length.
func chineseYear(s string) (year, length int) {
	if !strings.HasPrefix(s, "二") && !strings.HasPrefix(s, "一") {
		return 0, 0
	}
	for range 4 {
		r, size := utf8.DecodeRuneInString(s[length:])
		digit := strings.IndexRune("零一二三四五六七八九", r)
		if r == '〇' || r == '○' || r == 'Ｏ' {
			digit = 0
		}
		if digit < 0 {
			return 0, 0
		}
		year, length = year*10+digit/len("零"), length+size
	}
	if year < 1950 || year >= 2100 || !strings.HasPrefix(s[length:], "年") {
		return 0, 0
	}
	return year, length + len("年")
}

func digitsEnd(text string, at int) int {
	for at < len(text) && text[at] >= '0' && text[at] <= '9' {
		at++
	}
	return at
}

// dateAt reads a date at byte at; end is at where there is none.
func dateAt(text string, at int) (d date, end int) {
	end = at
	n, i := digitsEnd(text, at), 0
	v, _ := strconv.Atoi(text[at:min(n, at+6)])
	if n-at == 4 && v >= 1950 && v < 2100 {
		if i = unit(text, n, "年", "学年", "-", "/", "."); i == n {
			return d, at
		}
		d.year, end = v, i
		if text[n] < 0x80 { // 2024-01-11 must go on with a month
			end = at
		}
		at = i
		if n = digitsEnd(text, at); n == at {
			if text[i-1] < 0x80 {
				return date{}, end
			}
			return d, end
		}
		v, _ = strconv.Atoi(text[at:min(n, at+6)])
	}
	if i = unit(text, n, "月", "-", "/", "."); n-at <= 2 && i > n && v >= 1 && v <= 12 {
		if text[n] < 0x80 && d.year > 0 && text[at-1] >= 0x80 { // 2024年1-4月 are months
			return d, end
		}
		month := v
		k := digitsEnd(text, i)
		day, _ := strconv.Atoi(text[i:min(k, i+6)])
		if k > i && k-i <= 2 && day >= 1 && day <= 31 && (d.year > 0 || text[n] >= 0x80) {
			d.month, d.day = month, day
			return d, unit(text, k, "日")
		}
		if text[n] >= 0x80 {
			d.month = month
			return d, i
		}
	}
	return d, end
}

// unit returns the end of one of the words at byte at, or at.
func unit(text string, at int, words ...string) int {
	for _, w := range words {
		if strings.HasPrefix(text[at:], w) {
			return at + len(w)
		}
	}
	return at
}
