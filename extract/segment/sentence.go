package segment

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// maxSentence bounds a sentence in bytes. No real one comes near it; a text
// without any punctuation is cut here so that memory stays bounded.
const maxSentence = 8 << 10

// sentences splits text at line breaks and after 。！？；… and the closing marks
// that follow them. Spans are trimmed of white space and never empty.
//
// A line break always ends a sentence: cleaning has joined hard-wrapped lines,
// so those that are left part headings, list items and rows of tables. A row
// of a table is one sentence, whatever stands in its cells.
func sentences(text string) []schema.Span {
	var out []schema.Span
	for start := 0; start < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[start:], '\n'); i >= 0 {
			end = start + i
		}
		out = line(out, text, schema.Span{Start: start, End: end})
		start = end + 1
	}
	return out
}

// line appends the sentences of one line.
func line(out []schema.Span, text string, s schema.Span) []schema.Span {
	if row(s.In(text)) {
		return add(out, text, s)
	}
	start := s.Start
	for i := s.Start; i < s.End; { // byte by byte: no mark begins inside a character
		n := stop(text[i:s.End])
		if n == 0 {
			i++
			continue
		}
		for i += n; i < s.End; i += n {
			if n = closing(text[i:s.End]); n == 0 {
				break
			}
		}
		out = add(out, text, schema.Span{Start: start, End: i})
		start = i
	}
	return add(out, text, schema.Span{Start: start, End: s.End})
}

// stop returns the length of the sentence-ending mark at the start of s, or 0.
func stop(s string) int {
	switch s[0] {
	case ';', '!', '?':
		return 1
	case '\xe3', '\xef', '\xe2':
		switch s[:min(len(s), len("。"))] {
		case "。", "！", "？", "；":
			return len("。")
		case "…":
			if strings.HasPrefix(s, "……") {
				return len("……")
			}
		}
	}
	return 0
}

// closing returns the length of the mark at the start of s that belongs to the
// sentence which a stop has just ended, or 0.
func closing(s string) int {
	for _, mark := range []string{"”", "’", "」", "』", "）", ")", "》", "。", "！", "？", "!", "?"} {
		if strings.HasPrefix(s, mark) {
			return len(mark)
		}
	}
	return 0
}

// row reports whether a line is the row of a table: cells between pipes or
// tabs. Where a full stop stands inside, it is a paragraph that a table was
// flattened into.
func row(s string) bool {
	if strings.Count(s, "|") < 2 && strings.Count(s, "\t") < 2 {
		return false
	}
	i := strings.Index(s, "。")
	return i < 0 || strings.TrimSpace(s[i+len("。"):]) == ""
}

// add appends s without the white space at its ends, in pieces where it is
// longer than a sentence can be.
func add(out []schema.Span, text string, s schema.Span) []schema.Span {
	for s.Len() > maxSentence {
		cut := s.Start + maxSentence
		for cut > s.Start+maxSentence-utf8.UTFMax && !utf8.RuneStart(text[cut]) {
			cut--
		}
		out = trimmed(out, text, schema.Span{Start: s.Start, End: cut})
		s.Start = cut
	}
	return trimmed(out, text, s)
}

func trimmed(out []schema.Span, text string, s schema.Span) []schema.Span {
	t := strings.TrimRightFunc(s.In(text), space)
	s.End = s.Start + len(t)
	s.Start = s.End - len(strings.TrimLeftFunc(t, space))
	if s.Len() == 0 {
		return out
	}
	return append(out, s)
}

func space(r rune) bool { return unicode.IsSpace(r) || r == 0 || r == '\ufeff' || r == '\u200b' }
