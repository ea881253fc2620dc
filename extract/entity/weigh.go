package entity

import (
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// plainBetween reports whether only words that describe or tell nothing stand
// between two bytes.
func (s *sentence) plainBetween(from, to int) bool {
	for i := s.wordAt(from); i < len(s.words) && s.words[i].Start < to; i++ {
		if !s.words[i].has(generic | lead | inside | verbal) {
			return false
		}
	}
	return true
}

// weigh counts what in the name before its head at byte b tells it from others.
func (s *sentence) weigh(ev *evidence, b int, h head) {
	singles, divisions := 0, 0
	for i := s.wordAt(ev.start); i < len(s.words) && s.words[i].Start < b; i++ {
		w := s.words[i]
		text := s.text[max(w.Start, ev.start):min(w.End, b)]
		if w.End > b { // the head is the end of the word: 住宅|小区
			ev.proper = ev.proper || ownWord(w)
			tag := tagBefore(w, text, h)
			w.flags = s.r.flags.of(text, tag, true) | w.flags&(generic|common)
			if tag == properTag {
				w.End = b
			}
		}
		d, ok := s.divisionOver(w.Start)
		switch {
		case w.has(mark):
			ev.quote = ev.quote || text == "“"
			singles = 0
		case ok && w.End <= d.End:
			divisions++
			ev.weighDivision(d, runes(text), divisions, h)
			singles = 0
		default:
			s.weighWord(ev, w, text, b)
			if singles++; !w.has(single) || w.has(generic|number|boundary) {
				singles = 0
			}
			ev.proper = ev.proper || singles > 1 // single characters in a row: 中|环|哈工
		}
	}
}

// ownWord reports whether a word is a name with its head to the segmenter: 黑虎泉.
func ownWord(w word) bool {
	return w.Len() >= 3*len("泉") && (w.Tag == "ns" || w.Tag == "nz" || w.Tag == "nr" || w.Tag == "x") && !w.has(generic|common|lead|boundary|inside)
}

// weighDivision counts the nth division of a name. One in front tells whose a
// project or programme is, not which.
func (ev *evidence) weighDivision(d division, length, nth int, h head) {
	ev.proper = true
	works := h.class == schema.Project || h.class == schema.Program
	if h.class == schema.Event || !d.full && (nth > 1 || !works) {
		ev.content += length
	}
}

// weighWord counts a word of a name, text, whose head is at byte b.
func (s *sentence) weighWord(ev *evidence, w word, text string, b int) {
	if w.has(number) {
		ev.ordinal = ev.ordinal || strings.HasPrefix(text, "第") || text == "首届"
		ev.proper = ev.proper || s.r.routes.Prefix(s.rest(b)) != "" && strings.Trim(text, "0123456789") == ""
		if strings.HasSuffix(text, "年") {
			ev.content++
		}
	}
	if w.has(inside) && !w.has(single) && s.r.systems.Prefix(s.rest(b)) != "" {
		return // 运营|模式 says no more than 模式
	}
	if !w.has(generic | lead) {
		ev.content += runes(text)
	}
	ev.proper = ev.proper || w.has(proper) && w.End <= b
	if entries, end := s.r.lex.Longest(s.text[:b], w.Start); entries != nil && end >= w.End && runes(s.text[w.Start:end]) > 1 {
		ev.proper = true
	}
}

// tagBefore returns the tag of text, the part of a word before the head that it
// ends with: a proper name's where the whole is an institution's that the
// segmenter knows (敦煌|研究院), or a long word that it does not (陈建国|工作室).
func tagBefore(w word, text string, h head) string {
	if h.class == schema.Organization && (w.Tag == "nt" || w.Tag == "x" && runes(text) >= fullName) {
		return properTag
	}
	return "n"
}

// properTag is the tag of proper names of no further kind.
const properTag = "nz"
