package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/kv"
	"github.com/cayleygraph/cayley/graph/kv/bbolt"
	"github.com/cayleygraph/cayley/graph/kv/leveldb"
	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
	cayleynquads "github.com/cayleygraph/quad/nquads"
	hkv "github.com/hidal-go/hidalgo/kv"
)

// cayleyStore is any Cayley store: all are asked the same questions through the same interfaces.
type cayleyStore struct {
	qs     graph.QuadStore
	create func() (graph.QuadStore, error)
	reopen func() (graph.QuadStore, error)
}

func newSubject(ctx context.Context, j job) (subject, error) {
	switch j.Store {
	case "postgres":
		return newTables(ctx)
	case "postgres-text":
		return newTexts(ctx)
	case "pebble":
		return newPebble(j.Dir), nil
	case "leveldb":
		return &cayleyStore{
			create: func() (graph.QuadStore, error) { return newKV(leveldb.Create(j.Dir, nil)) },
			reopen: func() (graph.QuadStore, error) { return openKV(leveldb.Open(j.Dir, nil)) },
		}, nil
	case "bbolt":
		return &cayleyStore{
			create: func() (graph.QuadStore, error) { return newKV(bbolt.Create(j.Dir, nil)) },
			reopen: func() (graph.QuadStore, error) { return openKV(bbolt.Open(j.Dir, nil)) },
		}, nil
	case "memstore":
		s := &cayleyStore{create: func() (graph.QuadStore, error) { return memstore.New(), nil }}
		s.reopen = func() (graph.QuadStore, error) { return s.qs, nil }
		return s, nil
	}
	return nil, fmt.Errorf("unknown store %q: want one of %v", j.Store, known())
}

// eachQuad reads N-Quads with Cayley's own reader.
func eachQuad(file string, do func(quad.Quad) error) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	r := cayleynquads.NewReader(f, false)
	for {
		q, err := r.ReadQuad()
		if errors.Is(err, io.EOF) {
			return f.Close()
		}
		if err == nil {
			err = do(q)
		}
		if err != nil {
			return errors.Join(err, f.Close())
		}
	}
}

func (s *cayleyStore) load(_ context.Context, file string) error {
	qs, err := s.create()
	if err != nil {
		return err
	}
	s.qs = qs
	w, err := qs.NewQuadWriter()
	if err != nil {
		return err
	}
	batch := make([]quad.Quad, 0, quad.DefaultBatch)
	flush := func() error {
		_, err := w.WriteQuads(batch)
		batch = batch[:0]
		return err
	}
	err = eachQuad(file, func(q quad.Quad) error {
		if batch = append(batch, q); len(batch) < cap(batch) {
			return nil
		}
		return flush()
	})
	return errors.Join(err, flush(), w.Close(), qs.Close())
}

func (s *cayleyStore) open(context.Context) (err error) {
	s.qs, err = s.reopen()
	return err
}

func (s *cayleyStore) close() error { return s.qs.Close() }

func (s *cayleyStore) lookup(ctx context.Context, entity string) (int, error) {
	return readQuads(ctx, s.qs, quad.Subject, entity)
}

func (s *cayleyStore) document(ctx context.Context, label string) (int, error) {
	return readQuads(ctx, s.qs, quad.Label, label)
}

// readQuads reads all quads with a node in a direction, with their values.
func readQuads(ctx context.Context, qs graph.QuadStore, d quad.Direction, iri string) (n int, err error) {
	err = links(ctx, qs, d, iri, func(ref graph.Ref) error {
		n++
		_, err := qs.Quad(ref)
		return err
	})
	return n, err
}

func links(ctx context.Context, qs graph.QuadStore, d quad.Direction, iri string, do func(graph.Ref) error) error {
	node, err := qs.ValueOf(quad.IRI(iri))
	if err != nil || node == nil {
		return err
	}
	it := qs.QuadIterator(d, node).Iterate()
	for it.Next(ctx) {
		if err := do(it.Result()); err != nil {
			return errors.Join(err, it.Close())
		}
	}
	return errors.Join(it.Err(), it.Close())
}

func (s *cayleyStore) hops(ctx context.Context, entity string) (n int, err error) {
	err = path.StartPath(s.qs, quad.IRI(entity)).Out().Out().Iterate(ctx).EachValue(s.qs, func(quad.Value) error {
		n++
		return nil
	})
	return n, err
}

func (s *cayleyStore) scan(ctx context.Context, predicate string) (n int, err error) {
	err = links(ctx, s.qs, quad.Predicate, predicate, func(graph.Ref) error {
		n++
		return nil
	})
	return n, err
}

// count lets Cayley count, which walks the quads only where the store does not know how many there are.
func (s *cayleyStore) count(ctx context.Context, predicate string) (int, error) {
	node, err := s.qs.ValueOf(quad.IRI(predicate))
	if err != nil || node == nil {
		return 0, err
	}
	it := iterator.NewCount(s.qs.QuadIterator(quad.Predicate, node), s.qs).Iterate()
	n := quad.Int(0)
	if it.Next(ctx) {
		v, err := s.qs.NameOf(it.Result())
		if err != nil {
			return 0, errors.Join(err, it.Close())
		}
		n, _ = v.(quad.Int)
	}
	return int(n), errors.Join(it.Err(), it.Close())
}

func (s *cayleyStore) greater(ctx context.Context, predicate string, than int) (n int, err error) {
	cmp := shape.Comparison{Op: iterator.CompareGT, Val: quad.Int(than)}
	err = path.StartPath(s.qs).HasFilter(quad.IRI(predicate), false, cmp).Iterate(ctx).Each(func(graph.Ref) error {
		n++
		return nil
	})
	return n, err
}

func (s *cayleyStore) replace(ctx context.Context, label string, with []quad.Quad) error {
	return s.swap(ctx, label, with)
}

func (s *cayleyStore) remove(ctx context.Context, label string) error { return s.swap(ctx, label, nil) }

// swap removes a document's quads and adds others in one transaction.
func (s *cayleyStore) swap(ctx context.Context, label string, with []quad.Quad) error {
	tx := graph.NewTransaction()
	err := links(ctx, s.qs, quad.Label, label, func(ref graph.Ref) error {
		q, err := s.qs.Quad(ref)
		tx.RemoveQuad(q)
		return err
	})
	if err != nil {
		return err
	}
	for _, q := range with {
		tx.AddQuad(q)
	}
	return s.qs.ApplyDeltas(tx.Deltas, graph.IgnoreOpts{})
}

// dump writes with Cayley's own writer. Its key-value stores still list quads that were
// deleted, without their values.
func (s *cayleyStore) dump(_ context.Context, w io.Writer) (n int, err error) {
	r, out := graph.NewQuadStoreReader(s.qs), cayleynquads.NewWriter(w)
	for {
		q, err := r.ReadQuad()
		if errors.Is(err, io.EOF) {
			return n, errors.Join(out.Close(), r.Close())
		}
		if err != nil {
			return n, errors.Join(err, r.Close())
		}
		if !q.IsValid() {
			continue
		}
		if err := out.WriteQuad(q); err != nil {
			return n, errors.Join(err, r.Close())
		}
		n++
	}
}

func newKV(db hkv.KV, err error) (graph.QuadStore, error) {
	if err != nil {
		return nil, err
	}
	if err := kv.Init(db, nil); err != nil {
		return nil, err
	}
	return kv.New(db, nil)
}

func openKV(db hkv.KV, err error) (graph.QuadStore, error) {
	if err != nil {
		return nil, err
	}
	return kv.New(db, nil)
}
