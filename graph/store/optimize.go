package store

import (
	"context"
	"maps"
	"slices"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/graph/refs"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
)

// OptimizeShape turns what Cayley would build of several iterators into one scan
// of the best order. It implements [shape.Optimizer].
func (r *reads) OptimizeShape(_ context.Context, s shape.Shape) (shape.Shape, bool) {
	switch s := s.(type) {
	case shape.Quads:
		return plan{}.addAll(s)
	case shape.QuadsAction:
		return plan{Want: s.Result}.addAll(filtersOf(s))
	case shape.NodesFrom:
		if p, ok := s.Quads.(plan); ok && p.Want == quad.Any {
			p.Want = s.Dir
			return p, true
		}
	}
	return s, false
}

// filtersOf returns the filters that a QuadsAction stands for, in the order of directions.
func filtersOf(s shape.QuadsAction) (out shape.Quads) {
	for _, d := range quad.Directions {
		if v := s.Filter[d]; v != nil {
			out = append(out, shape.QuadFilter{Dir: d, Values: shape.Fixed{v}})
		}
		if tags := s.Save[d]; len(tags) > 0 {
			out = append(out, shape.QuadFilter{Dir: d, Values: shape.Save{From: shape.AllNodes{}, Tags: tags}})
		}
	}
	return out
}

// A plan is the Cayley query shape of a scan. The fields of shapes are exported
// because Cayley walks them by reflection.
type plan struct {
	Want   quad.Direction
	Bound  map[quad.Direction]refs.Ref
	Tags   map[string]quad.Direction
	Values []planFilter
}

type planFilter struct {
	Dir   quad.Direction
	Nodes shape.Shape
	Reads bool // values
}

// addAll adds the filters to the plan; a contradiction among them makes it Null.
func (p plan) addAll(filters shape.Quads) (shape.Shape, bool) {
	p.Bound, p.Tags = map[quad.Direction]refs.Ref{}, map[string]quad.Direction{}
	for _, f := range filters {
		if !p.add(f) {
			return shape.Null{}, true
		}
	}
	return p, true
}

func (p *plan) add(f shape.QuadFilter) bool {
	if v, ok := shape.One(f.Values); ok {
		if old := p.Bound[f.Dir]; old != nil && refs.ToKey(old) != refs.ToKey(v) {
			return false
		}
		p.Bound[f.Dir] = v
		return true
	}
	switch v := f.Values.(type) {
	case shape.Save:
		// A quad may lack a label, so that all nodes are a condition there.
		if _, all := v.From.(shape.AllNodes); all && f.Dir != quad.Label {
			for _, t := range v.Tags {
				p.Tags[t] = f.Dir
			}
			return true
		}
	case shape.Filter:
		if _, all := v.From.(shape.AllNodes); all {
			v.From = anyNode{}
			p.Values = append(p.Values, planFilter{f.Dir, v, true})
			return true
		}
	}
	p.Values = append(p.Values, planFilter{Dir: f.Dir, Nodes: f.Values})
	return true
}

// Optimize does nothing: a plan is what optimizing makes.
func (p plan) Optimize(context.Context, shape.Optimizer) (shape.Shape, bool) { return p, false }

// A wrapper is a quad store around ours, such as one that meters queries. It
// gets to wrap what a plan builds, as it does the iterators it hands out itself.
type wrapper interface {
	Unwrap() graph.QuadStore
	WrapIterator(iterator.Shape) iterator.Shape
}

// BuildIterator implements [shape.Shape].
func (p plan) BuildIterator(qs graph.QuadStore) iterator.Shape {
	if w, ok := qs.(wrapper); ok {
		return w.WrapIterator(p.build(w.Unwrap(), qs))
	}
	return p.build(qs, qs)
}

// build makes the scan of our store inner; what the plan's values need is built by qs.
func (p plan) build(inner, qs graph.QuadStore) iterator.Shape {
	h, ok := inner.(interface{ self() *reads })
	if !ok {
		return iterator.NewNull() // a plan is made and built by the same store
	}
	s := &scan{r: h.self(), want: p.Want}
	for d, v := range p.Bound {
		n, ok := v.(Node)
		if !ok {
			return iterator.NewNull() // a value that the store does not have
		}
		s.pat.set(d, uint64(n))
	}
	for _, name := range slices.Sorted(maps.Keys(p.Tags)) {
		s.tags = append(s.tags, tag{name, p.Tags[name]})
	}
	for _, f := range p.Values {
		s.filters = append(s.filters, filter{f.Dir, f.Nodes.BuildIterator(qs), f.Reads})
	}
	return s
}

func (r *reads) self() *reads { return r }

// anyNode is all nodes where they come from quads, and so need not be looked up.
type anyNode struct{}

// Optimize implements [shape.Shape].
func (a anyNode) Optimize(context.Context, shape.Optimizer) (shape.Shape, bool) { return a, false }

// BuildIterator implements [shape.Shape].
func (a anyNode) BuildIterator(qs graph.QuadStore) iterator.Shape {
	return &anyNodes{Shape: qs.NodesAllIterator()}
}

// anyNodes is the shape of all nodes with a lookup that costs nothing.
type anyNodes struct{ iterator.Shape }

func (a *anyNodes) Lookup() iterator.Index { return &anyContains{} }

func (a *anyNodes) Stats(ctx context.Context) (iterator.Costs, error) {
	c, err := a.Shape.Stats(ctx)
	c.ContainsCost = costNext
	return c, err
}

// Optimize keeps the wrapper.
func (a *anyNodes) Optimize(context.Context) (iterator.Shape, bool) { return a, false }

type anyContains struct{ cur refs.Ref }

func (n *anyContains) String() string                    { return "store.anyNode" }
func (n *anyContains) TagResults(map[string]refs.Ref)    {}
func (n *anyContains) Result() refs.Ref                  { return n.cur }
func (n *anyContains) NextPath(ctx context.Context) bool { return false }
func (n *anyContains) Err() error                        { return nil }
func (n *anyContains) Close() error                      { return nil }

func (n *anyContains) Contains(_ context.Context, v refs.Ref) bool {
	_, ok := v.(Node)
	n.cur = v
	return ok
}
