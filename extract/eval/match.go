package eval

import "slices"

// A recorder is a record of the gold; a finder, something found.
type recorder interface{ about() record }

type finder interface{ line() string }

func (r record) about() record       { return r }
func (e foundEntity) line() string   { return e.raw }
func (r foundRelation) line() string { return r.raw }
func (f foundFigure) line() string   { return f.raw }

// match pairs records with finds, one to one and greedily: required records
// first, each with the first find that is left and the same. With repeats, a
// find that says a record again is not punished; without, only one that says an
// optional record again is not.
func match[G recorder, F finder](records []G, found []F, same func(G, F) bool, repeats bool) (Tally, Errors) {
	var t Tally
	var e Errors
	used := make([]bool, len(found))
	for _, optional := range []bool{false, true} {
		for _, g := range records {
			if g.about().optional != optional {
				continue
			}
			hit := -1
			for k, f := range found {
				if !used[k] && same(g, f) {
					hit = k
					break
				}
			}
			switch {
			case hit < 0 && !optional:
				t.Missed++
				e.Missed = append(e.Missed, g.about().raw)
			case hit >= 0 && optional:
				used[hit] = true
				t.Optional++
			case hit >= 0:
				used[hit] = true
				t.Right++
			}
		}
	}
	for k, f := range found {
		switch {
		case used[k]:
		case slices.ContainsFunc(records, func(g G) bool { return (g.about().optional || repeats) && same(g, f) }):
			t.Optional++
		default:
			t.Extra++
			e.Surplus = append(e.Surplus, f.line())
		}
	}
	return t, e
}

// The least likeness of names and of indicators that are the same.
const (
	nameLikeness      = 0.75
	indicatorLikeness = 0.6
)

func sameName(a, b []string) bool { return alike(a, b, nameLikeness) }

func sameEntity(g goldEntity, f foundEntity) bool {
	return g.class == f.class && sameName(g.names, f.names)
}

func sameEntityStrictly(g goldEntity, f foundEntity) bool {
	return g.class == f.class && slices.ContainsFunc(g.names, func(n string) bool { return slices.Contains(f.names, n) })
}

func sameSpan(g goldEntity, f foundEntity) bool { return sameName(g.names, f.names) }

func sameRelation(g goldRelation, f foundRelation) bool {
	if g.predicate != f.predicate {
		return false
	}
	return sameName(g.subject, f.subject) && sameName(g.object, f.object) ||
		g.predicate == "cooperatesWith" && sameName(g.subject, f.object) && sameName(g.object, f.subject)
}

func sameValue(g goldFigure, f foundFigure) bool {
	return slices.ContainsFunc(g.values, func(q quantity) bool {
		return closeTo(q.value, f.value.value) && (g.measure == "rank" || sameUnit(q.unit, f.value.unit))
	})
}

func sameMeasure(g goldFigure, f foundFigure) bool { return g.measure == f.measure }

func sameIndicator(g goldFigure, f foundFigure) bool {
	return alike(g.indicators, f.indicator, indicatorLikeness)
}

func samePeriod(g goldFigure, f foundFigure) bool {
	return slices.Contains(g.periods, f.period) || slices.Contains(g.periods, "*")
}

func sameSubject(g goldFigure, f foundFigure) bool { return sameName(g.subject, f.subject) }

// A level is one way to compare: how strict, and what.
type level struct {
	name   string
	listed bool // its errors are worth reading
	tally  func(*gold, prediction) (Tally, Errors)
}

// levels returns the levels of the report, in its order.
func levels() []level {
	return []level{
		{"entity (strict)", false, entities(sameEntityStrictly)},
		{"entity", true, entities(sameEntity)},
		{"entity span (any type)", false, entities(sameSpan)},
		{"relation", true, func(g *gold, p prediction) (Tally, Errors) {
			return match(g.relations, p.relations, sameRelation, false)
		}},
		{"figure value", false, figures(sameValue)},
		{"figure", false, figures(sameValue, sameMeasure, sameIndicator)},
		{"figure (full)", true, figures(sameValue, sameMeasure, sameIndicator, samePeriod, sameSubject)},
	}
}

// slotLevels returns the levels that tell which slot of figures is how good.
func slotLevels() []level {
	return []level{
		{"measure", false, figures(sameValue, sameMeasure)},
		{"indicator", false, figures(sameValue, sameIndicator)},
		{"period", false, figures(sameValue, samePeriod)},
		{"subject", false, figures(sameValue, sameSubject)},
	}
}

func entities(same func(goldEntity, foundEntity) bool) func(*gold, prediction) (Tally, Errors) {
	return func(g *gold, p prediction) (Tally, Errors) { return match(g.entities, p.entities, same, false) }
}

// figures compares all of the given slots. A table often repeats the running
// text, so saying a figure again is no error.
func figures(slots ...func(goldFigure, foundFigure) bool) func(*gold, prediction) (Tally, Errors) {
	same := func(g goldFigure, f foundFigure) bool {
		for _, slot := range slots {
			if !slot(g, f) {
				return false
			}
		}
		return true
	}
	return func(g *gold, p prediction) (Tally, Errors) { return match(g.figures, p.figures, same, true) }
}
