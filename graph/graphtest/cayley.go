package graphtest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
)

func testEmpty(t *testing.T, s *subject) {
	s.check(t)
	equal(t, "unknown value", s.read(t, quad.Quad{Subject: iri("nobody")}), nil)
	s.mustApply(t, nil)
	s.check(t)
}

// testValues checks that each kind of value comes back as it was, alone and in a quad.
func testValues(t *testing.T, s *subject) {
	var in []quad.Quad
	for i, v := range kinds() {
		in = append(in, quad.Quad{Subject: iri("s"), Predicate: iri("p%d", i), Object: v, Label: iri("g")})
	}
	s.mustApply(t, deltas(graph.Add, in))
	for _, v := range kinds() {
		ref, err := s.qs.ValueOf(v)
		if err != nil || ref == nil {
			t.Errorf("%#v: no node: %v", v, err)
			continue
		}
		got, err := s.qs.NameOf(ref)
		if same, ok := v.(quad.Equaler); err != nil || got != v && (!ok || !same.Equal(got)) {
			t.Errorf("%#v came back as %#v, %v", v, got, err)
		}
	}
	st, err := s.qs.Stats(context.Background(), true)
	if want := int64(len(in)); err != nil || st.Quads.Value != want || st.Nodes.Value != 2*want+2 {
		t.Errorf("counts %+v, %v; want %d quads", st, err, want)
	}
}

// testChanges adds and removes at random, with duplicates and with what is not there.
func testChanges(t *testing.T, s *subject) {
	for range 12 {
		s.mustApply(t, deltas(graph.Add, s.random(40, "", "g1", "e1")))
		s.check(t)
		s.mustApply(t, deltas(graph.Delete, s.random(40, "", "g1", "e1")))
		s.mustApply(t, deltas(graph.Delete, s.model.sorted()[:len(s.model)/3]))
		s.check(t)
	}
	s.mustApply(t, deltas(graph.Delete, s.model.sorted()))
	s.check(t)
}

// testAtomic checks that a transaction with one bad change changes nothing.
func testAtomic(t *testing.T, s *subject) {
	first := quad.Make(iri("a"), iri("b"), iri("c"), iri("g"))
	s.mustApply(t, deltas(graph.Add, []quad.Quad{first}))
	fresh := quad.Make(iri("x"), iri("y"), iri("z"), nil)
	for _, tt := range []struct {
		name string
		bad  graph.Delta
		opt  graph.IgnoreOpts
		want error
	}{
		{"duplicate", graph.Delta{Quad: first, Action: graph.Add}, graph.IgnoreOpts{IgnoreMissing: true}, graph.ErrQuadExists},
		{"missing", graph.Delta{Quad: quad.Make(iri("a"), iri("b"), iri("c"), iri("h")), Action: graph.Delete}, graph.IgnoreOpts{IgnoreDup: true}, graph.ErrQuadNotExist},
	} {
		err := s.apply([]graph.Delta{{Quad: fresh, Action: graph.Add}, tt.bad}, tt.opt)
		if !errors.Is(err, tt.want) {
			t.Errorf("%s: got %v, want %v", tt.name, err, tt.want)
		}
		s.check(t)
	}
}

// testPatterns compares all fifteen kinds of patterns with the model.
func testPatterns(t *testing.T, s *subject) {
	s.mustApply(t, deltas(graph.Add, s.random(300, "g1", "g2", "e1")))
	for _, q := range s.random(12, "g1", "g2", "g3") {
		for mask := 1; mask < 16; mask++ {
			var want quad.Quad
			var filter [4][]quad.Value
			for i, d := range quad.Directions {
				if mask&(1<<i) != 0 {
					want.Set(d, q.Get(d))
					filter[i] = []quad.Value{q.Get(d)}
				}
			}
			what := fmt.Sprintf("pattern %v", want)
			equal(t, what, s.read(t, want), s.model.match(want))
			equal(t, what+" as a shape", s.shape(t, filter), s.model.match(want))
			if sc, ok := s.qs.(Scanner); ok {
				equal(t, what+" by Quads", scan(t, sc, want), s.model.match(want))
			}
		}
	}
}

// shape returns the quads that Cayley finds for values in each position.
func (s *subject) shape(t *testing.T, f [4][]quad.Value) (out []string) {
	t.Helper()
	ctx := context.Background()
	it := shape.BuildIterator(ctx, s.qs, shape.FilterQuads(f[0], f[1], f[2], f[3])).Iterate()
	for it.Next(ctx) {
		q, err := s.qs.Quad(it.Result())
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, q.NQuad())
	}
	if err := errors.Join(it.Err(), it.Close()); err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

func scan(t *testing.T, s Scanner, want quad.Quad) (out []string) {
	t.Helper()
	for q, err := range s.Quads(context.Background(), want) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, q.NQuad())
	}
	slices.Sort(out)
	return out
}

// testPaths compares walks of Cayley's with the model.
func testPaths(t *testing.T, s *subject) {
	s.mustApply(t, deltas(graph.Add, s.random(120, "", "g1")))
	p := iri("p1")
	out := func(from []quad.Value, via quad.Value) (to []quad.Value) {
		for _, v := range from {
			for q := range s.model {
				if q.Subject == v && (via == nil || q.Predicate == via) {
					to = append(to, q.Object)
				}
			}
		}
		return to
	}
	for i := range 15 {
		start := []quad.Value{iri("e%d", i)}
		s.walk(t, "out", path.StartPath(s.qs, start...).Out(), out(start, nil))
		s.walk(t, "out by p1", path.StartPath(s.qs, start...).Out(p), out(start, p))
		s.walk(t, "out twice", path.StartPath(s.qs, start...).Out(p).Out(), out(out(start, p), nil))
		var in []quad.Value
		for q := range s.model {
			if q.Object == start[0] && q.Predicate == p {
				in = append(in, q.Subject)
			}
		}
		s.walk(t, "in by p1", path.StartPath(s.qs, start...).In(p), in)
		s.walk(t, "has", path.StartPath(s.qs).Has(p, start...), in)
	}
}

// walk compares the distinct ends of a path.
func (s *subject) walk(t *testing.T, what string, p *path.Path, want []quad.Value) {
	t.Helper()
	var got []string
	err := p.Unique().Iterate(context.Background()).EachValue(s.qs, func(v quad.Value) error {
		got = append(got, v.String())
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, v := range want {
		texts = append(texts, v.String())
	}
	slices.Sort(got)
	slices.Sort(texts)
	equal(t, what, got, slices.Compact(texts))
}

// testComparisons checks that numbers and times compare as such, not as texts.
func testComparisons(t *testing.T, s *subject) {
	date := func(y int) quad.Value { return quad.Time(time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC)) }
	var in []quad.Quad
	for i, v := range []quad.Value{quad.Int(9), quad.Int(10), quad.Int(-100), quad.Float(2.5), date(999), date(2024), quad.String("b")} {
		in = append(in, quad.Quad{Subject: iri("s%d", i), Predicate: iri("p"), Object: v})
	}
	s.mustApply(t, deltas(graph.Add, in))
	for _, tt := range []struct {
		op   iterator.Operator
		val  quad.Value
		want []quad.Value
	}{
		{iterator.CompareGT, quad.Int(9), []quad.Value{iri("s1")}},
		{iterator.CompareGTE, quad.Int(9), []quad.Value{iri("s0"), iri("s1")}},
		{iterator.CompareLT, quad.Int(9), []quad.Value{iri("s2")}},
		{iterator.CompareLTE, quad.Float(2.5), []quad.Value{iri("s3")}},
		{iterator.CompareLT, date(2024), []quad.Value{iri("s4")}},
		{iterator.CompareGT, quad.String("a"), []quad.Value{iri("s6")}},
	} {
		p := path.StartPath(s.qs).HasFilter(iri("p"), false, shape.Comparison{Op: tt.op, Val: tt.val})
		s.walk(t, fmt.Sprint(tt.op, tt.val), p, tt.want)
	}
}

// testCancel checks that a scan stops when its context does, and says so.
func testCancel(t *testing.T, s *subject) {
	sc, ok := s.qs.(Scanner)
	if !ok {
		return // Cayley's memstore takes no notice of contexts
	}
	s.mustApply(t, deltas(graph.Add, s.random(300, "g1")))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var last error
	for _, err := range sc.Quads(ctx, quad.Quad{}) {
		last = err
	}
	if !errors.Is(last, context.Canceled) {
		t.Errorf("got %v, want %v", last, context.Canceled)
	}
	s.check(t)
}
