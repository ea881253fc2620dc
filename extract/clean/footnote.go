package clean

import (
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// kindFootnote is the kind of warning for a mark that points to a note.
const kindFootnote = "footnote_mark"

// footnotes leaves out the marks of notes that stick to words and numbers
// (生产总值[2]46.83亿元, 两不愁〔1〕, 人均收入③). Where the note itself begins, its
// number stays, as do the numbers of items and of documents (〔2023〕5号).
func footnotes(text string) []edit {
	var out []edit
	for i := 0; i < len(text); {
		n := size(text[i])
		if m := noteMark(text[i:]); m > 0 {
			if stuck(text[:i]) && !strings.HasPrefix(text[i+m:], "号") {
				out = append(out, drop(text, schema.Span{Start: i, End: i + m}, kindFootnote))
			}
			n = m
		}
		i += n
	}
	return out
}

// noteMark returns the length of the mark of a note that s begins with, or 0.
func noteMark(s string) int {
	switch s[0] {
	case '[':
		return bracketedNumber(s, 1, "]")
	case 0xe2, 0xe3, 0xef:
		return wideMark(s)
	}
	return 0
}

// wideMark returns the length of a mark that begins with a character beyond ASCII, or 0.
func wideMark(s string) int {
	r, n := utf8.DecodeRuneInString(s)
	switch r {
	case '〔':
		return bracketedNumber(s, n, "〕")
	case '［':
		return bracketedNumber(s, n, "］")
	case '【':
		return bracketedNumber(s, n, "】")
	case '﹝':
		return bracketedNumber(s, n, "﹞")
	}
	if '①' <= r && r <= '⑳' {
		return n
	}
	return 0
}

// bracketedNumber returns the length of a bracket of the given length, one or
// two digits and the closing bracket, or 0.
func bracketedNumber(s string, open int, close string) int {
	digits := open
	for digits < len(s) && digits < open+3 && digit(s[digits]) {
		digits++
	}
	if digits == open || digits > open+2 || !strings.HasPrefix(s[digits:], close) {
		return 0
	}
	return digits + len(close)
}

// stuck reports whether a mark right after s points to a note about it: there
// is a word, a number or a closing mark.
func stuck(s string) bool {
	r := last(s)
	return s != "" && (ideograph(r) || isDigit(r) || strings.ContainsRune("”’》）)%‰", r)) && !strings.HasSuffix(s, "注") && !strings.HasSuffix(s, "括")
}
