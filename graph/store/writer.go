package store

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// writerBatch is how many quads a writer holds, some 30 MB. Fewer than
// writerSmall are not worth a bulk load.
const (
	writerBatch = 1 << 17
	writerSmall = 1 << 11
)

// NewQuadWriter returns a writer for an import: it adds quads and ignores those that
// are there. It holds up to 131,072 quads, and adds them together; the last are on disk when
// Close has returned. It implements [graph.QuadStore].
func (s *Store) NewQuadWriter() (quad.WriteCloser, error) { return &writer{s: s}, nil }

type writer struct {
	s    *Store
	held []quad.Quad
	err  error // a batch that failed: the writer takes no more
}

func (w *writer) WriteQuad(q quad.Quad) error {
	_, err := w.WriteQuads([]quad.Quad{q})
	return err
}

func (w *writer) WriteQuads(quads []quad.Quad) (int, error) {
	for i, q := range quads {
		if err := errors.Join(w.err, checkQuad(q)); err != nil {
			return i, err
		}
		w.held = append(w.held, q)
		if len(w.held) >= writerBatch {
			w.flush()
		}
	}
	return len(quads), w.err
}

// Close adds what is held. A second call does nothing.
func (w *writer) Close() error {
	w.flush()
	return w.err
}

func (w *writer) flush() {
	if len(w.held) == 0 || w.err != nil {
		return
	}
	if err := w.add(); err != nil {
		w.err = fmt.Errorf("write %d quads: %w", len(w.held), err)
	}
	w.held = w.held[:0]
}

func (w *writer) add() error {
	if len(w.held) >= writerSmall {
		_, err := w.s.BulkLoad(context.Background(), all(w.held))
		return err
	}
	deltas := make([]graph.Delta, len(w.held))
	for i, q := range w.held {
		deltas[i] = graph.Delta{Quad: q, Action: graph.Add}
	}
	return w.s.ApplyDeltas(deltas, graph.IgnoreOpts{IgnoreDup: true})
}

func all(quads []quad.Quad) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		for _, q := range quads {
			if !yield(q, nil) {
				return
			}
		}
	}
}
