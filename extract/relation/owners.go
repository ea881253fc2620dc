package relation

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/extract/lexicon"
	"github.com/districtkg/districtkg/schema"
)

// owners says that a company undertakes the works that begin with its name and
// go on with what it will make: 星河化工 undertakes 星河化工20万吨乙二醇项目. Without
// a number the name is more often only that of the works.
func (g *reading) owners() {
	for i := range g.entities {
		if g.entities[i].Class != schema.Project || len(g.entities[i].Mentions) == 0 {
			continue
		}
		if at, name := g.owner(i); name != "" {
			m := g.entities[i].Mentions[0]
			b := max(0, strings.Index(m.In(g.doc.Text), name))
			g.add(claim{key: key{at, i, schema.Undertakes}, name: "named-owner",
				trigger: schema.Span{Start: m.Start + b, End: min(m.End, m.Start+b+len(name))}, evidence: g.sentence(m.Span)})
		}
	}
}

// owner returns the company with the longest name that the name of the project
// i begins with, and that name, or "".
func (g *reading) owner(i int) (at int, name string) {
	for k := range g.entities {
		if g.entities[k].Class != schema.Enterprise {
			continue
		}
		for _, n := range g.names(k) {
			rest, ok := strings.CutPrefix(g.entities[i].Name, n)
			if ok && strings.ContainsAny(rest, "0123456789") && len(n) > len(name) && utf8.RuneCountInString(n) > 2 {
				at, name = k, n
			}
		}
	}
	return at, name
}

// undertaken says that the subject builds the works in it of which no one
// says who does: a district reports on its own.
func (g *reading) undertaken() {
	said := make([]bool, len(g.entities))
	for _, c := range g.found {
		said[c.subject] = said[c.subject] || c.predicate == schema.SettledIn
		if c.object >= 0 && c.predicate == schema.Undertakes {
			said[c.object] = true
		}
	}
	for _, c := range slices.Clone(g.found) {
		if c.predicate == schema.LocatedIn && c.object == g.seat && g.works(c.subject) && !said[c.subject] {
			g.add(claim{key: key{g.seat, c.subject, schema.Undertakes}, name: "undertaken", trigger: c.trigger, evidence: c.evidence})
		}
	}
}

// works reports whether entity i is a project whose name says that something
// is built or mended there.
func (g *reading) works(i int) bool {
	e := &g.entities[i]
	return e.Class == schema.Project && slices.ContainsFunc(g.words.works, func(w string) bool { return strings.HasSuffix(e.Name, w) })
}

// villages says that a village lies in the township that it is named with:
// 大庄镇曙光村.
func (g *reading) villages() {
	for k := 0; k+1 < len(g.items); k++ {
		a, b := &g.items[k], &g.items[k+1]
		town, village := &g.entities[a.Entity], &g.entities[b.Entity]
		if a.End == b.Start && a.Entity != g.subject && town.Class == schema.Division && village.Class == schema.Division &&
			g.township(town) && village.Code == "" {
			g.add(claim{key: key{b.Entity, a.Entity, schema.PartOf}, name: "named-with", trigger: a.Span,
				evidence: g.sentence(schema.Span{Start: a.Start, End: b.End})})
		}
	}
}

// township reports whether a division is of the rank of townships.
func (g *reading) township(e *schema.Entity) bool {
	d := g.divisions.ByCode(e.Code)
	return d != nil && d.Level == lexicon.Township || d == nil && slices.ContainsFunc([]string{"镇", "乡", "街道", "苏木"}, func(w string) bool {
		return strings.HasSuffix(e.Name, w)
	})
}
