package store

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"slices"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2"
)

// A change collects what one transaction adds and removes, and then
// writes it as one batch. Whoever has it holds the store's mutex.
type change struct {
	s     *Store
	quads map[ids]state
	nodes map[uint64]*nodeChange
}

// state is what a transaction does to a quad.
type state struct{ was, is bool }

// nodeChange is what a transaction does to a node.
type nodeChange struct {
	counts [4]int64 // to be added to the record's
	value  []byte   // encoded; nil where the record has it
}

func (s *Store) newChange() *change {
	return &change{s: s, quads: map[ids]state{}, nodes: map[uint64]*nodeChange{}}
}

// ids returns the ids of a quad and remembers its values.
func (c *change) ids(q quad.Quad) (out ids, err error) {
	if err := checkQuad(q); err != nil {
		return out, err
	}
	for i, d := range quad.Directions {
		v := q.Get(d)
		if v == nil {
			continue
		}
		enc, err := appendValue(nil, v)
		if err != nil {
			return out, err
		}
		out[i] = idOf(enc)
		if err := c.remember(out[i], enc); err != nil {
			return out, err
		}
	}
	return out, nil
}

func checkQuad(q quad.Quad) error {
	if !q.IsValid() {
		return fmt.Errorf("%w: %v", quad.ErrInvalid, q)
	}
	return nil
}

func (c *change) remember(id uint64, enc []byte) error {
	n := c.nodes[id]
	if n == nil {
		c.nodes[id] = &nodeChange{value: enc}
		return nil
	}
	if n.value == nil {
		n.value = enc
	}
	if !bytes.Equal(n.value, enc) {
		return collision(id, n.value, enc)
	}
	return nil
}

func collision(id uint64, a, b []byte) error {
	v, _ := decodeValue(a) // for the message alone
	w, _ := decodeValue(b)
	return fmt.Errorf("%w: %016x is that of %v and of %v", ErrCollision, id, v, w)
}

// state returns what the transaction did to q so far.
func (c *change) state(q ids) (state, error) {
	if st, ok := c.quads[q]; ok {
		return st, nil
	}
	b, err := c.s.has(q)
	return state{was: b, is: b}, err
}

// has reports whether the store has the quad.
func (r *reads) has(q ids) (bool, error) {
	v, err := r.get(r.order[bySubject].appendKey(make([]byte, 0, quadLen), q))
	return v != nil, err
}

// write commits the transaction: all of it or nothing.
func (c *change) write() error {
	var added, removed []ids
	for q, st := range c.quads {
		switch {
		case st.was == st.is:
			continue
		case st.is:
			added = append(added, q)
		default:
			removed = append(removed, q)
		}
		c.count(q, b2i(st.is)-b2i(st.was))
	}
	if len(added)+len(removed) == 0 {
		return nil
	}
	b := c.s.db.NewBatch()
	defer func() { _ = b.Close() }() // a batch in memory does not fail
	c.s.putQuads(b, added, removed)
	if err := c.putNodes(b, int64(len(added)-len(removed))); err != nil {
		return err
	}
	return c.s.commit(b)
}

// putQuads writes the keys order by order, each sorted: Pebble's table in memory takes
// keys that follow each other three times as fast.
func (s *Store) putQuads(b *pebble.Batch, added, removed []ids) {
	room := make([]ids, 2*max(len(added), len(removed)))
	for i := range s.order {
		for key := range s.order[i].sortedKeys(removed, room) {
			_ = b.Delete(key, nil) // a batch in memory does not fail
		}
		for key := range s.order[i].sortedKeys(added, room) {
			_ = b.Set(key, nil, nil) // nor here
		}
	}
}

// sortedKeys returns the keys of quads in their order, each valid until the next. It needs room for
// twice the quads.
func (o *order) sortedKeys(quads, room []ids) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		sorted := room[:len(quads)]
		for i, q := range quads {
			sorted[i] = o.permute(q)
		}
		sortIDs(sorted, room[len(quads):2*len(quads)])
		key, permuted := make([]byte, 0, quadLen), o.permuted()
		for _, q := range sorted {
			key = permuted.appendKey(key[:0], q)
			if !yield(key) {
				return
			}
		}
	}
}

// count adds n to the counts of the nodes of q.
func (c *change) count(q ids, n int) {
	for i, id := range q {
		if id == 0 {
			continue
		}
		do := c.nodes[id]
		if do == nil {
			do = &nodeChange{}
			c.nodes[id] = do
		}
		do.counts[i] += int64(n)
	}
}

// putNodes writes the records whose counts changed, and the totals, to which it adds a number of quads.
func (c *change) putNodes(b *pebble.Batch, more int64) error {
	total, err := c.s.totals()
	if err != nil {
		return err
	}
	total.quads += more
	var changed []uint64
	for id, n := range c.nodes {
		if n.counts != [4]int64{} {
			changed = append(changed, id)
		}
	}
	slices.Sort(changed)
	var key, buf []byte
	err = c.s.records(context.Background(), changed, func(id uint64, rec []byte) error {
		old, n, err := c.merge(id, rec)
		if err != nil {
			return err
		}
		total.nodes += int64(b2i(n.used()) - b2i(old.used()))
		key = appendNodeKey(key[:0], id)
		if !n.used() {
			return b.Delete(key, nil)
		}
		buf = n.appendTo(buf[:0])
		return b.Set(key, buf, nil)
	})
	if err != nil {
		return err
	}
	if total == (totals{}) {
		return b.Delete(metaKey(metaTotals), nil)
	}
	return b.Set(metaKey(metaTotals), total.append(nil), nil)
}

// merge returns the record of a node before and after.
func (c *change) merge(id uint64, rec []byte) (old, n node, err error) {
	if rec != nil {
		if old, err = decodeNode(rec); err != nil {
			return old, n, err
		}
	}
	do := c.nodes[id]
	n = node{counts: old.counts, value: old.value}
	switch {
	case rec == nil:
		n.value = do.value
	case do.value != nil && !bytes.Equal(do.value, old.value):
		return old, n, collision(id, old.value, do.value)
	}
	for i := range n.counts {
		if n.counts[i] += do.counts[i]; n.counts[i] < 0 {
			return old, n, fmt.Errorf("%w: node %016x is in fewer quads than were removed", ErrCorrupt, id)
		}
	}
	return old, n, nil
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// commit writes a batch to disk.
func (s *Store) commit(b *pebble.Batch) (err error) {
	if err := s.usable(int64(b.Len())); err != nil {
		return err
	}
	defer func() { s.changed(err) }()
	defer recoverFatal(&err)
	return translate(b.Commit(pebble.Sync))
}

// ApplyDeltas adds and removes quads one after the other, in one transaction: after
// an error nothing is changed. It implements [graph.QuadStore].
func (s *Store) ApplyDeltas(in []graph.Delta, opt graph.IgnoreOpts) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.usable(0); err != nil {
		return err
	}
	c := s.newChange()
	for _, d := range in {
		if err := c.apply(d, opt); err != nil {
			return &graph.DeltaError{Delta: d, Err: err}
		}
	}
	if err := c.write(); err != nil {
		return fmt.Errorf("apply %d changes: %w", len(in), err)
	}
	return nil
}

func (c *change) apply(d graph.Delta, opt graph.IgnoreOpts) error {
	if d.Action != graph.Add && d.Action != graph.Delete {
		return graph.ErrInvalidAction
	}
	q, err := c.ids(d.Quad)
	if err != nil {
		return err
	}
	st, err := c.state(q)
	if err != nil {
		return err
	}
	add := d.Action == graph.Add
	if st.is == add {
		switch {
		case add && !opt.IgnoreDup:
			return graph.ErrQuadExists
		case !add && !opt.IgnoreMissing:
			return graph.ErrQuadNotExist
		}
		return nil
	}
	st.is = add
	c.quads[q] = st
	return nil
}
