package store

import (
	"context"
	"fmt"
	"maps"
	"sync"

	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/quad"
)

// A scan is a Cayley shape: the quads that match a pattern and pass the filters,
// or, if want is set, the nodes that they have in that direction, one for each
// quad. It is what Cayley builds of And, LinksTo and HasA, in one range of keys.
type scan struct {
	r       *reads
	pat     pattern
	want    quad.Direction // Any for the quads themselves
	tags    []tag
	filters []filter

	once sync.Once // guards size and err
	size refs.Size // of the pattern alone
	err  error
}

// A tag names the node that a quad has in a direction.
type tag struct {
	name string
	dir  quad.Direction
}

// A filter lets the quads pass whose node in a direction is one of nodes.
type filter struct {
	dir    quad.Direction
	nodes  iterator.Shape
	values bool // whether it looks at values, which are then read ahead
}

var _ iterator.Shape = (*scan)(nil)

func (s *scan) String() string {
	return fmt.Sprintf("store.scan(%v by %v and %d filters)", s.want, s.pat.bound, len(s.filters))
}

// Iterate starts from the pattern or from the nodes of a filter, whichever is less work.
func (s *scan) Iterate() iterator.Scanner {
	if len(s.filters) == 0 {
		return s.iterate(-1)
	}
	w, err := s.work(context.Background())
	if err != nil {
		return iterator.NewError(fmt.Errorf("plan scan: %w", err))
	}
	return s.iterate(w.drive)
}

// iterate starts from the nodes of the filter i, from the pattern if i is negative.
func (s *scan) iterate(i int) iterator.Scanner {
	n := &scanNext{hits: newHits(s, i)}
	if i >= 0 {
		n.drive, n.dir = s.filters[i].nodes.Iterate(), s.filters[i].dir
	}
	return n
}

func (s *scan) Lookup() iterator.Index { return &scanContains{hits: newHits(s, -1)} }

func (s *scan) SubIterators() []iterator.Shape {
	var out []iterator.Shape
	for _, f := range s.filters {
		out = append(out, f.nodes)
	}
	return out
}

func (s *scan) Optimize(context.Context) (iterator.Shape, bool) { return s, false }

// Costs in units of one step of a scan.
const (
	costNext = 1
	costSeek = 10
	// fan is how many quads a node is taken to have that match a pattern.
	fan = 10
)

// Stats returns the exact size where there are no filters and the pattern binds at most one position.
func (s *scan) Stats(ctx context.Context) (iterator.Costs, error) {
	w, err := s.work(ctx)
	if err != nil {
		return iterator.Costs{}, err
	}
	c := iterator.Costs{Size: w.size, NextCost: max(costNext, w.total/max(w.size.Value, 1))}
	// A quad says itself whether it matches; for a node one must be found.
	c.ContainsCost = costNext + w.checks
	if s.want != quad.Any {
		c.ContainsCost = costSeek + costNext
		if len(s.filters) > 0 {
			c.ContainsCost = costSeek + fan*(costNext+w.checks)
		}
	}
	return c, nil
}

// work is what it takes to run a scan.
type work struct {
	drive  int   // the filter to start from, negative for the pattern
	total  int64 // cost of all results
	checks int64 // cost of checking one quad against all filters
	size   refs.Size
}

func (s *scan) work(ctx context.Context) (w work, err error) {
	all, err := s.sized()
	if err != nil {
		return w, err
	}
	subs := make([]iterator.Costs, len(s.filters))
	for i, f := range s.filters {
		if subs[i], err = f.nodes.Stats(ctx); err != nil {
			return w, err
		}
		w.checks += subs[i].ContainsCost
	}
	w.drive, w.size, w.total = -1, all, all.Value*(costNext+w.checks)
	if len(subs) > 0 {
		w.size = refs.Size{Value: all.Value/2 + 1}
	}
	for i, c := range subs {
		others := w.checks - c.ContainsCost
		total := c.Size.Value * (c.NextCost + costSeek + fan*(costNext+others))
		if total < w.total {
			w.drive, w.total = i, total
			w.size = refs.Size{Value: min(c.Size.Value*fan, all.Value)}
		}
	}
	return w, nil
}

func (s *scan) sized() (refs.Size, error) {
	s.once.Do(func() { s.size, s.err = s.r.size(&s.pat) })
	return s.size, s.err
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
	for c.steps < sizeLimit && c.next(context.Background()) {
		n++
	}
	done := c.steps < sizeLimit
	err := c.err
	if cerr := c.close(); err == nil {
		err = cerr
	}
	if done {
		return refs.Size{Value: n, Exact: true}, err
	}
	return refs.Size{Value: most}, err
}

// hits are what the two ways of running a scan share: a current quad that passed the checks.
type hits struct {
	s      *scan
	checks []check
	links  []Link // for those who ask for quads: one by one they take longer than to find
	linked bool   // whether the last of links is the current quad
	cur    ids
	ok     bool
	err    error
}

// A check is a filter at work.
type check struct {
	dir   quad.Direction
	index iterator.Index
}

// newHits sets up all filters but the one that drives the scan.
func newHits(s *scan, drive int) hits {
	h := hits{s: s}
	for i, f := range s.filters {
		if i != drive {
			h.checks = append(h.checks, check{f.dir, f.nodes.Lookup()})
		}
	}
	return h
}

func (h *hits) String() string { return h.s.String() }

func (h *hits) Err() error { return h.err }

func (h *hits) Result() refs.Ref {
	switch {
	case !h.ok:
		return nil
	case h.s.want == quad.Any:
		return h.link()
	}
	return nodeRef(h.cur.at(h.s.want))
}

// linksMost is how many links are made at once: few enough to be kept alive by one of them.
const linksMost = 128

// link returns the current quad.
func (h *hits) link() *Link {
	n := len(h.links)
	if h.linked {
		return &h.links[n-1] // asked for again
	}
	if n == cap(h.links) {
		h.links, n = make([]Link, 0, min(max(8, 4*n), linksMost)), 0
	}
	h.links, h.linked = append(h.links, Link(h.cur)), true
	return &h.links[n]
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
	for _, c := range h.checks {
		c.index.TagResults(dst)
	}
}

// take makes the next quad of c that passes the checks the current one.
func (h *hits) take(ctx context.Context, c *cursor) bool {
	h.ok = false
	for h.err == nil && c.next(ctx) {
		if h.pass(ctx, &c.cur) {
			return true
		}
	}
	if c.err != nil {
		h.err = fmt.Errorf("scan: %w", c.err)
	}
	return false
}

func (h *hits) pass(ctx context.Context, q *ids) bool {
	for _, c := range h.checks {
		if !c.index.Contains(ctx, nodeRef(q.at(c.dir))) {
			h.ok, h.err = false, c.index.Err()
			return false
		}
	}
	h.cur, h.ok, h.linked = *q, true, false
	return true
}

// nextPath looks for another way in which the current quad passes.
func (h *hits) nextPath(ctx context.Context) bool {
	for _, c := range h.checks {
		if c.index.NextPath(ctx) {
			return true
		}
	}
	return false
}

func (h *hits) close(c *cursor) error {
	var first error
	for _, k := range h.checks {
		if err := k.index.Close(); first == nil {
			first = err
		}
	}
	if c != nil {
		if err := c.close(); first == nil {
			first = err
		}
	}
	return first
}

// scanNext walks the quads of the pattern, or those of each node of a driving filter.
type scanNext struct {
	hits
	c     *cursor
	drive iterator.Scanner // nil where the pattern drives
	dir   quad.Direction
	paths []map[string]refs.Ref // in which the driving filter comes to its node
	path  int
	done  bool
}

func (n *scanNext) Next(ctx context.Context) bool {
	for !n.done {
		n.path = 0
		if n.c != nil && n.take(ctx, n.c) {
			return true
		}
		if n.err != nil || !n.turn(ctx) {
			_ = n.Close() // now, for not every caller does; it can only repeat the error
		}
	}
	return false
}

// turn goes to the next range of keys; false means that there are no more.
func (n *scanNext) turn(ctx context.Context) bool {
	if n.drive == nil {
		if n.c != nil {
			return false
		}
		n.c = n.s.r.cursor(n.s.pat)
		n.c.ahead = n.ahead()
		return true
	}
	for n.drive.Next(ctx) {
		id, ok := n.drive.Result().(Node)
		if ok && n.enter(ctx, uint64(id)) {
			return true
		}
	}
	n.err = n.drive.Err()
	return false
}

// enter goes to the quads of one node of the driving filter.
func (n *scanNext) enter(ctx context.Context, id uint64) bool {
	p := n.s.pat
	if i := n.dir - quad.Subject; p.bound[i] && p.ids[i] != id {
		return false
	}
	p.set(n.dir, id)
	n.paths = n.paths[:0]
	for more := true; more; more = n.drive.NextPath(ctx) {
		tags := map[string]refs.Ref{}
		n.drive.TagResults(tags)
		n.paths = append(n.paths, tags)
	}
	if n.c == nil {
		n.c = n.s.r.cursor(p)
	} else {
		n.c.reset(p)
	}
	return true
}

// ahead returns the directions whose values the filters will ask for.
func (n *scanNext) ahead() (dirs []quad.Direction) {
	for _, f := range n.s.filters {
		if f.values {
			dirs = append(dirs, f.dir)
		}
	}
	return dirs
}

func (n *scanNext) TagResults(dst map[string]refs.Ref) {
	n.hits.TagResults(dst)
	if n.ok && n.path < len(n.paths) {
		maps.Copy(dst, n.paths[n.path])
	}
}

func (n *scanNext) NextPath(ctx context.Context) bool {
	if !n.ok {
		return false
	}
	if n.path+1 < len(n.paths) {
		n.path++
		return true
	}
	return n.nextPath(ctx)
}

func (n *scanNext) Close() error {
	n.done, n.ok = true, false
	err := n.close(n.c)
	if n.drive != nil {
		if derr := n.drive.Close(); err == nil {
			err = derr
		}
	}
	return err
}

// scanContains says of a quad or node whether the scan would find it.
type scanContains struct {
	hits
	c *cursor // over the quads that have the node asked for; unused for quads
}

func (n *scanContains) Contains(ctx context.Context, v refs.Ref) bool {
	n.ok = false
	if n.s.want == quad.Any {
		l, ok := v.(*Link)
		return ok && n.s.pat.match(ids(*l)) && n.pass(ctx, (*ids)(l))
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

// NextPath goes to another way in which the quad passes, or to the next quad
// that has the node asked for.
func (n *scanContains) NextPath(ctx context.Context) bool {
	if !n.ok {
		return false
	}
	return n.nextPath(ctx) || n.c != nil && n.take(ctx, n.c)
}

func (n *scanContains) Close() error { return n.close(n.c) }
