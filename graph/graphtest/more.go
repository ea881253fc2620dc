package graphtest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"sync"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

var errInput = errors.New("input failed")

// testReplace replaces named graphs at random.
func testReplace(t *testing.T, s *subject) {
	r, ok := s.qs.(Replacer)
	if !ok {
		return // the store need not
	}
	s.mustApply(t, deltas(graph.Add, s.random(60, "", "g1", "g2", "e1")))
	for i := range 12 {
		label := []string{"g1", "g2", "e1", "g3"}[s.rand.IntN(4)]
		docs := s.random(s.rand.IntN(3)*20, label)
		if i%3 == 0 { // keep some of what is there
			for _, q := range s.model.sorted() {
				if q.Label == quad.IRI(label) && s.rand.IntN(2) == 0 {
					docs = append(docs, q)
				}
			}
		}
		s.replace(t, r, label, docs)
		s.check(t)
	}
}

func (s *subject) replace(t *testing.T, r Replacer, label string, docs []quad.Quad) {
	t.Helper()
	next := maps.Clone(s.model)
	maps.DeleteFunc(next, func(q quad.Quad, _ bool) bool { return q.Label == quad.IRI(label) })
	for _, q := range docs {
		next[q] = true
	}
	wantAdded, wantRemoved := missing(next, s.model), missing(s.model, next)
	added, removed, err := r.ReplaceGraph(context.Background(), quad.IRI(label), each(docs))
	if err != nil || added != wantAdded || removed != wantRemoved {
		t.Errorf("replace %s: added %d, removed %d, %v; want %d and %d", label, added, removed, err, wantAdded, wantRemoved)
	}
	s.model = next
}

// missing returns how many quads of a are not in b.
func missing(a, b model) (n int) {
	for q := range a {
		if !b[q] {
			n++
		}
	}
	return n
}

// testReplaceRefused checks that what is refused changes nothing.
func testReplaceRefused(t *testing.T, s *subject) {
	r, ok := s.qs.(Replacer)
	if !ok {
		return // the store need not
	}
	s.mustApply(t, deltas(graph.Add, s.random(30, "g1", "g2")))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	fresh := s.random(10, "g1")
	_, _, other := r.ReplaceGraph(context.Background(), iri("g1"), each(s.random(10, "g2")))
	_, _, none := r.ReplaceGraph(context.Background(), nil, each(fresh))
	_, _, invalid := r.ReplaceGraph(context.Background(), iri("g1"), each([]quad.Quad{{Subject: iri("s"), Label: iri("g1")}}))
	_, _, input := r.ReplaceGraph(context.Background(), iri("g1"), failing(fresh, errInput))
	_, _, canceled := r.ReplaceGraph(ctx, iri("g1"), each(fresh))
	for _, tt := range []struct {
		name      string
		got, want error
	}{
		{"quads of another graph", other, nil}, {"no label", none, nil}, {"invalid quad", invalid, nil},
		{"failing input", input, errInput}, {"canceled", canceled, context.Canceled},
	} {
		if tt.got == nil || tt.want != nil && !errors.Is(tt.got, tt.want) {
			t.Errorf("%s: got %v, want %v", tt.name, tt.got, tt.want)
		}
	}
	s.check(t)
}

// testLoad loads into an empty store, and again with much that is there.
func testLoad(t *testing.T, s *subject) {
	l, ok := s.qs.(Loader)
	if !ok {
		return // the store need not
	}
	for range 4 {
		in := s.random(200, "", "g1", "g2", "e1")
		next := maps.Clone(s.model)
		for _, q := range in {
			next[q] = true
		}
		want := int64(missing(next, s.model))
		for _, want := range []int64{want, 0} { // safe to repeat
			added, err := l.BulkLoad(context.Background(), each(in))
			if err != nil || added != want {
				t.Errorf("added %d, %v; want %d", added, err, want)
			}
			s.model = next
			s.check(t)
		}
		s.mustApply(t, deltas(graph.Delete, s.random(60, "", "g1")))
		s.check(t)
	}
	s.mustApply(t, deltas(graph.Delete, s.model.sorted()))
	s.check(t)
}

func testLoadRefused(t *testing.T, s *subject) {
	l, ok := s.qs.(Loader)
	if !ok {
		return // the store need not
	}
	s.mustApply(t, deltas(graph.Add, s.random(30, "g1")))
	if _, err := l.BulkLoad(context.Background(), failing(s.random(50, "g2"), errInput)); !errors.Is(err, errInput) {
		t.Errorf("failing input: got %v", err)
	}
	invalid := append(s.random(50, "g2"), quad.Quad{Subject: iri("s")})
	if _, err := l.BulkLoad(context.Background(), each(invalid)); err == nil {
		t.Error("an invalid quad was taken")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := l.BulkLoad(ctx, each(s.random(50, "g2"))); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: got %v", err)
	}
	s.check(t)
}

func testLabels(t *testing.T, s *subject) {
	l, ok := s.qs.(Labeler)
	if !ok {
		return // the store need not
	}
	for _, labels := range [][]string{{"g1", "g2", "e1"}, {""}} {
		s.mustApply(t, deltas(graph.Add, s.random(60, labels...)))
		want := map[quad.Value]int64{}
		for q := range s.model {
			want[q.Label]++
		}
		got, err := l.Labels(context.Background())
		if err != nil || !maps.Equal(got, want) {
			t.Errorf("got %v, %v; want %v", got, err, want)
		}
	}
}

// testMoment reads a graph while it is replaced again and again by one of the same size: a
// reader must see one version whole.
func testMoment(t *testing.T, s *subject) {
	r, replaces := s.qs.(Replacer)
	sc, scans := s.qs.(Scanner)
	if !replaces || !scans {
		return // the store need not
	}
	const size, versions = 300, 15
	version := func(n int) (out []quad.Quad) {
		for i := range size {
			out = append(out, quad.Quad{Subject: iri("s%d", i), Predicate: iri("version"), Object: quad.Int(n), Label: iri("g")})
		}
		return out
	}
	replace := func(n int) error {
		_, _, err := r.ReplaceGraph(context.Background(), iri("g"), each(version(n)))
		return err
	}
	if err := replace(0); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	done := make(chan struct{})
	wg.Go(func() {
		defer close(done)
		for n := range versions {
			if err := replace(n + 1); err != nil {
				t.Error(err)
			}
		}
	})
	for more := true; more; {
		select {
		case <-done:
			more = false
		default:
		}
		if err := oneVersion(sc, size); err != nil {
			t.Error(err)
		}
	}
	wg.Wait()
}

func oneVersion(s Scanner, size int) error {
	seen := map[quad.Value]int{}
	for q, err := range s.Quads(context.Background(), quad.Quad{Label: iri("g")}) {
		if err != nil {
			return err
		}
		seen[q.Object]++
	}
	if len(seen) != 1 {
		return fmt.Errorf("read parts of versions: %v", seen)
	}
	for v, n := range seen {
		if n != size {
			return fmt.Errorf("read %d quads of version %v, want %d", n, v, size)
		}
	}
	return nil
}
