package graph

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/cayleygraph/quad"

	"github.com/districtkg/districtkg/graph/quads"
	"github.com/districtkg/districtkg/schema"
)

// Entity returns all that the graph knows of an entity, with the first page of each list.
func (g *Graph) Entity(ctx context.Context, id string) (Card, error) {
	r, x, err := g.indexed(ctx)
	if err != nil {
		return Card{}, fmt.Errorf("entity: %w", err)
	}
	defer r.release()
	i, err := g.entity(x, id)
	if err != nil {
		return Card{}, err
	}
	card, err := r.fetcher(ctx, x).card(i)
	if err != nil {
		return Card{}, fmt.Errorf("entity %s: %w", id, err)
	}
	return card, nil
}

// cardPage is the length of a card's lists: enough to show, and quick to read.
const cardPage = 20

func (f *fetcher) card(i int32) (c Card, err error) {
	e := &f.ents[i]
	c = Card{Ref: f.ref(e.iri), Aliases: e.aliases, Code: e.code, Scope: e.scope, Documents: make([]DocumentRef, 0, len(e.docs))}
	for _, d := range e.docs {
		c.Documents = append(c.Documents, f.documentRef(f.docs[d].iri))
	}
	if c.Relations, err = f.relationsOf(e, nil, Page{Limit: cardPage}); err != nil {
		return c, err
	}
	if c.Mentions, err = f.mentionsOf(e, Page{Limit: cardPage}); err != nil {
		return c, err
	}
	c.Figures, err = f.figureList(f.figs[e.figs.from:e.figs.to], nil, Page{Limit: cardPage})
	return c, err
}

// relationsOf lists the statements with the entity as subject, then those with it as object.
func (f *fetcher) relationsOf(e *entity, ps map[uint8]bool, p Page) (List[Relation], error) {
	all := slices.DeleteFunc(slices.Concat(e.subject, e.object), func(s int32) bool { return ps != nil && !ps[f.stmts[s].predicate] })
	id := func(i int) quad.IRI { return f.stmts[all[i]].iri }
	return fetched(f, p, len(all), id, f.statement)
}

func (f *fetcher) mentionsOf(e *entity, p Page) (List[Mention], error) {
	all, err := f.subjects(f.vocab.Mentions, e.iri)
	if err != nil {
		return List[Mention]{}, err
	}
	return fetched(f, p, len(all), func(i int) quad.IRI { return all[i] }, f.mention)
}

// Relations lists the statements about an entity: as subject, then as object.
func (g *Graph) Relations(ctx context.Context, q RelationQuery) (List[Relation], error) {
	r, x, err := g.indexed(ctx)
	if err != nil {
		return List[Relation]{}, fmt.Errorf("relations: %w", err)
	}
	defer r.release()
	i, err := g.entity(x, q.Entity)
	if err != nil {
		return List[Relation]{}, err
	}
	list, err := r.fetcher(ctx, x).relationsOf(&x.ents[i], x.predicateSet(q.Predicates), q.Page)
	if err != nil {
		return list, fmt.Errorf("relations of %s: %w", q.Entity, err)
	}
	return list, nil
}

// Mentions lists where documents name an entity.
func (g *Graph) Mentions(ctx context.Context, id string, p Page) (List[Mention], error) {
	r, x, err := g.indexed(ctx)
	if err != nil {
		return List[Mention]{}, fmt.Errorf("mentions: %w", err)
	}
	defer r.release()
	i, err := g.entity(x, id)
	if err != nil {
		return List[Mention]{}, err
	}
	list, err := r.fetcher(ctx, x).mentionsOf(&x.ents[i], p)
	if err != nil {
		return list, fmt.Errorf("mentions of %s: %w", id, err)
	}
	return list, nil
}

// Edge returns the statements behind an edge of a network, at most MaxLimit.
// None is [schema.ErrNotFound].
func (g *Graph) Edge(ctx context.Context, source string, p schema.Predicate, target string) ([]Relation, error) {
	r, x, err := g.indexed(ctx)
	if err != nil {
		return nil, fmt.Errorf("edge: %w", err)
	}
	defer r.release()
	from, err := g.entity(x, source)
	if err != nil {
		return nil, err
	}
	to, err := g.entity(x, target)
	if err != nil {
		return nil, err
	}
	var iris []quad.IRI
	for _, i := range x.ents[from].subject {
		if s := &x.stmts[i]; s.object == to && s.predicate == x.predicate(p) && len(iris) < MaxLimit {
			iris = append(iris, s.iri)
		}
	}
	if len(iris) == 0 {
		return nil, fmt.Errorf("relation %s %s %s: %w", source, p, target, schema.ErrNotFound)
	}
	f := r.fetcher(ctx, x)
	return each(f, iris, f.statement)
}

// Evidence returns a piece of evidence with what it supports. The id may also
// be that of a statement, a figure, a mention or a warning: then it is theirs.
func (g *Graph) Evidence(ctx context.Context, id string) (Support, error) {
	r, x, err := g.indexed(ctx)
	if err != nil {
		return Support{}, fmt.Errorf("evidence: %w", err)
	}
	defer r.release()
	s, err := r.fetcher(ctx, x).support(quad.IRI(g.ID(id)))
	if err != nil {
		return Support{}, fmt.Errorf("evidence %s: %w", id, err)
	}
	return s, nil
}

func (f *fetcher) support(iri quad.IRI) (s Support, err error) {
	s = Support{Relations: []Relation{}, Figures: []Figure{}, Mentions: []Mention{}}
	n, err := f.node(iri)
	if err != nil {
		return s, err
	}
	switch f.vocab.ClassOf(n.One(quads.RDFType)) {
	case schema.StatementClass:
		s.Relations, err = each(f, []quad.IRI{iri}, f.statement)
		return s, errors.Join(err, f.place(&s, n.Link(f.vocab.Evidence), docOf(n)))
	case schema.FigureClass:
		s.Figures, err = each(f, []quad.IRI{iri}, f.figure)
		return s, errors.Join(err, f.place(&s, n.Link(f.vocab.Evidence), docOf(n)))
	case quads.Mention:
		s.Mentions, err = each(f, []quad.IRI{iri}, f.mention)
		return s, errors.Join(err, f.place(&s, iri, docOf(n)))
	case quads.Warning:
		return s, f.place(&s, iri, docOf(n))
	case schema.EvidenceClass:
		return s, errors.Join(f.place(&s, iri, docOf(n)), f.supported(&s, iri))
	}
	return s, schema.ErrNotFound
}

// place fills in where the evidence is.
func (f *fetcher) place(s *Support, iri, doc quad.IRI) error {
	q, err := f.quote(iri)
	s.Evidence = f.evidence(quads.Place{IRI: iri, Quote: q}, doc)
	return err
}

// supported fills in what cites a piece of evidence.
func (f *fetcher) supported(s *Support, iri quad.IRI) error {
	for _, p := range []quad.IRI{f.vocab.Evidence, f.vocab.Trigger, f.vocab.Printed} {
		citing, err := f.subjects(p, iri)
		if err != nil {
			return err
		}
		if err := f.ahead(citing); err != nil {
			return err
		}
		for _, c := range citing {
			if err := f.cite(s, c); err != nil {
				return err
			}
		}
	}
	return nil
}

func (f *fetcher) cite(s *Support, iri quad.IRI) error {
	if _, ok := f.figByID[iri]; ok {
		x, err := f.figure(iri)
		s.Figures = append(s.Figures, x)
		return err
	}
	x, err := f.statement(iri)
	s.Relations = append(s.Relations, x)
	return err
}
