package store

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/cockroachdb/pebble/v2"
)

// Check reads the whole store as it is now and says what is wrong with it: quads
// that are not in all orders, nodes that are missing, left over or counted wrong, bytes that do not match
// their sums. Quads of an order are compared with those of the others by a sum over them.
func (s *Store) Check(ctx context.Context) error {
	snap := s.Snapshot()
	defer func() { _ = snap.Close() }() // closing a snapshot does not fail
	// The first also reads what later changes have overwritten.
	if err := errors.Join(translate(s.db.CheckLevels(nil)), snap.check(ctx)); err != nil {
		return fmt.Errorf("check store %s: %w", s.path, err)
	}
	return nil
}

func (r *reads) check(ctx context.Context) (err error) {
	var walks [4]*leads
	for i := range walks {
		c := r.cursor(pattern{})
		c.walk(&r.order[i])
		walks[i] = &leads{c: c, at: i}
		defer func() { _ = c.close() }() // it can only repeat what next said
		walks[i].next(ctx)
	}
	nodes, err := r.checkNodes(ctx, walks)
	if err != nil {
		return err
	}
	for i, w := range walks {
		switch {
		case w.err != nil:
			return w.err
		case w.count > 0:
			return fmt.Errorf("%w: node %016x is missing", ErrCorrupt, w.id)
		case w.sum != walks[0].sum || w.quads != walks[0].quads:
			return fmt.Errorf("%w: %d quads in the order %c, %d others in the order %c",
				ErrCorrupt, w.quads, r.order[i].prefix, walks[0].quads, r.order[0].prefix)
		}
	}
	t, err := r.totals()
	if err == nil && t != (totals{nodes, walks[0].quads}) {
		err = fmt.Errorf("%w: %d nodes and %d quads, counted as %d and %d", ErrCorrupt, nodes, walks[0].quads, t.nodes, t.quads)
	}
	return err
}

// leads walks an order and counts how many quads lead with each id.
type leads struct {
	c     *cursor
	at    int // the position that leads
	id    uint64
	count int64

	held  ids // read, but of the next id
	has   bool
	quads int64
	sum   uint64
	err   error
}

// next goes to the next id but 0; count is 0 at the end.
func (l *leads) next(ctx context.Context) {
	l.id, l.count = 0, 0
	if l.has {
		l.id, l.count, l.has = l.held[l.at], 1, false
	}
	for l.c.next(ctx) {
		q := l.c.cur
		l.quads++
		l.sum += mix(q)
		switch {
		case q[l.at] == 0:
		case l.count == 0 || q[l.at] == l.id:
			l.id = q[l.at]
			l.count++
		default:
			l.held, l.has = q, true
			return
		}
	}
	l.err = l.c.err
}

// mix makes a number of a quad, such that the sum over quads tells sets of them apart.
func mix(q ids) uint64 {
	h := uint64(14695981039346656037)
	for _, id := range q {
		h = (h ^ id) * 0x9E3779B97F4A7C15
		h ^= h >> 29
	}
	return h
}

// checkNodes compares the records with what the orders say, and returns how many there are.
func (r *reads) checkNodes(ctx context.Context, walks [4]*leads) (n int64, err error) {
	it, err := newNodeIter(r.r)
	if err != nil {
		return 0, translate(err)
	}
	defer func() { err = translate(errors.Join(err, it.Close())) }()
	for ok := it.First(); ok; ok = it.Next() {
		n++
		if err := checkNode(ctx, it, walks); err != nil {
			return n, err
		}
	}
	return n, it.Error()
}

func checkNode(ctx context.Context, it *pebble.Iterator, walks [4]*leads) error {
	id := binary.BigEndian.Uint64(it.Key()[1:])
	rec, err := decodeNode(it.Value())
	if err != nil {
		return err
	}
	if _, err := decodeValue(rec.value); err != nil {
		return err
	}
	if idOf(rec.value) != id {
		return fmt.Errorf("%w: node %016x has the value of %016x", ErrCorrupt, id, idOf(rec.value))
	}
	for i, w := range walks {
		have := int64(0)
		if w.count > 0 && w.id == id {
			have = w.count
			w.next(ctx)
		}
		if w.err != nil {
			return w.err
		}
		if have != rec.counts[i] {
			return fmt.Errorf("%w: node %016x is in %d quads in the order %d, counted as %d", ErrCorrupt, id, have, i, rec.counts[i])
		}
	}
	if !rec.used() {
		return fmt.Errorf("%w: node %016x is in no quad", ErrCorrupt, id)
	}
	return nil
}
