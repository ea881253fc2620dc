package store

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"sync"

	"github.com/cayleygraph/quad"
)

// readBatch is how many quads go from the reader to an encoder at a time.
const readBatch = 1 << 12

// read takes in the quads, while other goroutines encode and hash their values.
func (l *loader) read(quads iter.Seq2[quad.Quad, error]) error {
	ctx, cancel := context.WithCancelCause(l.ctx)
	defer cancel(nil)
	batches := make(chan []quad.Quad, 4)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			if err := l.encodeAll(ctx, batches); err != nil {
				cancel(err)
			}
		})
	}
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

func (l *loader) encodeAll(ctx context.Context, batches <-chan []quad.Quad) error {
	e := &encoder{known: map[quad.Value]uint64{}}
	for batch := range batches {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := e.encode(batch); err != nil {
			return err
		}
		if err := l.take(e); err != nil {
			return err
		}
	}
	return nil
}

// take adds what an encoder made of a batch.
func (l *loader) take(e *encoder) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, place := range e.terms.places {
		t := e.terms.term(place)
		has, err := l.seen.has(t.id, e.checks[i], t.enc)
		if err == nil && !has {
			err = l.terms[part(t.id)].add(t)
		}
		if err != nil {
			return err
		}
	}
	return l.quads.add(e.quads)
}

// An encoder turns quads into ids, a batch at a time.
type encoder struct {
	last  quad.Quad
	ids   ids
	known map[quad.Value]uint64 // of predicates and labels, of which there are few

	// Of the batch.
	quads  []ids
	terms  termBuffer // the values of its quads, some of them more than once
	checks []uint64   // of the terms
}

const knownLimit = 1 << 12

func (e *encoder) encode(batch []quad.Quad) error {
	e.quads, e.terms, e.checks = e.quads[:0], termBuffer{e.terms.places[:0], e.terms.text[:0]}, e.checks[:0]
	for i := range batch {
		if err := e.add(&batch[i]); err != nil {
			return err
		}
	}
	return nil
}

func (e *encoder) add(q *quad.Quad) error {
	if err := checkQuad(*q); err != nil {
		return err
	}
	// Quads come in runs, so that most have values of the last one.
	var err error
	if q.Subject != e.last.Subject {
		e.ids[0], err = e.id(q.Subject)
	}
	if q.Predicate != e.last.Predicate && err == nil {
		e.ids[1], err = e.knownID(q.Predicate)
	}
	if q.Object != e.last.Object && err == nil {
		e.ids[2], err = e.id(q.Object)
	}
	if q.Label != e.last.Label && err == nil {
		e.ids[3], err = e.knownID(q.Label)
	}
	if err != nil {
		return err
	}
	e.last = *q
	e.quads = append(e.quads, e.ids)
	return nil
}

// knownID is id for values of which there are few.
func (e *encoder) knownID(v quad.Value) (uint64, error) {
	if v == nil {
		return 0, nil
	}
	id, ok := e.known[v]
	if ok {
		return id, nil
	}
	id, err := e.id(v)
	if err == nil && len(e.known) < knownLimit {
		e.known[v] = id
	}
	return id, err
}

// id returns the id of a value, which it adds to the terms of the batch.
func (e *encoder) id(v quad.Value) (uint64, error) {
	start := len(e.terms.text)
	text, err := appendValue(e.terms.text, v)
	if err != nil {
		return 0, err
	}
	id, check := idAndCheck(text[start:])
	e.terms.text = text
	e.terms.places = append(e.terms.places, ids{id, uint64(start), uint64(len(text) - start)})
	e.checks = append(e.checks, check)
	return id, nil
}

// seen remembers terms that were taken, so that most are sorted once only. A slot serves
// all ids that end alike, and remembers the last.
type seen struct {
	slots []seenTerm
	n     int // taken
}

type seenTerm struct{ id, check uint64 }

const (
	leastSeen = 1 << 10
	mostSeen  = 1 << 20 // 16 MB
)

// has reports whether the term is remembered, and remembers it. The check tells it from another with its id.
func (s *seen) has(id, check uint64, enc []byte) (bool, error) {
	if s.n >= len(s.slots)/2 && len(s.slots) < mostSeen {
		s.grow()
	}
	slot := &s.slots[id%uint64(len(s.slots))]
	switch {
	case slot.id != id:
		*slot = seenTerm{id, check}
		s.n++
		return false, nil
	case slot.check != check:
		v, _ := decodeValue(enc) // for the message alone
		return false, fmt.Errorf("%w: %016x is that of %v and of another value", ErrCollision, id, v)
	}
	return true, nil
}

func (s *seen) grow() {
	old := s.slots
	s.slots = make([]seenTerm, max(leastSeen, 4*len(old)))
	for _, t := range old {
		if t.id != 0 { // which no value has
			s.slots[t.id%uint64(len(s.slots))] = t
		}
	}
}
