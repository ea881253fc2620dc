package store

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"sync"

	"github.com/cockroachdb/pebble/v2/vfs"
)

// A spill is a directory of temporary files.
type spill struct {
	fs  vfs.FS
	dir string

	mu   sync.Mutex
	n    int
	open map[vfs.File]struct{} // to be read
}

func newSpill(fs vfs.FS, dir string) *spill {
	return &spill{fs: fs, dir: dir, open: map[vfs.File]struct{}{}}
}

// path returns the name of a new file.
func (s *spill) path(kind string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
	return filepath.Join(s.dir, fmt.Sprintf("%04d.%s", s.n, kind))
}

// A spillFile is one that is being written.
type spillFile struct {
	*bufio.Writer
	file vfs.File
	path string
}

func (s *spill) create(kind string) (*spillFile, error) {
	path := s.path(kind)
	f, err := s.fs.Create(path, vfs.WriteCategoryUnspecified)
	if err != nil {
		return nil, err
	}
	return &spillFile{bufio.NewWriterSize(f, 1<<17), f, path}, nil
}

func (f *spillFile) close() error { return errors.Join(f.Flush(), f.file.Close()) }

// write makes a file of what fill writes and returns its name.
func (s *spill) write(kind string, fill func(*bufio.Writer) error) (string, error) {
	f, err := s.create(kind)
	if err != nil {
		return "", err
	}
	err = fill(f.Writer)
	return f.path, errors.Join(err, f.close())
}

// A pull returns the next item of a sequence, and io.EOF after the last one. The item is good
// until the next call.
type pull[T any] func() (T, error)

// read returns what decode reads from the file until io.EOF.
func read[T any](s *spill, path string, decode func(*bufio.Reader) (T, error)) pull[T] {
	var f vfs.File
	var r *bufio.Reader
	return func() (item T, err error) {
		if r == nil {
			if f, err = s.reopen(path); err != nil {
				return item, err
			}
			r = bufio.NewReaderSize(f, 1<<16)
		}
		if item, err = decode(r); err != nil {
			s.close(f)
		}
		return item, err
	}
}

func (s *spill) reopen(path string) (vfs.File, error) {
	f, err := s.fs.Open(path)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open[f] = struct{}{}
	return f, nil
}

func (s *spill) close(f vfs.File) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, f)
	_ = f.Close() // of a file that was only read
}

// remove closes what is open and removes the directory.
func (s *spill) remove() error {
	for f := range s.open {
		s.close(f)
	}
	return s.fs.RemoveAll(s.dir)
}

// merge returns the items of sorted sequences in order.
func merge[T any](compare func(a, b T) int, in []pull[T]) pull[T] {
	h := &heads[T]{compare: compare}
	return func() (item T, err error) {
		if in != nil {
			err, in = h.start(in), nil
		} else {
			err = h.advance()
		}
		switch {
		case err != nil:
			return item, err
		case len(h.all) == 0:
			return item, io.EOF
		}
		return h.all[0].item, nil
	}
}

// heads is a heap of the first items of sequences.
type heads[T any] struct {
	all     []head[T]
	compare func(a, b T) int
}

type head[T any] struct {
	item T
	next pull[T]
}

func (h *heads[T]) start(in []pull[T]) error {
	for _, next := range in {
		item, err := next()
		if errors.Is(err, io.EOF) {
			continue
		}
		if err != nil {
			return err
		}
		h.all = append(h.all, head[T]{item, next})
	}
	for i := len(h.all) / 2; i >= 0; i-- {
		h.sink(i)
	}
	return nil
}

// advance replaces the least item by the next of its sequence.
func (h *heads[T]) advance() error {
	if len(h.all) == 0 {
		return nil
	}
	item, err := h.all[0].next()
	switch {
	case err == nil:
		h.all[0].item = item
	case errors.Is(err, io.EOF):
		h.all[0] = h.all[len(h.all)-1]
		h.all = h.all[:len(h.all)-1]
	default:
		return err
	}
	h.sink(0)
	return nil
}

// sink puts the head i in its place below.
func (h *heads[T]) sink(i int) {
	for {
		least := i
		for _, child := range [2]int{2*i + 1, 2*i + 2} {
			if child < len(h.all) && h.compare(h.all[child].item, h.all[least].item) < 0 {
				least = child
			}
		}
		if least == i {
			return
		}
		h.all[i], h.all[least] = h.all[least], h.all[i]
		i = least
	}
}

// A beside runs one job at a time beside its owner. The zero value is ready.
type beside struct{ done chan error }

// start begins a job when the last one is done, and returns the error of that one.
func (b *beside) start(job func() error) error {
	if err := b.wait(); err != nil {
		return err
	}
	done := make(chan error, 1)
	b.done = done
	go func() { done <- job() }()
	return nil
}

// wait returns the error of the last job, once.
func (b *beside) wait() error {
	if b.done == nil {
		return nil
	}
	err := <-b.done
	b.done = nil
	return err
}
