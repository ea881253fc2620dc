package relation

import (
	"slices"
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// carriers says that a body carries out the programme that is quoted right
// after its name: 清河派出所“三所联动”.
func (g *reading) carriers() {
	for k := 0; k+1 < len(g.items); k++ {
		a, b := &g.items[k], &g.items[k+1]
		gap := g.doc.Text[a.End:b.Start]
		if b.Class != schema.Program || a.Entity == g.subject || !g.carries(a.Entity) || !g.quotedProgram(b.Span) ||
			strings.Trim(gap, "“《") != "" || g.organ[a.Entity] && governs(a.Name) || g.formula(b.Entity) {
			continue
		}
		g.add(claim{key: key{a.Entity, b.Entity, schema.Implements}, name: "named-carrier", trigger: a.Span,
			evidence: g.sentence(schema.Span{Start: a.Start, End: b.End})})
	}
}

// carries reports whether entity i is a body that can have a programme of its own.
func (g *reading) carries(i int) bool {
	e := &g.entities[i]
	switch e.Class {
	case schema.Agency, schema.School, schema.Hospital:
		return !g.foreign[i]
	case schema.Division:
		return g.grassroots(e)
	}
	return false
}

// quotedProgram reports whether a mention stands in quotation marks, which it
// may hold or not.
func (g *reading) quotedProgram(s schema.Span) bool {
	for _, q := range []string{"“", "《", "\""} {
		if strings.HasPrefix(s.In(g.doc.Text), q) || strings.HasSuffix(g.doc.Text[:s.Start], q) {
			return true
		}
	}
	return false
}

// formula reports whether programme i is one that every district has, a law, or
// somebody's words.
func (g *reading) formula(i int) bool {
	name := g.entities[i].Name
	return slices.Contains(g.words.plans, name) || strings.ContainsAny(name, "！!，,。") ||
		slices.ContainsFunc(g.words.bills, func(w string) bool { return strings.HasSuffix(name, w) }) ||
		slices.ContainsFunc(g.words.formula, func(w string) bool { return strings.Contains(name, w) }) ||
		slices.ContainsFunc(g.words.party, func(w string) bool { return strings.HasPrefix(name, w) })
}

// carriedOut says that the subject carries out the quoted programmes of which
// no one says who does: a district reports on its own.
func (g *reading) carriedOut() {
	said := make([]bool, len(g.entities))
	for _, c := range g.found {
		if c.object >= 0 {
			said[c.object] = said[c.object] || c.predicate == schema.Implements
		}
	}
	for i := range g.entities {
		if g.entities[i].Class != schema.Program || said[i] || g.formula(i) {
			continue
		}
		for _, m := range g.entities[i].Mentions {
			trigger, evidence, ok := g.says(m.Span, g.words.above)
			if ok && g.quotedProgram(m.Span) {
				g.add(claim{key: key{g.seat, i, schema.Implements}, name: "carried-out", trigger: trigger, evidence: evidence})
				break
			}
		}
	}
}
