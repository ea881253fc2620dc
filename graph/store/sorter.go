package store

import (
	"bufio"
	"cmp"
	"container/heap"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"slices"
	"sync"

	"github.com/cockroachdb/pebble/v2/vfs"
)

// A spill is a directory of temporary files.
type spill struct {
	fs  vfs.FS
	dir string
	mu  sync.Mutex
	n   int
}

// path returns the name of a new file.
func (s *spill) path(kind string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
	return filepath.Join(s.dir, fmt.Sprintf("%04d.%s", s.n, kind))
}

// write makes a file of what fill writes and returns its name.
func (s *spill) write(kind string, fill func(*bufio.Writer) error) (string, error) {
	path := s.path(kind)
	f, err := s.fs.Create(path, vfs.WriteCategoryUnspecified)
	if err != nil {
		return "", err
	}
	w := bufio.NewWriterSize(f, 1<<18)
	err = fill(w)
	return path, errors.Join(err, w.Flush(), f.Close())
}

// read yields what decode reads from the file until io.EOF.
func read[T any](s *spill, path string, decode func(*bufio.Reader) (T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		f, err := s.fs.Open(path)
		if err != nil {
			yield(zero, err)
			return
		}
		defer func() { _ = f.Close() }() // of a file that was only read
		r := bufio.NewReaderSize(f, 1<<16)
		for {
			v, err := decode(r)
			if errors.Is(err, io.EOF) {
				return
			}
			if !yield(v, err) || err != nil {
				return
			}
		}
	}
}

// A sorter sorts more items than memory should hold: in runs, each
// sorted, which are then merged.
type sorter[T any] struct {
	spill  *spill
	limit  int // items in memory
	less   func(a, b T) int
	encode func(*bufio.Writer, T) error
	decode func(*bufio.Reader) (T, error)

	items []T
	runs  []string
}

func (s *sorter[T]) add(item T) error {
	s.items = append(s.items, item)
	if len(s.items) < s.limit {
		return nil
	}
	return s.flush()
}

// flush writes what is in memory as a run.
func (s *sorter[T]) flush() error {
	items := s.sortItems()
	path, err := s.spill.write("run", func(w *bufio.Writer) error {
		for item := range items {
			if err := s.encode(w, item); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("sort: %w", err)
	}
	s.runs = append(s.runs, path)
	s.items = s.items[:0]
	return nil
}

// sorted yields all items in order. It is called once, after the last add.
func (s *sorter[T]) sorted() iter.Seq2[T, error] {
	all := []iter.Seq2[T, error]{s.sortItems()}
	for _, path := range s.runs {
		all = append(all, read(s.spill, path, s.decode))
	}
	return merge(s.less, all)
}

// parallelSort is the number of items from which it pays to sort two halves side by side.
const parallelSort = 1 << 15

// sortItems yields the items in memory in order.
func (s *sorter[T]) sortItems() iter.Seq2[T, error] {
	if len(s.items) < parallelSort {
		slices.SortFunc(s.items, s.less)
		return each(s.items)
	}
	a, b := s.items[:len(s.items)/2], s.items[len(s.items)/2:]
	var wg sync.WaitGroup
	wg.Go(func() { slices.SortFunc(a, s.less) })
	slices.SortFunc(b, s.less)
	wg.Wait()
	return func(yield func(T, error) bool) {
		for len(a) > 0 && len(b) > 0 {
			next := &a
			if s.less(b[0], a[0]) < 0 {
				next = &b
			}
			if !yield((*next)[0], nil) {
				return
			}
			*next = (*next)[1:]
		}
		for _, rest := range [][]T{a, b} {
			for _, item := range rest {
				if !yield(item, nil) {
					return
				}
			}
		}
	}
}

func each[T any](items []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, item := range items {
			if !yield(item, nil) {
				return
			}
		}
	}
}

// merge yields the items of sorted sequences in order.
func merge[T any](less func(a, b T) int, in []iter.Seq2[T, error]) iter.Seq2[T, error] {
	if len(in) == 1 {
		return in[0]
	}
	return func(yield func(T, error) bool) {
		h := &heads[T]{less: less}
		defer h.stop()
		for _, seq := range in {
			next, stop := iter.Pull2(seq)
			h.stops = append(h.stops, stop)
			h.add(next)
		}
		heap.Init(h)
		for len(h.all) > 0 {
			top := &h.all[0]
			if !yield(top.item, top.err) || top.err != nil {
				return
			}
			h.advance()
		}
	}
}

// heads is a heap of the first items of sequences.
type heads[T any] struct {
	all   []head[T]
	stops []func()
	less  func(a, b T) int
}

type head[T any] struct {
	item T
	err  error
	next func() (T, error, bool)
}

func (h *heads[T]) add(next func() (T, error, bool)) {
	if item, err, ok := next(); ok {
		h.all = append(h.all, head[T]{item, err, next})
	}
}

// advance replaces the first item by the next of its sequence.
func (h *heads[T]) advance() {
	top := &h.all[0]
	var ok bool
	if top.item, top.err, ok = top.next(); ok {
		heap.Fix(h, 0)
	} else {
		heap.Pop(h)
	}
}

func (h *heads[T]) stop() {
	for _, stop := range h.stops {
		stop()
	}
}

// Less puts errors first, so that they are seen before a later item.
func (h *heads[T]) Less(i, j int) bool {
	if (h.all[i].err != nil) != (h.all[j].err != nil) {
		return h.all[i].err != nil
	}
	return h.less(h.all[i].item, h.all[j].item) < 0
}

func (h *heads[T]) Len() int      { return len(h.all) }
func (h *heads[T]) Swap(i, j int) { h.all[i], h.all[j] = h.all[j], h.all[i] }
func (h *heads[T]) Push(x any)    { h.all = append(h.all, x.(head[T])) }

func (h *heads[T]) Pop() any {
	last := h.all[len(h.all)-1]
	h.all = h.all[:len(h.all)-1]
	return last
}

func newQuadSorter(s *spill, limit int) *sorter[ids] {
	return &sorter[ids]{spill: s, limit: limit, less: compareIDs, encode: encodeIDs, decode: decodeIDs}
}

func encodeIDs(w *bufio.Writer, q ids) error {
	var buf [4 * idLen]byte
	for i, id := range q {
		binary.BigEndian.PutUint64(buf[i*idLen:], id)
	}
	_, err := w.Write(buf[:])
	return err
}

func decodeIDs(r *bufio.Reader) (q ids, err error) {
	var buf [4 * idLen]byte
	if _, err := io.ReadFull(r, buf[:]); err != nil {
		return q, err
	}
	for i := range q {
		q[i] = binary.BigEndian.Uint64(buf[i*idLen:])
	}
	return q, nil
}

// A term is a value on its way into the store.
type term struct {
	id  uint64
	enc string
}

func newTermSorter(s *spill, limit int) *sorter[term] {
	return &sorter[term]{
		spill: s, limit: limit,
		less:   func(a, b term) int { return cmp.Compare(a.id, b.id) },
		encode: encodeTerm, decode: decodeTerm,
	}
}

func encodeTerm(w *bufio.Writer, t term) error {
	buf := binary.BigEndian.AppendUint64(w.AvailableBuffer(), t.id)
	buf = binary.AppendUvarint(buf, uint64(len(t.enc)))
	_, err := w.Write(buf)
	if err == nil {
		_, err = w.WriteString(t.enc)
	}
	return err
}

func decodeTerm(r *bufio.Reader) (t term, err error) {
	var id [idLen]byte
	if _, err := io.ReadFull(r, id[:]); err != nil {
		return t, err
	}
	n, err := binary.ReadUvarint(r)
	if err != nil {
		return t, err
	}
	enc := make([]byte, n)
	_, err = io.ReadFull(r, enc)
	return term{binary.BigEndian.Uint64(id[:]), string(enc)}, err
}

// A tally says how many quads have a node in one direction.
type tally struct {
	id    uint64
	count int64
}

func encodeTally(w *bufio.Writer, t tally) error {
	buf := binary.BigEndian.AppendUint64(w.AvailableBuffer(), t.id)
	_, err := w.Write(binary.AppendUvarint(buf, uint64(t.count)))
	return err
}

func decodeTally(r *bufio.Reader) (t tally, err error) {
	var id [idLen]byte
	if _, err := io.ReadFull(r, id[:]); err != nil {
		return t, err
	}
	n, err := binary.ReadUvarint(r)
	return tally{binary.BigEndian.Uint64(id[:]), int64(n)}, err
}
