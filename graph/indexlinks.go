package graph

import (
	"cmp"
	"slices"

	"github.com/cayleygraph/quad"

	"github.com/districtkg/districtkg/graph/quads"
	"github.com/districtkg/districtkg/schema"
)

// statements fills in the ends of statements and lists them at the entities.
func (b *builder) statements() error {
	at := make(map[quad.IRI]*statement, len(b.stmts))
	slices.SortFunc(b.stmts, func(x, y statement) int { return quads.CompareIDs(x.iri, y.iri) })
	for i := range b.stmts {
		at[b.stmts[i].iri] = &b.stmts[i]
	}
	for p, set := range map[quad.IRI]func(*statement, quad.IRI){
		quads.RDFSubject:   func(s *statement, o quad.IRI) { s.subject = b.ent(o) },
		quads.RDFObject:    func(s *statement, o quad.IRI) { s.object = b.ent(o) },
		quads.RDFPredicate: func(s *statement, o quad.IRI) { s.predicate = b.predicate(b.vocab.PredicateOf(o)) },
	} {
		err := b.column(p, func(s quad.IRI, o, _ quad.Value) {
			if st := at[s]; st != nil {
				set(st, iriOf(o))
			}
		})
		if err != nil {
			return err
		}
	}
	for i, s := range b.stmts {
		if s.subject >= 0 {
			b.ents[s.subject].subject = append(b.ents[s.subject].subject, int32(i))
		}
		if s.object >= 0 && s.object != s.subject {
			b.ents[s.object].object = append(b.ents[s.object].object, int32(i))
		}
	}
	return nil
}

// ent returns the number of an entity, or -1.
func (x *index) ent(iri quad.IRI) int32 {
	if e, ok := x.entByID[iri]; ok {
		return e
	}
	return -1
}

// predicate returns the number of a relation in preds.
func (x *index) predicate(p schema.Predicate) uint8 {
	if i := slices.Index(x.preds, p); i >= 0 {
		return uint8(i)
	}
	return noPredicate
}

// A link is a direct edge between two entities.
type link struct {
	from, to  int32
	predicate uint8
}

// arcs lists direct edges at both ends.
func (b *builder) arcs() error {
	for i, p := range b.preds {
		var links []link
		err := b.column(b.vocab.Predicate(p), func(s quad.IRI, o, _ quad.Value) {
			from, to := b.ent(s), b.ent(iriOf(o))
			if from >= 0 && to >= 0 {
				links = append(links, link{from, to, uint8(i)})
			}
		})
		if err != nil {
			return err
		}
		b.join(links)
	}
	return nil
}

// join adds the links of one predicate; equal ones come from as many documents.
func (b *builder) join(links []link) {
	slices.SortFunc(links, func(x, y link) int { return cmp.Or(cmp.Compare(x.from, y.from), cmp.Compare(x.to, y.to)) })
	for len(links) > 0 {
		l, n := links[0], 1
		for n < len(links) && links[n] == l {
			n++
		}
		b.ents[l.from].arcs = append(b.ents[l.from].arcs, arc{l.to, l.predicate, false, int32(n)})
		if l.from != l.to {
			b.ents[l.to].arcs = append(b.ents[l.to].arcs, arc{l.from, l.predicate, true, int32(n)})
		}
		links = links[n:]
	}
}

// figures fills in the slots by which figures are asked for, sorts them, and
// tells entities which are theirs.
func (b *builder) figures() error {
	at := make(map[quad.IRI]*figure, len(b.figs))
	for i := range b.figs {
		at[b.figs[i].iri] = &b.figs[i]
	}
	if err := b.figureTexts(at); err != nil {
		return err
	}
	err := b.column(b.vocab.Subject, func(s quad.IRI, o, _ quad.Value) {
		if f := at[s]; f != nil {
			f.subject = b.ent(iriOf(o))
		}
	})
	if err != nil {
		return err
	}
	err = b.column(b.vocab.Indicator, func(s quad.IRI, o, _ quad.Value) {
		i, ok := b.indByID[iriOf(o)]
		if f := at[s]; f != nil && ok {
			f.indicator = i
			b.inds[i].figures++
		}
	})
	if err != nil {
		return err
	}
	slices.SortFunc(b.figs, compareFigures)
	b.spanFigures()
	return nil
}

func (b *builder) figureTexts(at map[quad.IRI]*figure) error {
	for property, field := range map[string]func(*figure) *string{
		"measure": func(f *figure) *string { return (*string)(&f.measure) }, "status": func(f *figure) *string { return (*string)(&f.status) },
		"periodStart": func(f *figure) *string { return &f.start }, "periodEnd": func(f *figure) *string { return &f.end },
		"unit": func(f *figure) *string { return &f.unit },
	} {
		err := b.texts(property, func(s quad.IRI, text string) {
			if f := at[s]; f != nil {
				*field(f) = text
			}
		})
		if err != nil {
			return err
		}
	}
	return b.texts("period", func(s quad.IRI, text string) {
		if f := at[s]; f != nil {
			f.period = text
		} else if d, ok := b.docByID[s]; ok {
			b.docs[d].period = text
		}
	})
}

func compareFigures(x, y figure) int {
	return cmp.Or(cmp.Compare(x.subject, y.subject), cmp.Compare(x.indicator, y.indicator), cmp.Compare(x.start, y.start),
		cmp.Compare(x.end, y.end), cmp.Compare(x.period, y.period), cmp.Compare(x.measure, y.measure), quads.CompareIDs(x.iri, y.iri))
}

func (b *builder) spanFigures() {
	for i, f := range b.figs {
		b.figByID[f.iri] = int32(i)
		if f.subject < 0 {
			continue
		}
		e := &b.ents[f.subject]
		if e.figs.to == 0 {
			e.figs.from = int32(i)
		}
		e.figs.to = int32(i + 1)
	}
}

// count makes the statistics that need no scan.
func (b *builder) count() {
	s := &b.stats
	s.Documents, s.Entities, s.Relations, s.Figures, s.Indicators = len(b.docs), len(b.ents), len(b.stmts), len(b.figs), len(b.inds)
	classes, predicates, kinds, divisions := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	for _, e := range b.ents {
		classes[string(e.class)]++
	}
	for _, st := range b.stmts {
		if st.predicate != noPredicate {
			predicates[string(b.preds[st.predicate])]++
		}
	}
	for _, d := range b.docs {
		s.Warnings += d.warnings
		kinds[string(d.kind)]++
		divisions[d.subjectName]++
	}
	for _, c := range schema.Classes() {
		if c.Named {
			s.Classes = append(s.Classes, Count{string(c.Class), classes[string(c.Class)]})
		}
	}
	for _, p := range b.preds {
		s.Predicates = append(s.Predicates, Count{string(p), predicates[string(p)]})
	}
	s.Kinds, s.Divisions = byCount(kinds), byCount(divisions)
}

// byCount lists counts, most first.
func byCount(counts map[string]int) []Count {
	out := make([]Count, 0, len(counts))
	for name, n := range counts {
		if name != "" {
			out = append(out, Count{name, n})
		}
	}
	slices.SortFunc(out, func(a, b Count) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Name, b.Name)) })
	return out
}
