package graph_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/districtkg/districtkg/graph"
	"github.com/districtkg/districtkg/schema"
)

func TestStats(t *testing.T) {
	onEachStore(t, func(t *testing.T, g *graph.Graph) {
		if s := stats(t, g); s.Documents != 0 || s.Quads != 0 {
			t.Errorf("an empty graph has %+v", s)
		}
		built(t, g)
		s := stats(t, g)
		want := graph.Stats{Documents: 6, Quads: len(dump(t, g, graph.Filter{})), Entities: 14, Relations: 66, Figures: 72, Indicators: 6, Mentions: s.Mentions, Warnings: 30}
		want.Classes, want.Predicates, want.Kinds, want.Divisions = s.Classes, s.Predicates, s.Kinds, s.Divisions
		if !reflect.DeepEqual(s, want) {
			t.Errorf("got  %+v\nwant %+v", s, want)
		}
		if s.Kinds[0] != (graph.Count{Name: "statistical_bulletin", Count: 6}) || len(s.Divisions) != 3 || s.Mentions == 0 {
			t.Errorf("kinds %v, divisions %v, %d mentions", s.Kinds, s.Divisions, s.Mentions)
		}
	})
}

func TestSearch(t *testing.T) {
	onEachStore(t, func(t *testing.T, g *graph.Graph) {
		built(t, g)
		for _, tt := range []struct {
			q     graph.SearchQuery
			total int
			first string // name
			match string
		}{
			{graph.SearchQuery{Text: "第220102区"}, 3, "第220102区", "exact"}, // two projects have it in their names
			{graph.SearchQuery{Text: "启明0生物<药业>"}, 1, "“启明0”生物<药业>", "exact"},
			{graph.SearchQuery{Text: "启明2"}, 1, "“启明2”生物<药业>", "alias"},
			{graph.SearchQuery{Text: "qm"}, 4, "“启明0”生物<药业>", "alias"},
			{graph.SearchQuery{Text: "启明"}, 4, "“启明0”生物<药业>", "prefix"},
			{graph.SearchQuery{Text: "药业"}, 4, "“启明0”生物<药业>", "substring"},
			{graph.SearchQuery{Text: "d220103q"}, 3, "第220103区", "pinyin"},
			{graph.SearchQuery{Text: "swyy"}, 4, "“启明0”生物<药业>", "pinyin"},
			{graph.SearchQuery{Class: schema.Project}, 6, "", ""},
			{graph.SearchQuery{Class: schema.Project, Division: "220102"}, 2, "", ""},
			{graph.SearchQuery{Class: schema.Division, Division: "2201"}, 4, "", ""},
			{graph.SearchQuery{Text: "没有"}, 0, "", ""},
			{graph.SearchQuery{Text: "《》"}, 0, "", ""},
			{graph.SearchQuery{}, 14, "", ""},
		} {
			got, err := g.Search(t.Context(), tt.q)
			if err != nil {
				t.Errorf("%+v: %v", tt.q, err)
				continue
			}
			if got.Total != tt.total || len(got.Items) != tt.total {
				t.Errorf("%+v: %d of %d, want %d: %+v", tt.q, len(got.Items), got.Total, tt.total, got.Items)
			}
			if tt.first != "" && (len(got.Items) == 0 || got.Items[0].Name != tt.first || got.Items[0].Match != tt.match) {
				t.Errorf("%+v: first of %+v, want %s by %s", tt.q, got.Items, tt.first, tt.match)
			}
		}
	})
}

func TestPagesFitTogether(t *testing.T) {
	g := built(t, open(t, "mem:", graph.Options{}))
	all, err := g.Search(t.Context(), graph.SearchQuery{})
	if err != nil {
		t.Fatal(err)
	}
	var joined []graph.Hit
	page := graph.Page{Limit: 4}
	for {
		part, err := g.Search(t.Context(), graph.SearchQuery{Page: page})
		if err != nil || part.Total != all.Total {
			t.Fatalf("total %d, want %d; %v", part.Total, all.Total, err)
		}
		joined = append(joined, part.Items...)
		if page.After = part.Next; page.After == "" {
			break
		}
	}
	if !reflect.DeepEqual(joined, all.Items) {
		t.Errorf("pages joined differ from the whole")
	}
	if _, err := g.Search(t.Context(), graph.SearchQuery{Page: graph.Page{After: "nonsense"}}); !errors.Is(err, schema.ErrInvalid) {
		t.Errorf("a cursor that is none: %v", err)
	}
}

func TestEntity(t *testing.T) {
	onEachStore(t, func(t *testing.T, g *graph.Graph) {
		built(t, g)
		c, err := g.Entity(t.Context(), "220102")
		if err != nil {
			t.Fatal(err)
		}
		if c.Name != "第220102区" || c.Class != schema.Division || c.Code != "220102" || len(c.Documents) != 2 {
			t.Errorf("card %+v", c)
		}
		if c.Figures.Total != 24 || c.Relations.Total != 2+2*8 || c.Mentions.Total != 2*5 {
			t.Errorf("%d figures, %d relations, %d mentions", c.Figures.Total, c.Relations.Total, c.Mentions.Total)
		}
		for _, r := range c.Relations.Items {
			if r.Evidence.Quote == "" || r.Evidence.Document.Title == "" || r.Subject.Name == "" || r.Object.Name == "" {
				t.Errorf("relation without evidence or names: %+v", r)
			}
		}
		for _, f := range c.Figures.Items {
			if !strings.Contains(f.Evidence.Quote, f.Printed.Text) || f.Indicator.Name == "" || f.Value == "" || f.Start == "" {
				t.Errorf("incomplete figure: %+v", f)
			}
		}
		byID, err := g.Entity(t.Context(), c.ID)
		if err != nil || !reflect.DeepEqual(c, byID) {
			t.Errorf("by IRI: %+v, %v", byID, err)
		}
		e, err := g.Entity(t.Context(), "enterprise/2201/启明0生物<药业>")
		if err != nil || e.Name != "“启明0”生物<药业>" || !slices.Equal(e.Aliases, []string{"QM", "启明0"}) || e.Scope != "2201" || len(e.Documents) != 6 {
			t.Errorf("enterprise %+v, %v", e, err)
		}
		if _, err := g.Entity(t.Context(), "division/999999"); !errors.Is(err, schema.ErrNotFound) {
			t.Errorf("unknown entity: %v", err)
		}
	})
}

func TestRelationsAndEdges(t *testing.T) {
	onEachStore(t, func(t *testing.T, g *graph.Graph) {
		built(t, g)
		list, err := g.Relations(t.Context(), graph.RelationQuery{Entity: "220102", Predicates: []schema.Predicate{schema.SettledIn}, Page: graph.Page{Limit: 3}})
		if err != nil || list.Total != 8 || len(list.Items) != 3 || list.Next == "" {
			t.Fatalf("%+v, %v", list, err)
		}
		first := list.Items[0]
		edge, err := g.Edge(t.Context(), first.Subject.ID, schema.SettledIn, "220102")
		if err != nil || len(edge) != 2 {
			t.Fatalf("%d statements behind the edge, want one a year; %v", len(edge), err)
		}
		if edge[0].Trigger != "落户" || edge[0].Evidence.Quote == edge[1].Evidence.ID {
			t.Errorf("statement %+v", edge[0])
		}
		if _, err := g.Edge(t.Context(), "220102", schema.SettledIn, "220103"); !errors.Is(err, schema.ErrNotFound) {
			t.Errorf("an edge that is none: %v", err)
		}
		mentions, err := g.Mentions(t.Context(), "220102", graph.Page{Limit: 2})
		if err != nil || mentions.Total != 10 || mentions.Items[0].Text != "第220102区" {
			t.Errorf("mentions %+v, %v", mentions, err)
		}
	})
}

func TestEvidence(t *testing.T) {
	onEachStore(t, func(t *testing.T, g *graph.Graph) {
		built(t, g)
		card, err := g.Entity(t.Context(), "220102")
		if err != nil {
			t.Fatal(err)
		}
		r, f, m := card.Relations.Items[2], card.Figures.Items[0], card.Mentions.Items[0]
		for _, tt := range []struct {
			id                           string
			quote                        string
			relations, figures, mentions int
		}{
			{r.ID, r.Evidence.Quote, 1, 0, 0},
			{r.Evidence.ID, r.Evidence.Quote, 2, 0, 0}, // settled and located by one sentence
			{f.ID, f.Evidence.Quote, 0, 1, 0},
			{f.Evidence.ID, f.Evidence.Quote, 0, 2, 0}, // a level and its growth
			{m.ID, m.Text, 0, 0, 1},
		} {
			s, err := g.Evidence(t.Context(), tt.id)
			if err != nil || s.Quote != tt.quote || len(s.Relations) != tt.relations || len(s.Figures) != tt.figures || len(s.Mentions) != tt.mentions {
				t.Errorf("%s: %+v, %v", tt.id, s, err)
			}
			if s.Document.Title == "" {
				t.Errorf("%s: of no document", tt.id)
			}
		}
		if _, err := g.Evidence(t.Context(), "division/220102"); !errors.Is(err, schema.ErrNotFound) {
			t.Errorf("the evidence of a division: %v", err)
		}
	})
}

func TestNeighbours(t *testing.T) {
	onEachStore(t, func(t *testing.T, g *graph.Graph) {
		built(t, g)
		for _, tt := range []struct {
			q            graph.NeighbourQuery
			nodes, edges int
			total        int
		}{
			{graph.NeighbourQuery{}, 6, 9, 5}, // the city and four enterprises, each settled and located
			{graph.NeighbourQuery{Depth: 2}, 14, 33, 13},
			{graph.NeighbourQuery{Limit: 2}, 3, 4, 5},
			{graph.NeighbourQuery{Classes: []schema.Class{schema.Division}}, 2, 1, 1},
			{graph.NeighbourQuery{Predicates: []schema.Predicate{schema.PartOf}, Depth: 2}, 4, 3, 3},
		} {
			n, err := g.Neighbours(t.Context(), "220102", tt.q)
			if err != nil || len(n.Nodes) != tt.nodes || len(n.Edges) != tt.edges || n.Total != tt.total {
				t.Errorf("%+v: %d nodes, %d edges of %d; %v", tt.q, len(n.Nodes), len(n.Edges), n.Total, err)
			}
			if n.Nodes[0].Name != "第220102区" || n.Nodes[0].Depth != 0 || n.Edges[0].Documents == 0 {
				t.Errorf("%+v: begins with %+v", tt.q, n.Nodes[0])
			}
		}
		if _, err := g.Neighbours(t.Context(), "220102", graph.NeighbourQuery{Depth: 99}); !errors.Is(err, schema.ErrInvalid) {
			t.Errorf("depth 99: %v", err)
		}
	})
}

func TestPaths(t *testing.T) {
	onEachStore(t, func(t *testing.T, g *graph.Graph) {
		built(t, g)
		paths, err := g.Paths(t.Context(), "220102", "220103", 4, 0)
		if err != nil || len(paths) != 1+4*4 { // by the city, or by an enterprise: settled or located at either end
			t.Fatalf("%d paths, %v", len(paths), err)
		}
		for _, p := range paths {
			if len(p.Nodes) != 3 || len(p.Edges) != 2 || p.Nodes[0].Name != "第220102区" || p.Nodes[2].Name != "第220103区" {
				t.Errorf("path %+v", p)
			}
		}
		if p, err := g.Paths(t.Context(), "220102", "220103", 1, 0); err != nil || len(p) != 0 {
			t.Errorf("within one step: %+v, %v", p, err)
		}
		if p, err := g.Paths(t.Context(), "220102", "220102", 0, 3); err != nil || len(p) != 1 || len(p[0].Nodes) != 1 {
			t.Errorf("to itself: %+v, %v", p, err)
		}
		if p, _ := g.Paths(t.Context(), "220102", "220103", 4, 5); len(p) != 5 {
			t.Errorf("%d paths, want the limit 5", len(p))
		}
	})
}

func TestFigures(t *testing.T) {
	onEachStore(t, func(t *testing.T, g *graph.Graph) {
		built(t, g)
		for _, tt := range []struct {
			q     graph.FigureQuery
			total int
		}{
			{graph.FigureQuery{}, 72},
			{graph.FigureQuery{Subject: "220102"}, 24},
			{graph.FigureQuery{Subject: "220102", Measure: schema.Growth}, 12},
			{graph.FigureQuery{Subject: "220102", Period: "2023"}, 12},
			{graph.FigureQuery{Subject: "220102", From: "2023-Q2"}, 12},
			{graph.FigureQuery{Subject: "220102", From: "2022", To: "2023"}, 24},
			{graph.FigureQuery{Subject: "220102", To: "2021"}, 0},
			{graph.FigureQuery{Indicator: "gdp"}, 12},
			{graph.FigureQuery{Indicator: "地区生产总值"}, 12},
			{graph.FigureQuery{Indicator: "生产总值"}, 24}, // no name, so every name with it: also that of a class
			{graph.FigureQuery{Indicator: "不存在"}, 0},
			{graph.FigureQuery{Status: schema.Target}, 0},
		} {
			list, err := g.Figures(t.Context(), tt.q)
			if err != nil || list.Total != tt.total {
				t.Errorf("%+v: %d, want %d; %v", tt.q, list.Total, tt.total, err)
			}
		}
		for _, q := range []graph.FigureQuery{{From: "十四五"}, {To: "x"}} {
			if _, err := g.Figures(t.Context(), q); !errors.Is(err, schema.ErrInvalid) {
				t.Errorf("%+v: %v", q, err)
			}
		}
		list, err := g.Indicators(t.Context(), "生产总值", graph.Page{})
		if err != nil || list.Total != 2 || list.Items[0].Subjects != 3 || !slices.Contains(list.Items[0].Units, "元") {
			t.Errorf("indicators %+v, %v", list, err)
		}
	})
}

func TestCompare(t *testing.T) {
	onEachStore(t, func(t *testing.T, g *graph.Graph) {
		built(t, g)
		c, err := g.Compare(t.Context(), graph.CompareQuery{Subjects: []string{"220103", "220102"}, Indicator: "gdp", From: "2022", To: "2025"})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(c.Periods, []string{"2022", "2023"}) || len(c.Rows) != 2 || c.Rows[0].Subject.Name != "第220103区" {
			t.Fatalf("%+v", c)
		}
		for _, row := range c.Rows {
			for i, cell := range row.Cells {
				if len(cell.Figures) != 1 || cell.Figures[0].Period != c.Periods[i] || cell.Figures[0].Evidence.Quote == "" || cell.Figures[0].Measure != schema.Level {
					t.Errorf("%s %s: %+v", row.Subject.Name, c.Periods[i], cell)
				}
			}
		}
		if _, err := g.Compare(t.Context(), graph.CompareQuery{Indicator: "gdp"}); !errors.Is(err, schema.ErrInvalid) {
			t.Errorf("of nobody: %v", err)
		}
	})
}

func TestDocuments(t *testing.T) {
	onEachStore(t, func(t *testing.T, g *graph.Graph) {
		built(t, g)
		for _, tt := range []struct {
			q     graph.DocumentQuery
			total int
		}{
			{graph.DocumentQuery{}, 6},
			{graph.DocumentQuery{Division: "220100"}, 6},
			{graph.DocumentQuery{Division: "220102"}, 2},
			{graph.DocumentQuery{Division: "220102", Period: "2023"}, 1},
			{graph.DocumentQuery{Kind: schema.News}, 0},
		} {
			list, err := g.Documents(t.Context(), tt.q)
			if err != nil || list.Total != tt.total {
				t.Errorf("%+v: %d, want %d; %v", tt.q, list.Total, tt.total, err)
			}
		}
		list, _ := g.Documents(t.Context(), graph.DocumentQuery{Division: "220102"})
		d, err := g.Document(t.Context(), list.Items[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		if d.Period != "2023" || d.Figures != 12 || len(d.FigureList) != 12 || len(d.RelationList) != d.Relations || len(d.WarningList) != d.Warnings || len(d.Identity) != 3 {
			t.Errorf("%+v", d.DocumentItem)
		}
		runes := []rune(d.Text)
		for _, m := range d.MentionList {
			if string(runes[m.Start:m.End]) != m.Text {
				t.Errorf("mention %+v is not its place", m)
			}
		}
		if _, err := g.Document(t.Context(), "document/0000000000000000"); !errors.Is(err, schema.ErrNotFound) {
			t.Errorf("unknown document: %v", err)
		}
	})
}
