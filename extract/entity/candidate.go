package entity

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// A candidate is a mention that a rule proposes.
type candidate struct {
	schema.Span
	class schema.Class
	name  string
	code  string
	rule  string
	score int
}

// propose adds a candidate whose name is the text of its span.
func (s *sentence) propose(span schema.Span, class schema.Class, rule string) {
	s.proposeNamed(span, class, cleanName(span.In(s.text)), rule)
}

// proposeNamed adds a candidate whose name the text does not spell out.
func (s *sentence) proposeNamed(span schema.Span, class schema.Class, name, rule string) {
	if span.Len() <= 0 || name == "" || class == schema.Division && s.halvesOfficial(span) {
		return
	}
	s.found = append(s.found, candidate{Span: span, class: class, name: name, rule: rule, score: s.r.scores[rule]})
}

// halvesOfficial reports whether span is the end of an official name: 桑根达|来镇.
func (s *sentence) halvesOfficial(span schema.Span) bool {
	return slices.ContainsFunc(s.divs, func(d division) bool { return d.full && d.Start < span.Start && span.End <= d.End })
}

// reject tells the trace why a span is no name.
func (s *sentence) reject(span schema.Span, rule, reason string) {
	s.doc.Decide(stage, rule, span, false, reason)
}

// cleanName returns a name without line breaks and the quotation or title
// marks around the whole of it.
func cleanName(name string) string {
	if !strings.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r == '"' || r >= 0x2000 && r < 0x3020 }) {
		return name
	}
	name = strings.Join(strings.Fields(name), "")
	for _, pair := range [...][2]string{{"“", "”"}, {"《", "》"}, {"‘", "’"}, {"「", "」"}, {`"`, `"`}} {
		inner, ok1 := strings.CutPrefix(name, pair[0])
		inner, ok2 := strings.CutSuffix(inner, pair[1])
		if ok1 && ok2 && !strings.Contains(inner, pair[0]) {
			return inner
		}
	}
	return name
}

// keep appends what arbitration keeps of the candidates of a sentence, in order
// of text, and then the divisions and owners with which names among them begin.
func (s *sentence) keep(out []schema.Mention) []schema.Mention {
	s.arbitrate()
	roads := s.sharedWorks()
	for _, i := range s.kept {
		out = append(out, s.found[i].mention())
	}
	return append(s.nestedSites(s.nestedDivisions(out)), roads...)
}

func (c *candidate) mention() schema.Mention {
	return schema.Mention{Span: c.Span, Class: c.class, Name: c.name, Code: c.code, Rule: c.rule}
}

// arbitrate keeps, where candidates overlap, the one with the highest score,
// then the longest, then the first proposed.
func (s *sentence) arbitrate() {
	s.order, s.kept = s.order[:0], s.kept[:0]
	for i := range s.found {
		s.order = append(s.order, int32(i))
	}
	slices.SortFunc(s.order, func(i, j int32) int { // candidates are large to move
		a, b := &s.found[i], &s.found[j]
		return cmp.Or(b.score-a.score, b.Len()-a.Len(), a.Start-b.Start, int(i-j))
	})
	for _, i := range s.order {
		c := &s.found[i]
		if k := slices.IndexFunc(s.kept, func(k int32) bool { return s.found[k].Overlaps(c.Span) }); k >= 0 {
			if s.doc.Traced() {
				w := s.found[s.kept[k]]
				s.doc.Decide(stage, c.rule, c.Span, false, fmt.Sprintf("%s %s yields to %s %s by %s: score %d to %d",
					c.class, c.name, w.class, w.name, w.rule, c.score, w.score))
			}
			continue
		}
		if s.doc.Traced() {
			s.doc.Decide(stage, c.rule, c.Span, true, fmt.Sprintf("%s %s, score %d", c.class, c.name, c.score))
		}
		s.kept = append(s.kept, i)
	}
	slices.SortFunc(s.kept, func(i, j int32) int { return s.found[i].Start - s.found[j].Start })
}

// formulaRule is the rule of political formulas. They are recognised so that
// nothing inside them is taken for a name, then dropped: their class is
// disputable, and they tell nothing of a district.
const formulaRule = "known-formula"

func withoutFormulas(doc *schema.Doc, kept []schema.Mention) []schema.Mention {
	return slices.DeleteFunc(kept, func(m schema.Mention) bool {
		if m.Rule == formulaRule {
			doc.Decide(stage, m.Rule, m.Span, false, "a political formula")
		}
		return m.Rule == formulaRule
	})
}

// divisionRule is the rule of official names of divisions, nestedRule that of
// those inside of other names.
const (
	divisionRule = "division"
	nestedRule   = "division-nested"
)

// nestedDivisions appends the official names of divisions with which kept names
// begin: 岳阳楼区 of 岳阳楼区人民政府.
func (s *sentence) nestedDivisions(out []schema.Mention) []schema.Mention {
	s.fronts = s.fronts[:0]
	for _, i := range s.kept {
		c := &s.found[i]
		s.fronts = append(s.fronts, c.Start)
		if strings.HasPrefix(c.name, "中共") {
			s.fronts = append(s.fronts, c.Start+len("中共"))
		} else if year := c.Len() - len(strings.TrimLeft(c.In(s.text), "0123456789")); year > 0 {
			s.fronts = append(s.fronts, c.Start+year)
		}
	}
	for _, i := range s.order { // those of one rule and length in order of text
		if c := &s.found[i]; c.rule == divisionRule && slices.Contains(s.fronts, c.Start) {
			s.fronts = append(s.fronts, c.End) // 绍兴市|上虞区|统计局
		}
	}
	for _, i := range s.order {
		if c := &s.found[i]; c.rule == divisionRule && slices.Contains(s.fronts, c.Start) {
			m := c.mention()
			m.Rule = nestedRule
			out = append(out, m)
		}
	}
	return out
}

// siteRule is the rule of the sites that works are named after.
const siteRule = "site-nested"

// nestedSites appends the schools, hospitals, companies, roads, parks and waters
// that works are named after: 县中医院 of 县中医院康复楼, 人民路 of 人民路改造.
func (s *sentence) nestedSites(out []schema.Mention) []schema.Mention {
	for _, k := range s.kept {
		works := s.found[k]
		if works.class != schema.Project && works.class != schema.Place {
			continue
		}
		if m, ok := s.siteOf(&works); ok {
			m.Rule = siteRule
			out = append(out, m)
		}
	}
	return out
}

// siteOf returns what the works are named after.
func (s *sentence) siteOf(works *candidate) (m schema.Mention, ok bool) {
	for _, i := range s.order {
		if works.class == schema.Place {
			break // a park is no company's for the name of one in its own
		}
		c := &s.found[i]
		if c.Start == works.Start && c.End < works.End && s.r.isSite(c, s.text[c.End:works.End]) {
			return c.mention(), true
		}
	}
	for _, f := range s.firms {
		if f.Start == works.Start && f.End < works.End && (s.tellsWorks(f.End, works.End, f.sure) || works.class == schema.Place && f.sure && !s.knownFrom(f.Start, f.End)) {
			return schema.Mention{Span: f.Span, Class: schema.Enterprise, Name: cleanName(f.In(s.text))}, true
		}
	}
	return m, false
}

// tellsWorks reports whether the rest of a name, from byte b to end, says which
// works of a company are meant: 2500吨生产线; of one that is sure also 三期, 技改.
func (s *sentence) tellsWorks(b, end int, sure bool) bool {
	rest := s.text[b:end]
	return s.capacityAt(b) || sure && s.r.deedTails.Has(rest) || sure && strings.HasSuffix(rest, "期") && runes(rest) == 2
}

// isSite reports whether a candidate is a place in its own right, whatever is
// built there, where the name of the works goes on with rest after it.
func (r *Recogniser) isSite(c *candidate, rest string) bool {
	switch c.class {
	case schema.School, schema.Hospital:
		return true
	case schema.Enterprise:
		return c.rule == "brand" || c.rule == "known-brand" || c.rule == "suffix-proper" && (strings.HasSuffix(c.name, "集团") || strings.HasSuffix(c.name, "公司"))
	case schema.Place, schema.Road, schema.Zone:
		word, _ := r.heads.ending(c.name)
		return word != "" && (r.deedTails.Prefix(rest) != "" || r.siteDeeds.Prefix(rest) != "" || c.class != schema.Road && runes(word) > 1 && r.buildsIn(rest))
	}
	return false
}

// buildsIn reports whether the rest of the name of works, after a site's, says what is built
// there, and not that the site itself is, a part of it or where a road ends:
// 云岭工业园|污水处理厂, but 云岭工业园|二期项目, 云岭湿地|公园, 云岭花园|至北山段.
func (r *Recogniser) buildsIn(rest string) bool {
	if strings.ContainsAny(rest, "至—段") || r.heads.begins(rest, schema.Place, schema.Zone) {
		return false
	}
	rest = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(rest, "项目"), "工程"), "建设")
	rest = strings.TrimSuffix(rest, r.deedTails.Suffix(rest))
	return runes(strings.TrimRight(rest, "一二三四五期")) > 1
}

// parted takes the nested divisions and sites from what was found, and leaves of
// them those that stand nowhere else in the document, the first of each, in
// order of text.
func parted(finds []schema.Mention) (kept, nested []schema.Mention) {
	kept = finds[:0]
	type thing struct {
		class schema.Class
		name  string
	}
	free := map[thing]bool{}
	for _, m := range finds {
		if m.Rule == nestedRule || m.Rule == siteRule {
			nested = append(nested, m)
			continue
		}
		kept = append(kept, m)
		free[thing{m.Class, m.Name}] = true
	}
	slices.SortStableFunc(nested, func(a, b schema.Mention) int { return cmp.Or(b.Len()-a.Len(), a.Start-b.Start) })
	nested = slices.DeleteFunc(nested, func(m schema.Mention) bool {
		known := free[thing{m.Class, m.Name}]
		free[thing{m.Class, m.Name}] = true
		return known
	})
	slices.SortStableFunc(nested, func(a, b schema.Mention) int { return cmp.Or(a.Start-b.Start, b.End-a.End) })
	return kept, nested
}

// withNested merges nested names into the mentions that they stand in.
func withNested(kept, nested []schema.Mention) []schema.Mention {
	if len(nested) == 0 {
		return kept
	}
	out := make([]schema.Mention, 0, len(kept)+len(nested))
	for _, m := range kept {
		for len(nested) > 0 && cmp.Or(nested[0].Start-m.Start, m.End-nested[0].End) < 0 {
			out = append(out, nested[0])
			nested = nested[1:]
		}
		out = append(out, m)
	}
	return append(out, nested...)
}
