package store

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"fmt"
	"io"
)

// A term is a value on its way into the store.
type term struct {
	id  uint64
	enc []byte // its encoding
}

// A termSorter sorts more terms than memory should hold. The same term may come
// several times, and comes out as often.
type termSorter struct {
	spill        *spill
	limit, bytes int // terms in memory, and bytes of them

	now, spare termBuffer
	tmp        []ids
	runs       []string
	writing    beside
}

// A termBuffer holds terms: the encodings one after the other, and for each term
// its id, and the start and length of its encoding, as the numbers that sortIDs sorts.
type termBuffer struct {
	places []ids
	text   []byte
}

func (b *termBuffer) term(place ids) term {
	return term{place[0], b.text[place[1]:][:place[2]]}
}

func (s *termSorter) add(t term) error {
	s.now.places = append(grow(s.now.places, 1), ids{t.id, uint64(len(s.now.text)), uint64(len(t.enc))})
	s.now.text = append(grow(s.now.text, len(t.enc)), t.enc...)
	if len(s.now.places) < s.limit && len(s.now.text) < s.bytes {
		return nil
	}
	return s.flush()
}

// flush writes what is in memory as a run.
func (s *termSorter) flush() error {
	if err := s.writing.wait(); err != nil {
		return err
	}
	full := s.now
	s.now, s.spare = termBuffer{s.spare.places[:0], s.spare.text[:0]}, full
	return s.writing.start(func() error {
		path, err := s.spill.write("terms", func(w *bufio.Writer) error { return encodeTerms(w, s.sort(full)) })
		if err != nil {
			return fmt.Errorf("sort: %w", err)
		}
		s.runs = append(s.runs, path)
		return nil
	})
}

func (s *termSorter) sort(b termBuffer) pull[term] {
	if len(s.tmp) < len(b.places) {
		s.tmp = make([]ids, len(b.places))
	}
	sortIDs(b.places, s.tmp[:len(b.places)])
	return func() (term, error) {
		if len(b.places) == 0 {
			return term{}, io.EOF
		}
		t := b.term(b.places[0])
		b.places = b.places[1:]
		return t, nil
	}
}

// sorted returns all terms in the order of their ids. It is called once, after the last add.
func (s *termSorter) sorted() (pull[term], error) {
	if err := s.writing.wait(); err != nil {
		return nil, err
	}
	all := []pull[term]{s.sort(s.now)}
	for _, path := range s.runs {
		all = append(all, read(s.spill, path, termDecoder()))
	}
	return merge(func(a, b term) int { return cmp.Compare(a.id, b.id) }, all), nil
}

func encodeTerms(w *bufio.Writer, next pull[term]) error {
	for t, err := next(); err != io.EOF; t, err = next() {
		buf := binary.BigEndian.AppendUint64(w.AvailableBuffer(), t.id)
		if _, err := w.Write(binary.BigEndian.AppendUint32(buf, uint32(len(t.enc)))); err != nil {
			return err
		}
		if _, err := w.Write(t.enc); err != nil {
			return err
		}
	}
	return nil
}

// termDecoder returns a function that reads a term, each into the memory of the last one.
func termDecoder() func(*bufio.Reader) (term, error) {
	var enc []byte
	return func(r *bufio.Reader) (term, error) {
		head, err := r.Peek(idLen + 4)
		if err != nil {
			return term{}, cutShort(len(head), err)
		}
		t := term{id: binary.BigEndian.Uint64(head)}
		n := int(binary.BigEndian.Uint32(head[idLen:]))
		enc = grow(enc[:0], n)[:n]
		if _, err := r.Discard(len(head)); err != nil {
			return term{}, err
		}
		if _, err := io.ReadFull(r, enc); err != nil {
			return term{}, cutShort(1, err)
		}
		t.enc = enc
		return t, nil
	}
}
