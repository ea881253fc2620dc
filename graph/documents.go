package graph

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"

	"github.com/cayleygraph/quad"

	"github.com/districtkg/districtkg/graph/quads"
	"github.com/districtkg/districtkg/schema"
)

// Documents lists documents: by subject, then the newest first.
func (g *Graph) Documents(ctx context.Context, q DocumentQuery) (List[DocumentItem], error) {
	r, x, err := g.indexed(ctx)
	if err != nil {
		return List[DocumentItem]{}, fmt.Errorf("documents: %w", err)
	}
	defer r.release()
	within := g.area(x, q.Division)
	var found []*document
	for i := range x.docs {
		d := &x.docs[i]
		if (within == nil || within.docs[int32(i)]) && (q.Kind == "" || d.kind == q.Kind) && (q.Period == "" || d.period == q.Period) {
			found = append(found, d)
		}
	}
	slices.SortFunc(found, func(a, b *document) int {
		return cmp.Or(cmp.Compare(a.code, b.code), cmp.Compare(a.subjectName, b.subjectName), cmp.Compare(b.period, a.period),
			cmp.Compare(b.date, a.date), cmp.Compare(a.iri, b.iri))
	})
	list, err := listOf(q.Page, len(found), func(i int) quad.IRI { return found[i].iri }, func(i int) (DocumentItem, error) {
		return x.documentItem(found[i]), nil
	})
	if err != nil {
		return list, fmt.Errorf("documents: %w", err)
	}
	return list, nil
}

func (x *index) documentItem(d *document) DocumentItem {
	return DocumentItem{DocumentRef: x.documentRef(d.iri), SHA256: d.sha256,
		Entities: d.entities, Relations: d.relations, Figures: d.figures, Warnings: d.warnings}
}

// Document returns a document with its text and all that was read from it.
func (g *Graph) Document(ctx context.Context, id string) (Document, error) {
	r, x, err := g.indexed(ctx)
	if err != nil {
		return Document{}, fmt.Errorf("document: %w", err)
	}
	defer r.release()
	i, ok := x.docByID[quad.IRI(g.ID(id))]
	if !ok {
		return Document{}, fmt.Errorf("document %s: %w", id, schema.ErrNotFound)
	}
	d := &x.docs[i]
	var all []quad.Quad
	for q, err := range r.scan.Quads(ctx, quad.Quad{Label: d.iri}) {
		if err != nil {
			return Document{}, fmt.Errorf("document %s: %w", id, err)
		}
		all = append(all, q)
	}
	rec, err := quads.Decode(all, g.vocab)
	if err != nil {
		return Document{}, fmt.Errorf("document %s: %w", id, err)
	}
	return x.document(d, rec), nil
}

// document fills in the lists of a document from its record.
func (x *index) document(d *document, rec *quads.Record) Document {
	out := Document{DocumentItem: x.documentItem(d), Publisher: rec.Document.Publisher, Text: rec.Document.Text,
		MentionList: []Mention{}, RelationList: []Relation{}, FigureList: []Figure{}, WarningList: []Warning{}, Identity: []IdentitySlot{}}
	for _, m := range rec.Mentions {
		out.MentionList = append(out.MentionList, x.mentionOf(m, d.iri))
	}
	slices.SortStableFunc(out.MentionList, func(a, b Mention) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
	for _, s := range rec.Statements {
		out.RelationList = append(out.RelationList, x.relation(s, d.iri))
	}
	for _, f := range rec.Figures {
		out.FigureList = append(out.FigureList, x.figureOf(f, d.iri))
	}
	for _, w := range rec.Warnings {
		out.WarningList = append(out.WarningList, Warning{w.Kind, w.Start, w.End, w.Text, w.Message})
	}
	for _, s := range rec.Document.Slots {
		out.Identity = append(out.Identity, IdentitySlot{s.Name, Place{s.Place.Start, s.Place.End, s.Place.Text}})
	}
	return out
}

// Describe yields the quads with the IRI as subject, sorted, then those with it as object.
func (g *Graph) Describe(ctx context.Context, id string) iter.Seq2[quad.Quad, error] {
	iri := quad.IRI(g.ID(id))
	return func(yield func(quad.Quad, error) bool) {
		for _, want := range []quad.Quad{{Subject: iri}, {Object: iri}} {
			found, err := g.sorted(ctx, want)
			if err != nil {
				yield(quad.Quad{}, fmt.Errorf("describe %s: %w", iri, err))
				return
			}
			for _, q := range found {
				if !yield(q, nil) {
					return
				}
			}
		}
	}
}

// sorted collects the quads that match.
func (g *Graph) sorted(ctx context.Context, want quad.Quad) ([]quad.Quad, error) {
	r, err := g.read()
	if err != nil {
		return nil, err
	}
	defer r.release()
	var all []quad.Quad
	for q, err := range r.scan.Quads(ctx, want) {
		if err != nil {
			return nil, err
		}
		all = append(all, q)
	}
	slices.SortFunc(all, quads.Compare)
	return all, nil
}

// Quads yields the quads of a part of the graph, in no particular order, as
// they were when the range began; ranged over again it yields them as they are
// then. An unknown document is [schema.ErrNotFound].
func (g *Graph) Quads(ctx context.Context, f Filter) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		if err := g.stream(ctx, f, func(q quad.Quad) bool { return yield(q, nil) }); err != nil {
			yield(quad.Quad{}, fmt.Errorf("read quads: %w", err))
		}
	}
}

// Source returns [Graph.Quads] to be ranged over any number of times, for
// graph/export.
func (g *Graph) Source(ctx context.Context, f Filter) func() iter.Seq2[quad.Quad, error] {
	return func() iter.Seq2[quad.Quad, error] { return g.Quads(ctx, f) }
}

func (g *Graph) stream(ctx context.Context, f Filter, yield func(quad.Quad) bool) error {
	r, err := g.read()
	if err != nil {
		return err
	}
	labels, err := g.labelsOf(ctx, r, f)
	if err != nil {
		r.release()
		return err
	}
	direct := func(label quad.Value) (bool, error) { return pass(r.scan.Quads(ctx, quad.Quad{Label: label}), yield) }
	if r.view != nil {
		defer r.release()
		return eachLabel(labels, direct)
	}
	if _, ok := g.qs.(Scanner); ok { // each scan sees one moment; a lock would make writers wait for whoever reads
		r.release()
		return eachLabel(labels, direct)
	}
	var all []quad.Quad
	err = eachLabel(labels, func(label quad.Value) (bool, error) {
		return pass(r.scan.Quads(ctx, quad.Quad{Label: label}), func(q quad.Quad) bool { all = append(all, q); return true })
	})
	r.release()
	if err != nil {
		return err
	}
	_, err = pass(valid(all), yield)
	return err
}

// eachLabel calls do with each label until it says to stop.
func eachLabel(labels []quad.Value, do func(quad.Value) (bool, error)) error {
	for _, l := range labels {
		if more, err := do(l); err != nil || !more {
			return err
		}
	}
	return nil
}

// pass hands on quads until an error or until yield says to stop.
func pass(all iter.Seq2[quad.Quad, error], yield func(quad.Quad) bool) (more bool, err error) {
	for q, err := range all {
		if err != nil {
			return false, err
		}
		if !yield(q) {
			return false, nil
		}
	}
	return true, nil
}

// labelsOf returns the graphs of a filter; one nil label means all.
func (g *Graph) labelsOf(ctx context.Context, r *reader, f Filter) ([]quad.Value, error) {
	if f == (Filter{}) {
		return []quad.Value{nil}, nil
	}
	x, err := r.index(ctx)
	if err != nil {
		return nil, err
	}
	if f.Document != "" {
		iri := quad.IRI(g.ID(f.Document))
		if _, ok := x.docByID[iri]; !ok {
			return nil, fmt.Errorf("document %s: %w", iri, schema.ErrNotFound)
		}
		return []quad.Value{iri}, nil
	}
	within := g.area(x, f.Division)
	labels := []quad.Value{}
	for i := range x.docs {
		if within.docs[int32(i)] {
			labels = append(labels, x.docs[i].iri)
		}
	}
	if len(labels) == 0 {
		return nil, fmt.Errorf("documents about %s: %w", within.iri, schema.ErrNotFound)
	}
	return labels, nil
}
