package store

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/cayleygraph/quad"
)

// ReplaceGraph makes quads all that the named graph label holds, in one transaction,
// and returns how many quads it added and removed. No quads remove the graph. A quad
// without a label gets this one; one with another is an error. After any
// error nothing is changed. It holds the graph's ids in memory, about 200
// bytes a quad: to make a graph of millions, use [Store.BulkLoad].
func (s *Store) ReplaceGraph(ctx context.Context, label quad.Value, quads iter.Seq2[quad.Quad, error]) (added, removed int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	added, removed, err = s.replace(ctx, label, quads)
	if err != nil {
		return 0, 0, fmt.Errorf("replace graph %v: %w", label, err)
	}
	return added, removed, nil
}

func (s *Store) replace(ctx context.Context, label quad.Value, quads iter.Seq2[quad.Quad, error]) (added, removed int, err error) {
	if err := s.usable(0); err != nil {
		return 0, 0, err
	}
	if label == nil {
		return 0, 0, fmt.Errorf("%w: no label", quad.ErrInvalid)
	}
	c := s.newChange()
	if err := c.want(ctx, label, quads); err != nil {
		return 0, 0, err
	}
	if err := c.drop(ctx, label); err != nil {
		return 0, 0, err
	}
	for _, st := range c.quads {
		added += b2i(st.is && !st.was)
		removed += b2i(st.was && !st.is)
	}
	return added, removed, c.write()
}

// want marks the quads as those that should be there.
func (c *change) want(ctx context.Context, label quad.Value, quads iter.Seq2[quad.Quad, error]) error {
	enc, err := appendValue(nil, label)
	if err != nil {
		return err
	}
	want := idOf(enc)
	for q, err := range quads {
		if err := errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		if q.Label == nil {
			q.Label = label
		}
		id, err := c.ids(q)
		if err != nil {
			return err
		}
		if id[3] != want {
			return fmt.Errorf("%w: %v", ErrLabel, q)
		}
		c.quads[id] = state{is: true}
	}
	return nil
}

// drop marks the quads that the graph has now as there before, which
// leaves those that want did not mark to be removed.
func (c *change) drop(ctx context.Context, label quad.Value) error {
	p, ok, err := c.s.pattern(quad.Quad{Label: label})
	if err != nil || !ok {
		return err
	}
	cur := c.s.cursor(p)
	for cur.next(ctx) {
		st := c.quads[cur.cur]
		st.was = true
		c.quads[cur.cur] = st
	}
	return errors.Join(cur.err, cur.close())
}
