package export

import (
	"bufio"
	"bytes"
	"container/heap"
	"encoding/binary"
	"errors"
	"io"
	"iter"
	"os"
)

// A sorter sorts records by their bytes and drops repeated ones. It sorts pieces
// in memory, each while the next is filled, and keeps what exceeds a few pieces in files.
type sorter struct {
	dir    string
	piece  *piece
	ready  []chan *piece // pieces that are sorted or being sorted
	files  []*os.File    // sorted runs
	limits limits
}

// limits bound a sorter's memory.
type limits struct {
	bytes  int // of a piece
	pieces int // before they go to a file
}

var defaultLimits = limits{bytes: 16 << 20, pieces: 5}

func newSorter(dir string) *sorter { return &sorter{dir: dir, piece: &piece{}, limits: defaultLimits} }

// add takes a copy of a record.
func (s *sorter) add(record []byte) error {
	if len(s.piece.text)+len(record) > s.limits.bytes && len(s.piece.records) > 0 {
		s.cut()
		if len(s.ready) >= s.limits.pieces {
			if err := s.spill(); err != nil {
				return err
			}
		}
	}
	p := s.piece
	start := uint32(len(p.text))
	p.text = append(p.text, record...)
	p.records = append(p.records, record32{start: start, end: uint32(len(p.text))})
	return nil
}

// cut begins to sort the piece at hand and starts another.
func (s *sorter) cut() {
	p, done := s.piece, make(chan *piece, 1)
	go func() {
		p.load(p.records, 0)
		p.sort(p.records, 0)
		done <- p
	}()
	s.ready = append(s.ready, done)
	s.piece = &piece{text: make([]byte, 0, s.limits.bytes), records: make([]record32, 0, len(p.records))}
}

// spill merges the pieces into a file.
func (s *sorter) spill() error {
	f, err := os.CreateTemp(s.dir, "districtkg-sort-*")
	if err != nil {
		return err
	}
	s.files = append(s.files, f)
	w := bufio.NewWriterSize(f, 1<<18)
	var size [binary.MaxVarintLen64]byte
	for record, err := range merge(s.pieces()) {
		if err != nil {
			return err
		}
		_, _ = w.Write(binary.AppendUvarint(size[:0], uint64(len(record)))) // the error stays in w
		_, _ = w.Write(record)
	}
	return w.Flush()
}

// pieces returns the runs that are in memory, which the sorter then forgets.
func (s *sorter) pieces() []run {
	var runs []run
	for _, done := range s.ready {
		runs = append(runs, &pieceRun{piece: <-done})
	}
	s.ready = nil
	return runs
}

// all yields the records in order, each once. A record is good until the next.
func (s *sorter) all() iter.Seq2[[]byte, error] {
	s.cut()
	runs := s.pieces()
	for _, f := range s.files {
		runs = append(runs, &fileRun{f: f})
	}
	return merge(runs)
}

// close removes the files.
func (s *sorter) close() {
	for _, done := range s.ready {
		<-done
	}
	for _, f := range s.files {
		_ = f.Close() // it was read to the end or is given up
		_ = os.Remove(f.Name())
	}
}

// A run yields sorted records: nil at its end.
type run interface{ next() ([]byte, error) }

// A pieceRun reads a sorted piece.
type pieceRun struct {
	piece *piece
	at    int
}

func (r *pieceRun) next() ([]byte, error) {
	if r.at == len(r.piece.records) {
		return nil, nil
	}
	rec := r.piece.records[r.at]
	r.at++
	return r.piece.text[rec.start:rec.end], nil
}

// A fileRun reads a file that spill wrote.
type fileRun struct {
	f   *os.File
	r   *bufio.Reader
	buf []byte
}

func (r *fileRun) next() ([]byte, error) {
	if r.r == nil {
		if _, err := r.f.Seek(0, io.SeekStart); err != nil {
			return nil, err
		}
		r.r = bufio.NewReaderSize(r.f, 1<<18)
	}
	n, err := binary.ReadUvarint(r.r)
	if errors.Is(err, io.EOF) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if uint64(cap(r.buf)) < n {
		r.buf = make([]byte, n)
	}
	r.buf = r.buf[:n]
	_, err = io.ReadFull(r.r, r.buf)
	return r.buf, err
}

// A front is the next record of a run.
type front struct {
	record []byte
	run    run
}

// fronts is a heap, the least record first.
type fronts []front

func (h fronts) Len() int           { return len(h) }
func (h fronts) Less(i, j int) bool { return bytes.Compare(h[i].record, h[j].record) < 0 }
func (h fronts) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *fronts) Push(x any)        { *h = append(*h, x.(front)) }

// Pop removes the last.
func (h *fronts) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

// merge yields the records of the runs in order, each once.
func merge(runs []run) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		h := fronts{}
		for _, r := range runs {
			record, err := r.next()
			if err != nil {
				yield(nil, err)
				return
			}
			if record != nil {
				h = append(h, front{record, r})
			}
		}
		heap.Init(&h)
		if err := h.drain(func(record []byte) bool { return yield(record, nil) }); err != nil {
			yield(nil, err)
		}
	}
}

func (h *fronts) drain(yield func([]byte) bool) error {
	var last []byte
	for first := true; len(*h) > 0; {
		least := (*h)[0].record
		if first || !bytes.Equal(least, last) {
			first = false
			last = append(last[:0], least...)
			if !yield(last) {
				return nil
			}
		}
		record, err := (*h)[0].run.next()
		if err != nil {
			return err
		}
		if record == nil {
			heap.Pop(h)
			continue
		}
		(*h)[0].record = record
		heap.Fix(h, 0)
	}
	return nil
}
