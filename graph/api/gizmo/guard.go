package gizmo

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"

	"github.com/districtkg/districtkg/schema"
)

// A meter counts what one query costs and tells it when to stop. Cayley asks
// a context between results only, so a filter that matches nothing would scan
// to the end: the meter is asked at every step of every leaf iterator.
type meter struct {
	ctx   context.Context
	steps atomic.Int64 // of leaf iterators
	bytes atomic.Int64 // of values that were looked up
	stop  atomic.Pointer[error]

	maxBytes int64
	slow     func() error // called once when the query turns out to be a long one; nil: never
	start    time.Time
	making   *sync.Mutex // of the runner: see NodesAllIterator
}

// checkEvery is how many steps are taken between two looks at the context,
// which costs a lock.
const checkEvery = 64

// slowAfter is when a query is a long one, which must make room for short ones.
const slowAfter = 50 * time.Millisecond

// step counts a step and returns why to stop, or nil. The steps of one query
// are taken one after the other.
func (m *meter) step() error {
	if n := m.steps.Add(1); n%checkEvery == 0 {
		if err := m.ctx.Err(); err != nil {
			m.halt(err)
		}
		if m.slow != nil && time.Since(m.start) > slowAfter {
			slow := m.slow
			m.slow = nil
			if err := slow(); err != nil {
				m.halt(err)
			}
		}
	}
	return m.err()
}

// charge counts the size of values that the query now holds.
func (m *meter) charge(values ...quad.Value) error {
	n := int64(0)
	for _, v := range values {
		n += int64(size(v)) + valueOverhead
	}
	if m.bytes.Add(n) > m.maxBytes {
		m.halt(fmt.Errorf("%w: the query holds values of more than %d bytes", schema.ErrLimit, m.maxBytes))
	}
	return m.err()
}

// valueOverhead is about what a value costs beside its text: an interface, a
// string header and its share of a map or slice.
const valueOverhead = 64

func size(v quad.Value) int {
	switch v := v.(type) {
	case quad.String:
		return len(v)
	case quad.IRI:
		return len(v)
	case quad.TypedString:
		return len(v.Value) + len(v.Type)
	case quad.LangString:
		return len(v.Value) + len(v.Lang)
	default:
		return 8
	}
}

// halt makes every further step fail with err; the first reason stands.
func (m *meter) halt(err error) { m.stop.CompareAndSwap(nil, &err) }

func (m *meter) err() error {
	if p := m.stop.Load(); p != nil {
		return *p
	}
	return nil
}

// A guard is a read-only view of a quad store for one query.
type guard struct {
	graph.QuadStore
	m *meter
}

// newGuard returns qs with m asked at every step. What Cayley finds by type
// assertion (optimisation of shapes, look-ups in batches) is still found.
func newGuard(qs graph.QuadStore, m *meter) graph.QuadStore {
	g := guard{graph.Unwrap(qs), m}
	optimizer, shapes := g.QuadStore.(shape.Optimizer)
	batch, batches := g.QuadStore.(refs.BatchNamer)
	switch {
	case shapes && batches:
		return struct {
			guard
			shape.Optimizer
			batchGuard
		}{g, optimizer, batchGuard{batch, m}}
	case shapes:
		return struct {
			guard
			shape.Optimizer
		}{g, optimizer}
	case batches:
		return struct {
			guard
			batchGuard
		}{g, batchGuard{batch, m}}
	}
	return g
}

func (g guard) NameOf(r graph.Ref) (quad.Value, error) {
	v, err := g.QuadStore.NameOf(r)
	if err != nil || v == nil {
		return v, err
	}
	return v, g.m.charge(v)
}

func (g guard) Quad(r graph.Ref) (quad.Quad, error) {
	q, err := g.QuadStore.Quad(r)
	if err != nil {
		return q, err
	}
	return q, g.m.charge(q.Subject, q.Predicate, q.Object, q.Label)
}

// Stats and QuadIteratorSize are asked while Cayley plans, which for a chain of
// forty steps takes longer than anybody waits: each level of the plan asks the
// one below several times.
func (g guard) Stats(ctx context.Context, exact bool) (graph.Stats, error) {
	if err := g.m.step(); err != nil {
		return graph.Stats{}, err
	}
	return g.QuadStore.Stats(ctx, exact)
}

func (g guard) QuadIteratorSize(ctx context.Context, d quad.Direction, r graph.Ref) (refs.Size, error) {
	if err := g.m.step(); err != nil {
		return refs.Size{}, err
	}
	return g.QuadStore.QuadIteratorSize(ctx, d, r)
}

func (g guard) QuadIterator(d quad.Direction, r graph.Ref) iterator.Shape {
	return guardShape(g.QuadStore.QuadIterator(d, r), g.m)
}

// NodesAllIterator and QuadsAllIterator are made one at a time: making one,
// Cayley's memstore notes in a field without a lock that it is being read.
func (g guard) NodesAllIterator() iterator.Shape {
	g.m.making.Lock()
	defer g.m.making.Unlock()
	return guardShape(g.QuadStore.NodesAllIterator(), g.m)
}

func (g guard) QuadsAllIterator() iterator.Shape {
	g.m.making.Lock()
	defer g.m.making.Unlock()
	return guardShape(g.QuadStore.QuadsAllIterator(), g.m)
}

// Unwrap returns the store that is guarded, for the shapes that it optimized.
func (g guard) Unwrap() graph.QuadStore { return g.QuadStore }

// WrapIterator guards what such a shape builds.
func (g guard) WrapIterator(s iterator.Shape) iterator.Shape { return guardShape(s, g.m) }

func (g guard) ApplyDeltas([]graph.Delta, graph.IgnoreOpts) error { return schema.ErrReadOnly }

func (g guard) NewQuadWriter() (quad.WriteCloser, error) { return nil, schema.ErrReadOnly }

func (g guard) Close() error { return nil } // the store is not the query's to close

// A batchGuard charges for values that are looked up many at once.
type batchGuard struct {
	batch refs.BatchNamer
	m     *meter
}

func (b batchGuard) ValuesOf(ctx context.Context, vals []graph.Ref) ([]quad.Value, error) {
	out, err := b.batch.ValuesOf(ctx, vals)
	if err != nil {
		return out, err
	}
	return out, b.m.charge(out...)
}

func (b batchGuard) RefsOf(ctx context.Context, nodes []quad.Value) ([]graph.Ref, error) {
	return b.batch.RefsOf(ctx, nodes)
}

// A guardedShape is a leaf iterator of the store that asks the meter.
type guardedShape struct {
	iterator.Shape
	m *meter
}

func guardShape(s iterator.Shape, m *meter) iterator.Shape {
	if iterator.IsNull(s) {
		return s // Cayley drops branches that it knows to be empty
	}
	return guardedShape{s, m}
}

func (s guardedShape) Iterate() iterator.Scanner {
	return &guardedScanner{s.Shape.Iterate(), fuse{m: s.m}}
}

func (s guardedShape) Lookup() iterator.Index {
	return &guardedIndex{s.Shape.Lookup(), fuse{m: s.m}}
}

func (s guardedShape) Stats(ctx context.Context) (iterator.Costs, error) {
	if err := s.m.step(); err != nil {
		return iterator.Costs{}, err
	}
	return s.Shape.Stats(ctx)
}

func (s guardedShape) Optimize(ctx context.Context) (iterator.Shape, bool) {
	opt, changed := s.Shape.Optimize(ctx)
	return guardShape(opt, s.m), changed
}

// A fuse remembers why an iterator was stopped.
type fuse struct {
	m   *meter
	err error
}

func (f *fuse) live() bool {
	if f.err == nil {
		f.err = f.m.step()
	}
	return f.err == nil
}

type guardedScanner struct {
	iterator.Scanner
	fuse
}

func (it *guardedScanner) Next(ctx context.Context) bool { return it.live() && it.Scanner.Next(ctx) }

func (it *guardedScanner) NextPath(ctx context.Context) bool {
	return it.live() && it.Scanner.NextPath(ctx)
}

func (it *guardedScanner) Err() error {
	if it.err != nil {
		return it.err
	}
	return it.Scanner.Err()
}

type guardedIndex struct {
	iterator.Index
	fuse
}

func (it *guardedIndex) Contains(ctx context.Context, r refs.Ref) bool {
	return it.live() && it.Index.Contains(ctx, r)
}

func (it *guardedIndex) NextPath(ctx context.Context) bool {
	return it.live() && it.Index.NextPath(ctx)
}

func (it *guardedIndex) Err() error {
	if it.err != nil {
		return it.err
	}
	return it.Index.Err()
}
