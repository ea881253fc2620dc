package entity

import (
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// scenic finds the places that are given, or strive for, a grade that only places
// have, whatever their names end with: 枫林晚|晋升国家4A级旅游景区.
func (r *Recogniser) scenic(s *sentence) {
	for i := range s.found { // the honours that stand here now: what is proposed below has another class
		if c := s.found[i]; c.class == schema.Honor && r.scenicGrades.Suffix(c.name) != "" {
			s.gradedPlaces(c.Start)
		}
	}
}

// maxScenic bounds the characters of the name of a place that has a grade.
const maxScenic = 9

// gradedPlaces proposes the places that stand before the verb after which the
// grade at byte b is told.
func (s *sentence) gradedPlaces(b int) {
	end := s.gradeVerb(b)
	for n := 0; end > s.Start && n < 6; n++ {
		start := s.gradedStart(end)
		item := schema.Span{Start: start, End: end}
		if !s.mayBeGraded(item) {
			return
		}
		s.propose(item, schema.Place, "scenic")
		front, ok := strings.CutSuffix(s.text[s.Start:start], "、")
		if !ok {
			return
		}
		end = s.Start + len(front)
	}
}

// gradeVerb returns where the verbs and adverbs begin that stand before byte b, -1
// where there is none that confers or strives.
func (s *sentence) gradeVerb(b int) int {
	verb := false
	for i := s.wordAt(b) - 1; i >= 0; i-- {
		w := &s.words[i]
		switch text := s.in(i); {
		case s.r.honorTriggers.Has(text) || s.r.gradeVerbs.Has(text):
			verb = true
		case s.r.adverbs.Has(text) || text == "为" || text == "了" || text == "成":
		case !verb || w.has(mark):
			return -1
		default:
			return w.End
		}
	}
	return -1
}

// gradedStart returns where the name begins that ends at byte end: after the last
// mark, verb, number or word that no name runs over.
func (s *sentence) gradedStart(end int) int {
	start := end
	for i := s.wordAt(end - 1); i >= 0; i-- {
		w := &s.words[i]
		if w.has(mark) && s.in(i) != "·" || w.has(number|verbal|speech) || w.has(boundary) && !w.has(inside) || w.End < start && start < end {
			break
		}
		start = w.Start
	}
	return start
}

// mayBeGraded reports whether an item can be the name of a place: no other class is
// sure of it, and it is more than words that describe.
func (s *sentence) mayBeGraded(item schema.Span) bool {
	text := item.In(s.text)
	if n := runes(text); n < 3 || n > maxScenic || s.r.notNames.Has(text) || s.kindOnly(text, schema.Place) || s.genericOnly(item) || s.levelAt(item.Start) {
		return false
	}
	if d, ok := s.divisionOver(item.Start); ok && d.End >= item.End || len(s.r.lex.Lookup(text)) > 0 {
		return false
	}
	for i := s.wordAt(item.Start); i < len(s.words) && s.words[i].Start < item.End; i++ {
		if s.words[i].has(generic|lead) && s.words[i].Start == item.Start {
			return false
		}
	}
	word, h := s.r.heads.ending(text)
	return (word == "" || h.class == schema.Place && len(word) < len(text)) && s.contentOf(item) > 1
}
