package entity

import (
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// suffixes finds names by the word that they end with.
func (r *Recogniser) suffixes(s *sentence) {
	for i := range s.words {
		w := s.words[i]
		if w.has(mark) {
			continue
		}
		word, h := r.heads.ending(s.text[s.Start:w.End])
		if word == "" || s.isNotName(w.End-len(word), w.End) {
			continue
		}
		s.suffix(schema.Span{Start: w.End - len(word), End: w.End}, h)
	}
}

// suffix proposes the name that ends with the head at span, if it is one.
func (s *sentence) suffix(span schema.Span, h head) {
	ev := s.walkLeft(span.Start, h)
	name := schema.Span{Start: ev.start, End: span.End}
	rule := "suffix-" + string(h.mode)
	if why := s.lacking(ev, h, span); why != "" {
		if s.doc.Traced() {
			s.reject(name, rule, why)
		}
		return
	}
	name.End = s.tail(name.End, h)
	s.propose(name, h.class, rule)
}

// lacking tells what a name lacks that its head needs; "" where nothing.
func (s *sentence) lacking(ev evidence, h head, span schema.Span) string {
	before := s.text[ev.start:span.Start]
	switch {
	case ev.counted && !ev.proper && !ev.quote:
		return "a number of things stands before it"
	case ev.start >= span.Start:
		return "nothing stands before its last word"
	case h.mode == needsQuote:
		if !ev.nearQuote {
			return "no quotation stands before its last word"
		}
		return ""
	case ev.quote:
		return ""
	case h.mode == needsProper && !ev.proper:
		return "nothing before its last word looks like a proper name"
	case h.mode == needsProper && ev.division && ev.content == 0 && !selfStanding(h):
		return "only a division stands before its last word"
	case h.mode == needsContent && ev.content < 3:
		return "all before its last word is generic"
	case h.mode == needsPrefix && !ev.division && !ev.ordinal && !ev.proper:
		return "no division stands before its last word"
	case h.mode == needsShort && (runes(before) > h.max || ev.content == 0 && !ev.proper):
		return "what stands before its last word is too long or generic"
	}
	return ""
}

// selfStanding reports whether a division and the head alone make a name.
func selfStanding(h head) bool {
	return h.class == schema.Hospital || h.class == schema.School || h.class == schema.Place || h.class == schema.Road
}

// tail moves the end of a name over what may follow its head: a bracket, a
// numbered stage, a section of a road.
func (s *sentence) tail(end int, h head) int {
	rest := s.rest(end)
	if h.class == schema.Project || h.class == schema.Road {
		for _, open := range [...]string{"(", "（"} {
			inner, ok := strings.CutPrefix(rest, open)
			if !ok {
				continue
			}
			for _, shut := range [...]string{"段)", "段）", "期)", "期）"} {
				if i := strings.Index(inner, shut); i > 0 && runes(inner[:i]) < 8 {
					return end + len(open) + i + len(shut)
				}
			}
		}
	}
	if t := s.r.tails.Prefix(rest); t != "" && s.r.tails.Value(t) == string(h.class) {
		return end + len(t)
	}
	return end
}
