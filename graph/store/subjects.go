package store

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"

	"github.com/cayleygraph/quad"
)

// Subjects returns the quads of several subjects, those of one together, each
// subject once. It takes less than [Snapshot.Quads] for each: one iterator
// serves all, and a value that many of them share is read once. All the
// quads are in memory at once. An error is the last thing that it yields.
func (s *Snapshot) Subjects(ctx context.Context, subjects []quad.Value) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		all, err := s.subjects(ctx, subjects)
		if err != nil {
			yield(quad.Quad{}, fmt.Errorf("read subjects: %w", err))
			return
		}
		all.each(yield)
	}
}

func (r *reads) subjects(ctx context.Context, subjects []quad.Value) (out chunk, err error) {
	wanted := make(map[uint64]quad.Value, len(subjects))
	for _, v := range subjects {
		if enc, err := appendValue(make([]byte, 0, 64), v); err == nil { // what cannot be stored is not there
			wanted[idOf(enc)] = v
		}
	}
	if out.quads, err = r.withSubjects(ctx, slices.Sorted(maps.Keys(wanted))); err != nil {
		return chunk{}, err
	}
	if out.values, err = r.resolve(ctx, distinct(out.quads)); err != nil {
		return chunk{}, err
	}
	// Another value may have the id of one that is wanted and not there.
	out.quads = slices.DeleteFunc(out.quads, func(q ids) bool { return out.values[q[0]] != wanted[q[0]] })
	return out, nil
}

// withSubjects returns the quads of the nodes, which are sorted so that the
// iterator goes forward only.
func (r *reads) withSubjects(ctx context.Context, sorted []uint64) (out []ids, err error) {
	c := &cursor{r: r}
	defer func() { _ = c.close() }() // it can only repeat what next said
	for _, id := range sorted {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		var p pattern
		p.set(quad.Subject, id)
		for c.reset(p); c.next(ctx); {
			out = append(out, c.cur)
		}
		if c.err != nil {
			return nil, c.err
		}
	}
	return out, nil
}
