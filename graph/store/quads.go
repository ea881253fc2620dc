package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"sync"

	"github.com/cayleygraph/quad"
)

// Quads returns the quads that have the values of pattern where it is not nil, in key order,
// all as the store was when the loop began. With an empty pattern it is all quads,
// graph by graph and subject by subject. An error is the last thing that it yields.
func (s *Store) Quads(ctx context.Context, want quad.Quad) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		snap := s.Snapshot()
		defer func() { _ = snap.Close() }() // closing a snapshot does not fail
		snap.Quads(ctx, want)(yield)
	}
}

// Quads is [Store.Quads] as of the snapshot.
func (s *Snapshot) Quads(ctx context.Context, want quad.Quad) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		if err := s.quads(ctx, want, yield); err != nil {
			yield(quad.Quad{}, fmt.Errorf("read quads: %w", err))
		}
	}
}

// Values are read a chunk of quads at a time: small at first, so that the first
// quad is quick, then so large that their ids lie close together. A chunk touches most blocks of
// nodes, so the more there are, the larger it has to be.
const (
	firstChunk   = 64
	leastChunk   = 1 << 16
	mostChunk    = 1 << 19 // some 70 MB with the values
	chunksAStore = 16
)

func (r *reads) quads(ctx context.Context, want quad.Quad, yield func(quad.Quad, error) bool) error {
	p, ok, err := r.pattern(want)
	if err != nil || !ok {
		return err
	}
	total, err := r.totals()
	if err != nil {
		return err
	}
	most := int(max(leastChunk, min(mostChunk, total.quads/chunksAStore)))
	c := r.cursor(p)
	if p.count() == 0 {
		c.walk(&r.order[byLabel])
	}
	defer func() { _ = c.close() }() // it can only repeat what next said
	ctx, cancel := context.WithCancel(ctx)
	var wg sync.WaitGroup
	defer wg.Wait()
	defer cancel()
	size := firstChunk
	for now := c.fill(ctx, size); ; {
		var next chunk
		full := now.err == nil && len(now.quads) == size
		if full { // reads the next chunk while the caller works on this one
			size = min(4*size, most)
			wg.Go(func() { next = c.fill(ctx, size) })
		}
		if !now.each(yield) {
			return nil
		}
		if !full {
			return now.err
		}
		wg.Wait()
		now = next
	}
}

// A chunk is a number of quads with their values.
type chunk struct {
	quads  []ids
	values []quad.Value // those that differ from the quad before, quad by quad
	err    error        // after the quads
}

// fill reads up to n quads; fewer means that there are no more.
func (c *cursor) fill(ctx context.Context, n int) (out chunk) {
	for len(out.quads) < n && c.next(ctx) {
		out.quads = append(grow(out.quads, 1), c.cur)
	}
	values, err := c.r.values(ctx, out.quads)
	if err != nil {
		return chunk{err: err}
	}
	out.values, out.err = values, c.err
	return out
}

// each yields the quads, and reports whether to go on.
func (c *chunk) each(yield func(quad.Quad, error) bool) bool {
	var last ids
	var out quad.Quad
	next := 0
	for _, q := range c.quads {
		for i, id := range q {
			if id != last[i] { // quads in key order repeat themselves
				out.Set(quad.Subject+quad.Direction(i), c.values[next])
				next++
			}
		}
		last = q
		if !yield(out, nil) {
			return false
		}
	}
	return true
}

// values returns the values of a chunk of the quads.
func (r *reads) values(ctx context.Context, quads []ids) ([]quad.Value, error) {
	out := make([]quad.Value, 0, 2*len(quads))
	var rest []ids // an id whose value must be read, and its place in out
	var last ids
	for _, q := range quads {
		for i, id := range q {
			if id == last[i] {
				continue
			}
			v := r.names.get(id)
			if v == nil && id != 0 {
				rest = append(grow(rest, 1), ids{id, uint64(len(out))})
			}
			out = append(grow(out, 1), v)
		}
		last = q
	}
	sortIDs(rest, make([]ids, len(rest)))
	return out, r.readHalves(ctx, rest, out)
}

// parallelRead is the number of values from which it pays to read two halves side by side.
const parallelRead = 1 << 12

func (r *reads) readHalves(ctx context.Context, rest []ids, out []quad.Value) error {
	if len(rest) < parallelRead {
		return r.readInto(ctx, rest, out)
	}
	mid := len(rest) / 2
	for mid < len(rest) && rest[mid][0] == rest[mid-1][0] {
		mid++
	}
	var wg sync.WaitGroup
	var errs [2]error
	wg.Go(func() { errs[0] = r.readInto(ctx, rest[:mid], out) })
	errs[1] = r.readInto(ctx, rest[mid:], out)
	wg.Wait()
	return errors.Join(errs[:]...)
}

// readInto reads the values of ids, which are sorted, to their places in out.
func (r *reads) readInto(ctx context.Context, rest []ids, out []quad.Value) error {
	sorted := make([]uint64, 0, len(rest))
	for _, place := range rest {
		if n := len(sorted); n == 0 || sorted[n-1] != place[0] {
			sorted = append(sorted, place[0])
		}
	}
	return r.readValues(ctx, sorted, func(id uint64, v quad.Value) {
		for ; len(rest) > 0 && rest[0][0] == id; rest = rest[1:] {
			out[rest[0][1]] = v
		}
	})
}

// pattern returns the ids of the values of q; ok is false if a value is not in the store.
func (r *reads) pattern(q quad.Quad) (p pattern, ok bool, err error) {
	for _, d := range quad.Directions {
		v := q.Get(d)
		if v == nil {
			continue
		}
		id, _, ok, err := r.lookup(v)
		if err != nil || !ok {
			return p, false, err
		}
		p.set(d, id)
	}
	return p, true, nil
}

// walk makes a cursor without bounds go in the order o.
func (c *cursor) walk(o *order) {
	if c.err == nil {
		c.order = o
		c.it.SetBounds([]byte{o.prefix}, []byte{o.prefix + 1})
	}
}

// keepNames is how many values at once are worth to be remembered; more would
// only push each other out.
const keepNames = 1 << 14

// resolve returns the values of the ids, which are sorted.
func (r *reads) resolve(ctx context.Context, sorted []uint64) (map[uint64]quad.Value, error) {
	out := make(map[uint64]quad.Value, len(sorted))
	var rest []uint64
	for _, id := range sorted {
		if v := r.names.get(id); v != nil {
			out[id] = v
		} else {
			rest = append(rest, id)
		}
	}
	err := r.readValues(ctx, rest, func(id uint64, v quad.Value) { out[id] = v })
	return out, err
}

// readValues visits the values of the ids, which are sorted.
func (r *reads) readValues(ctx context.Context, sorted []uint64, visit func(uint64, quad.Value)) error {
	return r.records(ctx, sorted, func(id uint64, rec []byte) error {
		if rec == nil {
			return fmt.Errorf("%w: a quad mentions node %016x, which is not there", ErrCorrupt, id)
		}
		n, err := decodeNode(rec)
		if err != nil {
			return err
		}
		v, err := decodeValue(n.value)
		if err != nil {
			return err
		}
		visit(id, v)
		if len(sorted) < keepNames {
			r.names.put(id, v)
		}
		return nil
	})
}

// records visits the records of the ids, which are sorted: nil for one that is not there.
func (r *reads) records(ctx context.Context, sorted []uint64, visit func(id uint64, rec []byte) error) (err error) {
	if len(sorted) == 0 {
		return nil
	}
	it, err := newNodeIter(r.r)
	if err != nil {
		return translate(err)
	}
	defer func() { err = translate(errors.Join(err, it.Close())) }()
	key := make([]byte, 0, nodeLen)
	for i, id := range sorted {
		if i%checkEvery == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		key = appendNodeKey(key[:0], id)
		var rec []byte
		if it.SeekGE(key) && bytes.Equal(it.Key(), key) {
			rec = it.Value()
		}
		if err := it.Error(); err != nil {
			return err
		}
		if err := visit(id, rec); err != nil {
			return err
		}
	}
	return nil
}

// Labels returns the named graphs and how many quads each has. Quads without
// a label are counted under nil, if there are any.
func (s *Store) Labels(ctx context.Context) (map[quad.Value]int64, error) {
	snap := s.Snapshot()
	defer func() { _ = snap.Close() }() // closing a snapshot does not fail
	return snap.Labels(ctx)
}

// Labels is [Store.Labels] as of the snapshot.
func (s *Snapshot) Labels(ctx context.Context) (map[quad.Value]int64, error) {
	out, err := s.labels(ctx)
	if err != nil {
		return nil, fmt.Errorf("read labels: %w", err)
	}
	return out, nil
}

func (r *reads) labels(ctx context.Context) (map[quad.Value]int64, error) {
	out := map[quad.Value]int64{}
	c := r.cursor(pattern{})
	c.walk(&r.order[byLabel])
	defer func() { _ = c.close() }() // it can only repeat what next said
	labeled := int64(0)
	for c.next(ctx) {
		label := c.cur[3]
		if label == 0 {
			c.seekLabel(1)
			continue
		}
		n, _, err := r.node(label)
		if err != nil {
			return nil, err
		}
		v, err := decodeValue(n.value) // an error too where there is no node
		if err != nil {
			return nil, err
		}
		out[v] = n.counts[3]
		labeled += n.counts[3]
		if label+1 == 0 {
			break
		}
		c.seekLabel(label + 1)
	}
	if c.err != nil {
		return nil, c.err
	}
	t, err := r.totals()
	if err == nil && t.quads > labeled {
		out[nil] = t.quads - labeled
	}
	return out, err
}

// seekLabel makes the next quad the first whose label is at least id.
func (c *cursor) seekLabel(id uint64) {
	low := binary.BigEndian.AppendUint64([]byte{c.order.prefix}, id)
	c.it.SetBounds(low, []byte{c.order.prefix + 1})
	c.moved = false
}
