package entity

import (
	"testing"

	"github.com/districtkg/districtkg/schema"
)

// A gate lets every word of its lists through, wherever it stands.
func TestGateMissesNothing(t *testing.T) {
	words := []string{"区", "区长", "才让", "𠮷野", "a", "集团公司"}
	g := &gate{pairs: make([]lanes, 1<<gateBits)}
	for _, w := range words {
		g.add(w, laneName)
		g.add(w, laneHeadEnd)
	}
	for _, w := range words {
		const before, after = "南关", "\x80和b"
		s := &sentence{text: before + w + after, base: len("南")}
		s.lanes = g.scan(nil, s.text, schema.Span{Start: s.base, End: len(s.text)})
		if !s.may(len(before), laneName) || !s.mayEnd(len(before)+len(w), laneHeadEnd) {
			t.Errorf("%s is kept out", w)
		}
		if s.may(len("南"), laneName) || s.mayEnd(len(s.text), laneHeadEnd) || s.may(len(s.text), laneName) {
			t.Errorf("%s: 关, b or the end is let through", w)
		}
	}
}
