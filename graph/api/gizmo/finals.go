package gizmo

import (
	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/quad"

	"github.com/districtkg/districtkg/schema"
)

// resultTag is the tag of the node at the end of a path, as in Cayley.
const resultTag = "id"

func (x *execution) iterate(p *pathVal, tagged bool) *iterator.Chain {
	it := p.BuildIteratorOn(x.ctx, x.qs)
	if tagged {
		it = iterator.Tag(it, resultTag)
	}
	return iterator.Iterate(x.ctx, it)
}

// done returns why an iteration must not be believed: Cayley's iterators end
// quietly where they are stopped.
func (x *execution) done(err error) error {
	if stop := x.m.err(); stop != nil {
		return stop
	}
	if stop := x.ctx.Err(); stop != nil {
		return stop
	}
	return err
}

func all(x *execution, p *pathVal, _ []any) (any, error) { return nil, x.send(p) }

func getLimit(x *execution, p *pathVal, args []any) (any, error) {
	if len(args) != 1 {
		return nil, invalid("getLimit wants a number")
	}
	n, ok := number(args[0])
	if !ok {
		return nil, invalid("getLimit wants a number")
	}
	x.limit, x.ownLimit = n, true
	return nil, x.send(p)
}

// errEnough ends an iteration that has given all that is wanted.
var errEnough = schema.ErrLimit

// send adds a row for each result of the path.
func (x *execution) send(p *pathVal) error {
	x.count = 0
	full := false
	err := x.iterate(p, true).TagEach(func(tags map[string]graph.Ref) error {
		if full {
			return errEnough
		}
		row, err := x.row(tags)
		if err != nil {
			return err
		}
		if full = !x.emit(row); full {
			return errEnough
		}
		return nil
	})
	if full {
		err = nil
	}
	return x.done(err)
}

// emit adds a row unless the limit is reached, which it marks, and reports
// whether it did.
func (x *execution) emit(row any) bool {
	if x.limit > 0 && x.count >= x.limit {
		if !x.ownLimit {
			x.out.cutAt = x.limit
		}
		return false
	}
	x.count++
	return x.out.add(row)
}

func (x *execution) row(tags map[string]graph.Ref) (map[string]any, error) {
	out := make(map[string]any, len(tags))
	for tag, ref := range tags {
		v, err := x.qs.NameOf(ref)
		if err != nil {
			return nil, err
		}
		if shown := x.style.value(v); shown != nil {
			out[tag] = shown
		}
	}
	return out, nil
}

func count(x *execution, p *pathVal, _ []any) (any, error) {
	n, err := x.iterate(p, false).Paths(true).Count()
	return n, x.done(err)
}

func toArray(x *execution, p *pathVal, args []any) (any, error) {
	limit, err := optionalLimit(args)
	if err != nil {
		return nil, err
	}
	return x.values(p, limit)
}

func tagArray(x *execution, p *pathVal, args []any) (any, error) {
	limit, err := optionalLimit(args)
	if err != nil {
		return nil, err
	}
	return x.tagged(p, limit)
}

func toValue(x *execution, p *pathVal, _ []any) (any, error) {
	return firstOf(x.values(p, 1))
}

func tagValue(x *execution, p *pathVal, _ []any) (any, error) {
	return firstOf(x.tagged(p, 1))
}

func firstOf(list []any, err error) (any, error) {
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list[0], nil
}

func optionalLimit(args []any) (int, error) {
	if len(args) == 0 || len(args) == 1 && args[0] == nil {
		return -1, nil
	}
	if n, ok := number(args[0]); ok && len(args) == 1 {
		return n, nil
	}
	return 0, invalid("want a number of results")
}

// values returns the nodes at the end of the path, each path's end once.
func (x *execution) values(p *pathVal, limit int) ([]any, error) {
	out := []any{}
	err := x.iterate(p, true).Paths(false).Limit(limit).EachValue(x.qs, func(v quad.Value) error {
		if shown := x.style.value(v); shown != nil {
			out = append(out, shown)
		}
		return x.m.err()
	})
	return out, x.done(err)
}

// tagged returns the results of the path with all their tags.
func (x *execution) tagged(p *pathVal, limit int) ([]any, error) {
	out := []any{}
	err := x.iterate(p, true).Limit(limit).TagEach(func(tags map[string]graph.Ref) error {
		row, err := x.row(tags)
		if err == nil && len(row) > 0 {
			out = append(out, row)
		}
		return err
	})
	return out, x.done(err)
}
