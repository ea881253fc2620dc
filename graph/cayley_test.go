package graph_test

import (
	"slices"
	"testing"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
	"github.com/shopspring/decimal"

	"github.com/districtkg/districtkg/graph"
	"github.com/districtkg/districtkg/graph/quads"
	"github.com/districtkg/districtkg/graph/quads/quadstest"
	"github.com/districtkg/districtkg/schema"
)

// answer runs a path of Cayley's, which is what Gizmo makes of a script.
func answer(t *testing.T, qs cayley.QuadStore, p *path.Path) []string {
	t.Helper()
	values, err := p.Iterate(t.Context()).AllValues(qs)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, v := range values {
		out = append(out, quads.TextOf(v))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// TestWalkByName is what a reader of the manual tries first: start at a name, follow an edge.
func TestWalkByName(t *testing.T) {
	onEachStore(t, func(t *testing.T, g *graph.Graph) {
		built(t, g)
		view := g.View()
		defer func() {
			if err := view.Close(); err != nil {
				t.Error(err)
			}
		}()
		for _, qs := range []cayley.QuadStore{g.QuadStore(), view} {
			settled := path.StartPath(qs, quad.String("第220102区")).In(quads.RDFSLabel).In(g.Vocabulary().Predicate(schema.SettledIn)).Out(quads.RDFSLabel)
			if got := answer(t, qs, settled); len(got) != 4 || got[0] != "“启明0”生物<药业>" {
				t.Errorf("settled: %q", got)
			}
			quotes := path.StartPath(qs, quad.IRI(g.ID("220102"))).In(quads.RDFSubject).Out(g.Vocabulary().Evidence).Out(quads.OAExact)
			if got := answer(t, qs, quotes); len(got) != 2 {
				t.Errorf("quotes: %q", got)
			}
		}
	})
}

// TestFiltersByNumber holds what the comment of graph/quads says of dkg:integer and dkg:number.
func TestFiltersByNumber(t *testing.T) {
	onEachStore(t, func(t *testing.T, g *graph.Graph) {
		f := quadstest.Bulletin(1, 2023, quadstest.Size{Figures: 4})
		for i, value := range []string{"99.5", "100", "100.5", "101", "-0.5", "0", "5.5", "6"} {
			f.Figures[i].Value, f.Figures[i].High = decimal.RequireFromString(value), decimal.Decimal{}
		}
		if _, err := g.AddDocument(t.Context(), f); err != nil {
			t.Fatal(err)
		}
		for _, tt := range []struct {
			property string
			op       iterator.Operator
			than     quad.Value
			want     []string
		}{
			{"integer", iterator.CompareGTE, quad.Int(100), []string{"100", "100.5", "101"}},
			{"integer", iterator.CompareLT, quad.Int(6), []string{"-0.5", "0", "5.5"}},
			{"integer", iterator.CompareLT, quad.Int(0), []string{"-0.5"}},
			{"number", iterator.CompareGT, quad.Float(5.5), []string{"100", "100.5", "101", "6", "99.5"}},
			{"number", iterator.CompareLTE, quad.Float(0.25), []string{"-0.5", "0"}},
		} {
			p := path.StartPath(g.QuadStore(), g.Vocabulary().Class(schema.FigureClass)).In(quads.RDFType).
				HasFilter(g.Vocabulary().Term(tt.property), false, shape.Comparison{Op: tt.op, Val: tt.than}).Out(g.Vocabulary().Term("value"))
			if got := answer(t, g.QuadStore(), p); !slices.Equal(got, tt.want) {
				t.Errorf("%s %v %v: %q, want %q", tt.property, tt.op, tt.than, got, tt.want)
			}
		}
	})
}
