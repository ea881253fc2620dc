package clean

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// The kinds of warning about marks that stand where a page or section began.
const (
	kindPageMark = "page_mark"
	kindDoubled  = "doubled_print"
)

// longLine is from where on a line is a piece of running text, in cells.
const longLine = 120

// sectionMarks leaves out the numbers with which sharing sites count the pieces
// of a text: 1、2、3、… at the beginnings of very long lines, which break in the
// middle of words and numbers. That tells them from the items of a list, which
// end as sentences do.
func sectionMarks(text string, ls []line) []edit {
	var at []int // indices of the lines with the marks 1、2、3、…
	broken := 0
	for i, l := range ls {
		if !strings.HasPrefix(l.In(text), strconv.Itoa(len(at)+1)+"、") {
			continue
		}
		if len(at) > 0 && at[len(at)-1] == i-1 && ls[i-1].width >= longLine && !complete(ls[i-1].In(text)) {
			broken++
		}
		at = append(at, i)
	}
	if broken < 2 && (broken < 1 || !strings.Contains(text[:min(len(text), 2000)], "分享")) || 3*broken < len(at)-1 {
		return nil
	}
	var out []edit
	for n, i := range at {
		mark := schema.Span{Start: ls[i].Start, End: ls[i].Start + len(strconv.Itoa(n+1)+"、")}
		if n > 0 && at[n-1] == i-1 {
			mark.Start = ls[i-1].End
		}
		out = append(out, edit{Span: mark, kind: kindPageMark, message: "left out: the mark " + strconv.Itoa(n+1) + "、 where a sharing site breaks the text"})
	}
	return out
}

// pageNumbers leaves out lines that number a page: those of a form that nothing
// else has (- 3 -, 第3页), and bare numbers where several count up, each between
// two lines of running text.
func pageNumbers(text string, ls []line) []edit {
	var out []edit
	var bare []int // indices of a chain of bare numbers
	for i, l := range ls {
		body := l.In(text)
		switch {
		case pictured(body):
			out = append(out, drop(text, l.Span, kindPageMark))
		case l.Len() > 40:
			if n := pageCount(body); n > 0 {
				out = append(out, drop(text, schema.Span{Start: l.Start, End: l.Start + n}, kindPageMark))
			}
		case folio(body):
			out = append(out, drop(text, l.Span, kindPageMark))
		case plainNumber(body) && between(text, ls, i):
			bare = append(bare, i)
		}
	}
	for _, i := range counting(text, ls, bare) {
		out = append(out, drop(text, ls[i].Span, kindPageMark))
	}
	return sorted(append(out, turns(text)...))
}

// longestTurn bounds what a newspaper says where a text goes on elsewhere, in bytes.
const longestTurn = 60

// turns leaves out where a newspaper says on which page a text goes on:
// （下转第二版）, （上接A1版）.
func turns(text string) []edit {
	var out []edit
	for _, mark := range []string{"下转", "上接", "紧接"} {
		for i := 0; ; {
			j := strings.Index(text[i:], mark)
			if j < 0 {
				break
			}
			start := i + j
			i = start + len(mark)
			rest := prefix(text[i:], longestTurn)
			end := strings.IndexAny(rest, ")）")
			before := last(text[:start])
			if end < 0 || before != '(' && before != '（' || !strings.HasSuffix(rest[:end], "版") && !strings.HasSuffix(rest[:end], "页") {
				continue
			}
			s := schema.Span{Start: start - utf8.RuneLen(before), End: i + end + utf8.RuneLen(first(rest[end:]))}
			out = append(out, drop(text, s, kindPageMark))
		}
	}
	return sorted(out)
}

// folio reports whether a line is a page number in one of the forms
// - 3 -, — 3 —, 第 3 页, 第3页 共10页, 3 / 10 页.
func folio(s string) bool {
	if strings.IndexFunc(s, isDigit) < 0 && !strings.Contains(s, "页") {
		return false
	}
	s = strings.Join(strings.Fields(s), "")
	in := strings.Trim(s, "-—－–·")
	if front, back, _ := strings.Cut(s, in); plainNumber(in) && front != "" && back != "" {
		return true
	}
	page, ok := strings.CutPrefix(in, "第")
	if !ok {
		return false
	}
	page = strings.TrimLeft(page, "0123456789")
	page, ok = strings.CutPrefix(page, "页")
	page = strings.Trim(page, "0123456789，,/（）()")
	return ok && (page == "" || strings.HasPrefix(page, "共") && strings.HasSuffix(page, "页"))
}

// pictured reports whether a line is the caption of the picture of a page, as
// sites give to show what a document is like: 政府工作报告_第2页.
func pictured(s string) bool {
	if !strings.HasSuffix(s, "页") || len(s) > longestDoubled {
		return false
	}
	i := strings.LastIndexByte(s, '_')
	return i >= 0 && folio(s[i+1:])
}

// pageCount returns the length of the page number that a line of text begins
// with, 第1页共3页 or 第 1 页 共 3 页, or 0.
func pageCount(s string) int {
	if !strings.HasPrefix(s, "第") {
		return 0
	}
	i := strings.Index(prefix(s, longestTurn), "共")
	if i < 0 {
		return 0
	}
	j := strings.Index(prefix(s[i:], longestTurn/2), "页")
	if j < 0 || !folio(s[:i+j+len("页")]) {
		return 0
	}
	return i + j + len("页")
}

// plainNumber reports whether s is an integer of up to three digits.
func plainNumber(s string) bool {
	return s != "" && len(s) <= 3 && strings.Trim(s, "0123456789") == ""
}

// between reports whether line i stands between two lines of running text.
func between(text string, ls []line, i int) bool {
	running := func(l line) bool { return l.width >= 30 && !row(l.In(text)) }
	return i > 0 && i+1 < len(ls) && running(ls[i-1]) && running(ls[i+1])
}

// leastPages is how many bare numbers must count up to be page numbers.
const leastPages = 3

// counting returns those of the bare numbers that count up by one, if there
// are enough of them.
func counting(text string, ls []line, bare []int) []int {
	var best, chain []int
	next := 0
	for _, i := range bare {
		n, _ := strconv.Atoi(ls[i].In(text)) // three digits at most
		if n != next {
			chain = nil
		}
		chain, next = append(chain, i), n+1
		if len(chain) > len(best) {
			best = chain
		}
	}
	if len(best) < leastPages {
		return nil
	}
	return best
}

// doubled leaves out the second copy of what was printed twice: a whole line
// (XX, or XX followed by twice the same mark), or each of its characters.
func doubled(text string, ls []line) []edit {
	var out []edit
	before := ""
	for _, l := range ls {
		body := l.In(text)
		switch with, ok := undouble(body); {
		case ok:
			out = append(out, readAs(text, l.Span, with, kindDoubled))
			body = with
		case repeats(before, body):
			out = append(out, drop(text, l.Span, kindDoubled))
		}
		before = body
	}
	return out
}

// longestDoubled bounds a line that is looked at, in bytes: what is printed
// twice is a heading or a caption.
const longestDoubled = 600

// undouble returns what a line says once that was printed twice.
func undouble(s string) (string, bool) {
	if len(s) > longestDoubled {
		return "", false
	}
	body := strings.TrimRight(s, "。：:！？…．.")
	marks := s[len(body):]
	if half := len(body) / 2; len(body)%2 == 0 && half >= len("南关区") && body[:half] == body[half:] && ideograph(first(body)) {
		if mark := first(marks); marks == string(mark)+string(mark) {
			marks = string(mark)
		}
		return body[:half] + marks, true
	}
	return pairs(s)
}

// leastPairs is how many characters in a row must each stand twice.
const leastPairs = 4

// pairs reads a line in which every character stands twice, as bold print is
// often extracted: 长长春春市市 is 长春市.
func pairs(s string) (string, bool) {
	if n := size(s[0]); len(s) < 2*n || s[:n] != s[n:2*n] {
		return "", false
	}
	r := []rune(s)
	if len(r) < 2*leastPairs || len(r)%2 != 0 {
		return "", false
	}
	once := make([]rune, 0, len(r)/2)
	ideographs := 0
	for i := 0; i < len(r); i += 2 {
		if r[i] != r[i+1] {
			return "", false
		}
		if ideograph(r[i]) && (i == 0 || r[i] != r[i-1]) {
			ideographs++
		}
		once = append(once, r[i])
	}
	return string(once), ideographs >= leastPairs
}

// repeats reports whether a line says again what the one before it said. Short
// lines and rows may do so for a reason.
func repeats(before, s string) bool {
	return s == before && len(s) >= len("八个以上的汉字") && !strings.ContainsAny(s, "0123456789|\t") && ideograph(first(s))
}
