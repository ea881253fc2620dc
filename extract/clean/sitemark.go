package clean

import (
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// kindSiteMark is the kind of warning for the mark of a sharing site.
const kindSiteMark = "site_mark"

const (
	// shortestMark and longestMark bound the mark of a site in bytes.
	shortestMark, longestMark = 3, 5
	// leastMarks is how many sentences must have the mark behind them.
	leastMarks = 2
)

// siteMarks leaves out the mark that a sharing site puts behind paragraphs to
// know its copies again: three letters or so that mean nothing, the same all
// over a text (…提出意见。jMF). Latin letters that end a line behind a full stop
// are no word; where they do so again and again, they are a mark wherever they
// stand behind a line.
func siteMarks(text string, ls []line) []edit {
	mark := siteMark(text, ls)
	if mark == "" {
		return nil
	}
	var out []edit
	anywhere := mixedCase(mark)
	for i := 0; ; {
		j := strings.Index(text[i:], mark)
		if j < 0 {
			return out
		}
		s := schema.Span{Start: i + j, End: i + j + len(mark)}
		i = s.End
		if inWord(text, s) || !anywhere && !endsLine(text[i:]) {
			continue
		}
		out = append(out, drop(text, s, kindSiteMark))
	}
}

// siteMark returns what most often ends a line behind the end of a sentence, if
// it does so often enough.
func siteMark(text string, ls []line) string {
	count := map[string]int{}
	best := ""
	for _, l := range ls {
		body := l.In(text)
		word := markAtEnd(body)
		if word == "" {
			continue
		}
		count[word]++
		if n := count[word]; n >= leastMarks && n > count[best] {
			best = word
		}
	}
	return best
}

// markAtEnd returns the letters and digits that end a line right behind the end
// of a sentence, if they may be a mark.
func markAtEnd(body string) string {
	if b := body[len(body)-1]; !letter(b) && !digit(b) {
		return ""
	}
	word := body[len(strings.TrimRightFunc(body, func(r rune) bool { return isLetter(r) || isDigit(r) })):]
	before := last(body[:len(body)-len(word)])
	if len(word) < shortestMark || len(word) > longestMark || strings.IndexFunc(word, isLetter) < 0 || !strings.ContainsRune("。！？；”）", before) {
		return ""
	}
	return word
}

// mixedCase reports whether a word has a small letter before a capital one, or a
// digit between letters, as no abbreviation has.
func mixedCase(word string) bool {
	lower := strings.IndexFunc(word, func(r rune) bool { return 'a' <= r && r <= 'z' || isDigit(r) })
	upper := strings.LastIndexFunc(word, func(r rune) bool { return 'A' <= r && r <= 'Z' })
	return 0 <= lower && lower < upper || strings.ToLower(word) == word
}

// inWord reports whether s is a piece of a longer word.
func inWord(text string, s schema.Span) bool {
	return s.Start > 0 && letter(text[s.Start-1]) || s.End < len(text) && (letter(text[s.End]) || digit(text[s.End]))
}

// endsLine reports whether what follows a mark is the end of its line or space.
func endsLine(s string) bool {
	return s == "" || s[0] == '\n' || s[0] == ' ' || strings.HasPrefix(s, "　")
}
