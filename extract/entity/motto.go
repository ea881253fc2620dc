package entity

import (
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// minMotto and minDoer are the least characters of a quotation that is called a
// road to take, and of one that does something itself.
const (
	minMotto = 4
	minDoer  = 4
)

// meansProgram reports whether the words around a quotation, or the last of it,
// tell that it is a campaign, a service or the idea of one: 按照“…”|的思路,
// 以“…”为抓手, “丝路议事厅”|化解纠纷.
func (s *sentence) meansProgram(span schema.Span, text string) bool {
	n := runes(text)
	if n < minMotto && !s.r.quotedTails.Has(text) || s.r.sayings.Suffix(text) != "" || s.r.formulaNouns.Prefix(s.rest(span.End)) != "" || s.divisionAt(span.Start+len("“")) && n < 5 {
		return false
	}
	rest := s.rest(span.End)
	switch {
	case s.r.mottoNouns.Prefix(strings.TrimPrefix(rest, "的")) != "" && strings.HasPrefix(rest, "的"):
		return true
	case strings.Contains(text, "、") && strings.HasPrefix(rest, "的") && s.calledSystem(span.End+len("的")):
		return true
	case s.leads(span), strings.Contains(text, "、") && strings.HasSuffix(s.text[s.Start:span.Start], "建设"):
		return true
	case strings.ContainsAny(text, "，,"):
		return false
	case s.r.quotedTails.Suffix(text) != "":
		return true
	}
	return n >= minDoer && s.doer(span)
}

// calledSystem reports whether what a quotation describes at byte b is a mechanism or
// the like, with a word or two before that tell which: 的|包保机制.
func (s *sentence) calledSystem(b int) bool {
	i := s.wordAt(b)
	for n := 0; i < len(s.words) && n < 3 && !s.words[i].has(mark|boundary); n++ {
		if s.r.mottoNouns.Has(s.in(i)) || s.r.systems.Suffix(s.in(i)) != "" {
			return true
		}
		i++
	}
	return false
}

// holdsKnown reports whether a short quotation holds the name of a known programme and
// more, and so is the name of another: “在云川看见|美丽中国|”.
func (s *sentence) holdsKnown(inner schema.Span, text string) bool {
	const most = 14 // characters
	if runes(text) > most || strings.ContainsAny(text, "，,：:") {
		return false
	}
	for _, k := range s.knowns {
		if k.Start < inner.Start || k.End > inner.End || k.Len() > inner.Len()-2*len("在") {
			continue
		}
		if e := s.r.lex.Lookup(k.In(s.text)); len(e) > 0 && e[0].Class == schema.Program {
			return s.r.sayings.Suffix(text) == ""
		}
	}
	return false
}

// parallel reports whether a quotation is a motto of parts of one length that is
// carried out or held to: 坚持|“以城带乡、以工促农”, 推行|“干部点单、部门接单”.
func (s *sentence) parallel(span schema.Span, text string) bool {
	const least, most = 3, 8 // characters of a part
	parts := strings.Split(text, "、")
	if len(parts) < 2 || strings.ContainsAny(text, "，,！？。“”《") {
		return false
	}
	n := runes(parts[0])
	for _, p := range parts {
		if runes(p) != n {
			return false
		}
	}
	if n < least || n > most || s.r.sayings.Suffix(text) != "" || s.r.demands.Prefix(s.rest(span.End)) != "" {
		return false
	}
	i := s.wordAt(span.Start) - 1
	return i >= 0 && s.words[i].End == span.Start && s.r.mottoVerbs.Suffix(s.in(i)) != ""
}

// leads reports whether a quotation stands between 以 and 为抓手 or the like.
func (s *sentence) leads(span schema.Span) bool {
	rest, ok := strings.CutPrefix(s.rest(span.End), "为")
	if !ok || !strings.HasSuffix(s.text[s.Start:span.Start], "以") {
		return false
	}
	for _, noun := range [...]string{"抓手", "载体", "引领", "牵引", "主线", "契机", "总抓手", "主抓手", "核心抓手", "重要抓手", "统领", "总牵引"} {
		if strings.HasPrefix(rest, noun) {
			return true
		}
	}
	return false
}

// doer reports whether a quotation begins its clause and a verb follows that
// tells what a service or a campaign does or what becomes of it: “平价医疗服务”|覆盖.
func (s *sentence) doer(span schema.Span) bool {
	front := strings.TrimRight(s.text[s.Start:span.Start], " 　")
	if front != "" && !strings.HasSuffix(front, "，") && !strings.HasSuffix(front, ",") && !strings.HasSuffix(front, "；") && !strings.HasSuffix(front, ";") && !strings.HasSuffix(front, "、") {
		if d, ok := s.divisionEnding(span.Start); !ok || d.End != span.Start {
			return false
		}
	}
	return s.r.doerVerbs.Prefix(s.rest(span.End)) != ""
}
