package store

import (
	"sync"

	"github.com/cockroachdb/pebble/v2"
)

// idle are iterators that wait for the next to need one: to make one takes longer than a seek. They are dropped when
// the store changes, so that none shows an older state to whoever begins later.
type idle struct {
	mu    sync.Mutex
	lists [idleLists][]*pebble.Iterator
	epoch int
}

// There is a list of iterators over nodes for each part of them, since an iterator is quick where it stays in
// one table, and one of iterators over quads for each order.
const (
	idleQuads = parts
	idleLists = idleQuads + 4
	// idleMost bounds a list: an iterator holds on to a block.
	idleMost = 16
)

// A pooled iterator is one that goes back to its list.
type pooled struct {
	*pebble.Iterator
	list, epoch int
}

// take returns an iterator of a list. Those over nodes have their bounds; the others get them next.
func (s *idle) take(r pebble.Reader, list int) (pooled, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := pooled{list: list, epoch: s.epoch}
	if n := len(s.lists[list]); n > 0 {
		p.Iterator = s.lists[list][n-1]
		s.lists[list] = s.lists[list][:n-1]
		return p, nil
	}
	var err error
	if list < idleQuads {
		p.Iterator, err = newNodeIter(r)
	} else {
		p.Iterator, err = r.NewIter(nil)
	}
	return p, err
}

// put gives back an iterator that was taken.
func (s *idle) put(p pooled) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p.epoch != s.epoch || p.Error() != nil || len(s.lists[p.list]) == idleMost {
		return p.Close()
	}
	s.lists[p.list] = append(s.lists[p.list], p.Iterator)
	return nil
}

// renew drops the idle iterators.
func (s *idle) renew() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.epoch++
	for i, list := range s.lists {
		for _, it := range list {
			_ = it.Close() // it had no error when it was put here
		}
		s.lists[i] = nil
	}
}

func newNodeIter(r pebble.Reader) (*pebble.Iterator, error) {
	return r.NewIter(&pebble.IterOptions{LowerBound: []byte{nodePrefix}, UpperBound: []byte{nodePrefix + 1}})
}

// scans are the iterators that are open. Cayley forgets to close some, and
// Pebble refuses to close under them.
type scans struct {
	mu   sync.Mutex
	open map[*pebble.Iterator]struct{}
}

func (s *scans) add(it *pebble.Iterator) {
	s.mu.Lock()
	s.open[it] = struct{}{}
	s.mu.Unlock()
}

// end forgets an iterator, and reports whether it was open still.
func (s *scans) end(it *pebble.Iterator) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, ok := s.open[it]
	delete(s.open, it)
	return ok
}

// close closes it unless that was done.
func (s *scans) close(it *pebble.Iterator) error {
	if !s.end(it) {
		return nil
	}
	return it.Close()
}

func (s *scans) closeAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for it := range s.open {
		_ = it.Close() // its error is one of reading, which whoever forgot it did not want
		delete(s.open, it)
	}
}
