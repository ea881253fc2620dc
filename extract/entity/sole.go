package entity

import (
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// soleNames proposes the schools and hospitals that a county has one of and calls by
// their kind alone, where the names of others stand beside them in a list, or where
// what follows is done to one: 白石一中、|实验小学, 实验初中|迁建.
func (r *Recogniser) soleNames(s *sentence) {
	for _, span := range s.soles {
		if !s.opensItem(span.Start) || s.isCount(span.End) {
			continue
		}
		if _, h := r.heads.ending(span.In(s.text)); s.namedBeside(span, h.class) || s.deedOn(span.End) {
			s.propose(span, h.class, "suffix-sole")
		}
	}
}

// opensItem reports whether an item of a list or a clause begins at byte b.
func (s *sentence) opensItem(b int) bool {
	c, _ := utf8.DecodeLastRuneInString(s.text[s.Start:b])
	return b == s.Start || isMark(c) || strings.ContainsRune("和与及", c)
}

// namedBeside reports whether a name of the class stands before or after a span in
// the same list.
func (s *sentence) namedBeside(span schema.Span, class schema.Class) bool {
	front, rest := s.text[s.Start:span.Start], s.rest(span.End)
	for k := range s.found {
		c := &s.found[k]
		if c.class != class {
			continue
		}
		if c.End < span.Start && joint(front[c.End-s.Start:]) || c.Start > span.End && joint(rest[:c.Start-span.End]) {
			return true
		}
	}
	return false
}

// joint reports whether a text is what stands between two items of a list.
func joint(text string) bool {
	switch text {
	case "、", "和", "与", "及", "以及":
		return true
	}
	return false
}

// deedOn reports whether what is built of a school or hospital, or done to it, is told
// from byte b on.
func (s *sentence) deedOn(b int) bool {
	return s.r.workTails.Prefix(s.rest(b)) != ""
}
