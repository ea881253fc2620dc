package graph

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/cayleygraph/quad"

	"github.com/districtkg/districtkg/schema"
)

// entity returns the number of the entity with the id.
func (g *Graph) entity(x *index, id string) (int32, error) {
	iri := quad.IRI(g.ID(id))
	if e, ok := x.entByID[iri]; ok {
		return e, nil
	}
	return 0, fmt.Errorf("entity %s: %w", iri, schema.ErrNotFound)
}

// Neighbours returns the entities that relations join to one, over up to
// q.Depth steps, nearest and then best connected first, with the edges between
// those returned. Classes and Predicates say along what to walk.
func (g *Graph) Neighbours(ctx context.Context, id string, q NeighbourQuery) (Network, error) {
	r, x, err := g.indexed(ctx)
	if err != nil {
		return Network{}, fmt.Errorf("neighbours: %w", err)
	}
	defer r.release()
	middle, err := g.entity(x, id)
	if err != nil {
		return Network{}, fmt.Errorf("neighbours: %w", err)
	}
	if q.Depth < 0 || q.Depth > MaxDepth {
		return Network{}, fmt.Errorf("neighbours: %w depth %d: want 1 to %d", schema.ErrInvalid, q.Depth, MaxDepth)
	}
	w := &walk{x: x, ctx: ctx, classes: q.Classes, predicates: x.predicateSet(q.Predicates), depth: map[int32]int{}}
	reached, err := w.from(middle, max(1, q.Depth))
	if err != nil {
		return Network{}, fmt.Errorf("neighbours: %w", err)
	}
	limit := Page{Limit: q.Limit}.size()
	kept := reached[:min(len(reached), limit+1)]
	return Network{Nodes: w.nodes(kept), Edges: w.edges(kept), Total: len(reached) - 1}, nil
}

// predicateSet returns which relations to follow, nil for all.
func (x *index) predicateSet(ps []schema.Predicate) map[uint8]bool {
	if len(ps) == 0 {
		return nil
	}
	set := map[uint8]bool{}
	for _, p := range ps {
		set[x.predicate(p)] = true
	}
	return set
}

// A walk spreads from an entity along relations.
type walk struct {
	x          *index
	ctx        context.Context
	classes    []schema.Class
	predicates map[uint8]bool
	depth      map[int32]int // of entities that were reached
}

// from returns the entities within so many steps: the first itself, then those
// of each depth, best connected first.
func (w *walk) from(middle int32, steps int) ([]int32, error) {
	w.depth[middle] = 0
	reached, ring := []int32{middle}, []int32{middle}
	for step := 1; step <= steps && len(ring) > 0; step++ {
		var next []int32
		for _, e := range ring {
			if err := w.ctx.Err(); err != nil {
				return nil, err
			}
			for _, a := range w.x.ents[e].arcs {
				if _, seen := w.depth[a.to]; seen || !w.follows(a) {
					continue
				}
				w.depth[a.to] = step
				next = append(next, a.to)
			}
		}
		slices.SortFunc(next, func(a, b int32) int { return cmp.Compare(w.x.names.weight[a], w.x.names.weight[b]) })
		reached, ring = append(reached, next...), next
	}
	return reached, nil
}

func (w *walk) follows(a arc) bool {
	return (w.predicates == nil || w.predicates[a.predicate]) && (len(w.classes) == 0 || slices.Contains(w.classes, w.x.ents[a.to].class))
}

func (w *walk) nodes(ents []int32) []Node {
	out := make([]Node, len(ents))
	for i, e := range ents {
		out[i] = w.x.node(e, w.depth[e])
	}
	return out
}

func (x *index) node(e int32, depth int) Node {
	return Node{Ref: x.ref(x.ents[e].iri), Depth: depth, Degree: len(x.ents[e].arcs)}
}

// edges returns the relations among the entities, each once.
func (w *walk) edges(ents []int32) []Edge {
	kept := make(map[int32]bool, len(ents))
	for _, e := range ents {
		kept[e] = true
	}
	out := []Edge{}
	for _, e := range ents {
		for _, a := range w.x.ents[e].arcs {
			if !a.in && kept[a.to] && (w.predicates == nil || w.predicates[a.predicate]) {
				out = append(out, w.x.edge(e, a))
			}
		}
	}
	return out
}

// edge returns the relation that an entity's arc is.
func (x *index) edge(e int32, a arc) Edge {
	from, to := x.ents[e].iri, x.ents[a.to].iri
	if a.in {
		from, to = to, from
	}
	return Edge{Source: string(from), Predicate: x.preds[a.predicate], Target: string(to), Documents: int(a.docs)}
}

// mostPaths bounds how many shortest paths are returned.
const mostPaths = 100

// Paths returns the shortest paths between two entities, best connected
// first, up to limit; none where there is none within maxDepth steps.
func (g *Graph) Paths(ctx context.Context, from, to string, maxDepth, limit int) ([]Path, error) {
	r, x, err := g.indexed(ctx)
	if err != nil {
		return nil, fmt.Errorf("paths: %w", err)
	}
	defer r.release()
	a, err := g.entity(x, from)
	if err != nil {
		return nil, fmt.Errorf("paths: %w", err)
	}
	b, err := g.entity(x, to)
	if err != nil {
		return nil, fmt.Errorf("paths: %w", err)
	}
	if maxDepth < 0 || maxDepth > MaxDepth {
		return nil, fmt.Errorf("paths: %w depth %d: want 1 to %d", schema.ErrInvalid, maxDepth, MaxDepth)
	}
	if maxDepth == 0 {
		maxDepth = MaxDepth
	}
	if limit <= 0 || limit > mostPaths {
		limit = mostPaths
	}
	p := &pathfinder{x: x, ctx: ctx, limit: limit}
	if err := p.spread(b, a, maxDepth); err != nil {
		return nil, fmt.Errorf("paths: %w", err)
	}
	return p.paths(a), nil
}

// A pathfinder walks from the end until it meets the start, then back along
// falling distances.
type pathfinder struct {
	x        *index
	ctx      context.Context
	limit    int
	distance map[int32]int // to the end
	found    []Path
}

func (p *pathfinder) spread(end, start int32, most int) error {
	p.distance = map[int32]int{end: 0}
	ring := []int32{end}
	for step := 1; step <= most && len(ring) > 0; step++ {
		if _, met := p.distance[start]; met {
			return nil
		}
		var next []int32
		for _, e := range ring {
			if err := p.ctx.Err(); err != nil {
				return err
			}
			for _, a := range p.x.ents[e].arcs {
				if _, seen := p.distance[a.to]; !seen {
					p.distance[a.to] = step
					next = append(next, a.to)
				}
			}
		}
		ring = next
	}
	return nil
}

func (p *pathfinder) paths(start int32) []Path {
	p.found = []Path{}
	if _, met := p.distance[start]; met {
		p.extend(start, Path{Nodes: []Node{p.x.node(start, 0)}, Edges: []Edge{}})
	}
	return p.found
}

// extend adds to the path each entity that is one step nearer to the end.
func (p *pathfinder) extend(e int32, path Path) {
	left := p.distance[e]
	if left == 0 {
		p.found = append(p.found, path)
		return
	}
	nearer := slices.DeleteFunc(slices.Clone(p.x.ents[e].arcs), func(a arc) bool {
		d, ok := p.distance[a.to]
		return !ok || d != left-1
	})
	slices.SortStableFunc(nearer, func(a, b arc) int { return cmp.Compare(p.x.names.weight[a.to], p.x.names.weight[b.to]) })
	for _, a := range nearer {
		if len(p.found) >= p.limit {
			return
		}
		p.extend(a.to, Path{
			Nodes: append(slices.Clone(path.Nodes), p.x.node(a.to, len(path.Nodes))),
			Edges: append(slices.Clone(path.Edges), p.x.edge(e, a)),
		})
	}
}
