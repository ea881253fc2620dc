package clean

import (
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// A line is a line of a text that has more than white space.
type line struct {
	schema.Span     // without the white space around it
	begin       int // where the line begins, before its indentation
	width       int // in cells: a Chinese character takes two, an ASCII one takes one
	indent      int // in cells
}

// lines returns the lines of a text.
func lines(text string) []line {
	out := make([]line, 0, strings.Count(text, "\n")+1)
	for begin := 0; begin < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[begin:], '\n'); i >= 0 {
			end = begin + i
		}
		if l, ok := newLine(text, begin, end); ok {
			out = append(out, l)
		}
		begin = end + 1
	}
	return out
}

// newLine measures the line of text from begin to end, if it is not blank.
func newLine(text string, begin, end int) (line, bool) {
	raw := strings.TrimRightFunc(text[begin:end], unicode.IsSpace)
	body := strings.TrimLeftFunc(raw, unicode.IsSpace)
	if body == "" {
		return line{}, false
	}
	start := begin + len(raw) - len(body)
	return line{
		Span:   schema.Span{Start: start, End: start + len(body)},
		begin:  begin,
		width:  cells(body),
		indent: cells(text[begin:start]),
	}, true
}

// cells returns how wide s is on a page with fixed columns: one for each
// character, and one more for each of three bytes or more. It looks at eight
// bytes at a time.
func cells(s string) int {
	const high = 0x8080808080808080 // the first bit of each byte
	n := 0
	for ; len(s) >= 8; s = s[8:] {
		x := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
			uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
		goesOn := x & ^(x << 1) & high
		wide := x & (x << 1) & (x << 2) & high
		n += 8 - bits.OnesCount64(goesOn) + bits.OnesCount64(wide)
	}
	for i := range len(s) {
		if s[i]&0xc0 != 0x80 {
			n++
		}
		if s[i] >= 0xe0 {
			n++
		}
	}
	return n
}

// first and last return the characters at the ends of s.
func first(s string) rune { r, _ := utf8.DecodeRuneInString(s); return r }
func last(s string) rune  { r, _ := utf8.DecodeLastRuneInString(s); return r }

// ideograph reports whether r is a Chinese character.
func ideograph(r rune) bool {
	return '\u4e00' <= r && r <= '\u9fff' || '\u3400' <= r && r <= '\u4dbf' || r == '〇' || r >= '\U00020000' && r <= '\U0003ffff'
}

func isDigit(r rune) bool  { return '0' <= r && r <= '9' }
func isLetter(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }

// complete reports whether a line ends as a sentence or a lead-in to a list
// does, perhaps with a remark in brackets after it.
func complete(s string) bool {
	s = strings.TrimRight(s, "”’」』》】]\"")
	if strings.HasSuffix(s, "）") || strings.HasSuffix(s, ")") {
		if i := strings.LastIndexAny(s, "（("); i >= 0 {
			s = s[:i]
		}
	}
	return s == "" || strings.ContainsRune("。！？；：!?;:…", last(s))
}

// punctuated reports whether s has marks of running text in it.
func punctuated(s string) bool {
	return chinesePunctuated(s) || strings.IndexByte(s, ',') >= 0 || strings.IndexByte(s, ';') >= 0
}

// chinesePunctuated asks for one mark after the other, which is many times as
// fast as strings.ContainsAny is for marks beyond ASCII.
func chinesePunctuated(s string) bool {
	return strings.Contains(s, "，") || strings.Contains(s, "。") || strings.Contains(s, "；")
}

// barred reports whether s has the borders of cells in it.
func barred(s string) bool { return strings.IndexByte(s, '|') >= 0 || strings.Contains(s, "｜") }

// row reports whether a line is a row of a table: cells between pipes or tabs;
// cells between commas, most of them numbers; or, in a line without
// punctuation, cells between spaces, of which there are three or a number.
func row(s string) bool {
	if barred(s) || strings.IndexByte(s, '\t') >= 0 {
		return true
	}
	if chinesePunctuated(s) {
		return false
	}
	if strings.IndexByte(s, ',') >= 0 {
		return mostlyNumbers(strings.Split(s, ","))
	}
	columns := strings.Fields(s)
	return len(columns) > 2 || len(columns) == 2 && numeric(columns[1])
}

// mostlyNumbers reports whether at least two cells, and half of all but the
// first, are numbers.
func mostlyNumbers(cells []string) bool {
	n := 0
	for _, c := range cells {
		if numeric(strings.TrimSpace(c)) {
			n++
		}
	}
	return n >= 2 && 2*n >= len(cells)-1
}

// numeric reports whether a cell is a number with perhaps a sign.
func numeric(s string) bool {
	digits := 0
	for _, r := range s {
		switch {
		case isDigit(r):
			digits++
		case !strings.ContainsRune(".,-+%‰—", r):
			return false
		}
	}
	return digits > 0
}

// chineseNumerals are the characters of which ordinals in headings consist.
const chineseNumerals = "一二三四五六七八九十百零〇"

// marked reports whether a line begins as a heading or an item of a list does:
// 一、 （二） 3. ④ ● —— 第五章 表6 附件 注：
func marked(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	switch {
	case strings.ContainsRune("•·●○■□◆◇★☆▲△▼※#*>＊—－-–►➢√", r), '①' <= r && r <= '⒛', 'Ⅰ' <= r && r <= 'Ⅻ':
		return true
	case r == '（' || r == '(':
		in := strings.TrimLeft(s[n:], chineseNumerals+"0123456789")
		return len(in) < len(s[n:]) && (strings.HasPrefix(in, "）") || strings.HasPrefix(in, ")"))
	case strings.ContainsRune(chineseNumerals, r):
		in := strings.TrimLeft(s, chineseNumerals)
		return strings.HasPrefix(in, "、") || strings.HasPrefix(in, "．") || strings.HasPrefix(in, ".")
	case isDigit(r):
		return numbered(s)
	case r == '第':
		in := strings.TrimLeft(s[n:], chineseNumerals+"0123456789")
		return len(in) < len(s[n:]) && strings.ContainsRune("章节条部篇", first(in))
	}
	return captioned(s)
}

// numbered reports whether s begins with a number that counts items: 3、 3. 3）
// but not 3.5; or with a date such as 2022-11-01.
func numbered(s string) bool {
	in := strings.TrimLeft(s, "0123456789")
	if len(s)-len(in) == len("2022") && strings.IndexAny(in, "-/") == 0 && strings.IndexByte(in[1:min(len(in), 4)], in[0]) > 0 {
		return true
	}
	r, n := utf8.DecodeRuneInString(in)
	return strings.ContainsRune("、.．)）", r) && len(s)-len(in) <= 3 && !isDigit(first(in[n:]))
}

// captioned reports whether s is the caption of a table or figure, or a note.
func captioned(s string) bool {
	for _, word := range []string{"表", "图", "附件", "附表", "附图", "注", "备注", "说明", "附注"} {
		if rest, ok := strings.CutPrefix(s, word); ok {
			r := first(strings.TrimLeft(rest, " "))
			return isDigit(r) || r == '：' || r == ':' || strings.ContainsRune(chineseNumerals, r) && word != "注"
		}
	}
	return false
}
