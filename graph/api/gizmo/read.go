package gizmo

import (
	"context"
	"iter"
	"math"
	"strings"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
)

// A Pattern picks quads: those that have one of the nodes in each direction
// where any is given. Nodes are written as in Cayley, parted by commas, and may
// be prefixed names.
type Pattern struct{ Subject, Predicate, Object, Label string }

// Read yields the quads that fit the pattern until ctx ends.
func (r *Runner) Read(ctx context.Context, p Pattern) iter.Seq2[quad.Quad, error] {
	return r.read(ctx, [4][]quad.Value{r.nodes(p.Subject), r.nodes(p.Predicate), r.nodes(p.Object), r.nodes(p.Label)})
}

// ReadWith yields the quads that have v in the direction.
func (r *Runner) ReadWith(ctx context.Context, d quad.Direction, v quad.Value) iter.Seq2[quad.Quad, error] {
	var pattern [4][]quad.Value
	pattern[d-quad.Subject] = []quad.Value{v}
	return r.read(ctx, pattern)
}

func (r *Runner) read(ctx context.Context, p [4][]quad.Value) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		m := &meter{ctx: ctx, maxBytes: math.MaxInt64, making: &r.making} // quads are passed on, not held
		qs := newGuard(r.store.QuadStore(), m)
		filter := shape.FilterQuads(p[0], p[1], p[2], p[3])
		it := shape.BuildIterator(ctx, qs, filter).Iterate()
		defer it.Close()
		if err := eachQuad(ctx, qs, it, yield); err != nil {
			yield(quad.Quad{}, err)
			return
		}
		if err := m.err(); err != nil {
			yield(quad.Quad{}, err)
		}
	}
}

// eachQuad yields the quads of it until nobody wants more.
func eachQuad(ctx context.Context, qs graph.QuadStore, it iterator.Scanner, yield func(quad.Quad, error) bool) error {
	for it.Next(ctx) {
		q, err := qs.Quad(it.Result())
		if err != nil {
			return err
		}
		if !yield(q, nil) {
			return nil
		}
	}
	return it.Err()
}

func (r *Runner) nodes(list string) []quad.Value {
	if list == "" {
		return nil
	}
	var out []quad.Value
	for s := range strings.SplitSeq(list, ",") {
		if v := quad.StringToValue(r.prefixes.Expand(s)); v != nil {
			out = append(out, v)
		}
	}
	return out
}
