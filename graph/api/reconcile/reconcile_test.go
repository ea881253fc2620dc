package reconcile

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/districtkg/districtkg/graph"
	"github.com/districtkg/districtkg/graph/quads/quadstest"
	"github.com/districtkg/districtkg/schema"
)

var iris = schema.IRIs{Base: schema.DefaultBase}

// hits answers every search with the same hits, and remembers what was asked.
type hits struct {
	found []graph.Hit
	asked []graph.SearchQuery
}

func (h *hits) Search(_ context.Context, q graph.SearchQuery) (graph.List[graph.Hit], error) {
	h.asked = append(h.asked, q)
	n := min(len(h.found), q.Limit)
	return graph.List[graph.Hit]{Items: h.found[:n], Total: len(h.found)}, nil
}

func hit(name, match string) graph.Hit {
	return graph.Hit{Ref: graph.Ref{ID: iris.Base + "id/enterprise/" + name, Name: name, Class: schema.Enterprise}, Match: match, Documents: 2}
}

// TestScores orders what a search found, and marks at most one as sure.
func TestScores(t *testing.T) {
	const asked = "长春生物"
	for _, tt := range []struct {
		name  string
		found []graph.Hit
		want  string // name score, with ! for a sure match
	}{
		{"nothing", nil, ""},
		{"the name", []graph.Hit{hit(asked, "exact")}, "长春生物 100!"},
		{"an alias", []graph.Hit{hit("长春生物制品研究所", "alias")}, "长春生物制品研究所 95!"},
		{"two of one name", []graph.Hit{hit(asked, "exact"), hit(asked, "exact")}, "长春生物 100, 长春生物 100"},
		{"a name and an alias", []graph.Hit{hit(asked, "exact"), hit("生物所", "alias")}, "长春生物 100, 生物所 95"},
		{"a sure one among parts", []graph.Hit{hit("长春生物谷", "prefix"), hit(asked, "exact")}, "长春生物 100!, 长春生物谷 80"},
		{"more of the name is better", []graph.Hit{hit("长春生物制品研究所", "prefix"), hit("长春生物谷", "prefix")}, "长春生物谷 80, 长春生物制品研究所 62"},
		{"scores less than one apart", []graph.Hit{hit(strings.Repeat("甲", 41), "substring"), hit(strings.Repeat("甲", 40), "substring")},
			strings.Repeat("甲", 40) + " 35, " + strings.Repeat("甲", 41) + " 35"},
		{"initials are a guess", []graph.Hit{hit(asked, "pinyin")}, "长春生物 30"},
	} {
		got, err := Candidates(t.Context(), &hits{found: tt.found}, iris, Query{Query: asked})
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		for _, c := range got.Result {
			mark := ""
			if c.Match {
				mark = "!"
			}
			said = append(said, fmt.Sprintf("%s %.0f%s", c.Name, c.Score, mark))
		}
		if got := strings.Join(said, ", "); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

// TestQuestion turns queries as they come over the wire into searches.
func TestQuestion(t *testing.T) {
	for _, tt := range []struct {
		name, query string
		want        string // text class division limit, of each search
	}{
		{"a name", `{"query": " 东北院 "}`, "东北院   5"},
		{"a class", `{"query": "x", "type": "Enterprise"}`, "x Enterprise  5"},
		{"a class as an object", `{"query": "x", "type": {"id": "Enterprise"}}`, "x Enterprise  5"},
		{"the first of several", `{"query": "x", "type": [{"id": "School"}, "Enterprise"]}`, "x School  5"},
		{"no class in a list", `{"query": "x", "type": []}`, "x   5"},
		{"a type that is none", `{"query": "x", "type": 7}`, "x   5"},
		{"a limit", `{"query": "x", "limit": 12}`, "x   12"},
		{"a huge limit", `{"query": "x", "limit": 100000}`, "x   50"},
		{"a limit below zero", `{"query": "x", "limit": -3}`, "x   5"},
		{"no name", `{"query": "  "}`, ""},
		{"a code", `{"query": "x", "properties": [{"pid": "division", "v": "220102"}]}`, "x  220102 5"},
		{"a code as a number", `{"query": "x", "properties": [{"pid": "division", "v": 220102}]}`, "x  220102 5"},
		{"an id", `{"query": "x", "properties": [{"pid": "division", "v": {"id": "division/220102"}}]}`, "x  division/220102 5"},
		{"a name, which is looked up", `{"query": "x", "properties": [{"pid": "division", "v": {"name": "南关区"}}]}`,
			"南关区 Division  1; x  " + iris.Base + "id/enterprise/南关区 5"},
		{"several values", `{"query": "x", "properties": [{"pid": "division", "v": ["220102", "220103"]}]}`, "x  220102 5"},
		{"another property", `{"query": "x", "properties": [{"pid": "colour", "v": "red"}]}`, "x   5"},
	} {
		var q Query
		if err := json.Unmarshal([]byte(tt.query), &q); err != nil {
			t.Fatal(err)
		}
		h := &hits{found: []graph.Hit{hit("南关区", "exact")}}
		got, err := Candidates(t.Context(), h, iris, q)
		if err != nil || got.Result == nil {
			t.Errorf("%s: %+v %v", tt.name, got, err)
		}
		var asked []string
		for _, s := range h.asked {
			asked = append(asked, fmt.Sprintf("%s %s %s %d", s.Text, s.Class, s.Division, s.Limit))
		}
		if got := strings.Join(asked, "; "); got != tt.want {
			t.Errorf("%s: asks %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestUnknownDivision leaves out a hint that the graph cannot follow.
func TestUnknownDivision(t *testing.T) {
	h := &hits{}
	_, err := Candidates(t.Context(), h, iris, Query{Query: "x", Properties: []Property{{Division, "没有这个区"}}})
	if err != nil || len(h.asked) != 2 || h.asked[1].Division != "" {
		t.Errorf("%+v %v", h.asked, err)
	}
}

type broken struct{}

var errDisk = errors.New("disk gone")

func (broken) Search(context.Context, graph.SearchQuery) (graph.List[graph.Hit], error) {
	return graph.List[graph.Hit]{}, errDisk
}

func TestFault(t *testing.T) {
	for _, q := range []Query{{Query: "x"}, {Query: "x", Properties: []Property{{Division, "南关区"}}}} {
		if got, err := Candidates(t.Context(), broken{}, iris, q); !errors.Is(err, errDisk) || got.Result != nil {
			t.Errorf("%+v: %+v %v", q, got, err)
		}
	}
}

// TestInAGraph tells apart enterprises of one name by their division.
func TestInAGraph(t *testing.T) {
	g, err := graph.Open(t.Context(), "mem:", graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	for _, district := range []int{0, 100} { // of two cities
		if _, err := g.AddDocument(t.Context(), quadstest.Bulletin(district, 2023, quadstest.Small)); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		name       string
		query      Query
		candidates int
		sure       bool
	}{
		{"one name in two cities", Query{Query: "“启明1”生物<药业>"}, 2, false},
		{"in one of them", Query{Query: "“启明1”生物<药业>", Properties: []Property{{Division, "第220102区"}}}, 1, true},
		{"by an alias", Query{Query: "启明1", Properties: []Property{{Division, "220202"}}}, 1, true},
		{"of another class", Query{Query: "“启明1”生物<药业>", Type: "School"}, 0, false},
		{"of a class that is none", Query{Query: "“启明1”生物<药业>", Type: "Planet"}, 0, false},
		{"a part of many names", Query{Query: "启明", Limit: 3}, 3, false},
		{"unknown", Query{Query: "没有这样的企业"}, 0, false},
	} {
		got, err := Candidates(t.Context(), g, iris, tt.query)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		sure := len(got.Result) > 0 && got.Result[0].Match
		if len(got.Result) != tt.candidates || sure != tt.sure {
			t.Errorf("%s: %d candidates, sure %v: %+v", tt.name, len(got.Result), sure, got.Result)
		}
		for _, c := range got.Result {
			if !strings.HasPrefix(c.ID, "enterprise/") || c.Type[0] != (Type{"Enterprise", "企业"}) || !strings.Contains(c.Description, "1 篇文档") {
				t.Errorf("%s: %+v", tt.name, c)
			}
		}
	}
}

// TestCompletions completes names of classes and properties, in either language.
func TestCompletions(t *testing.T) {
	for _, tt := range []struct {
		prefix     string
		types      string
		properties int
	}{
		{"Ent", "Enterprise", 0},
		{"ent", "Enterprise", 0},
		{"企", "Enterprise", 0},
		{"Div", "Division", 1},
		{"行政区", "Division", 1},
		{"Evidence", "", 0}, // nothing that a text names is one
		{"zzz", "", 0},
	} {
		var types []string
		for _, x := range Types(tt.prefix) {
			types = append(types, x.ID)
		}
		if got := strings.Join(types, " "); got != tt.types {
			t.Errorf("types of %q: %s, want %s", tt.prefix, got, tt.types)
		}
		if got := Properties(tt.prefix); len(got) != tt.properties || got == nil {
			t.Errorf("properties of %q: %+v", tt.prefix, got)
		}
	}
}

func TestManifest(t *testing.T) {
	m := NewManifest(schema.IRIs{Base: "https://example.org/kg/"}, "https://host/reconcile")
	named := 0
	for _, c := range schema.Classes() {
		if c.Named {
			named++
		}
	}
	if m.IdentifierSpace != "https://example.org/kg/id/" || m.SchemaSpace != "https://example.org/kg/ns#" || m.BatchSize != MaxBatch || len(m.DefaultTypes) != named {
		t.Errorf("%+v", m)
	}
	if m.View.URL != "https://example.org/kg/id/{{id}}" || m.Preview.URL != "https://host/reconcile/preview?id={{id}}" {
		t.Errorf("view %s, preview %s", m.View.URL, m.Preview.URL)
	}
	for kind, s := range map[string]Suggester{"entity": m.Suggest.Entity, "type": m.Suggest.Type, "property": m.Suggest.Property} {
		if s.ServiceURL+s.ServicePath != "https://host/reconcile/suggest/"+kind {
			t.Errorf("%s: %+v", kind, s)
		}
	}
}
