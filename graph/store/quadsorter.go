package store

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
)

// A quadSorter sorts more quads than memory should hold: in runs, each sorted, which are
// then merged. It fills one buffer while it sorts and writes the other.
type quadSorter struct {
	spill *spill
	limit int // quads in a buffer

	items, spare, tmp []ids
	runs              []string
	writing           beside
}

func (s *quadSorter) add(batch []ids) error {
	for len(batch) > 0 {
		n := min(len(batch), s.limit-len(s.items))
		s.items = append(grow(s.items, n), batch[:n]...)
		if batch = batch[n:]; len(s.items) == s.limit {
			if err := s.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

// grow makes room for n more items, twice as much each time: append alone would copy large
// slices more often.
func grow[T any](s []T, n int) []T {
	if len(s)+n <= cap(s) {
		return s
	}
	return append(make([]T, 0, max(2*cap(s), len(s)+n)), s...)
}

// flush writes what is in memory as a run.
func (s *quadSorter) flush() error {
	if err := s.writing.wait(); err != nil {
		return err
	}
	full := s.items
	s.items, s.spare = s.spare[:0], full
	return s.writing.start(func() error {
		run, err := writeRun(s.spill, s.sort(full))
		s.runs = append(s.runs, run)
		return err
	})
}

func (s *quadSorter) sort(items []ids) []ids {
	if len(s.tmp) < len(items) {
		s.tmp = make([]ids, len(items))
	}
	sortIDs(items, s.tmp[:len(items)])
	return items
}

// finish is called after the last add. It returns all quads in order: in a slice if they fit in one
// buffer, else as a sequence.
func (s *quadSorter) finish() (all []ids, merged pull[ids], err error) {
	if err := s.writing.wait(); err != nil {
		return nil, nil, err
	}
	if len(s.runs) == 0 {
		return s.sort(s.items), nil, nil
	}
	if len(s.items) > 0 {
		if err := s.flush(); err != nil {
			return nil, nil, err
		}
		if err := s.writing.wait(); err != nil {
			return nil, nil, err
		}
	}
	return nil, mergeRuns(s.spill, s.runs), nil
}

// writeRun writes sorted quads to a file.
func writeRun(s *spill, items []ids) (string, error) {
	path, err := s.write("run", func(w *bufio.Writer) error {
		for i := range items {
			buf := w.AvailableBuffer()
			for _, id := range items[i] {
				buf = binary.BigEndian.AppendUint64(buf, id)
			}
			if _, err := w.Write(buf); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("sort: %w", err)
	}
	return path, nil
}

// mergeRuns returns the quads of runs in order.
func mergeRuns(s *spill, runs []string) pull[ids] {
	var in []pull[ids]
	for _, path := range runs {
		in = append(in, read(s, path, decodeIDs))
	}
	return merge(compareIDs, in)
}

func decodeIDs(r *bufio.Reader) (q ids, err error) {
	buf, err := r.Peek(len(q) * idLen)
	if err != nil {
		return q, cutShort(len(buf), err)
	}
	for i := range q {
		q[i] = binary.BigEndian.Uint64(buf[i*idLen:])
	}
	_, err = r.Discard(len(buf))
	return q, err
}

// cutShort tells the end of a file inside an item, of which n bytes are there, from that after one.
func cutShort(n int, err error) error {
	if err == io.EOF && n > 0 {
		return io.ErrUnexpectedEOF
	}
	return err
}

// A tally says how many quads have a node in one direction.
type tally struct {
	id    uint64
	count int64
}

func encodeTally(w *bufio.Writer, t tally) error {
	buf := binary.BigEndian.AppendUint64(w.AvailableBuffer(), t.id)
	_, err := w.Write(binary.BigEndian.AppendUint64(buf, uint64(t.count)))
	return err
}

func decodeTally(r *bufio.Reader) (t tally, err error) {
	buf, err := r.Peek(2 * idLen)
	if err != nil {
		return t, cutShort(len(buf), err)
	}
	t = tally{binary.BigEndian.Uint64(buf), int64(binary.BigEndian.Uint64(buf[idLen:]))}
	_, err = r.Discard(len(buf))
	return t, err
}
