package graph

import (
	"context"
	"errors"
	"fmt"
	"iter"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// A Scanner is a store that finds quads by any of their positions: those that
// are nil in want match anything. A scan sees the store as it was when it began.
type Scanner interface {
	Quads(ctx context.Context, want quad.Quad) iter.Seq2[quad.Quad, error]
}

// A SubjectReader is a [Scanner] that reads several subjects at once in less
// time than one by one, those quads of one subject together.
type SubjectReader interface {
	Subjects(ctx context.Context, subjects []quad.Value) iter.Seq2[quad.Quad, error]
}

// A Replacer is a store that makes quads all that a named graph holds, or
// changes nothing and tells why.
type Replacer interface {
	ReplaceGraph(ctx context.Context, label quad.Value, quads iter.Seq2[quad.Quad, error]) (added, removed int, err error)
}

// A Loader is a store that adds many quads faster than in transactions, all of them or none.
type Loader interface {
	BulkLoad(ctx context.Context, quads iter.Seq2[quad.Quad, error]) (added int64, err error)
}

// A Viewer is a store that can be held still: its view, a [Scanner], sees no
// later change. Close it.
type Viewer interface {
	View() cayley.QuadStore
}

// A Querier is a store that has another over the same data, which answers
// Cayley's queries faster but does nothing else. Close it.
type Querier interface {
	Queries() (cayley.QuadStore, error)
}

// scanner returns the store as a Scanner.
func scanner(qs cayley.QuadStore) Scanner {
	if s, ok := qs.(Scanner); ok {
		return s
	}
	return plainStore{qs}
}

// A plainStore is a store that knows Cayley's interface only.
type plainStore struct{ qs cayley.QuadStore }

// Quads walks the shortest list that Cayley offers for want and leaves out the rest.
func (s plainStore) Quads(ctx context.Context, want quad.Quad) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		err := s.scan(ctx, want, func(q quad.Quad) bool { return yield(q, nil) })
		if err != nil {
			yield(quad.Quad{}, fmt.Errorf("scan quads: %w", err))
		}
	}
}

func (s plainStore) scan(ctx context.Context, want quad.Quad, yield func(quad.Quad) bool) (err error) {
	shape := s.qs.QuadsAllIterator()
	least := int64(-1)
	for _, d := range quad.Directions {
		v := want.Get(d)
		if v == nil {
			continue
		}
		ref, err := s.qs.ValueOf(v)
		if err != nil || ref == nil {
			return err
		}
		size, err := s.qs.QuadIteratorSize(ctx, d, ref)
		if err != nil {
			return err
		}
		if least < 0 || size.Value < least {
			least, shape = size.Value, s.qs.QuadIterator(d, ref)
		}
	}
	it := shape.Iterate()
	defer func() { err = errors.Join(err, it.Err(), it.Close()) }()
	for it.Next(ctx) {
		q, err := s.qs.Quad(it.Result())
		if err != nil {
			return err
		}
		if matches(q, want) && !yield(q) {
			return nil
		}
	}
	return ctx.Err()
}

func matches(q, want quad.Quad) bool {
	for _, d := range quad.Directions {
		if v := want.Get(d); v != nil && v != q.Get(d) {
			return false
		}
	}
	return true
}

// ReplaceGraph removes and adds what differs, in one transaction.
func (s plainStore) ReplaceGraph(ctx context.Context, label quad.Value, quads iter.Seq2[quad.Quad, error]) (added, removed int, err error) {
	want := map[quad.Quad]bool{}
	deltas := []cayley.Delta{}
	for q, err := range quads {
		if err != nil {
			return 0, 0, err
		}
		want[q] = true
	}
	for q, err := range scanner(s.qs).Quads(ctx, quad.Quad{Label: label}) {
		if err != nil {
			return 0, 0, err
		}
		if !want[q] {
			deltas = append(deltas, cayley.Delta{Quad: q, Action: cayley.Delete})
		}
		delete(want, q)
	}
	removed = len(deltas)
	for q := range want {
		deltas = append(deltas, cayley.Delta{Quad: q, Action: cayley.Add})
	}
	err = s.qs.ApplyDeltas(deltas, cayley.IgnoreOpts{IgnoreDup: true, IgnoreMissing: true})
	return len(deltas) - removed, removed, err
}

// loadBatch is how many quads BulkLoad adds in one transaction.
const loadBatch = 10_000

// BulkLoad adds quads in large transactions: unlike what [Loader] promises, an
// error leaves those before it.
func (s plainStore) BulkLoad(ctx context.Context, quads iter.Seq2[quad.Quad, error]) (added int64, err error) {
	batch := make([]cayley.Delta, 0, loadBatch)
	flush := func() error {
		err := s.qs.ApplyDeltas(batch, cayley.IgnoreOpts{IgnoreDup: true})
		added += int64(len(batch))
		batch = batch[:0]
		return err
	}
	for q, err := range quads {
		if err := errors.Join(err, ctx.Err()); err != nil {
			return added, err
		}
		batch = append(batch, cayley.Delta{Quad: q, Action: cayley.Add})
		if len(batch) == loadBatch {
			if err := flush(); err != nil {
				return added, err
			}
		}
	}
	return added, flush()
}

// replacer returns the store as a Replacer.
func replacer(qs cayley.QuadStore) Replacer {
	if r, ok := qs.(Replacer); ok {
		return r
	}
	return plainStore{qs}
}

// loader returns the store as a Loader.
func loader(qs cayley.QuadStore) Loader {
	if l, ok := qs.(Loader); ok {
		return l
	}
	return plainStore{qs}
}
