package entity

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// maxQuoted and maxTitle bound the characters of a quoted name and of a title.
const (
	maxQuoted = 24
	maxTitle  = 60
)

// titles finds policies and plans by their titles: 《…规划》, 《…若干政策》.
func (r *Recogniser) titles(s *sentence) {
	s.enclosed("《", "》", maxTitle, func(span, inner schema.Span) {
		text := inner.In(s.text)
		entries := r.lex.Lookup(text)
		switch {
		case len(entries) > 0 && entries[0].Class == schema.Honor: // 列入《世界遗产名录》
			s.reject(span, "title", "it is known to be an honour")
		case r.notNames.Has(text):
			s.reject(span, "title", "names the document itself or is no policy")
		case r.titleWords.Suffix(strings.TrimRight(text, "()（）0123456789-—年 ")) != "", r.titleWords.In(text) && runes(text) > 8:
			s.propose(span, schema.Program, "title")
		default:
			s.reject(span, "title", "no word of a policy stands in the title")
		}
	})
}

// quotes finds names in quotation marks that no head follows.
func (r *Recogniser) quotes(s *sentence) {
	for _, marks := range [...][2]string{{"“", "”"}, {"「", "」"}, {`"`, `"`}} {
		s.enclosed(marks[0], marks[1], maxQuoted, func(span, inner schema.Span) { s.quote(span, inner) })
	}
}

// enclosed calls f with each span between two marks, with and without them.
func (s *sentence) enclosed(open, shut string, limit int, f func(span, inner schema.Span)) {
	for at := s.Start; ; {
		i := strings.Index(s.text[at:s.End], open)
		if i < 0 {
			return
		}
		start := at + i
		at = start + len(open)
		j := strings.Index(s.text[at:s.End], shut)
		if j < 0 {
			return
		}
		inner := schema.Span{Start: at, End: at + j}
		if k := strings.LastIndex(inner.In(s.text), open); k >= 0 {
			inner.Start += k + len(open)
			start = inner.Start - len(open)
		}
		at = inner.End + len(shut)
		if n := runes(inner.In(s.text)); n > 1 && n <= limit {
			f(schema.Span{Start: start, End: at}, inner)
		}
	}
}

// quote decides what a quotation names: by what it holds, then by what stands
// before it.
func (s *sentence) quote(span, inner schema.Span) {
	text := inner.In(s.text)
	if s.r.notNames.Has(text) || strings.ContainsAny(text, "。；！？") {
		s.reject(span, "quote", "the quotation is known to be no name")
		return
	}
	if entries := s.r.lex.Lookup(text); len(entries) > 0 {
		return // the lexicon decides
	}
	if listsCharacters(text) {
		s.reject(span, "quote", "the quotation lists single characters: 耕、种、收")
		return
	}
	word, h := s.r.heads.ending(text)
	switch {
	case s.isPrize(span.End):
		s.propose(schema.Span{Start: span.Start, End: span.End + len("奖")}, schema.Honor, "quote-honor")
	case s.r.honorTails.Suffix(text) != "" && s.r.grades.Prefix(text) != "" && runes(text) > 4:
		s.propose(span, schema.Honor, "quote-honor")
	case s.holdsKnown(inner, text):
		s.propose(span, schema.Program, "quote-known")
	case s.parallel(span, text):
		s.propose(span, schema.Program, "quote-motto")
	case strongFormula(text) && !s.divisionAt(inner.Start) && s.r.formulaNouns.Prefix(s.rest(span.End)) == "":
		s.propose(span, schema.Program, "quote-formula")
	case word != "" && len(word) < len(text) && h.mode != needsQuote && h.mode != needsShort && s.meant(inner):
		if h.class == schema.Project {
			h.class = schema.Program // works in quotation marks are campaigns: “书记一号工程”
		}
		if h.class == schema.Enterprise && (word == "银行" || word == "超市" || s.r.quotedTails.Suffix(text) != "") {
			h.class = schema.Program // “时间银行”
		}
		s.propose(span, h.class, "quote-head")
	case formula(text) && !s.divisionAt(inner.Start) && s.r.formulaNouns.Suffix(text) == "" && s.r.formulaNouns.Prefix(s.rest(span.End)) == "":
		s.propose(span, schema.Program, "quote-formula")
	case s.r.placeTails.Suffix(text) != "" && !numeral(text) && runes(text) <= 6 && (s.properIn(inner) || runes(text) <= 4 && s.meant(inner)):
		s.propose(span, schema.Place, "quote-place")
	case s.launched(span), s.meansProgram(span, text):
		s.propose(span, schema.Program, "quote-verb")
	default:
		s.reject(span, "quote", "nothing in or before the quotation tells what it names")
	}
}

// listsCharacters reports whether a text is a list of single characters: 吃、住、行.
func listsCharacters(text string) bool {
	return strings.Contains(text, "、") && !slices.ContainsFunc(strings.Split(text, "、"), func(item string) bool { return runes(item) != 1 })
}

// isPrize reports whether 奖 stands at byte b and ends the name of a prize: “招商功臣”|奖.
func (s *sentence) isPrize(b int) bool {
	rest, ok := strings.CutPrefix(s.rest(b), "奖")
	next, _ := utf8.DecodeRuneInString(rest)
	return ok && !strings.ContainsRune("励金项补品状杯", next)
}

// divisionAt reports whether a division begins at byte b.
func (s *sentence) divisionAt(b int) bool {
	d, ok := s.divisionOver(b)
	return ok && d.Start == b
}

// meant reports whether a quotation with a head is more than generic words.
func (s *sentence) meant(inner schema.Span) bool {
	n := 0
	for i := s.wordAt(inner.Start); i < len(s.words) && s.words[i].End <= inner.End; i++ {
		if !s.words[i].has(generic) {
			n += runes(s.in(i))
		}
	}
	return n > 1
}

// properIn reports whether a word in span looks like a part of a proper name.
func (s *sentence) properIn(span schema.Span) bool {
	singles := 0
	for i := s.wordAt(span.Start); i < len(s.words) && s.words[i].End <= span.End; i++ {
		w := s.words[i]
		if w.has(proper) {
			return true
		}
		if w.has(single) && !w.has(generic|number|mark) {
			singles++
		}
	}
	return singles > 1
}

// launched reports whether a verb that launches programmes stands before a
// quotation that is its whole object.
func (s *sentence) launched(span schema.Span) bool {
	i := s.wordAt(s.firstQuote(span.Start)) - 1
	if i > 0 && (s.in(i) == "县城" || s.in(i) == "城区" || s.in(i) == "城市" || s.in(i) == "全县" || s.in(i) == "全区") {
		i-- // 推进|县城|“东扩南移”
	}
	if i < 0 || s.r.programVerbs.Suffix(s.in(i)) == "" {
		return false
	}
	text := cleanName(span.In(s.text))
	if n := runes(text); n < 3 || n > 14 || s.r.sayings.Suffix(text) != "" || s.r.formulaNouns.Prefix(s.rest(span.End)) != "" {
		return false
	}
	return !strings.HasPrefix(s.r.demands.Prefix(s.rest(span.End)), "的")
}

// firstQuote returns where the first begins of the quotations that stand in a
// row before byte b, where one does: 推出|“白茶贷”“竹具贷”.
func (s *sentence) firstQuote(b int) int {
	for n := 0; n < 6; n++ {
		front := strings.TrimSuffix(s.text[s.Start:b], "、")
		i := strings.LastIndex(front, "“")
		if !strings.HasSuffix(front, "”") || i < 0 {
			break
		}
		b = s.Start + i
	}
	return b
}

// numeral reports whether a text begins with a Chinese numeral.
func numeral(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return strings.ContainsRune("一二三四五六七八九十两", r)
}

// strongFormula reports whether a quotation counts two parts or more, or adds
// them up: 一市两区三组团, 1+2+4.
func strongFormula(text string) bool {
	n := 0
	for _, r := range text {
		if strings.ContainsRune("一二三四五六七八九十两百千万", r) {
			n++
		}
	}
	return formula(text) && (n > 1 || strings.ContainsAny(text, "+＋"))
}

// streak reports whether a quotation counts years in a row: 九连增, 十二连丰.
func streak(text string) bool {
	front, rest, ok := strings.Cut(text, "连")
	return ok && strings.Trim(front, "一二两三四五六七八九十0123456789") == "" && runes(rest) == 1
}

// formula reports whether a quotation counts its parts, as programmes do:
// 三个一批, 一市两区三组团, 1+2+4, 五位一体.
func formula(text string) bool {
	if n := runes(text); n < 3 || n > 14 || streak(text) {
		return false
	}
	counts, plus := 0, strings.ContainsAny(text, "+＋")
	first := true
	for _, r := range text {
		if strings.ContainsRune("一二三四五六七八九十两双百千万", r) || r >= '0' && r <= '9' || plus && (r == 'N' || r == 'X' || r == 'n') {
			counts++
		} else if first && !plus {
			return false
		}
		first = false
	}
	return plus && counts > 0 || counts > 0
}
