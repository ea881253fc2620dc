package entity

import (
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// anchorRule is the rule of works that are named after a site or a company.
const anchorRule = "suffix-anchored"

// anchored finds works by the site or the company with which their name begins
// and the word for works that it ends with, whatever verbs of the trade stand
// between: 第三医院|迁建项目, 东湖湿地公园|保护与提升改造项目, 恩泽生物|发酵产品项目.
func (r *Recogniser) anchored(s *sentence) {
	for i := 1; i < len(s.words); i++ {
		w := &s.words[i]
		if w.has(mark) || !s.mayEnd(w.End, laneHeadEnd) {
			continue
		}
		word, h := r.heads.ending(s.text[s.Start:w.End])
		if h.class != schema.Project || s.isNotName(w.End-len(word), w.End) {
			continue
		}
		if span := (schema.Span{Start: w.End - len(word), End: w.End}); s.endsWorks(span) {
			s.anchor(span, h)
		}
	}
}

// endsWorks reports whether the word for works at span is the last of a name: it
// says that it is works, or what is done has no object.
func (s *sentence) endsWorks(span schema.Span) bool {
	if s.beginsInstitute(span) {
		return false
	}
	if saysWorks(span.In(s.text)) {
		return true
	}
	i := s.wordAt(span.End)
	return i >= len(s.words) || s.words[i].has(mark|number|boundary) || s.r.worksVerbs.At(s.text[:s.End], span.End) != "" ||
		s.r.adverbs.Prefix(s.rest(span.End)) != "" || strings.HasPrefix(s.rest(span.End), "等")
}

// beginsInstitute reports whether the 工程 at span is the science or trade that an institute
// or a company is named after: 过程工程|研究所, 云岭国际工程|公司.
func (s *sentence) beginsInstitute(span schema.Span) bool {
	if !strings.HasSuffix(span.In(s.text), "工程") {
		return false
	}
	for _, tail := range [...]string{"研究", "技术研究", "技术学", "职业", "学院", "大学", "师", "公司", "有限", "集团", "局", "设计"} {
		if strings.HasPrefix(s.rest(span.End), tail) {
			return true
		}
	}
	return false
}

// saysWorks reports whether a word says by itself that a name is one of works.
func saysWorks(word string) bool {
	return strings.HasSuffix(word, "项目") || strings.HasSuffix(word, "工程")
}

// anchor proposes the longest name of works that ends with the head at span and
// begins with a site or a company.
func (s *sentence) anchor(span schema.Span, h head) {
	start := span.Start
	for k := range s.found {
		c := &s.found[k]
		if c.Start >= start || c.End > span.Start || !anchors(c) || runes(s.text[c.Start:span.Start]) > h.max || !s.opensName(c.Start) {
			continue
		}
		if s.allWorks(c.End, span.Start) {
			start = c.Start
		}
	}
	if start == span.Start && saysWorks(span.In(s.text)) {
		start = s.coinedStart(span.Start, h)
	}
	if start == span.Start {
		return
	}
	name := schema.Span{Start: start, End: s.tail(span.End, h)}
	if s.r.notNames.Has(name.In(s.text)) || s.softWork(s.text[start:span.Start], span) {
		s.reject(name, anchorRule, "it is known to be no name, or nothing is built")
		return
	}
	s.propose(name, s.classOf(name, span, h), anchorRule)
}

// anchors reports whether works are named after what a candidate is.
func anchors(c *candidate) bool {
	switch c.class {
	case schema.Enterprise, schema.Hospital, schema.School, schema.Place, schema.Road, schema.Zone:
		return c.rule != "list" && c.rule != "brand-peer"
	}
	return false
}

// allWorks reports whether what stands between two bytes tells of works only: a
// trade, a product, a capacity, what is done to a site.
func (s *sentence) allWorks(from, to int) bool {
	between := s.text[from:to]
	if plain := s.r.plainWorks.Suffix(between); plain != "" && len(plain) == len(between) && s.r.deedTails.Suffix(between) == "" {
		return false // 恒达集团|重点|项目
	}
	deed := from
	for i := s.wordAt(from); i < len(s.words) && s.words[i].Start < to; i++ {
		deed = max(deed, s.deedAt(s.words[i].Start))
		if s.words[i].Start >= deed && !s.fitsWorks(i) {
			return false
		}
	}
	return true
}

// fitsWorks reports whether word i can stand inside the name of works.
func (s *sentence) fitsWorks(i int) bool {
	w := &s.words[i]
	switch {
	case s.in(i) == "与", s.in(i) == "及":
		return i+1 < len(s.words) && !s.words[i+1].has(proper)
	case w.has(mark | speech), w.has(boundary) && !w.has(inside), s.opensBuilding(w.Start):
		return false
	case w.has(number):
		return s.measured(i)
	}
	return true
}

// coinedStart returns where the coined word begins with which the name begins of
// works that end at byte b: 云顶茶海|文旅民宿|项目; b where there is none, or
// nothing but it.
func (s *sentence) coinedStart(b int, h head) int {
	i := s.wordAt(b) - 1
	for n := 0; i >= 0 && n < h.max && s.words[i].End > s.Start && (s.fitsWorks(i) || s.deedAt(s.words[i].Start) > 0); i-- {
		n += runes(s.in(i))
	}
	for i++; i < len(s.words) && s.words[i].Start < b && s.words[i].has(lead|verbal); i++ {
	}
	before := s.text[s.Start:b]
	if i >= len(s.words) || s.words[i].Start >= b || s.divisionAt(s.words[i].Start) || strings.HasSuffix(before, "性") || strings.HasSuffix(before, "型") || !s.words[i].has(proper) || !s.opensName(s.words[i].Start) || runes(s.text[s.words[i].Start:b]) < 5 {
		return b
	}
	return s.words[i].Start
}

// opensBuilding reports whether a verb that builds stands at byte b.
func (s *sentence) opensBuilding(b int) bool {
	return s.may(b, laneBuildVerb) && s.r.buildVerbs.At(s.text[:s.End], b) != ""
}

// measured reports whether the number that word i is tells a size or an order,
// not how many works there are.
func (s *sentence) measured(i int) bool {
	last := s.in(i)[max(0, s.words[i].Len()-len("个")):]
	if strings.HasSuffix(s.in(i), "年") || s.r.flags.words[last].has(counter) {
		return false
	}
	return s.capacityAt(s.words[i].Start) || i+1 < len(s.words) && !s.words[i+1].has(mark) && s.in(i+1) != "年" && !s.r.sums.Has(s.in(i+1)) && !s.words[i+1].has(counter)
}
