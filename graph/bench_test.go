package graph_test

import (
	"io"
	"iter"
	"path/filepath"
	"testing"

	"github.com/cayleygraph/quad"

	"github.com/districtkg/districtkg/graph"
	"github.com/districtkg/districtkg/graph/export"
	"github.com/districtkg/districtkg/graph/quads/quadstest"
	"github.com/districtkg/districtkg/schema"
)

// large is a document of some 5,000 quads.
var large = quadstest.Size{Enterprises: 60, Figures: 60}

func documents(n int) iter.Seq2[*schema.Facts, error] {
	return func(yield func(*schema.Facts, error) bool) {
		for i := range n {
			if !yield(quadstest.Bulletin(i/4, 2020+i%4, large), nil) {
				return
			}
		}
	}
}

// BenchmarkBuild loads documents of facts into a store on disk.
func BenchmarkBuild(b *testing.B) {
	loaded := 0
	for b.Loop() {
		b.StopTimer()
		g := open(b, filepath.Join(b.TempDir(), "db"), graph.Options{})
		b.StartTimer()
		built, err := g.Build(b.Context(), documents(40))
		if err != nil {
			b.Fatal(err)
		}
		loaded += built.Quads
	}
	b.ReportMetric(float64(loaded)/b.Elapsed().Seconds(), "quads/s")
}

// BenchmarkQuestions asks a graph of 200 documents on disk.
func BenchmarkQuestions(b *testing.B) {
	g := open(b, filepath.Join(b.TempDir(), "db"), graph.Options{})
	built, err := g.Build(b.Context(), documents(200))
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("%d quads", built.Quads)
	list, err := g.Documents(b.Context(), graph.DocumentQuery{})
	if err != nil {
		b.Fatal(err)
	}
	for _, q := range []struct {
		name string
		ask  func() error
	}{
		{"search", func() error { _, err := g.Search(b.Context(), graph.SearchQuery{Text: "启明1"}); return err }},
		{"search/pinyin", func() error { _, err := g.Search(b.Context(), graph.SearchQuery{Text: "ljjq"}); return err }},
		{"search/division", func() error { _, err := g.Search(b.Context(), graph.SearchQuery{Division: "220102"}); return err }},
		{"entity", func() error { _, err := g.Entity(b.Context(), "220102"); return err }},
		{"neighbours", func() error {
			_, err := g.Neighbours(b.Context(), "220102", graph.NeighbourQuery{Depth: 2})
			return err
		}},
		{"paths", func() error { _, err := g.Paths(b.Context(), "220102", "220103", 4, 10); return err }},
		{"figures", func() error { _, err := g.Figures(b.Context(), graph.FigureQuery{Indicator: "gdp"}); return err }},
		{"compare", func() error {
			_, err := g.Compare(b.Context(), graph.CompareQuery{Subjects: []string{"220102", "220103", "220104"}, Indicator: "gdp"})
			return err
		}},
		{"document", func() error { _, err := g.Document(b.Context(), list.Items[0].ID); return err }},
		{"stats", func() error { _, err := g.Stats(b.Context()); return err }},
		{"replace+index", func() error {
			if _, err := g.AddDocument(b.Context(), quadstest.Bulletin(0, 2020, large)); err != nil {
				return err
			}
			return g.Warm(b.Context())
		}},
		{"export", func() error {
			return export.Write(b.Context(), io.Discard, "nquads", func() iter.Seq2[quad.Quad, error] { return g.Quads(b.Context(), graph.Filter{}) }, export.Options{})
		}},
	} {
		b.Run(q.name, func(b *testing.B) {
			for b.Loop() {
				if err := q.ask(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
