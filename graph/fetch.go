package graph

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/cayleygraph/quad"

	"github.com/districtkg/districtkg/graph/quads"
	"github.com/districtkg/districtkg/schema"
)

// A fetcher reads things from the store for one answer. It remembers evidence
// and documents, which many things of an answer share.
type fetcher struct {
	*index
	ctx    context.Context
	scan   Scanner
	quotes map[quad.IRI]schema.Quote
	nodes  map[quad.IRI]quads.Node // read ahead
}

func (r *reader) fetcher(ctx context.Context, x *index) *fetcher {
	return &fetcher{index: x, ctx: ctx, scan: r.scan, quotes: map[quad.IRI]schema.Quote{}, nodes: map[quad.IRI]quads.Node{}}
}

// ahead reads things and the places that they name, where the store can do
// that at once; node finds them then.
func (f *fetcher) ahead(iris []quad.IRI) error {
	if err := f.load(iris); err != nil {
		return err
	}
	places := make([]quad.IRI, 0, 2*len(iris))
	for _, iri := range iris {
		for _, p := range []quad.IRI{f.vocab.Evidence, f.vocab.Trigger, f.vocab.Printed} {
			if place := f.nodes[iri].Link(p); place != "" {
				places = append(places, place)
			}
		}
	}
	return f.load(places)
}

func (f *fetcher) load(iris []quad.IRI) error {
	store, ok := f.scan.(SubjectReader)
	if !ok {
		return nil
	}
	wanted := make([]quad.Value, 0, len(iris))
	for _, iri := range iris {
		if _, known := f.nodes[iri]; !known {
			f.nodes[iri] = nil
			wanted = append(wanted, iri)
		}
	}
	for q, err := range store.Subjects(f.ctx, wanted) {
		if err != nil {
			return fmt.Errorf("read %d things: %w", len(wanted), err)
		}
		s := iriOf(q.Subject)
		f.nodes[s] = append(f.nodes[s], q)
	}
	for _, v := range wanted {
		slices.SortFunc(f.nodes[iriOf(v)], quads.Compare)
	}
	return nil
}

// fetched makes a page of a list of n things, all of which it reads ahead.
func fetched[T any](f *fetcher, p Page, n int, id func(int) quad.IRI, read func(quad.IRI) (T, error)) (List[T], error) {
	from, to, _, err := p.cut(n, id)
	if err != nil {
		return List[T]{}, err
	}
	iris := make([]quad.IRI, 0, to-from)
	for i := from; i < to; i++ {
		iris = append(iris, id(i))
	}
	if err := f.ahead(iris); err != nil {
		return List[T]{}, err
	}
	return listOf(p, n, id, func(i int) (T, error) { return read(id(i)) })
}

// node returns the quads with the subject, sorted.
func (f *fetcher) node(iri quad.IRI) (quads.Node, error) {
	if n, ok := f.nodes[iri]; ok {
		return n, nil
	}
	var n quads.Node
	for q, err := range f.scan.Quads(f.ctx, quad.Quad{Subject: iri}) {
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", iri, err)
		}
		n = append(n, q)
	}
	slices.SortFunc(n, quads.Compare)
	return n, nil
}

// subjects returns the subjects of a predicate and object, in order of their ids.
func (f *fetcher) subjects(predicate, object quad.IRI) ([]quad.IRI, error) {
	var out []quad.IRI
	for q, err := range f.scan.Quads(f.ctx, quad.Quad{Predicate: predicate, Object: object}) {
		if err != nil {
			return nil, fmt.Errorf("read what has %s %s: %w", predicate, object, err)
		}
		if s, ok := q.Subject.(quad.IRI); ok {
			out = append(out, s)
		}
	}
	slices.SortFunc(out, quads.CompareIDs)
	return slices.Compact(out), nil
}

// quote reads a piece of evidence; the zero Quote where there is none.
func (f *fetcher) quote(iri quad.IRI) (schema.Quote, error) {
	if q, ok := f.quotes[iri]; ok || iri == "" {
		return q, nil
	}
	n, err := f.node(iri)
	if err != nil {
		return schema.Quote{}, err
	}
	q, err := f.vocab.Quote(n)
	f.quotes[iri] = q
	return q, err
}

// statement reads a relation with its evidence.
func (f *fetcher) statement(iri quad.IRI) (Relation, error) {
	n, err := f.node(iri)
	if err != nil {
		return Relation{}, err
	}
	return f.fillStatement(f.vocab.Statement(iri, n), docOf(n))
}

// fillStatement adds the evidence that the statement lacks.
func (f *fetcher) fillStatement(s quads.Statement, doc quad.IRI) (_ Relation, err error) {
	if s.Evidence.Quote, err = f.quote(s.Evidence.IRI); err != nil {
		return Relation{}, err
	}
	if s.Trigger.Quote, err = f.quote(s.Trigger.IRI); err != nil {
		return Relation{}, err
	}
	return f.relation(s, doc), nil
}

func (x *index) relation(s quads.Statement, doc quad.IRI) Relation {
	return Relation{ID: string(s.IRI), Subject: x.ref(s.Subject), Predicate: s.Predicate, Object: x.ref(s.Object),
		Rule: s.Rule, Trigger: s.Trigger.Text, Date: s.Date, Evidence: x.evidence(s.Evidence, doc)}
}

// docOf returns the document that a node was read from.
func docOf(n quads.Node) quad.IRI {
	if d := n.Link(quads.DerivedFrom); d != "" || len(n) == 0 {
		return d
	}
	return iriOf(n[0].Label)
}

func (x *index) evidence(p quads.Place, doc quad.IRI) Evidence {
	return Evidence{ID: string(p.IRI), Quote: p.Text, Start: p.Start, End: p.End, Document: x.documentRef(doc)}
}

func (x *index) documentRef(iri quad.IRI) DocumentRef {
	i, ok := x.docByID[iri]
	if !ok {
		return DocumentRef{ID: string(iri)}
	}
	d := &x.docs[i]
	ref := DocumentRef{ID: string(iri), Title: d.label, Kind: d.kind, Code: d.code, Period: d.period, Date: d.date, Path: d.path,
		Subject: Ref{Name: d.subjectName, Class: schema.Division}}
	if d.about >= 0 {
		ref.Subject = x.ref(x.ents[d.about].iri)
	}
	return ref
}

// figure reads a figure with its evidence.
func (f *fetcher) figure(iri quad.IRI) (Figure, error) {
	n, err := f.node(iri)
	if err != nil {
		return Figure{}, err
	}
	rec, err := f.vocab.Figure(iri, n)
	if err != nil {
		return Figure{}, err
	}
	if rec.Evidence.Quote, err = f.quote(rec.Evidence.IRI); err != nil {
		return Figure{}, err
	}
	if rec.Printed.Quote, err = f.quote(rec.Printed.IRI); err != nil {
		return Figure{}, err
	}
	return f.figureOf(rec, docOf(n)), nil
}

func (x *index) figureOf(r quads.Figure, doc quad.IRI) Figure {
	out := Figure{
		ID: string(r.IRI), Subject: x.ref(r.Subject), Indicator: x.ref(r.Indicator), Worded: r.Worded, Measure: r.Measure,
		Value: json.Number(r.Value.String()), Unit: r.Unit, Period: r.Period, Start: r.Start, End: r.End,
		Status: r.Status, Bound: r.Bound, Of: string(r.Of), Rule: r.Rule,
		Printed: Place{r.Printed.Start, r.Printed.End, r.Printed.Text}, Evidence: x.evidence(r.Evidence, doc),
	}
	if !r.High.Equal(r.Value) {
		out.High = json.Number(r.High.String())
	}
	return out
}

// mention reads where a document names an entity.
func (f *fetcher) mention(iri quad.IRI) (Mention, error) {
	n, err := f.node(iri)
	if err != nil {
		return Mention{}, err
	}
	m, err := f.vocab.Mention(iri, n)
	return f.mentionOf(m, docOf(n)), err
}

func (x *index) mentionOf(m quads.MentionRecord, doc quad.IRI) Mention {
	return Mention{ID: string(m.IRI), Entity: x.ref(m.Entity), Place: Place{m.Start, m.End, m.Text}, Rule: m.Rule, Document: string(doc)}
}

// each makes a list of things.
func each[T any](f *fetcher, iris []quad.IRI, read func(quad.IRI) (T, error)) ([]T, error) {
	if err := f.ahead(iris); err != nil {
		return nil, err
	}
	out := make([]T, 0, len(iris))
	for _, iri := range iris {
		x, err := read(iri)
		if err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, nil
}
