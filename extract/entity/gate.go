package entity

import (
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// A gate tells, for each character of a text and in one walk over it, which of
// the lists that are asked again and again can have a word there at all. It
// knows the pairs of characters that their words begin or end with, by a hash,
// so it lets some through that are none; most places it spares the walk down
// the tries.
type gate struct {
	pairs  []lanes // by hash
	single [1 << 16]lanes
}

// lanes is a set of lists: in the highest bits those that have a word ending
// with the character at a place, below them those that have one beginning there.
type lanes uint16

const (
	laneDivision lanes = 1 << iota
	laneName
	laneLevel
	laneStem
	laneOffice
	laneWorksVerb
	laneHonor
	laneBuildVerb
	laneFlag
	laneSyllable
	laneSurname
	laneNotName
	laneAfterPerson
)

const (
	laneHeadEnd lanes = 1 << (13 + iota)
	laneOfficeEnd
	laneTradeEnd

	laneEnds   = laneHeadEnd | laneOfficeEnd | laneTradeEnd
	laneBegins = ^laneEnds
)

// gateBits is the binary logarithm of the size of the table of pairs, of which
// some twenty thousand are taken.
const gateBits = 17

// newGate returns the gate of a recogniser whose lists are loaded.
func newGate(r *Recogniser) *gate {
	g := &gate{pairs: make([]lanes, 1<<gateBits)}
	for name := range r.lex.Divisions.Names() {
		g.add(name, laneDivision)
	}
	for name := range r.lex.Names() {
		g.add(name, laneName)
	}
	for word := range r.flags.words {
		g.add(word, laneFlag)
	}
	for _, l := range []struct {
		lane  lanes
		words []string
	}{
		{laneLevel, r.levels.All()}, {laneStem, r.stems.All()}, {laneOffice, r.offices.All()}, {laneWorksVerb, r.worksVerbs.All()},
		{laneHonor, r.honorTriggers.All()}, {laneBuildVerb, r.buildVerbs.All()}, {laneSyllable, r.lists.syllables.All()},
		{laneSurname, r.surnames.All()}, {laneNotName, r.notNames.All()}, {laneAfterPerson, r.afterPersons.All()}, {laneAfterPerson, r.ofPersons.All()},
		{laneHeadEnd, r.heads.words.All()}, {laneOfficeEnd, r.offices.All()}, {laneTradeEnd, r.trades.All()},
	} {
		for _, w := range l.words {
			g.add(w, l.lane)
		}
	}
	return g
}

// add enters a word of a lane.
func (g *gate) add(word string, lane lanes) {
	a, n := utf8.DecodeRuneInString(word)
	b, _ := utf8.DecodeRuneInString(word[n:])
	if lane&laneEnds != 0 {
		b, n = utf8.DecodeLastRuneInString(word)
		a, _ = utf8.DecodeLastRuneInString(word[:len(word)-n])
	}
	switch {
	case n < len(word):
		g.pairs[pairHash(a, b)] |= lane
	case lane&laneEnds != 0:
		g.one(b, lane)
	default:
		g.one(a, lane)
	}
}

// one enters a word of a single character.
func (g *gate) one(c rune, lane lanes) {
	if c < 1<<16 {
		g.single[c] |= lane
	}
}

func pairHash(a, b rune) uint32 {
	return (uint32(a)*0x9E3779B1 ^ uint32(b)*0x85EBCA77) * 0xC2B2AE3D >> (32 - gateBits)
}

// scan returns the lanes of each byte of a span at which a character begins,
// counted from its start, in the memory of out.
func (g *gate) scan(out []lanes, text string, s schema.Span) []lanes {
	if n := s.Len(); cap(out) < n {
		out = make([]lanes, n)
	}
	out = out[:s.Len()]
	before := lanes(0) // of the pair that ends here
	c, size := utf8.DecodeRuneInString(s.In(text))
	for at := 0; at < len(out); {
		next, nextSize := rune(0), 0
		if at+size < len(out) {
			next, nextSize = utf8.DecodeRuneInString(text[s.Start+at+size : s.End])
		}
		pair := g.pairs[pairHash(c, next)]
		here := ^lanes(0) // beyond the basic plane, which no table holds
		if c < 1<<16 {
			here = g.single[c] | before&laneEnds | pair&laneBegins
		}
		out[at] = here
		for i := at + 1; i < at+size; i++ {
			out[i] = 0
		}
		before = pair
		at, c, size = at+size, next, nextSize
	}
	return out
}

// may reports whether a word of a lane can begin at byte b of the block.
func (s *sentence) may(b int, lane lanes) bool {
	return b < s.base+len(s.lanes) && s.lanes[b-s.base]&lane != 0
}

// mayEnd reports whether a word of a lane can end before byte b of the block,
// where a character ends.
func (s *sentence) mayEnd(b int, lane lanes) bool {
	for b--; b > s.base && !utf8.RuneStart(s.text[b]); b-- {
	}
	return s.lanes[b-s.base]&lane != 0
}
