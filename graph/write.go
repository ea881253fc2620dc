package graph

import (
	"context"
	"fmt"
	"iter"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"github.com/districtkg/districtkg/graph/quads"
	"github.com/districtkg/districtkg/schema"
)

// AddDocument puts what was read from a document in the place of all that the
// graph knew from it: all of it, or after an error nothing.
func (g *Graph) AddDocument(ctx context.Context, f *schema.Facts) (Added, error) {
	all, err := quads.FromFacts(f, g.vocab)
	if err != nil {
		return Added{}, fmt.Errorf("add document: %w", err)
	}
	added, err := g.replace(ctx, all)
	if err != nil {
		return Added{}, fmt.Errorf("add document %s: %w", f.Doc.Path, err)
	}
	return added, nil
}

// replace puts the quads, which share a label, in the place of those with it.
func (g *Graph) replace(ctx context.Context, all []quad.Quad) (added Added, err error) {
	label := all[0].Label
	added = Added{ID: string(label.(quad.IRI)), Quads: len(all)}
	err = g.change(func() error {
		if added.Replaced, err = g.labelled(ctx, label); err != nil {
			return err
		}
		_, _, err = replacer(g.qs).ReplaceGraph(ctx, label, valid(all))
		return err
	})
	return added, err
}

// labelled reports whether the store has quads with the label.
func (g *Graph) labelled(ctx context.Context, label quad.Value) (bool, error) {
	ref, err := g.qs.ValueOf(label)
	if err != nil || ref == nil {
		return false, err
	}
	size, err := g.qs.QuadIteratorSize(ctx, quad.Label, ref)
	return size.Value > 0, err
}

// valid yields the quads without an error.
func valid(all []quad.Quad) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		for _, q := range all {
			if !yield(q, nil) {
				return
			}
		}
	}
}

// RemoveDocument forgets a document and all that was read from it. A document
// that the graph does not know is [schema.ErrNotFound].
func (g *Graph) RemoveDocument(ctx context.Context, id string) error {
	label := quad.IRI(g.ID(id))
	err := g.change(func() error {
		if there, err := g.labelled(ctx, label); err != nil {
			return err
		} else if !there {
			return schema.ErrNotFound
		}
		_, _, err := replacer(g.qs).ReplaceGraph(ctx, label, valid(nil))
		return err
	})
	if err != nil {
		return fmt.Errorf("remove document %s: %w", label, err)
	}
	return nil
}

// Apply applies deltas, for Cayley's own routes that write.
func (g *Graph) Apply(ctx context.Context, deltas []cayley.Delta, opts cayley.IgnoreOpts) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := g.change(func() error { return g.qs.ApplyDeltas(deltas, opts) }); err != nil {
		return fmt.Errorf("apply %d changes: %w", len(deltas), err)
	}
	return nil
}

// Import adds quads, in bulk where the store can, and returns how many were
// new. A named graph that is there already is replaced by the one of that name among
// the quads. Until the others are loaded those quads wait in memory: more than some millions
// are [schema.ErrTooLarge], and belong into an empty graph.
func (g *Graph) Import(ctx context.Context, all iter.Seq2[quad.Quad, error]) (added int64, err error) {
	m := &merger{g: g, ctx: ctx, there: map[quad.Value]bool{}, known: map[quad.Value][]quad.Quad{}}
	err = g.change(func() error {
		added, err = loader(g.qs).BulkLoad(ctx, m.fresh(all))
		return err
	})
	for i := 0; err == nil && i < len(m.order); i++ {
		var n int
		err = g.change(func() error {
			n, _, err = replacer(g.qs).ReplaceGraph(ctx, m.order[i], valid(m.known[m.order[i]]))
			return err
		})
		added += int64(n)
	}
	if err != nil {
		return added, fmt.Errorf("import quads: %w", err)
	}
	return added, nil
}

// mostReplaced is how many quads of graphs that are there already an import takes: about a gigabyte.
const mostReplaced = 3 << 20

// A merger tells quads of graphs that are there already from those of new ones.
type merger struct {
	g     *Graph
	ctx   context.Context
	there map[quad.Value]bool // graphs among the quads, by whether they were there
	known map[quad.Value][]quad.Quad
	order []quad.Value // of known, as they come
	kept  int
}

// fresh yields the quads of new graphs and keeps the others.
func (m *merger) fresh(all iter.Seq2[quad.Quad, error]) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		for q, err := range all {
			there := false
			if err == nil {
				there, err = m.isThere(q.Label)
			}
			if err == nil && there {
				err = m.keep(q)
			}
			if err != nil {
				yield(quad.Quad{}, err)
				return
			}
			if !there && !yield(q, nil) {
				return
			}
		}
	}
}

func (m *merger) isThere(label quad.Value) (bool, error) {
	if there, ok := m.there[label]; ok || label == nil {
		return there, nil
	}
	there, err := m.g.labelled(m.ctx, label)
	m.there[label] = there
	if there {
		m.order = append(m.order, label)
	}
	return there, err
}

func (m *merger) keep(q quad.Quad) error {
	if m.kept++; m.kept > mostReplaced {
		return fmt.Errorf("%w import: over %d quads of documents that the graph has already; import into an empty graph", schema.ErrTooLarge, mostReplaced)
	}
	m.known[q.Label] = append(m.known[q.Label], q)
	return nil
}
