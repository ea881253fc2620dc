package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2"
)

// A Node refers to a value by its id.
type Node uint64

// Key implements [graph.Ref].
func (n Node) Key() any { return n }

// A Link refers to a quad by the ids of its values. Only a pointer to it is a [graph.Ref].
type Link [4]uint64

// Key implements [graph.Ref].
func (l *Link) Key() any { return *l }

// reads are the methods that a [Store] and a [Snapshot] share: all that do not change anything.
type reads struct {
	r     pebble.Reader
	order [4]order
	names *names
	scans *scans
	idle  *idle
}

func newReads(r pebble.Reader, n *names) reads {
	return reads{r: r, order: orders(), names: n, scans: &scans{open: map[*pebble.Iterator]struct{}{}}, idle: &idle{}}
}

// close closes what is open.
func (r *reads) close() {
	r.scans.closeAll()
	r.idle.renew()
}

// names remembers the values of nodes that were asked for. It never goes stale,
// since an id says what its value is. One slot serves all ids that end alike.
type names struct {
	slots [1 << 16]atomic.Pointer[named]
}

type named struct {
	id    uint64
	value quad.Value
}

func (n *names) get(id uint64) quad.Value {
	if e := n.slots[id%uint64(len(n.slots))].Load(); e != nil && e.id == id {
		return e.value
	}
	return nil
}

func (n *names) put(id uint64, v quad.Value) {
	n.slots[id%uint64(len(n.slots))].Store(&named{id, v})
}

// get returns a copy of the value of a key, nil if there is none.
func (r *reads) get(key []byte) ([]byte, error) {
	v, closer, err := r.r.Get(key)
	if errors.Is(err, pebble.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, translate(err)
	}
	v = append(make([]byte, 0, len(v)), v...)
	return v, translate(closer.Close())
}

func (r *reads) empty() (bool, error) {
	it, err := r.r.NewIter(nil)
	if err != nil {
		return false, translate(err)
	}
	empty := !it.First()
	return empty, translate(errors.Join(it.Error(), it.Close()))
}

// node returns the record of id; ok is false if there is none.
func (r *reads) node(id uint64) (n node, ok bool, err error) {
	it, err := r.idle.take(r.r, part(id))
	if err != nil {
		return n, false, translate(err)
	}
	defer func() { err = errors.Join(err, translate(r.idle.put(it))) }()
	key := appendNodeKey(make([]byte, 0, nodeLen), id)
	if !it.SeekGE(key) || !bytes.Equal(it.Key(), key) {
		return n, false, translate(it.Error())
	}
	n, err = decodeNode(bytes.Clone(it.Value()))
	return n, err == nil, err
}

// lookup returns the id of a value if the store has it.
func (r *reads) lookup(v quad.Value) (id uint64, n node, ok bool, err error) {
	enc, err := appendValue(make([]byte, 0, 64), v)
	if err != nil {
		return 0, n, false, nil // what cannot be stored is not there
	}
	id = idOf(enc)
	n, ok, err = r.node(id)
	if ok && !bytes.Equal(n.value, enc) {
		ok = false // another value with the same id
	}
	return id, n, ok, err
}

// name returns the value of a node, nil if there is none.
func (r *reads) name(id uint64) (quad.Value, error) {
	if v := r.names.get(id); v != nil {
		return v, nil
	}
	n, ok, err := r.node(id)
	if err != nil || !ok {
		return nil, err
	}
	v, err := decodeValue(n.value)
	if err != nil {
		return nil, err
	}
	r.names.put(id, v)
	return v, nil
}

// ValueOf returns the [Node] of a value, nil if no quad mentions it.
func (r *reads) ValueOf(v quad.Value) (graph.Ref, error) {
	if v == nil {
		return nil, nil
	}
	id, _, ok, err := r.lookup(v)
	if err != nil {
		return nil, fmt.Errorf("look up %v: %w", v, err)
	}
	if !ok {
		return nil, nil
	}
	return Node(id), nil
}

// NameOf returns the value of a [Node].
func (r *reads) NameOf(ref graph.Ref) (quad.Value, error) {
	switch ref := ref.(type) {
	case nil:
		return nil, nil
	case refs.PreFetchedValue:
		return ref.NameOf(), nil
	case Node:
		v, err := r.name(uint64(ref))
		if err != nil {
			return nil, fmt.Errorf("read node %016x: %w", uint64(ref), err)
		}
		return v, nil
	}
	return nil, fmt.Errorf("read node: %T is no node of this store", ref)
}

// Quad returns the quad of a [Link].
func (r *reads) Quad(ref graph.Ref) (quad.Quad, error) {
	l, ok := ref.(*Link)
	if !ok {
		return quad.Quad{}, fmt.Errorf("read quad: %T is no quad of this store", ref)
	}
	var q quad.Quad
	for i, id := range l {
		if id == 0 {
			continue
		}
		v, err := r.name(id)
		if err != nil {
			return quad.Quad{}, fmt.Errorf("read quad: %w", err)
		}
		q.Set(quad.Subject+quad.Direction(i), v)
	}
	return q, nil
}

// QuadDirection returns the node of a [Link] in the direction d, nil for a label that it does not have.
func (r *reads) QuadDirection(ref graph.Ref, d quad.Direction) (graph.Ref, error) {
	l, ok := ref.(*Link)
	if !ok {
		return nil, fmt.Errorf("read quad: %T is no quad of this store", ref)
	}
	if id := ids(*l).at(d); id != 0 {
		return Node(id), nil
	}
	return nil, nil
}

// QuadIteratorSize returns the exact number of quads that have the node v in the direction d.
func (r *reads) QuadIteratorSize(_ context.Context, d quad.Direction, v graph.Ref) (refs.Size, error) {
	id, ok := v.(Node)
	if !ok {
		return refs.Size{Exact: true}, nil
	}
	n, _, err := r.node(uint64(id))
	if err != nil {
		return refs.Size{}, fmt.Errorf("size of node %016x: %w", uint64(id), err)
	}
	return refs.Size{Value: n.counts[d-quad.Subject], Exact: true}, nil
}

// Stats returns the exact numbers of nodes and quads.
func (r *reads) Stats(context.Context, bool) (graph.Stats, error) {
	t, err := r.totals()
	if err != nil {
		return graph.Stats{}, fmt.Errorf("read totals: %w", err)
	}
	return graph.Stats{
		Nodes: refs.Size{Value: t.nodes, Exact: true},
		Quads: refs.Size{Value: t.quads, Exact: true},
	}, nil
}

func (r *reads) totals() (totals, error) {
	b, err := r.get(metaKey(metaTotals))
	if err != nil || b == nil {
		return totals{}, err
	}
	return decodeTotals(b)
}

// NodesAllIterator returns a shape of all nodes.
func (r *reads) NodesAllIterator() iterator.Shape { return &allNodes{r} }

// QuadsAllIterator returns a shape of all quads.
func (r *reads) QuadsAllIterator() iterator.Shape { return &scan{r: r} }

// QuadIterator returns a shape of the quads that have the node v in the direction d.
func (r *reads) QuadIterator(d quad.Direction, v graph.Ref) iterator.Shape {
	id, ok := v.(Node)
	if !ok {
		return iterator.NewNull()
	}
	s := &scan{r: r}
	s.pat.set(d, uint64(id))
	return s
}

// ValuesOf returns the values of nodes, faster than one by one: it implements [refs.BatchNamer].
func (r *reads) ValuesOf(ctx context.Context, vals []graph.Ref) ([]quad.Value, error) {
	var want []uint64
	for _, v := range vals {
		if id, ok := v.(Node); ok {
			want = append(want, uint64(id))
		}
	}
	slices.Sort(want)
	found, err := r.resolve(ctx, slices.Compact(want))
	if err != nil {
		return nil, fmt.Errorf("read %d nodes: %w", len(vals), err)
	}
	out := make([]quad.Value, len(vals))
	for i, v := range vals {
		switch v := v.(type) {
		case Node:
			out[i] = found[uint64(v)]
		case refs.PreFetchedValue:
			out[i] = v.NameOf()
		}
	}
	return out, nil
}

// RefsOf returns the nodes of values: it implements [refs.BatchNamer].
func (r *reads) RefsOf(_ context.Context, values []quad.Value) ([]graph.Ref, error) {
	out := make([]graph.Ref, len(values))
	for i, v := range values {
		ref, err := r.ValueOf(v)
		if err != nil {
			return nil, err
		}
		if ref == nil {
			return nil, fmt.Errorf("look up %v: %w", v, graph.ErrNodeNotExists)
		}
		out[i] = ref
	}
	return out, nil
}
