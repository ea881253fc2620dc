package figure

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// A cell is a piece of a table with its place in the text.
type cell struct {
	schema.Span
	text string // without white space at its ends; "" for one left blank
}

// A tableLine is a line cut into cells.
type tableLine struct {
	schema.Span
	cells  []cell
	fixed  bool // pipes or tabs part the cells: one left blank keeps its place
	opened bool // with a pipe before the first cell
}

// maxCell is how many characters a cell of a table has at most.
const maxCell = 40

// blanks are the characters that part cells where nothing else does.
const blanks = " \u3000\u00a0"

func barOrTab(r rune) bool { return r == '|' || r == '｜' || r == '\t' }

// cutLine parts a line at pipes or tabs, else at commas, else at white space.
func cutLine(text string, s schema.Span) tableLine {
	line := s.In(text)
	if strings.IndexFunc(line, barOrTab) >= 0 {
		open := strings.TrimSpace(line)
		return tableLine{s, framed(splitCells(text, s, barOrTab), open), true, strings.HasPrefix(open, "|") || strings.HasPrefix(open, "｜")}
	}
	if strings.Count(line, ",") >= 2 && !strings.Contains(line, " ") && !strings.Contains(line, "。") {
		return tableLine{s, splitCells(text, s, func(r rune) bool { return r == ',' }), true, false}
	}
	cells := splitCells(text, s, func(r rune) bool { return strings.ContainsRune(blanks, r) })
	return tableLine{s, filled(cells), false, false}
}

// framed drops the empty cells outside of the pipes around a line.
func framed(cells []cell, line string) []cell {
	if len(cells) > 0 && cells[0].text == "" && (strings.HasPrefix(line, "|") || strings.HasPrefix(line, "｜")) {
		cells = cells[1:]
	}
	if n := len(cells); n > 0 && cells[n-1].text == "" && closedLine(line) {
		cells = cells[:n-1]
	}
	return cells
}

// closedLine reports whether a line ends with a pipe.
func closedLine(line string) bool {
	line = strings.TrimSpace(line)
	return strings.HasSuffix(line, "|") || strings.HasSuffix(line, "｜")
}

// filled returns the cells that are not blank.
func filled(cells []cell) []cell {
	out := cells[:0:0]
	for _, c := range cells {
		if c.text != "" {
			out = append(out, c)
		}
	}
	return out
}

func splitCells(text string, s schema.Span, sep func(rune) bool) []cell {
	var out []cell
	for start := s.Start; ; {
		end := s.End
		if i := strings.IndexFunc(text[start:s.End], sep); i >= 0 {
			end = start + i
		}
		out = append(out, trimmedCell(text, start, end))
		if end == s.End {
			return out
		}
		_, size := utf8.DecodeRuneInString(text[end:])
		start = end + size
	}
}

func trimmedCell(text string, start, end int) cell {
	t := text[start:end]
	start += len(t) - len(strings.TrimLeftFunc(t, unicode.IsSpace))
	t = strings.TrimSpace(t)
	return cell{schema.Span{Start: start, End: start + len(t)}, t}
}

// missing reports whether a cell says that there is no number.
func missing(s string) bool {
	switch s {
	case "…", "……", "...", "持平", "/", "—", "——", "-", "--", "---", "－", "–", "*", "×", "无", "N/A", "··", "..":
		return true
	}
	return false
}

// numeric reports whether a cell is a number or stands for one (—, 持平).
func (l *lists) numeric(c cell) bool {
	if missing(c.text) || position(c.text) > 0 {
		return true
	}
	_, _, ok := l.cellValue(c)
	return ok
}

// position reads a place in a ranking: 3/11, 第3位. It returns 0 for other cells.
func position(s string) int {
	place, of, ok := strings.Cut(s, "/")
	if !ok {
		if place, ok = strings.CutPrefix(s, "第"); !ok {
			return 0
		}
		place = strings.TrimRight(place, "位名")
	} else if _, n := digitsAt(of, 3); n == 0 || n != len(of) {
		return 0
	}
	if v, n := digitsAt(place, 3); n == len(place) {
		return v
	}
	return 0
}

// unsigned writes the marks of direction of a number with a minus, or not at all.
func unsigned(s string) string {
	s, _ = summed(s)
	s, _ = limit(s)
	s = strings.TrimPrefix(strings.TrimPrefix(s, "+"), "＋")
	if rest, ok := strings.CutPrefix(s, "↓"); ok {
		return "-" + rest
	}
	return strings.TrimPrefix(s, "↑")
}

// summed takes the brackets off a number that is the sum of the years of a plan,
// as tables of plans print it: [5.5].
func summed(s string) (value string, ok bool) {
	for _, pair := range [...]string{"[]", "［］", "〔〕", "【】"} {
		half := len(pair) / 2
		if rest, open := strings.CutPrefix(s, pair[:half]); open && strings.HasSuffix(rest, pair[half:]) {
			return strings.TrimSuffix(rest, pair[half:]), true
		}
	}
	return s, false
}

// limit takes the sign of a bound off a number: <4, ≥90.
func limit(s string) (string, schema.Bound) {
	for _, sign := range [...]struct {
		text  string
		bound schema.Bound
	}{{"<=", schema.Under}, {">=", schema.Over}, {"<", schema.Under}, {"＜", schema.Under}, {"≤", schema.Under}, {">", schema.Over}, {"＞", schema.Over}, {"≥", schema.Over}} {
		if rest, ok := strings.CutPrefix(s, sign.text); ok {
			return strings.TrimLeft(rest, " "), sign.bound
		}
	}
	return s, ""
}

// cellValue reads the number of a cell: 5.0, +3.1%, 521.9亿元, 下降0.2个百分点, ↓3.2.
func (l *lists) cellValue(c cell) (q quantity, op operator, ok bool) {
	text := unsigned(c.text)
	digit := strings.IndexFunc(text, func(r rune) bool { _, ok := digitOf(r); return ok })
	if digit < 0 {
		return q, op, false
	}
	words := strings.TrimRight(text[:digit], " ")
	if minus := strings.TrimRight(words, "-－−"); minus == "" {
		words, digit = "", 0
	}
	number := strings.TrimRight(text[digit:], "*＊")
	q, ok = l.quantity(number, 0, "")
	if !ok || q.End != len(number) || q.kind == kindTime || q.kind == kindWhole || q.ratio != nil || q.bound != "" || !q.high.Equal(q.value) {
		return q, op, false
	}
	q.Span = c.Span
	if words == "" {
		return q, op, true
	}
	op = l.operator(words, &q)
	return q, op, op.measure != schema.Level && op.name == ""
}

// plainYear reports whether a cell is four digits of a year, as in a head.
func plainYear(s string) bool {
	y, n := yearAt(s)
	return n == len(s) && len(s) == 4 && y > 0
}

// rowLabel reports whether a cell can name a row.
func rowLabel(s string) bool {
	if utf8.RuneCountInString(s) > maxCell || strings.IndexFunc(s, unicode.IsLetter) < 0 {
		return false
	}
	return !strings.ContainsAny(s[ordinal(s):], "。；！？")
}

// ordinal returns the length of the ordinal that a label begins with: 一、 （二） 3.
// Some print 一。 for 一、.
func ordinal(s string) int {
	in := strings.TrimLeft(s, "(（")
	digits := strings.TrimLeft(in, "一二三四五六七八九十0123456789①②③④⑤⑥⑦⑧⑨")
	if len(digits) == len(in) || len(in)-len(digits) > 9 {
		return 0
	}
	for _, mark := range []string{"、", ".", "．", "）", ")", "。"} {
		if rest, ok := strings.CutPrefix(digits, mark); ok && !leadsDigit(rest) {
			return len(s) - len(rest)
		}
	}
	if strings.HasPrefix(in, "①") || len(in) > len("①") && in[:3] > "①" && in[:3] <= "⑨" {
		return len(s) - len(digits)
	}
	return 0
}

// withoutCounters drops the cells of a column that counts the rows: 1, 2, 3.
func withoutCounters(cells []cell) []cell {
	if len(cells) == 0 || cells[0].text != "序号" && (len(cells) < 2 || cells[1].text != "序号") {
		return cells
	}
	var out []cell
	next := 1
	for _, c := range cells {
		if c.text == "序号" {
			continue
		}
		if c.text == strconv.Itoa(next) {
			next++
			continue
		}
		out = append(out, c)
	}
	return out
}
