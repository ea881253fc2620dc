package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"sync"

	"github.com/cayleygraph/quad"
)

// limits are what a load keeps in memory before it writes to disk.
type limits struct {
	quads int // in a buffer, of which there are up to eight
	terms int // values
	bytes int // of values
}

// loadLimits take about 400 MB: 32 bytes a quad in a buffer, some 120 a value.
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
	l := newLoader(ctx, s)
	defer func() { err = errors.Join(err, l.stop(), l.spill.remove()) }()
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

// parts is in how many parts the nodes of a load are sorted and written side by side.
const parts = 4

// part returns that of a node. The parts follow each other as the ids do.
func part(id uint64) int { return int(id >> 62) }

// A loader is one bulk load under way. Its context lives as long as the one call.
type loader struct {
	s     *Store
	ctx   context.Context
	spill *spill

	mu     sync.Mutex // guards what several goroutines add to
	seen   seen
	terms  [parts]termSorter
	quads  quadSorter // in the order by subject
	tables []string

	orders [4]orderWriter
	added  totals
}

func newLoader(ctx context.Context, s *Store) *loader {
	l := &loader{s: s, ctx: ctx, spill: newSpill(s.fs, s.loadDir())}
	for i := range l.terms {
		l.terms[i] = termSorter{spill: l.spill, limit: s.limits.terms / parts, bytes: s.limits.bytes / parts}
	}
	l.quads = quadSorter{spill: l.spill, limit: s.limits.quads}
	for i := range l.orders {
		l.orders[i] = orderWriter{l: l, order: &s.order[i], sorted: i == bySubject, table: l.quadTable()}
	}
	return l
}

// stop waits for what runs beside the load and closes what is open, which is
// more than nothing only after an error.
func (l *loader) stop() error {
	err := l.quads.writing.wait()
	for i := range l.terms {
		err = errors.Join(err, l.terms[i].writing.wait())
	}
	for i := range l.orders {
		err = errors.Join(err, l.orders[i].closeFile(), l.orders[i].table.close())
	}
	return err
}

// writeQuads writes the tables of the four orders.
func (l *loader) writeQuads() error {
	all, merged, err := l.quads.finish()
	if err != nil {
		return err
	}
	l.seen, l.quads = seen{}, quadSorter{}
	f := l.newFilter()
	defer f.old.close()
	if merged == nil {
		if all, err = f.news(all); err != nil {
			return err
		}
		l.added.quads = int64(len(all))
		return l.eachOrder(func(o *orderWriter) error { return o.writeAll(all) })
	}
	return l.writeMerged(f, merged)
}

// writeMerged writes quads that do not fit in memory: a buffer of them at a time, while
// another is filled.
func (l *loader) writeMerged(f *filterOld, merged pull[ids]) (err error) {
	var writing beside
	defer func() { err = errors.Join(err, writing.wait()) }()
	var buffers [2][]ids
	for n := 0; ; n++ {
		b := &buffers[n%2]
		var eof error
		if *b, eof = fill((*b)[:0], l.s.limits.quads, merged); eof != nil && eof != io.EOF {
			return eof
		}
		fresh, err := f.news(*b)
		if err != nil {
			return err
		}
		l.added.quads += int64(len(fresh))
		err = writing.start(func() error {
			return l.eachOrder(func(o *orderWriter) error { return o.addRun(fresh) })
		})
		if err != nil {
			return err
		}
		if eof != nil {
			break
		}
	}
	if err := writing.wait(); err != nil {
		return err
	}
	return l.eachOrder((*orderWriter).writeRuns)
}

// fill appends up to n quads to dst, and returns io.EOF when there are no more.
func fill(dst []ids, n int, next pull[ids]) ([]ids, error) {
	for len(dst) < n {
		q, err := next()
		if err != nil {
			return dst, err
		}
		dst = append(grow(dst, 1), q)
	}
	return dst, nil
}

// eachOrder runs do for the orders side by side.
func (l *loader) eachOrder(do func(*orderWriter) error) error {
	var wg sync.WaitGroup
	var errs [4]error
	for i := range l.orders {
		wg.Go(func() { errs[i] = do(&l.orders[i]) })
	}
	wg.Wait()
	return errors.Join(errs[:]...)
}

// A filterOld finds the quads that the store does not have yet, among quads that come in order.
type filterOld struct {
	order *order
	old   *walk
	last  ids
	key   []byte
}

func (l *loader) newFilter() *filterOld {
	o := &l.s.order[bySubject]
	return &filterOld{order: o, old: l.newWalk([]byte{o.prefix}, []byte{o.prefix + 1})}
}

// news returns the new quads of the slice, each once, in its space.
func (f *filterOld) news(in []ids) ([]ids, error) {
	out := in[:0]
	for i := range in {
		q := in[i]
		if q == f.last {
			continue
		}
		f.last = q
		if f.old.ok {
			f.key = f.order.appendKey(f.key[:0], q)
			if _, has := f.old.find(f.key); has {
				continue
			}
		}
		out = append(out, q)
	}
	return out, f.old.err
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
