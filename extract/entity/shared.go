package entity

import (
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// shared finds names that share their parts: 地铁7、8、11号线 names three lines.
func (r *Recogniser) shared(s *sentence) {
	sent := s.In(s.text)
	for at := 0; ; {
		i := strings.Index(sent[at:], "号线")
		if i < 0 {
			return
		}
		at += i
		s.lines(s.Start + at)
		at += len("号线")
	}
}

// sharedWorks makes works of the roads that stand in a list before works on a road, where
// the list says once at its end what is done: 凤城路、向阳路|改造 are two works. It returns
// the roads that they are named after.
func (s *sentence) sharedWorks() (roads []schema.Mention) {
	for _, k := range s.kept {
		works := &s.found[k]
		if works.class != schema.Project {
			continue
		}
		site, ok := s.siteOf(works)
		if !ok || site.Class != schema.Road && site.Class != schema.Place {
			continue
		}
		done := cleanName(s.text[site.End:works.End])
		for c := s.keptBefore(works.Start, site.Class); c != nil; c = s.keptBefore(c.Start, site.Class) {
			road := c.mention()
			road.Rule = siteRule
			roads = append(roads, road)
			c.class, c.name, c.rule = schema.Project, c.name+done, "shared-works"
		}
	}
	return roads
}

// keptBefore returns what was kept of a class that stands before byte b in a list, or nil.
func (s *sentence) keptBefore(b int, class schema.Class) *candidate {
	for _, k := range s.kept {
		if c := &s.found[k]; c.class == class && c.End < b && joint(strings.Join(strings.Fields(s.text[c.End:b]), "")) {
			return c
		}
	}
	return nil
}

// lines proposes the lines whose last number ends at byte b.
func (s *sentence) lines(b int) {
	numbers := s.numbersBefore(b)
	if len(numbers) == 0 {
		return
	}
	first := numbers[0].Start
	system := s.r.lineSystems.Suffix(s.text[s.Start:first])
	if system == "" {
		return
	}
	start := first - len(system)
	if d, ok := s.divisionEnding(start); ok {
		start = d.chain
	}
	for k, n := range numbers {
		span := n
		if k == 0 {
			span.Start = start
		}
		if k == len(numbers)-1 {
			span.End = b + len("号线")
		}
		s.proposeNamed(span, schema.Road, s.text[start:first]+n.In(s.text)+"号线", "shared-line")
	}
}

// numbersBefore returns the numbers of a list that ends at byte b, in order:
// 7、8、11 or 7号、8号.
func (s *sentence) numbersBefore(b int) []schema.Span {
	var numbers []schema.Span
	for b > s.Start {
		at := b
		for at > s.Start {
			r, size := utf8.DecodeLastRuneInString(s.text[s.Start:at])
			if !strings.ContainsRune("0123456789一二三四五六七八九十", r) {
				break
			}
			at -= size
		}
		if at == b {
			break
		}
		numbers = append([]schema.Span{{Start: at, End: b}}, numbers...)
		sep := ""
		for _, mark := range [...]string{"号线、", "号、", "、", "号线和", "号和", "和", "号线及", "及"} {
			if strings.HasSuffix(s.text[s.Start:at], mark) {
				sep = mark
				break
			}
		}
		if sep == "" {
			break
		}
		b = at - len(sep)
	}
	return numbers
}
