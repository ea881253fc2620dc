package entity

import (
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// The characters that the name of the place can have where a way begins.
const (
	minOrigin = 2
	maxOrigin = 5
)

// wayStart returns where the name of a road begins whose last part begins at byte b,
// after the 至 that joins two places: 民乐|至双柳公路; b where there is none.
func (s *sentence) wayStart(b int, h head) int {
	front, ok := strings.CutSuffix(s.text[s.Start:b], "至")
	if !ok || h.class != schema.Road || h.mode != needsProper {
		return b
	}
	to := s.Start + len(front)
	if c, _ := utf8.DecodeLastRuneInString(front); strings.ContainsRune("通修延伸达接连建起直甚乃截", c) {
		return b // 延伸|至
	}
	start := to
	for i := s.wordAt(to - 1); i >= 0 && s.words[i].End > s.Start; i-- {
		w := &s.words[i]
		if w.End < start || w.has(mark|number|counter|lead|generic) || !s.maybeOrigin(w, to) {
			break
		}
		if runes(s.text[w.Start:to]) > maxOrigin {
			return b // the rest would be half of a name
		}
		start = w.Start
	}
	if n := runes(s.text[start:to]); n < minOrigin || n > maxOrigin {
		return b
	}
	return start
}

// maybeOrigin reports whether a word can be a part of the name of the place that ends
// at byte to, where a way begins: no verb but the last of one character, as the 关 of 石门关.
func (s *sentence) maybeOrigin(w *word, to int) bool {
	if w.has(boundary) && !(w.has(single) && w.End == to) || s.opensBuilding(w.Start) {
		return false
	}
	return !w.has(verbal) || w.has(single)
}
