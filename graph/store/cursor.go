package store

import (
	"context"
	"slices"

	"github.com/cayleygraph/quad"
)

// A cursor walks the quads that match a pattern in key order. It sees the store as it was
// when it was made.
type cursor struct {
	r     *reads
	it    pooled
	order *order
	pat   pattern
	rest  bool // whether the pattern binds more than the prefix of the keys
	moved bool
	steps uint
	cur   ids
	err   error

	// If ahead is set, quads are read in chunks and the values of their nodes in
	// these directions put where names finds them.
	ahead []quad.Direction
	chunk []ids
}

func (r *reads) cursor(p pattern) *cursor {
	c := &cursor{r: r}
	c.reset(p)
	return c
}

// reset starts the cursor anew with another pattern, over the same state of the store.
func (c *cursor) reset(p pattern) {
	c.pat, c.moved, c.cur = p, false, ids{}
	c.order, c.err = c.r.choose(&p)
	if c.err != nil {
		return
	}
	c.rest = p.count() > p.prefixLen(c.order)
	low := p.appendPrefix(make([]byte, 0, 2*quadLen), c.order)
	high := after(append(low[len(low):], low...))
	if c.it.Iterator == nil {
		if c.it, c.err = c.r.idle.take(c.r.r, idleQuads+int(c.order.dirs[0])); c.err != nil {
			return
		}
		c.r.scans.add(c.it.Iterator)
	}
	c.it.SetBounds(low, high)
}

// choose returns the order with the longest prefix that p binds; where
// two are as long, the one whose first node has fewer quads.
func (r *reads) choose(p *pattern) (*order, error) {
	best, length, ties := bySubject, 0, false
	for i := range r.order {
		switch n := p.prefixLen(&r.order[i]); {
		case n > length:
			best, length, ties = i, n, false
		case n == length && n > 0:
			ties = true
		}
	}
	if !ties || length == p.count() {
		return &r.order[best], nil
	}
	least := int64(-1)
	for i := range r.order {
		if p.prefixLen(&r.order[i]) != length {
			continue
		}
		n, _, err := r.node(p.ids[i]) // the order i starts with position i
		if err != nil {
			return nil, err
		}
		if least < 0 || n.counts[i] < least {
			best, least = i, n.counts[i]
		}
	}
	return &r.order[best], nil
}

// checkEvery is how many steps a cursor makes between looks at the context.
const checkEvery = 1 << 10

func (c *cursor) next(ctx context.Context) bool {
	if len(c.ahead) == 0 {
		return c.advance(ctx)
	}
	if len(c.chunk) == 0 && !c.refill(ctx) {
		return false
	}
	c.cur, c.chunk = c.chunk[0], c.chunk[1:]
	return true
}

// aheadChunk is how many quads are read ahead: few enough to stay in names.
const aheadChunk = 1 << 12

func (c *cursor) refill(ctx context.Context) bool {
	var all []uint64
	for len(c.chunk) < aheadChunk && c.advance(ctx) {
		c.chunk = append(c.chunk, c.cur)
		for _, d := range c.ahead {
			if id := c.cur.at(d); id != 0 {
				all = append(all, id)
			}
		}
	}
	if c.err != nil || len(c.chunk) == 0 {
		return false
	}
	slices.Sort(all)
	_, c.err = c.r.resolve(ctx, slices.Compact(all))
	return c.err == nil
}

func (c *cursor) advance(ctx context.Context) bool {
	for c.step(ctx) {
		c.order.decode(c.it.Key(), &c.cur)
		if !c.rest || c.pat.match(c.cur) {
			return true
		}
	}
	return false
}

func (c *cursor) step(ctx context.Context) bool {
	if c.err != nil || c.it.Iterator == nil {
		return false
	}
	if c.steps++; c.steps%checkEvery == 0 {
		if c.err = ctx.Err(); c.err != nil {
			return false
		}
	}
	ok := false
	if c.moved {
		ok = c.it.Next()
	} else {
		c.moved, ok = true, c.it.First()
	}
	if !ok {
		c.err = translate(c.it.Error())
	}
	return ok
}

func (c *cursor) close() error {
	it := c.it
	c.it = pooled{}
	if it.Iterator == nil || !c.r.scans.end(it.Iterator) {
		return nil
	}
	return translate(c.r.idle.put(it))
}
