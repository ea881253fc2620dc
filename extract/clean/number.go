package clean

import (
	"fmt"
	"io/fs"
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// The kinds of warning about numbers.
const (
	kindMisread   = "ocr_repair"
	kindSpacing   = "spacing"
	kindThousands = "thousands_separator"
	kindWide      = "full_width"
)

// numbers repairs numbers, by what may follow a number that counts.
type numbers struct {
	units   *phrases[bool]
	misread [256]string // by byte; "" for what is read as it stands
}

func loadNumbers(seeds fs.FS) (*numbers, error) {
	units, err := loadUnits(seeds)
	if err != nil {
		return nil, err
	}
	n := &numbers{units: units}
	err = eachLine(seeds, "clean/misread.tsv", func(f []string) error {
		if len(f) != 2 || len(f[0]) != 1 || strings.Trim(f[1], "0123456789.") != "" {
			return fmt.Errorf("%w entry: want an ASCII character and digits", schema.ErrInvalid)
		}
		n.misread[f[0][0]] = f[1]
		return nil
	})
	return n, err
}

// loadUnits reads what may stand right after a number.
func loadUnits(seeds fs.FS) (*phrases[bool], error) {
	units := &phrases[bool]{}
	return units, eachLine(seeds, "clean/units.txt", func(f []string) error {
		units.add(strings.TrimSpace(f[0]), true)
		return nil
	})
}

// edits repairs the numbers of a text.
func (n *numbers) edits(text string) []edit {
	var out []edit
	for i := 0; i < len(text); {
		switch b := text[i]; {
		case digit(b) || n.misread[b] != "":
			if e, ok := n.spelled(text, i); ok {
				out = append(out, e)
				i = e.End
				continue
			}
			end := n.figure(text, i)
			out = append(out, n.repair(text, i, end)...)
			i = end
		case letter(b): // a word, whatever digits are in it
			for i < len(text) && (letter(text[i]) || digit(text[i])) {
				i++
			}
		default:
			i += size(b)
		}
	}
	return out
}

// figure returns where the characters that may belong to one number end: digits,
// what is misread for them, points, commas, and single spaces after those.
func (n *numbers) figure(text string, start int) int {
	i := start
	for i < len(text) {
		switch b := text[i]; {
		case digit(b) || n.misread[b] != "":
			i++
		case b == '.' || b == ',':
			j := i + 1
			if j < len(text) && text[j] == ' ' {
				j++
			}
			if j == len(text) || !digit(text[j]) {
				return i
			}
			i = j
		default:
			n := widePoint(text[i:])
			if n == 0 || i+n == len(text) || !digit(text[i+n]) {
				return i
			}
			i += n
		}
	}
	return i
}

// widePoint returns the length of a mark at the start of s that may stand for a
// decimal point or a separator of thousands, or 0.
func widePoint(s string) int {
	for _, mark := range []string{"。", "．", "·", "﹒", "，"} {
		if strings.HasPrefix(s, mark) {
			return len(mark)
		}
	}
	return 0
}

// leastSpelled is how many digits and points must stand apart to be one number.
const leastSpelled = 3

// spelled finds a number at offset start whose digits stand apart: 3 2 1 . 5 亿元.
// One without a point may as well be cells of a table, and so may any outside
// of running text.
func (n *numbers) spelled(text string, start int) (edit, bool) {
	if start+1 >= len(text) || text[start+1] != ' ' {
		return edit{}, false
	}
	i, count := start, 0
	var with strings.Builder
	for i < len(text) && (digit(text[i]) || text[i] == '.') {
		with.WriteByte(text[i])
		count++
		if i+1 >= len(text) || text[i+1] != ' ' {
			i++
			break
		}
		i += 2
	}
	unit := strings.TrimLeft(text[i:], " ")
	p, ok := n.units.longest(unit)
	number := with.String()
	if !ok || count < leastSpelled || !strings.Contains(number, ".") || !decimalNumber(number) || !chinesePunctuated(lineAround(text, start, i)) {
		return edit{}, false
	}
	s := schema.Span{Start: start, End: len(text) - len(unit)}
	return edit{Span: s, with: number, kind: kindSpacing, message: excerpt(s.In(text)) + p.text + " read as " + number + p.text}, true
}

// repair reads text[start:end] as the number that was printed, without space
// before its unit, if it is not one as it stands.
func (n *numbers) repair(text string, start, end int) []edit {
	from := text[start:end]
	unit := end
	for unit < len(text) && unit < end+2 && text[unit] == ' ' {
		unit++
	}
	p, counted := n.units.longest(text[unit:])
	switch {
	case !counted:
		return n.inRow(text, start, end)
	case strings.Trim(from, "0123456789.") == "":
		return closeNumber(text, start, end, unit, p.text)
	case unit > end:
		return nil
	}
	with, kind := n.reading(text, start, end, p.text)
	if kind == "" {
		return nil
	}
	return []edit{{Span: schema.Span{Start: start, End: end}, with: with, kind: kind,
		message: fmt.Sprintf("%s%s read as %s%s", from, p.text, with, p.text)}}
}

// inRow repairs a number that stands in a row of a table behind another one,
// without a unit of its own: 14388 l1.2.
func (n *numbers) inRow(text string, start, end int) []edit {
	from := text[start:end]
	before := strings.TrimRight(text[:start], " \t|")
	cell := before[strings.LastIndexAny(before, " \t|\n")+1:]
	if strings.Trim(from, "0123456789.,") == "" || len(before) == start || !numeric(cell) || end < len(text) && strings.IndexByte(" \t|\r\n", text[end]) < 0 {
		return nil
	}
	with := n.digits(from)
	if with == "" || !decimalNumber(with) || strings.Trim(from, "lIOo") == "" {
		return nil
	}
	return []edit{{Span: schema.Span{Start: start, End: end}, with: with, kind: kindMisread, message: from + " read as " + with}}
}

// closeNumber leaves out the space between a number and its unit, which begins
// at offset unit; and in a date (2023 年 3 月) the space before the number too.
func closeNumber(text string, start, end, unit int, name string) []edit {
	var out []edit
	number := text[start:end]
	date := name == "年" || name == "月" || name == "日"
	if before, ok := strings.CutSuffix(text[:start], " "); ok && date && len(number) <= 2 && (strings.HasSuffix(before, "年") || strings.HasSuffix(before, "月")) {
		out = append(out, edit{Span: schema.Span{Start: start - 1, End: start}, kind: kindSpacing, message: " " + number + name + " read as " + number + name})
	}
	if unit > end && (date || !tabular(text, start, unit+len(name))) {
		out = append(out, edit{Span: schema.Span{Start: end, End: unit}, kind: kindSpacing, message: number + " " + name + " read as " + number + name})
	}
	return out
}

// What stands for the point of a decimal number: wide forms, and marks that were
// misread.
var (
	widePoints    = strings.NewReplacer("．", ".", "﹒", ".")
	misreadPoints = strings.NewReplacer("。", ".", "·", ".")
)

// reading returns how text[start:end], before a unit, is to be read, and what
// kind of repair that is; "" where it is to stay.
func (n *numbers) reading(text string, start, end int, unit string) (with, kind string) {
	from := text[start:end]
	if with, ok := joined(strings.ReplaceAll(from, "，", ",")); ok && (!strings.Contains(from, "，") || strings.Contains(with, ".")) {
		return with, kindThousands
	}
	if start > 0 && (letter(text[start-1]) || text[start-1] == '.') {
		return "", "" // the end of a word or of a section's number
	}
	if strings.ContainsAny(from, " ") {
		with = strings.ReplaceAll(from, " ", "")
		if !decimalNumber(with) || !measured(unit) || lineStart(text, start) {
			return "", ""
		}
		return with, kindSpacing
	}
	if with = widePoints.Replace(from); with != from && decimalNumber(with) {
		return with, kindWide
	}
	if with = misreadPoints.Replace(from); with != from {
		if !decimalNumber(with) || !measured(unit) {
			return "", ""
		}
		return with, kindMisread
	}
	with = n.digits(from)
	if with == "" || !decimalNumber(with) || strings.Trim(from, "lIOo") == "" && !ideograph(last(text[:start])) {
		return "", ""
	}
	return with, kindMisread
}

// measured reports whether a unit follows decimal numbers above all, so that a
// full stop or a space before the decimals was printed as a point.
func measured(unit string) bool {
	return unit == "%" || unit == "‰" || unit == "万" || unit == "亿"
}

// joined returns a number with separators of thousands without them.
func joined(s string) (string, bool) {
	whole, fraction, _ := strings.Cut(s, ".")
	groups := strings.Split(whole, ",")
	if len(groups) < 2 || len(groups[0]) == 0 || len(groups[0]) > 3 || strings.Trim(fraction, "0123456789") != "" {
		return "", false
	}
	for i, g := range groups {
		if strings.Trim(g, "0123456789") != "" || i > 0 && len(g) != 3 {
			return "", false
		}
	}
	return strings.ReplaceAll(s, ",", ""), true
}

// digits replaces what is misread in a number, and returns "" where the
// characters are more likely a word or a model.
func (n *numbers) digits(s string) string {
	var b strings.Builder
	seen := false
	for i := range len(s) {
		with := n.misread[s[i]]
		switch {
		case with == "":
			seen = seen || digit(s[i])
			b.WriteByte(s[i])
		case len(with) > 1 && (i+1 == len(s) || !digit(s[i+1])):
			return "" // a point without decimals: 5L is five litres
		default:
			b.WriteString(with)
		}
	}
	if !seen && !(len(s) > 1 && strings.ContainsAny(s, "lO") && strings.IndexByte(s, 'L') < 0) {
		return "" // II and III are Roman numerals
	}
	return b.String()
}

// decimalNumber reports whether s is a number as people write it: no superfluous
// zero in front, at most one point, digits on both its sides.
func decimalNumber(s string) bool {
	whole, fraction, point := strings.Cut(s, ".")
	switch {
	case whole == "" || point && fraction == "" || strings.Trim(whole+fraction, "0123456789") != "":
		return false
	}
	return len(whole) == 1 || whole[0] != '0'
}

// lineStart reports whether only white space stands before offset i in its line.
func lineStart(text string, i int) bool {
	before := strings.TrimRight(text[:i], " 　\t")
	return before == "" || before[len(before)-1] == '\n'
}

// tabular reports whether the number and unit from start to end stand among the
// columns of a table: with another number beside them, or in a line of cells.
func tabular(text string, start, end int) bool {
	after := strings.TrimLeft(text[end:], " ")
	if len(after) < len(text[end:]) && after != "" && digit(after[0]) {
		return true
	}
	before := strings.TrimRight(text[:start], " ")
	if len(before) < start && before != "" && (digit(before[len(before)-1]) || before[len(before)-1] == '%') {
		return true
	}
	line := lineAround(text, start, end)
	return len(line) < longestButtons && row(line)
}

// lineAround returns the line that holds text[start:end], or more than
// longestButtons of it.
func lineAround(text string, start, end int) string {
	floor, ceil := max(0, start-longestButtons), min(len(text), end+longestButtons)
	if i := strings.LastIndexByte(text[floor:start], '\n'); i >= 0 {
		floor += i + 1
	}
	if i := strings.IndexByte(text[end:ceil], '\n'); i >= 0 {
		ceil = end + i
	}
	return text[floor:ceil]
}

// chineseZero reads the letters and circles that stand for 〇 between Chinese
// digits, and the full stop that scanning makes of it in years and in names.
func chineseZero(text string) []edit {
	var out []edit
	for i := 0; i+len("一") < len(text); i++ {
		if c := text[i]; c < 0xe3 || c > 0xe5 { // the first bytes of the digits
			continue
		}
		n := len("一")
		switch text[i+n] {
		case 'o', 'O', '0', 0xe2, 0xe3: // the first bytes of what is misread
		default:
			continue
		}
		switch text[i : i+n] {
		case "一", "二", "三", "四", "五", "六", "七", "八", "九", "〇":
			if e, ok := zeroAfter(text, i, i+n); ok {
				out = append(out, e)
			}
		}
	}
	return out
}

// zeroAfter returns the edit that reads the character at offset i as 〇, where
// it stands between two Chinese digits, the first of which begins at start.
func zeroAfter(text string, start, i int) (edit, bool) {
	r, n := utf8.DecodeRuneInString(text[i:])
	after := text[min(len(text), i+n):]
	next, _ := utf8.DecodeRuneInString(after)
	if !strings.ContainsRune("oO0○◯。", r) || !strings.ContainsRune("一二三四五六七八九〇oO0○◯", next) {
		return edit{}, false
	}
	if r == '。' && !year(text[:i], after) && !namedByNumber(text[:start], after) {
		return edit{}, false
	}
	return edit{Span: schema.Span{Start: i, End: i + n}, with: "〇", kind: kindMisread,
		message: fmt.Sprintf("%s%c%c read as %s〇%c", text[start:i], r, next, text[start:i], next)}, true
}

// chineseDigits are those that years and numbers of schools consist of.
const chineseDigits = "一二三四五六七八九〇"

// year reports whether Chinese digits on both sides of one character are a year
// with it: 二。二三年.
func year(before, after string) bool {
	left := before[len(strings.TrimRight(before, chineseDigits)):]
	rest := strings.TrimLeft(after, chineseDigits)
	right := after[:len(after)-len(rest)]
	return strings.HasPrefix(rest, "年") && len(left)+len(right) == len("二二三") &&
		(strings.HasPrefix(left, "二") || strings.HasPrefix(left, "一九")) && last(before[:len(before)-len(left)]) != '第'
}

// namedByNumber reports whether Chinese digits with a full stop among them, the
// first at the end of before, name a school or the like at the start of a
// sentence. 全市第一。八是…, on the other hand, is two sentences.
func namedByNumber(before, after string) bool {
	if before != "" && !strings.ContainsRune("。，、；：！？“”（）《》\n ", last(before)) {
		return false
	}
	after = strings.TrimLeft(after, chineseDigits)
	for _, noun := range []string{"初中", "中学", "小学", "高中", "学校", "医院", "国道", "省道", "县道", "厂", "所", "队", "团", "师"} {
		if strings.HasPrefix(after, noun) {
			return true
		}
	}
	return false
}
