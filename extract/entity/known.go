package entity

import (
	"slices"
	"strings"

	"github.com/districtkg/districtkg/extract/lexicon"
	"github.com/districtkg/districtkg/schema"
)

// known finds the names that the lexicon has. A name of two characters counts
// only where the words of the text begin and end with it: 中建|等, not 中|建成.
func (r *Recogniser) known(s *sentence) {
	done := s.Start
	for i := range s.words {
		w := &s.words[i]
		if w.has(mark) && s.in(i) != "“" || w.Start < done {
			continue
		}
		span, entries := s.knownAt(w)
		if entries == nil {
			continue
		}
		if done = span.End; runes(span.In(s.text)) <= 3 && !s.alignedRight(span) {
			s.reject(span, "known-name", "the words of the text do not end with it")
			continue
		}
		if s.isNotName(span.Start, span.End) || s.isCount(span.End) {
			s.reject(span, "known-name", "part of a phrase that is no name, or counted")
			continue
		}
		if entries[0].Class == schema.Enterprise && s.otherThing(span) {
			s.reject(span, "known-name", "part of the name of a place or an organ")
			continue
		}
		if entries[0].Class == schema.School && (s.firmOfSchool(span) || strings.HasPrefix(s.rest(span.End), "社区")) {
			s.reject(span, "known-name", "part of the name of a company or a community")
			continue
		}
		if entries[0].Class == schema.Event {
			span.Start = s.ordinalStart(span.Start)
		}
		s.knowns = append(s.knowns, span)
		for _, e := range entries {
			if e.Kind != "part" {
				s.propose(span, e.Class, "known-"+e.Kind)
			}
		}
	}
}

// ordinalStart returns where the words begin that end at byte b and tell the how manieth
// of its kind an event is (第五届|进博会), or b.
func (s *sentence) ordinalStart(b int) int {
	const held, ordinal = "届", "第"
	before, ok := strings.CutSuffix(s.text[s.Start:b], held)
	if !ok {
		return b
	}
	if number := strings.TrimRight(before, "0123456789一二三四五六七八九十百"); len(number) < len(before) && strings.HasSuffix(number, ordinal) {
		return s.Start + len(number) - len(ordinal)
	}
	return b
}

// firmOfSchool reports whether the short name of a school is the beginning of that of
// a company: 浙大|医药、, but not 浙大科技园.
func (s *sentence) firmOfSchool(span schema.Span) bool {
	rest := s.rest(span.End)
	trade := s.r.trades.Prefix(rest)
	if trade == "" || runes(span.In(s.text)) > 3 || s.r.trades.Value(trade) == "goods" {
		return false
	}
	i := s.wordAt(span.End + len(trade))
	return i == len(s.words) || s.words[i].has(mark) || s.in(i) == "等" || s.r.afterFirms.Prefix(rest[len(trade):]) != ""
}

// knownAt returns the longest name of the lexicon that begins with a word, or
// after the function word that the segmenter took with it.
func (s *sentence) knownAt(w *word) (schema.Span, []lexicon.Entry) {
	text := s.text[:s.End]
	if s.may(w.Start, laneName) {
		if entries, end := s.r.lex.Longest(text, w.Start); entries != nil {
			return schema.Span{Start: w.Start, End: end}, entries
		}
	}
	if w.Tag != "x" {
		return schema.Span{}, nil
	}
	at := w.Start + lexicon.RuneLen(text[w.Start])
	if at >= w.End || !s.r.clitics.Has(text[w.Start:at]) {
		return schema.Span{}, nil
	}
	entries, end := s.r.lex.Longest(text, at)
	return schema.Span{Start: at, End: end}, entries
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

// endsKnown reports whether a known company's name ends with a span and has more
// before it: 新|合作超市.
func (s *sentence) endsKnown(span schema.Span) bool {
	return slices.ContainsFunc(s.knowns, func(k schema.Span) bool {
		return k.Start < span.Start && k.End == span.End && s.isFirm(k)
	})
}

// insideKnown reports whether a known company's name goes on beyond a span that
// it holds.
func (s *sentence) insideKnown(span schema.Span) bool {
	return slices.ContainsFunc(s.knowns, func(k schema.Span) bool {
		return k.Start <= span.Start && k.End > span.End && s.isFirm(k)
	})
}
