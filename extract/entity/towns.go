package entity

import (
	"github.com/districtkg/districtkg/extract/lexicon"
	"github.com/districtkg/districtkg/schema"
)

// townPairs finds short names of townships that stand side by side, in a list or at the ends of a
// way, where both are of one county: 青坪、石岭, 白沙至龙门. By itself such a name may be any word.
func (r *Recogniser) townPairs(s *sentence) {
	for i := 1; i+1 < len(s.words); i++ {
		switch s.words[i].In(s.text) {
		case "、", "和", "与", "及", "至", "到":
			s.townPair(i)
		}
	}
}

// townPair reads the names on both sides of the word numbered i.
func (s *sentence) townPair(i int) {
	left, before := s.townLeft(i)
	if len(before) == 0 {
		return
	}
	right, after := s.townRight(i)
	for _, a := range before {
		for _, b := range after {
			if a.Code[:6] == b.Code[:6] && a.Code != b.Code && s.anyNamed([]schema.Span{left, right}) {
				s.proposeNamed(left, schema.Division, a.Name, "town-list")
				s.proposeNamed(right, schema.Division, b.Name, "town-list")
				return
			}
		}
	}
}

// townWords is how many words of the segmenter a short name has at most.
const townWords = 3

// townLeft returns the name that ends before the word numbered i, and what it can be.
func (s *sentence) townLeft(i int) (name schema.Span, towns []*lexicon.Division) {
	end := s.words[i].Start
	for j := i - 1; j >= max(0, i-townWords) && !s.words[j].has(mark); j-- {
		span := schema.Span{Start: s.words[j].Start, End: end}
		if found := s.r.lex.Divisions.TownsNamed(span.In(s.text)); len(found) > 0 && s.opensName(span.Start) {
			name, towns = span, found
		}
	}
	return name, towns
}

// townRight returns the name that begins after the word numbered i, and what it can be.
func (s *sentence) townRight(i int) (name schema.Span, towns []*lexicon.Division) {
	start := s.words[i].End
	for j := i + 1; j < min(len(s.words), i+1+townWords) && !s.words[j].has(mark); j++ {
		span := schema.Span{Start: start, End: s.words[j].End}
		if found := s.r.lex.Divisions.TownsNamed(span.In(s.text)); len(found) > 0 && s.closesName(j) {
			name, towns = span, found
		}
	}
	return name, towns
}

// closesName reports whether no word that could go on with a name stands after the word numbered i.
func (s *sentence) closesName(i int) bool {
	if i+1 == len(s.words) || s.words[i+1].Start > s.words[i].End {
		return true
	}
	return s.words[i+1].has(mark | boundary | verbal | number)
}
