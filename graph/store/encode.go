package store

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"

	"github.com/cayleygraph/quad"
)

// readBatch is how many quads go from the reader to the encoder at a time.
const readBatch = 1 << 12

// read takes in the quads, while another goroutine encodes and hashes their values.
func (l *loader) read(quads iter.Seq2[quad.Quad, error]) error {
	ctx, cancel := context.WithCancelCause(l.ctx)
	defer cancel(nil)
	batches := make(chan []quad.Quad, 4)
	var wg sync.WaitGroup
	wg.Go(func() {
		e := newEncoder(l)
		for batch := range batches {
			if err := e.addAll(batch); err != nil {
				cancel(err)
				return
			}
		}
	})
	err := feed(ctx, quads, batches)
	close(batches)
	wg.Wait()
	return errors.Join(err, context.Cause(ctx))
}

// feed sends the quads in batches until the context ends.
func feed(ctx context.Context, quads iter.Seq2[quad.Quad, error], out chan<- []quad.Quad) error {
	batch := make([]quad.Quad, 0, readBatch)
	send := func() {
		select {
		case out <- batch:
		case <-ctx.Done():
		}
		batch = make([]quad.Quad, 0, readBatch)
	}
	for q, err := range quads {
		if err != nil {
			return err
		}
		batch = append(batch, q)
		if len(batch) == readBatch {
			if send(); ctx.Err() != nil {
				return nil // the caller reports the cause
			}
		}
	}
	send()
	return nil
}

// An encoder turns quads into ids.
type encoder struct {
	l     *loader
	last  quad.Quad
	ids   ids
	seen  map[uint64]uint64     // ids whose values were handed on, with their checks
	known map[quad.Value]uint64 // of predicates and labels, of which there are few
	size  int
	buf   []byte
}

func newEncoder(l *loader) *encoder {
	return &encoder{l: l, seen: map[uint64]uint64{}, known: map[quad.Value]uint64{}}
}

const knownLimit = 1 << 12

func (e *encoder) addAll(batch []quad.Quad) error {
	for _, q := range batch {
		if err := e.add(q); err != nil {
			return err
		}
	}
	return e.l.ctx.Err()
}

func (e *encoder) add(q quad.Quad) error {
	if err := checkQuad(q); err != nil {
		return err
	}
	for i, d := range quad.Directions {
		v := q.Get(d)
		if v == e.last.Get(d) {
			continue // quads come in runs
		}
		id, err := e.id(v, d)
		if err != nil {
			return err
		}
		e.ids[i] = id
	}
	e.last = q
	return e.l.quads[bySubject].add(e.ids)
}

func (e *encoder) id(v quad.Value, d quad.Direction) (uint64, error) {
	if v == nil {
		return 0, nil
	}
	few := d == quad.Predicate || d == quad.Label
	if few {
		if id, ok := e.known[v]; ok {
			return id, nil
		}
	}
	var err error
	if e.buf, err = appendValue(e.buf[:0], v); err != nil {
		return 0, err
	}
	id, check := idAndCheck(e.buf)
	if few && len(e.known) < knownLimit {
		e.known[v] = id
	}
	return id, e.handOn(id, check)
}

// handOn gives the value in buf to the sorter, the first time that its id is seen.
func (e *encoder) handOn(id, check uint64) error {
	if was, ok := e.seen[id]; ok {
		if was != check {
			v, _ := decodeValue(e.buf) // for the message alone
			return fmt.Errorf("%w: %016x is that of %v and of another value", ErrCollision, id, v)
		}
		return nil
	}
	e.seen[id] = check
	e.size += len(e.buf)
	if err := e.l.terms.add(term{id, string(e.buf)}); err != nil {
		return err
	}
	if e.size > e.l.s.limits.bytes {
		e.size = 0
		if err := e.l.terms.flush(); err != nil {
			return err
		}
	}
	if len(e.seen) >= e.l.s.limits.terms {
		clear(e.seen)
	}
	return nil
}
