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
	case s.leads(span), strings.Contains(text, "、") && strings.HasSuffix(s.text[s.Start:span.Start], "建设"):
		return true
	case strings.ContainsAny(text, "，,"):
		return false
	case s.r.quotedTails.Suffix(text) != "":
		return true
	}
	return n >= minDoer && s.doer(span)
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
