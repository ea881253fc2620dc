package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sync"
)

// writeNodes writes the tables of the nodes, and that of the totals.
func (l *loader) writeNodes() error {
	var wg sync.WaitGroup
	var errs [parts]error
	var added [parts]int64
	for p := range parts {
		wg.Go(func() { added[p], errs[p] = l.writePart(p) })
	}
	wg.Wait()
	if err := errors.Join(errs[:]...); err != nil || l.added.quads == 0 {
		return err
	}
	for _, n := range added {
		l.added.nodes += n
	}
	total, err := l.s.totals()
	if err != nil {
		return err
	}
	total.nodes += l.added.nodes
	total.quads += l.added.quads
	m := l.nodeTable()
	return errors.Join(m.set(metaKey(metaTotals), total.append(nil)), m.close())
}

// writePart writes the nodes of one part, and returns how many the store did not have.
func (l *loader) writePart(p int) (added int64, err error) {
	w := l.newNodeWriter(p)
	next, err := l.terms[p].sorted()
	for err == nil {
		var t term
		if t, err = next(); err == nil {
			err = w.add(t)
		}
	}
	if err == io.EOF {
		err = w.finish()
	}
	w.old.close()
	return w.added, errors.Join(err, w.table.close())
}

// A nodeWriter writes nodes that come in the order of their ids.
type nodeWriter struct {
	table  *table
	old    *walk
	counts counts
	added  int64 // nodes that the store did not have

	id       uint64 // of the last one
	enc      []byte
	key, buf []byte
}

func (l *loader) newNodeWriter(p int) *nodeWriter {
	low := appendNodeKey(nil, uint64(p)<<62)
	high := []byte{nodePrefix + 1}
	if p+1 < parts {
		high = appendNodeKey(nil, uint64(p+1)<<62)
	}
	w := &nodeWriter{table: l.nodeTable(), old: l.newWalk(low, high)}
	for i := range l.orders {
		if path := l.orders[i].tallies[p]; path != "" {
			w.counts.next[i] = read(l.spill, path, decodeTally)
		}
		w.counts.advance(i)
	}
	return w
}

// add writes the node of a term, unless it is the same as the last one.
func (w *nodeWriter) add(t term) error {
	if t.id == w.id {
		if !bytes.Equal(t.enc, w.enc) {
			return collision(t.id, t.enc, w.enc)
		}
		return nil
	}
	w.id, w.enc = t.id, append(w.enc[:0], t.enc...)
	n := node{value: w.enc}
	var err error
	if n.counts, err = w.counts.of(t.id); err != nil {
		return err
	}
	w.key = appendNodeKey(w.key[:0], t.id)
	if err := w.addOld(&n); err != nil {
		return err
	}
	if !n.used() {
		return nil // all its quads were there
	}
	w.buf = n.appendTo(w.buf[:0])
	return w.table.set(w.key, w.buf)
}

// addOld adds the counts that the store has for a node to those of the load.
func (w *nodeWriter) addOld(n *node) error {
	rec, ok := w.old.find(w.key)
	if !ok {
		if n.used() {
			w.added++
		}
		return w.old.err
	}
	was, err := decodeNode(rec)
	if err != nil {
		return err
	}
	if !bytes.Equal(was.value, n.value) {
		return collision(binary.BigEndian.Uint64(w.key[1:]), was.value, n.value)
	}
	for i, c := range was.counts {
		n.counts[i] += c
	}
	return nil
}

// finish checks that every tally found its value.
func (w *nodeWriter) finish() error {
	for _, h := range w.counts.head {
		if h.count != 0 {
			return fmt.Errorf("%w: lost the value of node %016x", ErrCorrupt, h.id)
		}
	}
	return w.counts.err
}

// counts reads the tallies of the four directions side by side.
type counts struct {
	next [4]pull[tally] // nil where there are no more
	head [4]tally
	err  error
}

func (c *counts) advance(i int) {
	c.head[i] = tally{}
	if c.next[i] == nil {
		return
	}
	t, err := c.next[i]()
	switch {
	case err == nil:
		c.head[i] = t
	case err == io.EOF:
		c.next[i] = nil
	default:
		c.err = err
	}
}

// of returns how many quads of the load have the node in each direction. The ids come in order.
func (c *counts) of(id uint64) (out [4]int64, err error) {
	for i := range c.head {
		if c.head[i].id == id {
			out[i] = c.head[i].count
			c.advance(i)
		}
	}
	return out, c.err
}
