package store

import (
	"context"
	"fmt"
	"iter"
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
		wanted := make(map[quad.Value]bool, len(subjects))
		for _, v := range subjects {
			wanted[v] = true
		}
		all.each(func(q quad.Quad, err error) bool {
			// Another value may have the id of one that is wanted and not there.
			return !wanted[q.Subject] || yield(q, err)
		})
	}
}

func (r *reads) subjects(ctx context.Context, subjects []quad.Value) (out chunk, err error) {
	var wanted []uint64
	for _, v := range subjects {
		if enc, err := appendValue(make([]byte, 0, 64), v); err == nil { // what cannot be stored is not there
			wanted = append(wanted, idOf(enc))
		}
	}
	slices.Sort(wanted)
	if out.quads, err = r.withSubjects(ctx, slices.Compact(wanted)); err != nil {
		return chunk{}, err
	}
	out.values, err = r.values(ctx, out.quads)
	return out, err
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
