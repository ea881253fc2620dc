// Package graphtest is one conformance suite for every store that a graph may
// be kept in. It compares a store with a model, a set of quads in memory, after
// changes made at random but the same in each run.
//
// All stores must pass the cases on Cayley's interface. Those that can do more,
// by the interfaces below, must also pass the cases on that; a store in
// memory need not have them.
package graphtest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

// A Scanner finds quads by any of their positions, as of one moment.
type Scanner interface {
	Quads(ctx context.Context, want quad.Quad) iter.Seq2[quad.Quad, error]
}

// A Replacer makes quads all that a named graph holds.
type Replacer interface {
	ReplaceGraph(ctx context.Context, label quad.Value, quads iter.Seq2[quad.Quad, error]) (added, removed int, err error)
}

// A Loader adds many quads, all or none.
type Loader interface {
	BulkLoad(ctx context.Context, quads iter.Seq2[quad.Quad, error]) (added int64, err error)
}

// A Labeler counts the quads of named graphs.
type Labeler interface {
	Labels(ctx context.Context) (map[quad.Value]int64, error)
}

// Open returns a new empty store, which the test closes.
type Open func(t testing.TB) graph.QuadStore

// Run runs the suite.
func Run(t *testing.T, open Open) {
	for _, c := range []struct {
		name string
		run  func(*testing.T, *subject)
	}{
		{"empty", testEmpty},
		{"values", testValues},
		{"changes", testChanges},
		{"all or nothing", testAtomic},
		{"patterns", testPatterns},
		{"paths", testPaths},
		{"comparisons", testComparisons},
		{"cancel", testCancel},
		{"replace", testReplace},
		{"replace refused", testReplaceRefused},
		{"bulk load", testLoad},
		{"bulk load refused", testLoadRefused},
		{"labels", testLabels},
		{"readers see one moment", testMoment},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := &subject{qs: open(t), model: model{}, rand: rand.New(rand.NewPCG(7, 7))}
			defer func() {
				if err := s.qs.Close(); err != nil {
					t.Errorf("close: %v", err)
				}
			}()
			c.run(t, s)
		})
	}
}

// A model is what a store should hold.
type model map[quad.Quad]bool

// match returns the quads that have the values of want where it has any, sorted.
func (m model) match(want quad.Quad) (out []string) {
	for q := range m {
		if matches(q, want) {
			out = append(out, q.NQuad())
		}
	}
	slices.Sort(out)
	return out
}

func matches(q, want quad.Quad) bool {
	for _, d := range quad.Directions {
		if v := want.Get(d); v != nil && v != q.Get(d) {
			return false
		}
	}
	return true
}

// nodes returns how many values the quads mention.
func (m model) nodes() int64 {
	seen := map[quad.Value]bool{}
	for q := range m {
		for _, d := range quad.Directions {
			if v := q.Get(d); v != nil {
				seen[v] = true
			}
		}
	}
	return int64(len(seen))
}

// A subject is a store beside its model.
type subject struct {
	qs    graph.QuadStore
	model model
	rand  *rand.Rand
}

// apply changes the store, and the model if that succeeds.
func (s *subject) apply(in []graph.Delta, opt graph.IgnoreOpts) error {
	if err := s.qs.ApplyDeltas(in, opt); err != nil {
		return err
	}
	for _, d := range in {
		if d.Action == graph.Add {
			s.model[d.Quad] = true
		} else {
			delete(s.model, d.Quad)
		}
	}
	return nil
}

func (s *subject) mustApply(t *testing.T, in []graph.Delta) {
	t.Helper()
	if err := s.apply(in, graph.IgnoreOpts{IgnoreDup: true, IgnoreMissing: true}); err != nil {
		t.Fatal(err)
	}
}

// check compares all quads and the statistics with the model.
func (s *subject) check(t *testing.T) {
	t.Helper()
	equal(t, "all quads", s.read(t, quad.Quad{}), s.model.match(quad.Quad{}))
	st, err := s.qs.Stats(context.Background(), true)
	if err != nil {
		t.Fatal(err)
	}
	if st.Quads.Value != int64(len(s.model)) || st.Nodes.Value != s.model.nodes() {
		t.Errorf("counts %d quads and %d nodes, want %d and %d", st.Quads.Value, st.Nodes.Value, len(s.model), s.model.nodes())
	}
}

// read returns the quads that match, by Cayley's interface alone.
func (s *subject) read(t *testing.T, want quad.Quad) (out []string) {
	t.Helper()
	ctx := context.Background()
	shape := s.qs.QuadsAllIterator()
	for _, d := range quad.Directions {
		v := want.Get(d)
		if v == nil {
			continue
		}
		ref, err := s.qs.ValueOf(v)
		if err != nil {
			t.Fatal(err)
		}
		if ref == nil {
			return nil
		}
		shape = s.qs.QuadIterator(d, ref)
	}
	it := shape.Iterate()
	for it.Next(ctx) {
		q, err := s.qs.Quad(it.Result())
		if err != nil {
			t.Fatal(err)
		}
		if matches(q, want) {
			out = append(out, q.NQuad())
		}
	}
	if err := errors.Join(it.Err(), it.Close()); err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

func equal(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %d, want %d\ngot  %.2000v\nwant %.2000v", what, len(got), len(want), got, want)
	}
}

// random returns quads of a small world, so that they share values. Labels are
// also nodes of other quads. An empty label is none.
func (s *subject) random(n int, labels ...string) (out []quad.Quad) {
	for range n {
		q := quad.Quad{
			Subject:   iri("e%d", s.rand.IntN(15)),
			Predicate: iri("p%d", s.rand.IntN(4)),
			Object:    s.object(),
		}
		if l := labels[s.rand.IntN(len(labels))]; l != "" {
			q.Label = quad.IRI(l)
		}
		out = append(out, q)
	}
	return out
}

func (s *subject) object() quad.Value {
	switch s.rand.IntN(5) {
	case 0:
		return quad.Int(s.rand.IntN(6) - 3)
	case 1:
		return quad.String(fmt.Sprintf("第%d号\t\"\\\n", s.rand.IntN(6)))
	case 2:
		return quad.LangString{Value: "区", Lang: []string{"zh", "ja"}[s.rand.IntN(2)]}
	}
	return iri("e%d", s.rand.IntN(15))
}

func iri(f string, args ...any) quad.IRI { return quad.IRI(fmt.Sprintf(f, args...)) }

// All kinds of values. Times are whole seconds: Cayley's hash takes no notice of more.
func kinds() []quad.Value {
	return []quad.Value{
		iri("http://example.org/南关区?a=b#c"), quad.BNode("b1"), quad.String(""), quad.String("南关区\x00\U0002000b"),
		quad.TypedString{Value: "1.50", Type: "http://www.w3.org/2001/XMLSchema#decimal"},
		quad.LangString{Value: "chat", Lang: "fr-BE"}, quad.Int(0), quad.Int(-1 << 63), quad.Float(-1.5e300),
		quad.Bool(true), quad.Bool(false), quad.Time(time.Date(2024, 1, 11, 8, 30, 0, 0, time.UTC)),
		quad.Time(time.Date(1949, 10, 1, 0, 0, 0, 0, time.UTC)),
	}
}

func each(quads []quad.Quad) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		for _, q := range quads {
			if !yield(q, nil) {
				return
			}
		}
	}
}

// failing yields the quads, then an error.
func failing(quads []quad.Quad, err error) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		for q := range each(quads) {
			if !yield(q, nil) {
				return
			}
		}
		yield(quad.Quad{}, err)
	}
}

func deltas(p graph.Procedure, quads []quad.Quad) (out []graph.Delta) {
	for _, q := range quads {
		out = append(out, graph.Delta{Quad: q, Action: p})
	}
	return out
}

// sorted returns the quads of a model in an order that is the same in each run.
func (m model) sorted() []quad.Quad {
	return slices.SortedFunc(maps.Keys(m), func(a, b quad.Quad) int {
		return slices.Compare([]byte(a.NQuad()), []byte(b.NQuad()))
	})
}
