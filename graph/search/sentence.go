package search

import (
	"strings"
	"unicode"
)

// A span is a sentence of a text, in code points.
type span struct {
	start, end int
	text       string
}

// maxSentence is how many code points a sentence may have: text without
// punctuation is cut there.
const maxSentence = 400

// sentences splits a text at ends of sentences and at line breaks. Closing
// quotation marks and brackets belong to the sentence before.
func sentences(text string) []span {
	runes := []rune(text)
	var out []span
	start := 0
	for i := 0; i < len(runes); i++ {
		stop := endsSentence(runes[i])
		if !stop && i+1-start < maxSentence {
			continue
		}
		for stop && i+1 < len(runes) && (closes(runes[i+1]) || endsSentence(runes[i+1]) && runes[i+1] != '\n') {
			i++
		}
		out = appendTrimmed(out, runes, start, i+1)
		start = i + 1
	}
	return appendTrimmed(out, runes, start, len(runes))
}

func endsSentence(r rune) bool { return strings.ContainsRune("。！？；!?\n\r", r) }

func closes(r rune) bool { return strings.ContainsRune("”’」』）)》", r) }

// appendTrimmed adds the sentence without white space around it, unless there
// is nothing else.
func appendTrimmed(out []span, runes []rune, start, end int) []span {
	for start < end && unicode.IsSpace(runes[start]) {
		start++
	}
	for end > start && unicode.IsSpace(runes[end-1]) {
		end--
	}
	if start == end {
		return out
	}
	return append(out, span{start, end, string(runes[start:end])})
}
