package graph

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/districtkg/districtkg/schema"
)

// size returns the limit of a page.
func (p Page) size() int {
	if p.Limit <= 0 {
		return DefaultLimit
	}
	return min(p.Limit, MaxLimit)
}

// cut returns the range of a page in a list of n whose ids are told by id. An
// After that is none of them is [schema.ErrInvalid]: the list has changed.
func (p Page) cut(n int, id func(int) quad.IRI) (from, to int, next string, err error) {
	if p.After != "" {
		for from = 0; from < n && string(id(from)) != p.After; from++ {
		}
		if from == n {
			return 0, 0, "", fmt.Errorf("%w cursor %q: the list has no such item, or no longer", schema.ErrInvalid, p.After)
		}
		from++
	}
	to = min(n, from+p.size())
	if to < n {
		next = string(id(to - 1))
	}
	return from, to, next, nil
}

// listOf makes a page of a list of n things.
func listOf[T any](p Page, n int, id func(int) quad.IRI, item func(int) (T, error)) (List[T], error) {
	from, to, next, err := p.cut(n, id)
	if err != nil {
		return List[T]{}, err
	}
	out := List[T]{Items: make([]T, 0, to-from), Total: n, Next: next}
	for i := from; i < to; i++ {
		x, err := item(i)
		if err != nil {
			return List[T]{}, err
		}
		out.Items = append(out.Items, x)
	}
	return out, nil
}

// indexed returns a hold on the graph with its index.
func (g *Graph) indexed(ctx context.Context) (*reader, *index, error) {
	r, err := g.read()
	if err != nil {
		return nil, nil, err
	}
	x, err := r.index(ctx)
	if err != nil {
		r.release()
		return nil, nil, err
	}
	return r, x, nil
}

// Stats returns the numbers of the graph.
func (g *Graph) Stats(ctx context.Context) (Stats, error) {
	r, x, err := g.indexed(ctx)
	if err != nil {
		return Stats{}, fmt.Errorf("stats: %w", err)
	}
	defer r.release()
	store := r.view
	if store == nil {
		store = g.qs
	}
	size, err := store.Stats(ctx, true)
	if err != nil {
		return Stats{}, fmt.Errorf("stats: %w", err)
	}
	out := x.stats
	out.Quads = int(size.Quads.Value)
	return out, nil
}

// Search lists entities, best match first, of equals those that more is known of.
func (g *Graph) Search(ctx context.Context, q SearchQuery) (List[Hit], error) {
	r, x, err := g.indexed(ctx)
	if err != nil {
		return List[Hit]{}, fmt.Errorf("search: %w", err)
	}
	defer r.release()
	within := g.area(x, q.Division)
	found, how := x.names.search(q.Text, func(e int32) bool {
		return (q.Class == "" || x.ents[e].class == q.Class) && within.entity(&x.ents[e])
	})
	list, err := listOf(q.Page, len(found), func(i int) quad.IRI { return x.ents[found[i]].iri }, func(i int) (Hit, error) {
		match, ok := how[found[i]]
		if !ok {
			match = matchNone
		}
		return x.hit(found[i], matchNames[match]), nil
	})
	if err != nil {
		return list, fmt.Errorf("search: %w", err)
	}
	return list, nil
}

func (x *index) hit(i int32, match string) Hit {
	e := &x.ents[i]
	return Hit{Ref: x.ref(e.iri), Aliases: e.aliases, Code: e.code, Match: match,
		Documents: len(e.docs), Degree: len(e.arcs), Figures: int(e.figs.to - e.figs.from)}
}

// ref names a thing. What the graph does not describe has no name.
func (x *index) ref(iri quad.IRI) Ref {
	if e, ok := x.entByID[iri]; ok {
		return Ref{string(iri), x.ents[e].name, x.ents[e].class}
	}
	if i, ok := x.indByID[iri]; ok {
		return Ref{string(iri), x.inds[i].name, schema.IndicatorClass}
	}
	if d, ok := x.docByID[iri]; ok {
		return Ref{string(iri), x.docs[d].label, schema.DocumentClass}
	}
	return Ref{ID: string(iri)}
}

// An area is a division with what is in it. The nil area is everywhere.
type area struct {
	iri  quad.IRI
	code string         // prefix that the codes of the division and those below it share, "" for a division without one
	docs map[int32]bool // about it or one below it
}

// area returns the area of a division by id or code, nil for "".
func (g *Graph) area(x *index, division string) *area {
	if division == "" {
		return nil
	}
	a := &area{iri: quad.IRI(g.ID(division)), docs: map[int32]bool{}}
	if local, ok := strings.CutPrefix(string(a.iri), g.IRIs().Division("")); ok && isCode(local) {
		a.code = prefixOf(local)
	}
	for i := range x.docs {
		if a.document(x, &x.docs[i]) {
			a.docs[int32(i)] = true
		}
	}
	return a
}

// prefixOf returns the digits that the codes below a division begin with: 2201
// of 220100 (a city), 22 of 220000 (a province).
func prefixOf(code string) string {
	for len(code) > 2 && len(code)%2 == 0 && strings.HasSuffix(code, "00") {
		code = code[:len(code)-2]
	}
	return code
}

func (a *area) covers(code string) bool {
	return a.code != "" && code != "" && strings.HasPrefix(prefixOf(code), a.code)
}

func (a *area) document(x *index, d *document) bool {
	return a.covers(d.code) || d.about >= 0 && (x.ents[d.about].iri == a.iri || a.covers(x.ents[d.about].code))
}

// entity reports whether the entity is the division or of it, or a document about the division tells of it.
func (a *area) entity(e *entity) bool {
	if a == nil || e.iri == a.iri || a.covers(e.code) || a.covers(e.scope) {
		return true
	}
	return slices.ContainsFunc(e.docs, func(d int32) bool { return a.docs[d] })
}
