package graph

import (
	"context"
	"sync"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"
)

// A locked store lets one goroutine at a time into a store that is not made
// for several: Cayley's memstore, where even a read changes fields. Iterators
// take the lock for each step, so a writer comes in between two steps; the
// memstore's iterators bear that.
type locked struct {
	mu *sync.Mutex
	qs cayley.QuadStore
}

var _ cayley.QuadStore = locked{}

func newLocked(qs cayley.QuadStore) locked { return locked{new(sync.Mutex), qs} }

func (l locked) ValueOf(v quad.Value) (cayley.Ref, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.qs.ValueOf(v)
}

func (l locked) NameOf(r cayley.Ref) (quad.Value, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.qs.NameOf(r)
}

func (l locked) Quad(r cayley.Ref) (quad.Quad, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.qs.Quad(r)
}

func (l locked) QuadIterator(d quad.Direction, r cayley.Ref) iterator.Shape {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.shape(l.qs.QuadIterator(d, r))
}

func (l locked) QuadIteratorSize(ctx context.Context, d quad.Direction, r cayley.Ref) (refs.Size, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.qs.QuadIteratorSize(ctx, d, r)
}

func (l locked) QuadDirection(r cayley.Ref, d quad.Direction) (cayley.Ref, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.qs.QuadDirection(r, d)
}

func (l locked) Stats(ctx context.Context, exact bool) (cayley.Stats, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.qs.Stats(ctx, exact)
}

func (l locked) ApplyDeltas(in []cayley.Delta, opts cayley.IgnoreOpts) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.qs.ApplyDeltas(in, opts)
}

func (l locked) NewQuadWriter() (quad.WriteCloser, error) {
	w, err := l.qs.NewQuadWriter()
	return lockedWriter{l.mu, w}, err
}

func (l locked) NodesAllIterator() iterator.Shape {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.shape(l.qs.NodesAllIterator())
}

func (l locked) QuadsAllIterator() iterator.Shape {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.shape(l.qs.QuadsAllIterator())
}

func (l locked) Close() error { return l.qs.Close() }

// shape locks a shape, unless it is the empty one, which Cayley must recognise.
func (l locked) shape(s iterator.Shape) iterator.Shape {
	if iterator.IsNull(s) {
		return s
	}
	return lockedShape{l, s}
}

// A lockedWriter takes the lock for each batch.
type lockedWriter struct {
	mu *sync.Mutex
	w  quad.WriteCloser
}

func (w lockedWriter) WriteQuad(q quad.Quad) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	_, err := w.w.WriteQuads([]quad.Quad{q})
	return err
}

func (w lockedWriter) WriteQuads(qs []quad.Quad) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.w.WriteQuads(qs)
}

func (w lockedWriter) Close() error { return w.w.Close() }

// A lockedShape makes locked iterators.
type lockedShape struct {
	l locked
	s iterator.Shape
}

func (s lockedShape) String() string                                  { return s.s.String() }
func (s lockedShape) SubIterators() []iterator.Shape                  { return nil }
func (s lockedShape) Optimize(context.Context) (iterator.Shape, bool) { return s, false }

func (s lockedShape) Stats(ctx context.Context) (iterator.Costs, error) {
	s.l.mu.Lock()
	defer s.l.mu.Unlock()
	return s.s.Stats(ctx)
}

func (s lockedShape) Iterate() iterator.Scanner {
	s.l.mu.Lock()
	defer s.l.mu.Unlock()
	it := s.s.Iterate()
	return &lockedScanner{lockedBase{s.l.mu, it}, it}
}

func (s lockedShape) Lookup() iterator.Index {
	s.l.mu.Lock()
	defer s.l.mu.Unlock()
	it := s.s.Lookup()
	return &lockedIndex{lockedBase{s.l.mu, it}, it}
}

// A lockedBase is what scanners and indexes share.
type lockedBase struct {
	mu *sync.Mutex
	it iterator.Base
}

func (b lockedBase) String() string                     { return b.it.String() }
func (b lockedBase) TagResults(dst map[string]refs.Ref) { b.it.TagResults(dst) }
func (b lockedBase) Result() refs.Ref                   { return b.it.Result() }
func (b lockedBase) Err() error                         { return b.it.Err() }
func (b lockedBase) Close() error                       { return b.it.Close() }

func (b lockedBase) NextPath(ctx context.Context) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.it.NextPath(ctx)
}

type lockedScanner struct {
	lockedBase
	it iterator.Scanner
}

func (s *lockedScanner) Next(ctx context.Context) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.it.Next(ctx)
}

type lockedIndex struct {
	lockedBase
	it iterator.Index
}

func (x *lockedIndex) Contains(ctx context.Context, v refs.Ref) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.it.Contains(ctx, v)
}
