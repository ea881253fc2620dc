package store

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"

	"github.com/cayleygraph/quad"
)

// limits are what a load keeps in memory before it writes to disk.
type limits struct {
	quads int // in each of four sorters
	terms int // values
	bytes int // of values
}

// loadLimits take about 400 MB: 32 bytes a quad, some 120 a value.
func loadLimits() limits { return limits{quads: 1 << 20, terms: 1 << 20, bytes: 96 << 20} }

// BulkLoad adds quads, far faster than [Store.ApplyDeltas], and returns how many are new: it sorts them outside of
// memory, writes tables, and hands them to Pebble all at once. So a load that fails or is
// killed leaves nothing, whatever the number of documents. Readers go on meanwhile.
func (s *Store) BulkLoad(ctx context.Context, quads iter.Seq2[quad.Quad, error]) (n int64, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.usable(0); err != nil {
		return 0, fmt.Errorf("load: %w", err)
	}
	n, err = s.load(ctx, quads)
	if err != nil {
		return 0, fmt.Errorf("load: %w", translate(err))
	}
	return n, nil
}

func (s *Store) load(ctx context.Context, quads iter.Seq2[quad.Quad, error]) (n int64, err error) {
	if err := s.fs.MkdirAll(s.loadDir(), 0o755); err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, s.fs.RemoveAll(s.loadDir())) }()
	l := &loader{s: s, ctx: ctx, spill: &spill{fs: s.fs, dir: s.loadDir()}}
	l.terms = newTermSorter(l.spill, s.limits.terms)
	for i := range l.quads {
		l.quads[i] = newQuadSorter(l.spill, s.limits.quads)
	}
	for _, step := range []func() error{
		func() error { return l.read(quads) },
		l.writeQuads,
		l.writeNodes,
		l.ingest,
	} {
		if err := step(); err != nil {
			return 0, err
		}
	}
	return l.added.quads, nil
}

// A loader is one bulk load under way. Its context lives as long as the one call.
type loader struct {
	s     *Store
	ctx   context.Context
	spill *spill
	terms *sorter[term]
	quads [4]*sorter[ids] // each in the sequence of its order

	mu      sync.Mutex
	tables  []string
	tallies [4]string // files, one a direction, sorted by id
	added   totals
}

// writeQuads writes the tables of the four orders.
func (l *loader) writeQuads() error {
	limit := l.s.limits.quads
	for i := byPredicate; i <= byLabel; i++ {
		l.quads[i].items = make([]ids, 0, min(limit, len(l.quads[bySubject].items)+limit*len(l.quads[bySubject].runs)))
	}
	if err := l.writeOrder(bySubject, l.news(l.quads[bySubject].sorted())); err != nil {
		return err
	}
	l.quads[bySubject] = nil
	var wg sync.WaitGroup
	var errs [4]error
	for i := byPredicate; i <= byLabel; i++ {
		wg.Go(func() {
			errs[i] = l.writeOrder(i, l.quads[i].sorted())
			l.quads[i] = nil
		})
	}
	wg.Wait()
	return errors.Join(errs[:]...)
}

// news yields the quads of a sorted sequence that the store does not have, each
// once, and hands them to the other sorters.
func (l *loader) news(in iter.Seq2[ids, error]) iter.Seq2[ids, error] {
	return func(yield func(ids, error) bool) {
		old := l.newWalk(l.s.order[bySubject].prefix)
		defer old.close()
		var last ids
		var key []byte
		for q, err := range in {
			if err != nil {
				yield(q, err)
				return
			}
			if q == last {
				continue
			}
			last = q
			key = l.s.order[bySubject].appendKey(key[:0], q)
			if _, ok := old.find(key); ok {
				continue
			}
			if err := errors.Join(old.err, l.share(q)); !yield(q, err) || err != nil {
				return
			}
		}
	}
}

func (l *loader) share(q ids) error {
	for i := byPredicate; i <= byLabel; i++ {
		if err := l.quads[i].add(l.s.order[i].permute(q)); err != nil {
			return err
		}
	}
	l.added.quads++
	return nil
}

// writeOrder writes the tables of one order, and how often each node leads in it.
func (l *loader) writeOrder(i int, in iter.Seq2[ids, error]) error {
	t := l.newTable()
	path, err := l.spill.write("tally", func(w *bufio.Writer) error {
		var lead tally
		key := make([]byte, 0, quadLen)
		seq := order{l.s.order[i].prefix, [4]uint8{0, 1, 2, 3}} // in is permuted
		for q, err := range in {
			if err != nil {
				return err
			}
			if q[0] != lead.id && lead.count > 0 {
				if err := encodeTally(w, lead); err != nil {
					return err
				}
				lead.count = 0
			}
			lead.id = q[0]
			lead.count++
			key = seq.appendKey(key[:0], q)
			if err := t.set(key, nil); err != nil {
				return err
			}
		}
		if lead.count == 0 {
			return nil
		}
		return encodeTally(w, lead)
	})
	l.tallies[i] = path
	return errors.Join(err, t.close())
}

// writeNodes writes the tables of the nodes, and that of the totals.
func (l *loader) writeNodes() error {
	t := l.newTable()
	err := l.nodes(t)
	if err = errors.Join(err, t.close()); err != nil || l.added.quads == 0 {
		return err
	}
	total, err := l.s.totals()
	if err != nil {
		return err
	}
	total.nodes += l.added.nodes
	total.quads += l.added.quads
	m := l.newTable()
	return errors.Join(m.set(metaKey(metaTotals), total.append(nil)), m.close())
}

func (l *loader) nodes(t *table) error {
	old := l.newWalk(nodePrefix)
	defer old.close()
	counts := newCounts(l)
	defer counts.stop()
	var last term
	var key, buf []byte
	for v, err := range l.terms.sorted() {
		if err != nil {
			return err
		}
		if v.id == last.id {
			if v.enc != last.enc {
				return collision(v.id, []byte(v.enc), []byte(last.enc))
			}
			continue
		}
		last = v
		n := node{value: []byte(v.enc)}
		if n.counts, err = counts.of(v.id); err != nil {
			return err
		}
		key = appendNodeKey(key[:0], v.id)
		if err := l.addOld(&n, old, key); err != nil {
			return err
		}
		if !n.used() {
			continue // all its quads were there
		}
		buf = n.appendTo(buf[:0])
		if err := t.set(key, buf); err != nil {
			return err
		}
	}
	return counts.done()
}

// addOld adds the counts that the store has for a node to those of the load.
func (l *loader) addOld(n *node, old *walk, key []byte) error {
	rec, ok := old.find(key)
	if !ok {
		if n.used() {
			l.added.nodes++
		}
		return old.err
	}
	was, err := decodeNode(rec)
	if err != nil {
		return err
	}
	if !bytes.Equal(was.value, n.value) {
		return collision(0, was.value, n.value)
	}
	for i, c := range was.counts {
		n.counts[i] += c
	}
	return nil
}

// counts reads the four tallies side by side.
type counts struct {
	next  [4]func() (tally, error, bool)
	stops [4]func()
	head  [4]tally
	err   error
}

func newCounts(l *loader) *counts {
	c := &counts{}
	for i, path := range l.tallies {
		c.next[i], c.stops[i] = iter.Pull2(read(l.spill, path, decodeTally))
		c.advance(i)
	}
	return c
}

func (c *counts) advance(i int) {
	t, err, _ := c.next[i]()
	if c.head[i] = t; err != nil {
		c.err = err
	}
	if t.id == 0 && t.count > 0 {
		c.advance(i) // quads without a label
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

// done checks that every tally found its value.
func (c *counts) done() error {
	for _, h := range c.head {
		if h.count != 0 {
			return fmt.Errorf("%w: lost the value of node %016x", ErrCorrupt, h.id)
		}
	}
	return c.err
}

func (c *counts) stop() {
	for _, stop := range c.stops {
		stop()
	}
}

// ingest makes the tables part of the store: all of them or none.
func (l *loader) ingest() (err error) {
	if l.added.quads == 0 {
		return nil
	}
	if err := errors.Join(l.ctx.Err(), l.s.usable(0)); err != nil {
		return err
	}
	defer func() { l.s.changed(err) }()
	defer recoverFatal(&err)
	return l.s.db.Ingest(l.ctx, l.tables)
}
