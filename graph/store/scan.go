package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"
)

// A scan is a Cayley shape: the quads that match a pattern, or, if want is
// set, the nodes that they have in that direction, one for each quad. It
// is what Cayley builds of And, LinksTo and HasA, in one range of keys.
type scan struct {
	r    *reads
	pat  pattern
	want quad.Direction // Any for the quads themselves
	tags []tag
}

// A tag names the node that a quad has in a direction.
type tag struct {
	name string
	dir  quad.Direction
}

var _ iterator.Shape = (*scan)(nil)

func (s *scan) String() string {
	return fmt.Sprintf("store.scan(%v by %v)", s.want, s.pat.bound)
}

func (s *scan) Iterate() iterator.Scanner { return &scanNext{hits: hits{s: s}} }

func (s *scan) Lookup() iterator.Index { return &scanContains{hits: hits{s: s}} }

func (s *scan) SubIterators() []iterator.Shape { return nil }

func (s *scan) Optimize(context.Context) (iterator.Shape, bool) { return s, false }

// Costs in units of one step of a scan.
const (
	costNext   = 1
	costSeek   = 10
	costMember = 1 // of a quad in a scan of quads: its ids say it
)

// Stats returns the exact size where the pattern binds at most one position.
func (s *scan) Stats(context.Context) (iterator.Costs, error) {
	c := iterator.Costs{ContainsCost: costMember, NextCost: costNext}
	if s.want != quad.Any {
		c.ContainsCost = costSeek
	}
	size, err := s.r.size(&s.pat)
	c.Size = size
	return c, err
}

// size returns how many quads match p: exactly where p binds at most one
// position; else by reading up to sizeLimit keys; beyond, the
// smallest of the sizes of the positions.
func (r *reads) size(p *pattern) (refs.Size, error) {
	if p.count() == 0 {
		t, err := r.totals()
		return refs.Size{Value: t.quads, Exact: true}, err
	}
	least := int64(-1)
	for i, b := range p.bound {
		if !b {
			continue
		}
		n, _, err := r.node(p.ids[i])
		if err != nil {
			return refs.Size{}, err
		}
		if least < 0 || n.counts[i] < least {
			least = n.counts[i]
		}
	}
	if p.count() == 1 || least == 0 {
		return refs.Size{Value: least, Exact: true}, nil
	}
	return r.sizeByReading(p, least)
}

const sizeLimit = 64

func (r *reads) sizeByReading(p *pattern, most int64) (refs.Size, error) {
	c := r.cursor(*p)
	n := int64(0)
	for n < sizeLimit && c.steps < sizeLimit && c.next(context.Background()) {
		n++
	}
	done := n < sizeLimit && c.steps < sizeLimit
	err := c.err
	if cerr := c.close(); err == nil {
		err = cerr
	}
	if done {
		return refs.Size{Value: n, Exact: true}, err
	}
	return refs.Size{Value: most, Exact: false}, err
}

// hits are what the two ways of running a scan share: a current quad.
type hits struct {
	s   *scan
	cur ids
	ok  bool
	err error
}

func (h *hits) String() string { return h.s.String() }

func (h *hits) Err() error { return h.err }

func (h *hits) Result() refs.Ref {
	switch {
	case !h.ok:
		return nil
	case h.s.want == quad.Any:
		return Link(h.cur)
	}
	return nodeRef(h.cur.at(h.s.want))
}

// nodeRef returns nil for 0, the label that a quad does not have.
func nodeRef(id uint64) refs.Ref {
	if id == 0 {
		return nil
	}
	return Node(id)
}

func (h *hits) TagResults(dst map[string]refs.Ref) {
	if !h.ok {
		return
	}
	for _, t := range h.s.tags {
		dst[t.name] = nodeRef(h.cur.at(t.dir))
	}
}

// take makes the next quad of c the current one.
func (h *hits) take(ctx context.Context, c *cursor) bool {
	if h.ok = c.next(ctx); h.ok {
		h.cur = c.cur
	} else if c.err != nil {
		h.err = fmt.Errorf("scan: %w", c.err)
	}
	return h.ok
}

type scanNext struct {
	hits
	c    *cursor
	done bool
}

func (n *scanNext) Next(ctx context.Context) bool {
	if n.done {
		return false
	}
	if n.c == nil {
		n.c = n.s.r.cursor(n.s.pat)
	}
	if n.take(ctx, n.c) {
		return true
	}
	_ = n.Close() // now, for not every caller does; it can only repeat the error
	return false
}

func (n *scanNext) NextPath(context.Context) bool { return false }

func (n *scanNext) Close() error {
	n.done = true
	if n.c == nil {
		return nil
	}
	return n.c.close()
}

type scanContains struct {
	hits
	c *cursor // of the quads that have the node asked for; nil for scans of quads
}

func (n *scanContains) Contains(ctx context.Context, v refs.Ref) bool {
	n.ok = false
	if n.s.want == quad.Any {
		l, ok := v.(Link)
		n.cur, n.ok = ids(l), ok && n.s.pat.match(ids(l))
		return n.ok
	}
	id, ok := v.(Node)
	if !ok {
		return false
	}
	p := n.s.pat
	if i := n.s.want - quad.Subject; p.bound[i] && p.ids[i] != uint64(id) {
		return false
	}
	p.set(n.s.want, uint64(id))
	if n.c == nil {
		n.c = n.s.r.cursor(p)
	} else {
		n.c.reset(p)
	}
	return n.take(ctx, n.c)
}

// NextPath goes to the next quad that has the node asked for.
func (n *scanContains) NextPath(ctx context.Context) bool {
	return n.c != nil && n.ok && n.take(ctx, n.c)
}

func (n *scanContains) Close() error {
	if n.c == nil {
		return nil
	}
	return n.c.close()
}

// sortTags puts tags in an order that does not depend on that of a map.
func sortTags(tags []tag) []tag {
	slices.SortFunc(tags, func(a, b tag) int {
		if a.name < b.name {
			return -1
		}
		return 1
	})
	return tags
}
