package main

import (
	"context"
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"github.com/districtkg/districtkg/graph/store"
	"github.com/districtkg/districtkg/graph/store/nquads"
)

// A loader is a store of this project: beside what Cayley asks of one, it loads, replaces and lists graphs.
type loader interface {
	BulkLoad(context.Context, iter.Seq2[quad.Quad, error]) (int64, error)
	ReplaceGraph(context.Context, quad.Value, iter.Seq2[quad.Quad, error]) (added, removed int, err error)
	Quads(context.Context, quad.Quad) iter.Seq2[quad.Quad, error]
	Close() error
}

// ours is a store of this project with its own ways of loading, changing and dumping. Questions
// are Cayley's.
type ours struct {
	cayleyStore
	s     loader
	start func(context.Context) (loader, graph.QuadStore, error)
}

// newPebble is graph/store.
func newPebble(dir string) *ours {
	return &ours{start: func(context.Context) (loader, graph.QuadStore, error) {
		s, err := store.Open(dir, store.Options{Create: true})
		return s, s, err
	}}
}

func (o *ours) load(ctx context.Context, file string) error {
	if err := o.open(ctx); err != nil {
		return err
	}
	f, err := os.Open(filepath.Clean(file))
	if err != nil {
		return err
	}
	_, err = o.s.BulkLoad(ctx, nquads.Read(f))
	return errors.Join(err, f.Close(), o.s.Close())
}

func (o *ours) open(ctx context.Context) (err error) {
	o.s, o.qs, err = o.start(ctx)
	return err
}

func (o *ours) close() error { return o.s.Close() }

func (o *ours) replace(ctx context.Context, label string, with []quad.Quad) error {
	_, _, err := o.s.ReplaceGraph(ctx, quad.IRI(label), func(yield func(quad.Quad, error) bool) {
		for _, q := range with {
			if !yield(q, nil) {
				return
			}
		}
	})
	return err
}

func (o *ours) remove(ctx context.Context, label string) error { return o.replace(ctx, label, nil) }

func (o *ours) dump(ctx context.Context, w io.Writer) (n int, err error) {
	var buf []byte
	for q, err := range o.s.Quads(ctx, quad.Quad{}) {
		if err != nil {
			return n, err
		}
		buf = nquads.AppendQuad(buf[:0], q)
		if _, err := w.Write(buf); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}
