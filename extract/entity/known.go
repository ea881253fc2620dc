package entity

import (
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// known finds the names that the lexicon has. A name of two characters counts
// only where the words of the text begin and end with it: 中建|等, not 中|建成.
func (r *Recogniser) known(s *sentence) {
	for at := s.Start; at < s.End; {
		entries, end := r.lex.Longest(s.text[:s.End], at)
		if entries == nil {
			_, size := utf8.DecodeRuneInString(s.text[at:])
			at += size
			continue
		}
		span := schema.Span{Start: at, End: end}
		at = end
		if runes(span.In(s.text)) <= 3 && !s.alignedRight(span) || !s.alignedLeft(span) {
			s.reject(span, "known-name", "the words of the text do not begin and end with it")
			continue
		}
		if s.isNotName(span.Start, span.End) {
			continue
		}
		s.knowns = append(s.knowns, span)
		for _, e := range entries {
			if e.Kind != "part" {
				s.propose(span, e.Class, "known-"+e.Kind)
			}
		}
	}
}

// alignedLeft reports whether a word begins where span does.
func (s *sentence) alignedLeft(span schema.Span) bool {
	i := s.wordAt(span.Start)
	if s.words[i].Start == span.Start {
		return true
	}
	return s.words[i].Tag == "x" && s.r.clitics.Has(s.text[s.words[i].Start:span.Start])
}

// alignedRight reports whether a word ends where span does.
func (s *sentence) alignedRight(span schema.Span) bool {
	i := s.wordAt(span.End - 1)
	return i < len(s.words) && s.words[i].End == span.End
}
