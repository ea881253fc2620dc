package entity

import (
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/extract/lexicon"
	"github.com/districtkg/districtkg/schema"
)

// maxHonor bounds the characters of the name of an honour.
const maxHonor = 36

// honors finds what is conferred: after 获评, 荣获, 被评为, 入选, 通过…复审.
func (r *Recogniser) honors(s *sentence) {
	for at := s.Start; at < s.End; {
		t := ""
		if s.may(at, laneHonor) {
			t = r.honorTriggers.At(s.text[:s.End], at)
		}
		if t == "" {
			at += lexicon.RuneLen(s.text[at])
			continue
		}
		if strings.HasSuffix(t, "通过") && s.assessed(at+len(t)) {
			s.honorBefore(at)
		}
		kind := r.honorTriggers.Value(t)
		if kind == "worded" && s.conferred(at, t) {
			kind = "sure"
		}
		at += len(t)
		s.honorsAfter(at, kind)
	}
	s.plaques()
}

// honorsAfter proposes the honours of the list that begins at byte at. kind is
// what the trigger says of them: sure, or only where their words are those of
// honours.
func (s *sentence) honorsAfter(at int, kind string) {
	for n := 0; n < 6; n++ {
		at = s.skipToHonor(at)
		span := s.honorSpan(at)
		if span.Len() == 0 {
			return
		}
		if n > 0 && s.listedHonor(span) {
			kind = "sure"
		}
		if !s.honor(span, kind) {
			return
		}
		next := s.listNext(span.End)
		if next < 0 {
			return
		}
		at = next
	}
}

// assessed reports whether those who confer honours, or what they do before, are
// told from byte b on: 通过|国家验收.
func (s *sentence) assessed(b int) bool {
	rest := s.rest(b)
	rest = strings.TrimPrefix(rest, "了")
	rest = strings.TrimPrefix(rest, s.r.grades.Prefix(rest))
	for _, deed := range [...]string{"验收", "复审", "复核", "复评", "考核验收", "评估验收", "现场评估", "评审验收", "督导评估"} {
		if strings.HasPrefix(rest, deed) {
			return true
		}
	}
	return false
}

// honorBefore proposes the honour that passes an assessment, whose name is all
// that stands from the last mark to byte b: 国家卫生县城|通过复审.
func (s *sentence) honorBefore(b int) {
	i := s.wordAt(b) - 1
	for ; i >= 0 && s.r.adverbs.Has(s.in(i)); i-- {
		b = s.words[i].Start
	}
	start := b
	for ; i >= 0 && !s.words[i].has(mark|number) && !s.r.honorTriggers.Has(s.in(i)); i-- {
		start = s.words[i].Start
	}
	span := schema.Span{Start: start, End: b}
	if n := runes(span.In(s.text)); n < 5 || n > 16 || s.lastTail(span.In(s.text)) != span.Len() || s.isBuilt(span.In(s.text), "") {
		return
	}
	s.propose(span, schema.Honor, "honor")
}

// isBuilt reports whether a name that a division begins, and no grade, is that of
// a zone or a place, which is built, and not conferred: 建设|云川工业园区.
func (s *sentence) isBuilt(name, kind string) bool {
	_, h := s.r.heads.ending(name)
	return kind != "sure" && s.r.grades.Prefix(name) == "" && !strings.Contains(name, "级") && (h.class == schema.Zone || h.class == schema.Place || h.class == schema.Project)
}

// skipToHonor skips what stands between a trigger and the name: 了, 为, a colon.
func (s *sentence) skipToHonor(at int) int {
	for {
		w := s.r.honorSkips.At(s.text[:s.End], at)
		if w == "" {
			w = s.r.honorTriggers.At(s.text[:s.End], at) // 夺得…、勇夺…
		}
		if w == "" {
			w = s.conferrer(at)
		}
		if w == "" {
			w = yearPrefix(s.rest(at))
		}
		if w == "" {
			return at
		}
		at += len(w)
	}
}

// yearPrefix returns the year for which an honour is given, that a text begins with: 2022年度.
func yearPrefix(text string) string {
	rest := strings.TrimLeft(text, "0123456789")
	if len(text)-len(rest) != len("2022") {
		return ""
	}
	for _, word := range [...]string{"年度", "年"} {
		if after, ok := strings.CutPrefix(rest, word); ok {
			return text[:len(text)-len(after)]
		}
	}
	return ""
}

// honorSpan returns the span of the name that begins at byte at: a quotation
// with what it is followed by, or the words up to a mark, or to the word that
// closes the name of an honour.
func (s *sentence) honorSpan(at int) schema.Span {
	i, end, depth := s.wordAt(at), at, 0
	for n := 0; i < len(s.words) && n < maxHonor; i++ {
		w := s.words[i]
		text := s.in(i)
		switch text {
		case "“", "(", "（":
			depth++
		case "”", ")", "）":
			depth--
		}
		if depth < 0 || w.has(mark) && depth == 0 && text != "”" && text != ")" && text != "）" && text != "·" {
			break
		}
		if depth == 0 && (s.r.honorStops.Has(text) || s.r.conjunctions.Has(text) && end > at && s.lastTail(s.text[at:end]) == end-at) {
			break
		}
		end = w.End
		n += runes(text)
		if text == "”" && depth == 0 && s.honorEnds(i+1) {
			break
		}
	}
	return schema.Span{Start: at, End: end}
}

// isPrizeName reports whether a text is the name of a prize, not its grade: 发展贡献奖.
func isPrizeName(text string) bool {
	return strings.HasSuffix(text, "奖") && runes(text) > 4 && !strings.ContainsAny(text, "元、，项个次")
}

// honorEnds reports whether a name in quotation marks ends before word i.
func (s *sentence) honorEnds(i int) bool {
	return i >= len(s.words) || s.words[i].has(mark|boundary|verbal) || s.r.honorStops.Has(s.in(i)) || s.r.honorNouns.Prefix(s.rest(s.words[i].Start)) != ""
}

// honor proposes the honour that span begins with, cut to its last tail.
func (s *sentence) honor(span schema.Span, kind string) bool {
	span = s.conferredOn(span)
	text := span.In(s.text)
	quoted := strings.HasPrefix(text, "“") && strings.HasSuffix(text, "”")
	end := s.lastTail(text)
	if quoted && s.r.honorNouns.Prefix(s.rest(span.End)) != "" {
		kind = "sure" // 获得|“云雾茶小产区”认证
	}
	switch {
	case quoted:
	case end == 0 && kind == "sure" && s.graded(span) && text[len(text)-1] >= utf8.RuneSelf:
	case end == 0:
		s.reject(span, "honor", "ends with no word of an honour")
		return false
	case !s.goesOn(span, end):
		span.End = span.Start + end
	}
	text = cleanName(span.In(s.text))
	if s.countsMany(span.End) || s.isBuilt(text, kind) || quoted && strings.Contains(text, "、") && !s.graded(span) {
		s.reject(span, "honor", "a number of them, a site that is built, or a motto")
		return false
	}
	if kind != "sure" && !s.graded(span) && !(quoted && end > 0) && !isPrizeName(text) || runes(text) < 4 || s.r.notNames.Has(text) || s.r.honorTails.Has(text) && !s.graded(span) {
		s.reject(span, "honor", "neither the verb nor the words are sure signs of an honour")
		return false
	}
	s.propose(span, schema.Honor, "honor")
	return true
}

// goesOn reports whether the name of a graded honour goes on behind its last
// tail, which ends after end bytes, up to the end of span: 全国优秀|人民警察.
func (s *sentence) goesOn(span schema.Span, end int) bool {
	rest := schema.Span{Start: span.Start + end, End: span.End}
	if n := runes(rest.In(s.text)); n == 0 || n > 10 || !s.r.halfTails.Has(s.r.honorTails.Suffix(s.text[span.Start:rest.Start])) || !s.graded(span) {
		return false
	}
	for i := s.wordAt(rest.Start); i < len(s.words) && s.words[i].Start < rest.End; i++ {
		if s.words[i].has(mark|number) || s.endsName(i) {
			return false
		}
	}
	return true
}

// graded reports whether the name of an honour begins with who confers it: a
// division, or 全国, 国家级.
func (s *sentence) graded(span schema.Span) bool {
	if s.r.grades.Prefix(strings.TrimLeft(span.In(s.text), "“0123456789")) != "" || s.divisionAt(span.Start) {
		return true
	}
	i := s.wordAt(span.Start)
	return i < len(s.words) && s.words[i].Start == span.Start && s.words[i].has(single) && s.r.levels.Has(s.in(i)) && !s.isRegister(span) // 市|绿色社区
}

// lastTail returns where the last word of an honour ends in text; 0 where there
// is none.
func (s *sentence) lastTail(text string) int {
	for end := len(text); end > 0; {
		if t := s.r.honorTails.Suffix(text[:end]); t != "" && (end == len(text) || !strings.HasPrefix(t, "”")) && !(strings.HasPrefix(text[end:], "级") && s.r.levels.Suffix(text[:end]) != "") {
			if strings.HasPrefix(text[end:], "”") && strings.Contains(text[:end], "“") {
				end += len("”")
			}
			return end
		}
		_, size := utf8.DecodeLastRuneInString(text[:end])
		end -= size
	}
	return 0
}

// listNext returns where the next item of a list begins whose item before ends
// at byte b, or -1.
func (s *sentence) listNext(b int) int {
	for _, mark := range [...]string{"、", "和", "及", "以及", "与", "称号和", "荣誉称号、", "称号、"} {
		if strings.HasPrefix(s.rest(b), mark) {
			return b + len(mark)
		}
	}
	if strings.HasPrefix(s.rest(b), "“") && strings.HasSuffix(s.text[:b], "”") {
		return b
	}
	return -1
}
