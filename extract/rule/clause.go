package rule

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// splitClauses appends the clauses of the sentence: its parts between commas,
// semicolons, colons and full stops. A mark in the name of an item is part of
// the name. The clauses cover the sentence, each with the mark that ends it.
func splitClauses(s *Sentence, out []schema.Span) []schema.Span {
	start, next := s.Span.Start, 0
	for b := s.Span.Start; b < s.Span.End; {
		for next < len(s.Items) && s.Items[next].End <= b {
			next++
		}
		if next < len(s.Items) && s.Items[next].Start <= b {
			b = s.Items[next].End
			continue
		}
		r, size := utf8.DecodeRuneInString(s.Text[b:])
		b += size
		if endsClause(r) {
			out = append(out, schema.Span{Start: start, End: min(b, s.Span.End)})
			start = b
		}
	}
	if start < s.Span.End || len(out) == 0 {
		out = append(out, schema.Span{Start: start, End: s.Span.End})
	}
	return out
}

func endsClause(r rune) bool {
	switch r {
	case ',', ';', ':', '!', '?', '\n', '，', '；', '：', '。', '！', '？':
		return true
	}
	return false
}

// mark reports whether r can stand between a word and a name that belong
// together: white space, quotation marks and brackets.
func mark(r rune) bool {
	switch r {
	case '“', '”', '‘', '’', '"', '\'', '《', '》', '〈', '〉', '「', '」', '『', '』', '(', ')', '（', '）', '[', ']', '【', '】', '—', '-', '·':
		return true
	}
	return unicode.IsSpace(r)
}

// marks reports whether s is nothing but marks.
func marks(s string) bool { return strings.TrimLeftFunc(s, mark) == "" }

// longestGap is the bytes of what may stand between two coordinated items:
// 引进A等央企分支机构16家、B等企业.
const longestGap = 75

// coordinated reports whether the text between two items joins them in a list:
// 、, 和, 与, 及, 以及; with other members of the list or 等… in between.
func coordinated(gap string) bool {
	if len(gap) > longestGap {
		return false
	}
	s := strings.TrimFunc(gap, mark)
	switch s {
	case "", "、", "等", "和", "与", "及", "以及", "、以及", "暨", "/", "＋", "+":
		return true
	}
	if strings.ContainsFunc(s, endsClause) {
		return false
	}
	return (strings.HasPrefix(s, "、") || strings.HasPrefix(s, "等")) &&
		(strings.HasSuffix(s, "、") || strings.HasSuffix(s, "和") || strings.HasSuffix(s, "及"))
}

// openers are words that a clause can begin with before its subject or verb.
type openers struct {
	words []string
	first map[rune]bool // the characters that they begin with
}

func newOpeners(words []string) openers {
	o := openers{words, map[rune]bool{}}
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		o.first[r] = true
	}
	return o
}

// leadIn returns how many bytes of marks and of the words the clause begins with.
func (o *openers) leadIn(clause string) int {
	s := clause
	for {
		s = strings.TrimLeftFunc(s, mark)
		if r, _ := utf8.DecodeRuneInString(s); !o.first[r] {
			return len(clause) - len(s)
		}
		rest := s
		for _, w := range o.words {
			if after, ok := strings.CutPrefix(s, w); ok && len(after) < len(rest) {
				rest = after
			}
		}
		if len(rest) == len(s) {
			return len(clause) - len(s)
		}
		s = rest
	}
}
