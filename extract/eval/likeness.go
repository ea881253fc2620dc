package eval

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// squash makes two spellings of a name the same: compatibility forms, case,
// white space and the marks that stand in and around names do not count.
func squash(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("“”\"'‘’《》「」()·,、。:;-", r) {
			return -1
		}
		return r
	}, strings.ToLower(norm.NFKC.String(s)))
}

func squashAll(names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = squash(n)
	}
	return out
}

// filler lists what an indicator may have or lack without being another one.
func filler() []string {
	return []string{"全区", "全年", "全县", "全市", "我区", "我县", "我市", "完成", "实现", "达到", "达", "累计", "共", "已", "预计", "总共", "的", "了", "为"}
}

// core returns an indicator without filler, unless that is all it has.
func core(indicator string) string {
	s := squash(indicator)
	var b strings.Builder
	for i := 0; i < len(s); {
		word := slices.IndexFunc(filler(), func(f string) bool { return strings.HasPrefix(s[i:], f) })
		if word >= 0 {
			i += len(filler()[word])
			continue
		}
		b.WriteByte(s[i])
		i++
	}
	if b.Len() == 0 {
		return s
	}
	return b.String()
}

// dice is the overlap of the characters of two strings: twice those they share
// over all of them, from 0 to 1.
func dice(a, b string) float64 {
	count := map[rune]int{}
	all := 0
	for _, r := range a {
		count[r]++
		all++
	}
	shared := 0
	for _, r := range b {
		if count[r] > 0 {
			count[r]--
			shared++
		}
		all++
	}
	if all == 0 {
		return 1
	}
	return 2 * float64(shared) / float64(all)
}

// alike reports whether one of the names a is at least so like one of b.
func alike(a, b []string, least float64) bool {
	for _, x := range a {
		for _, y := range b {
			if dice(x, y) >= least {
				return true
			}
		}
	}
	return false
}

// A quantity is a number in its base unit: 1.2万人 is 12000 人.
type quantity struct {
	value float64
	unit  string
}

// parseQuantity reads a number with its unit as printed, and reports whether
// it is one. Ranges (5%~6%) are read by their lower end.
func parseQuantity(s string) (quantity, bool) {
	s = strings.TrimLeftFunc(norm.NFKC.String(s), unicode.IsSpace)
	n := 0
	if n < len(s) && (s[n] == '-' || s[n] == '+') {
		n++
	}
	for n < len(s) && (s[n] == '.' || '0' <= s[n] && s[n] <= '9') {
		n++
	}
	value, err := strconv.ParseFloat(s[:n], 64)
	if err != nil {
		return quantity{}, false
	}
	unit := strings.TrimSpace(s[n:])
	for !strings.HasPrefix(unit, "千瓦") && !strings.HasPrefix(unit, "千米") && !strings.HasPrefix(unit, "千克") && !strings.HasPrefix(unit, "百分点") {
		scale, width := multiplier(unit)
		if width == 0 {
			break
		}
		value, unit = value*scale, unit[width:]
	}
	return quantity{rounded(value), unit}, true
}

// multiplier returns what a unit that begins with 十百千万亿 multiplies by, and
// how many bytes that takes.
func multiplier(unit string) (scale float64, width int) {
	for _, m := range []struct {
		sign  string
		scale float64
	}{{"十", 10}, {"百", 100}, {"千", 1000}, {"万", 1e4}, {"亿", 1e8}} {
		if strings.HasPrefix(unit, m.sign) {
			return m.scale, len(m.sign)
		}
	}
	return 1, 0
}

// rounded returns x to six decimals.
func rounded(x float64) float64 {
	r, err := strconv.ParseFloat(strconv.FormatFloat(x, 'f', 6, 64), 64)
	if err != nil { // FormatFloat gives what ParseFloat reads, but for infinity
		return x
	}
	return r
}

// sameUnit compares units, of which some are written in two ways.
func sameUnit(a, b string) bool { return baseUnit(a) == baseUnit(b) }

func baseUnit(u string) string {
	switch u {
	case "余户":
		u = "户"
	case "平米":
		u = "平方米"
	case "千米":
		u = "公里"
	case "亿元人民币":
		u = "元"
	}
	return strings.TrimLeft(u, "余多")
}

// closeTo reports whether two values are the same but for rounding.
func closeTo(a, b float64) bool {
	return math.Abs(a-b) <= 1e-6*max(1, math.Abs(a), math.Abs(b))
}
