package graph_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"sync"
	"testing"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"github.com/districtkg/districtkg/graph"
	_ "github.com/districtkg/districtkg/graph/postgres"
	"github.com/districtkg/districtkg/graph/quads"
	"github.com/districtkg/districtkg/graph/quads/quadstest"
	_ "github.com/districtkg/districtkg/graph/store"
	"github.com/districtkg/districtkg/schema"
)

// onEachStore runs a test on an empty graph in memory, on one on disk, and where
// DISTRICTKG_TEST_POSTGRES names a database for tests, on one in PostgreSQL.
func onEachStore(t *testing.T, run func(t *testing.T, g *graph.Graph)) {
	if dsn := os.Getenv("DISTRICTKG_TEST_POSTGRES"); dsn != "" {
		t.Run("postgres", func(t *testing.T) {
			g := open(t, dsn, graph.Options{})
			empty(t, g)
			run(t, g)
		})
	}
	for name, dsn := range map[string]string{"mem": "mem:", "pebble": filepath.Join(t.TempDir(), "db")} {
		t.Run(name, func(t *testing.T) { run(t, open(t, dsn, graph.Options{})) })
	}
}

// empty removes what other tests left.
func empty(t *testing.T, g *graph.Graph) {
	t.Helper()
	var deltas []cayley.Delta
	for _, q := range dump(t, g, graph.Filter{}) {
		deltas = append(deltas, cayley.Delta{Quad: q, Action: cayley.Delete})
	}
	if err := g.Apply(t.Context(), deltas, cayley.IgnoreOpts{}); err != nil {
		t.Fatal(err)
	}
}

func open(t testing.TB, dsn string, opt graph.Options) *graph.Graph {
	t.Helper()
	g, err := graph.Open(t.Context(), dsn, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := g.Close(); err != nil {
			t.Error(err)
		}
	})
	return g
}

// bulletins yields documents of so many districts and years.
func bulletins(districts int, years ...int) iter.Seq2[*schema.Facts, error] {
	return func(yield func(*schema.Facts, error) bool) {
		for d := range districts {
			for _, y := range years {
				if !yield(quadstest.Bulletin(d, y, quadstest.Small), nil) {
					return
				}
			}
		}
	}
}

// built returns the graph with three districts in two years.
func built(t testing.TB, g *graph.Graph) *graph.Graph {
	t.Helper()
	got, err := g.Build(t.Context(), bulletins(3, 2022, 2023))
	if err != nil {
		t.Fatal(err)
	}
	if got.Documents != 6 || len(got.Repeated) != 0 || got.Quads == 0 {
		t.Fatalf("built %+v", got)
	}
	return g
}

// dump returns the quads of a part of the graph, sorted.
func dump(t testing.TB, g *graph.Graph, f graph.Filter) []quad.Quad {
	t.Helper()
	var all []quad.Quad
	for q, err := range g.Quads(t.Context(), f) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, q)
	}
	slices.SortFunc(all, quads.Compare)
	return all
}

func TestReplaceAndRemoveLeaveNoTrace(t *testing.T) {
	onEachStore(t, func(t *testing.T, g *graph.Graph) {
		built(t, g)
		before, version := dump(t, g, graph.Filter{}), g.Version()
		richer := quadstest.Bulletin(7, 2023, quadstest.Size{Enterprises: 9, Figures: 3})
		added, err := g.AddDocument(t.Context(), richer)
		if err != nil || added.Replaced {
			t.Fatalf("added %+v, %v", added, err)
		}
		if g.Version() == version {
			t.Error("the version stayed")
		}
		poorer := quadstest.Bulletin(7, 2023, quadstest.Size{Enterprises: 9, Figures: 3})
		poorer.Figures, poorer.Relations = poorer.Figures[:2], poorer.Relations[:3]
		if added, err = g.AddDocument(t.Context(), poorer); err != nil || !added.Replaced {
			t.Fatalf("added %+v, %v", added, err)
		}
		want, _ := quads.FromFacts(poorer, g.Vocabulary())
		if got := dump(t, g, graph.Filter{Document: added.ID}); !reflect.DeepEqual(got, want) {
			t.Errorf("after replacing, the document has %d quads, want %d", len(got), len(want))
		}
		if err := g.RemoveDocument(t.Context(), added.ID); err != nil {
			t.Fatal(err)
		}
		if after := dump(t, g, graph.Filter{}); !reflect.DeepEqual(before, after) {
			t.Errorf("%d quads before, %d after a document came and went", len(before), len(after))
		}
		if err := g.RemoveDocument(t.Context(), added.ID); !errors.Is(err, schema.ErrNotFound) {
			t.Errorf("removing it again: %v", err)
		}
	})
}

func TestBuildInAnyOrderGivesTheSameGraph(t *testing.T) {
	onEachStore(t, func(t *testing.T, g *graph.Graph) {
		built(t, g)
		other := open(t, "mem:", graph.Options{})
		for f := range bulletins(3, 2023, 2022) {
			if _, err := other.AddDocument(t.Context(), f); err != nil {
				t.Fatal(err)
			}
		}
		if !reflect.DeepEqual(dump(t, g, graph.Filter{}), dump(t, other, graph.Filter{})) {
			t.Error("in bulk and one by one differ")
		}
		again, err := g.Build(t.Context(), bulletins(4, 2022, 2022))
		if err != nil || again.Documents != 4 || len(again.Repeated) != 4 {
			t.Errorf("building again: %+v, %v", again, err)
		}
		if s := stats(t, g); s.Documents != 7 {
			t.Errorf("%d documents, want 7", s.Documents)
		}
	})
}

func stats(t testing.TB, g *graph.Graph) graph.Stats {
	t.Helper()
	s, err := g.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestBuildStopsAtAnError(t *testing.T) {
	onEachStore(t, func(t *testing.T, g *graph.Graph) {
		broken := errors.New("broken")
		_, err := g.Build(t.Context(), func(yield func(*schema.Facts, error) bool) {
			_ = yield(quadstest.Bulletin(1, 2023, quadstest.Small), nil) && yield(nil, broken)
		})
		if !errors.Is(err, broken) {
			t.Errorf("error %v, want %v", err, broken)
		}
	})
}

func TestQuadsOfParts(t *testing.T) {
	onEachStore(t, func(t *testing.T, g *graph.Graph) {
		built(t, g)
		whole := len(dump(t, g, graph.Filter{}))
		sum := 0
		for _, code := range []string{"220102", "220103", "220104"} {
			sum += len(dump(t, g, graph.Filter{Division: code}))
		}
		if sum != whole || len(dump(t, g, graph.Filter{Division: "2201"})) != whole {
			t.Errorf("districts have %d quads, the whole %d", sum, whole)
		}
		for _, f := range []graph.Filter{{Document: "document/0000000000000000"}, {Division: "330100"}} {
			n := 0
			for _, err := range g.Quads(t.Context(), f) {
				if n++; !errors.Is(err, schema.ErrNotFound) {
					t.Errorf("%+v: %v", f, err)
				}
			}
			if n != 1 {
				t.Errorf("%+v yields %d times, want its error", f, n)
			}
		}
		n := 0
		for q, err := range g.Describe(t.Context(), "division/220102") {
			if err != nil || (q.Subject != quad.IRI(g.ID("220102")) && q.Object != quad.IRI(g.ID("220102"))) {
				t.Fatalf("%v, %v", q, err)
			}
			n++
		}
		if n < 50 {
			t.Errorf("%d quads describe a district", n)
		}
	})
}

func TestImport(t *testing.T) {
	onEachStore(t, func(t *testing.T, g *graph.Graph) {
		other := built(t, open(t, "mem:", graph.Options{}))
		poorer := quadstest.Bulletin(2, 2023, quadstest.Small)
		poorer.Figures = poorer.Figures[2:]
		poorer.Figures[0].Of = ""
		if _, err := g.AddDocument(t.Context(), poorer); err != nil {
			t.Fatal(err)
		}
		loose := quad.Quad{Subject: quad.IRI("http://e/s"), Predicate: quad.IRI("http://e/p"), Object: quad.String("o")}
		_, err := g.Import(t.Context(), func(yield func(quad.Quad, error) bool) {
			for q, err := range other.Quads(t.Context(), graph.Filter{}) {
				if !yield(q, err) {
					return
				}
			}
			yield(loose, nil)
		})
		if err != nil {
			t.Fatal(err)
		}
		if want := append([]quad.Quad{loose}, dump(t, other, graph.Filter{})...); !reflect.DeepEqual(dump(t, g, graph.Filter{}), want) {
			t.Error("a graph with one document changed is not what was imported")
		}
		broken := errors.New("broken")
		if _, err := g.Import(t.Context(), func(yield func(quad.Quad, error) bool) { yield(quad.Quad{}, broken) }); !errors.Is(err, broken) {
			t.Errorf("broken input: %v", err)
		}
	})
}

func TestReadOnly(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "db")
	if _, err := graph.Open(t.Context(), dir, graph.Options{ReadOnly: true}); !errors.Is(err, schema.ErrNotFound) {
		t.Errorf("a directory that is not there: %v", err)
	}
	g, err := graph.Open(t.Context(), dir, graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	built(t, g)
	if err := g.Close(); err != nil {
		t.Fatal(err)
	}
	ro := open(t, dir, graph.Options{ReadOnly: true})
	if s := stats(t, ro); s.Documents != 6 {
		t.Errorf("%d documents after reopening", s.Documents)
	}
	if _, err := ro.AddDocument(t.Context(), quadstest.Bulletin(1, 2023, quadstest.Small)); !errors.Is(err, schema.ErrReadOnly) {
		t.Errorf("adding: %v", err)
	}
	if err := ro.RemoveDocument(t.Context(), "document/1"); !errors.Is(err, schema.ErrReadOnly) {
		t.Errorf("removing: %v", err)
	}
}

func TestOpenRefuses(t *testing.T) {
	for _, tt := range []struct {
		dsn string
		opt graph.Options
	}{{"mongodb://host", graph.Options{}}, {"", graph.Options{}}, {"mem:", graph.Options{Base: "relative/"}}, {"mem:", graph.Options{Base: "http://x"}}} {
		if _, err := graph.Open(t.Context(), tt.dsn, tt.opt); !errors.Is(err, schema.ErrInvalid) {
			t.Errorf("%q %+v: %v", tt.dsn, tt.opt, err)
		}
	}
}

func TestClosedGraph(t *testing.T) {
	g, err := graph.Open(t.Context(), "mem:", graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(g.Close(), g.Close()); err != nil {
		t.Error(err)
	}
	if _, err := g.Stats(t.Context()); err == nil {
		t.Error("a closed graph answers")
	}
}

func TestID(t *testing.T) {
	g := open(t, "mem:", graph.Options{})
	base := schema.DefaultBase
	for in, want := range map[string]string{
		"220102":                           base + "id/division/220102",
		"division/220102":                  base + "id/division/220102",
		"id/division/220102":               base + "id/division/220102",
		base + "id/division/220102":        base + "id/division/220102",
		"program/cn/1+4工程":                 base + "id/program/cn/1%2B4工程",
		"program/cn/1%2B4工程":               base + "id/program/cn/1%2B4工程",
		"program/cn/1%2B4%E5%B7%A5":        base + "id/program/cn/1%2B4工",
		"https://example.org/x":            "https://example.org/x",
		base + "ns#locatedIn":              base + "ns#locatedIn",
		base + "id/enterprise/cn/100%工程":   base + "id/enterprise/cn/100%25工程",
		base + "id/document/ab/evidence/1": base + "id/document/ab/evidence/1",
	} {
		if got := g.ID(in); got != want {
			t.Errorf("ID(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestReadsDuringWritesSeeWholeDocuments(t *testing.T) {
	onEachStore(t, func(t *testing.T, g *graph.Graph) {
		built(t, g)
		ctx, stop := context.WithCancel(t.Context())
		var readers sync.WaitGroup
		for range 3 {
			readers.Go(func() {
				for ctx.Err() == nil {
					if err := wholeDocuments(ctx, g); err != nil && ctx.Err() == nil {
						t.Error(err)
						return
					}
				}
			})
		}
		for i := range 30 {
			f := quadstest.Bulletin(9, 2023, quadstest.Size{Enterprises: 3, Figures: 4})
			f.Figures = f.Figures[:2*(1+i%3)]
			if _, err := g.AddDocument(t.Context(), f); err != nil {
				t.Fatal(err)
			}
			if i%5 == 4 {
				if err := g.RemoveDocument(t.Context(), g.IRIs().Graph(f.Doc.SHA256)); err != nil {
					t.Fatal(err)
				}
			}
		}
		stop()
		readers.Wait()
	})
}

// wholeDocuments checks that what the graph says of a document agrees with itself.
func wholeDocuments(ctx context.Context, g *graph.Graph) error {
	list, err := g.Documents(ctx, graph.DocumentQuery{})
	if err != nil {
		return err
	}
	for _, item := range list.Items {
		d, err := g.Document(ctx, item.ID)
		if errors.Is(err, schema.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		if len(d.FigureList) != d.Figures || len(d.RelationList) != d.Relations {
			return fmt.Errorf("%s: %d figures of %d", d.ID, len(d.FigureList), d.Figures)
		}
	}
	_, err = g.Entity(ctx, "220111")
	if errors.Is(err, schema.ErrNotFound) {
		err = nil
	}
	return err
}
