package mcp

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/districtkg/districtkg/graph"
	"github.com/districtkg/districtkg/graph/api/gizmo"
	"github.com/districtkg/districtkg/graph/quads/quadstest"
	"github.com/districtkg/districtkg/schema"
)

// many is more than any list may hold.
var many = quadstest.Size{Enterprises: 130, Figures: 120}

func newGraph(t *testing.T, size quadstest.Size) *graph.Graph {
	t.Helper()
	g, err := graph.Open(t.Context(), "mem:", graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = g.Close() })
	for district := range 2 {
		if _, err := g.AddDocument(t.Context(), quadstest.Bulletin(district, 2023, size)); err != nil {
			t.Fatal(err)
		}
	}
	return g
}

// rows answers every query with the same rows.
type rows gizmo.Answer

func (r rows) Run(context.Context, gizmo.Query) (gizmo.Answer, error) { return gizmo.Answer(r), nil }

// connect returns an agent that is connected to a server of the tools.
func connect(t *testing.T, g Graph, q QueryRunner) *sdk.ClientSession {
	t.Helper()
	here, there := sdk.NewInMemoryTransports()
	if _, err := New(g, q, "test").Connect(t.Context(), there, nil); err != nil {
		t.Fatal(err)
	}
	session, err := sdk.NewClient(&sdk.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), here, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = session.Close() })
	return session
}

// call returns what a tool answers, and what it says is wrong.
func call(t *testing.T, session *sdk.ClientSession, tool string, args map[string]any) (answer map[string]any, wrong string) {
	t.Helper()
	got, err := session.CallTool(t.Context(), &sdk.CallToolParams{Name: tool, Arguments: args})
	if err != nil {
		t.Fatalf("%s: %v", tool, err)
	}
	if got.IsError {
		return nil, got.Content[0].(*sdk.TextContent).Text
	}
	answer, ok := got.StructuredContent.(map[string]any)
	if !ok {
		t.Fatalf("%s answers %T", tool, got.StructuredContent)
	}
	return answer, ""
}

func idOf(t *testing.T, g *graph.Graph, class schema.Class, text string) string {
	t.Helper()
	hits, err := g.Search(t.Context(), graph.SearchQuery{Text: text, Class: class})
	if err != nil || len(hits.Items) == 0 {
		t.Fatalf("no %s %s: %v", class, text, err)
	}
	return hits.Items[0].ID
}

// TestBounds asks for lists of more than fits: as many come as are asked for,
// one hundred at most, and the total is that of the graph.
func TestBounds(t *testing.T) {
	g := newGraph(t, many)
	session := connect(t, g, rows{})
	const district = "220102"
	for _, tt := range []struct {
		tool, list, total string
		args              map[string]any
		limit             int // the argument, 0 for none
		items, of         int
	}{
		{"search_entities", "entities", "total", map[string]any{"class": "Enterprise", "text": ""}, 0, DefaultLimit, 130},
		{"search_entities", "entities", "total", map[string]any{"class": "Enterprise", "text": ""}, 7, 7, 130},
		{"search_entities", "entities", "total", map[string]any{"class": "Enterprise", "text": ""}, 5000, MaxLimit, 130},
		{"search_entities", "entities", "total", map[string]any{"class": "Enterprise", "text": ""}, -1, DefaultLimit, 130},
		{"search_entities", "entities", "total", map[string]any{"text": "没有这个"}, 0, 0, 0},
		{"entity", "relations", "relationsTotal", map[string]any{"id": district}, 3, 3, 261},
		{"entity", "figures", "figuresTotal", map[string]any{"id": district}, 3, 3, 240},
		{"entity", "documents", "documentsTotal", map[string]any{"id": district}, 3, 1, 1},
		{"figures", "figures", "total", map[string]any{"subject": district}, 0, DefaultLimit, 240},
		{"figures", "figures", "total", map[string]any{"subject": district, "measure": "growth"}, 1000, MaxLimit, 120},
		{"figures", "figures", "total", map[string]any{"subject": district, "from": "2024"}, 0, 0, 0},
		{"neighbours", "nodes", "total", map[string]any{"id": district}, 9, 10, 131}, // the middle beside them
		{"neighbours", "nodes", "total", map[string]any{"id": district}, 1000, MaxLimit + 1, 131},
		{"neighbours", "edges", "edgesTotal", map[string]any{"id": district, "predicate": []string{"partOf"}}, 0, 1, 1},
		{"compare", "figures", "total", map[string]any{"subjects": []string{district, "220103"}, "indicator": "总值"}, 0, 48, 48},
	} {
		if tt.limit != 0 {
			tt.args["limit"] = tt.limit
		}
		got, wrong := call(t, session, tt.tool, tt.args)
		if wrong != "" {
			t.Errorf("%s %v: %s", tt.tool, tt.args, wrong)
			continue
		}
		if list := got[tt.list].([]any); len(list) != tt.items {
			t.Errorf("%s %v: %d %s, want %d", tt.tool, tt.args, len(list), tt.list, tt.items)
		}
		if total := got[tt.total].(float64); int(total) != tt.of {
			t.Errorf("%s %v: %s %v, want %d", tt.tool, tt.args, tt.total, total, tt.of)
		}
	}
}

// TestCompareBound compares more figures than an answer may hold.
func TestCompareBound(t *testing.T) {
	session := connect(t, newGraph(t, quadstest.Size{Figures: 400}), rows{})
	got, wrong := call(t, session, "compare", map[string]any{"subjects": []string{"220102", "220103"}, "indicator": "总值"})
	if list := got["figures"].([]any); wrong != "" || len(list) != MaxLimit || got["total"].(float64) != 160 {
		t.Errorf("%d figures of %v: %s", len(list), got["total"], wrong)
	}
	if got["missing"] != nil {
		t.Errorf("subjects that were cut are called missing: %v", got["missing"])
	}
}

// TestEveryFactCites walks the answers of all tools: whatever states something
// has a quote, and the quote stands where it says in the document it names.
func TestEveryFactCites(t *testing.T) {
	g := newGraph(t, quadstest.Small)
	enterprise := idOf(t, g, schema.Enterprise, "启明1")
	relations, err := g.Relations(t.Context(), graph.RelationQuery{Entity: enterprise})
	if err != nil {
		t.Fatal(err)
	}
	figures, err := g.Figures(t.Context(), graph.FigureQuery{})
	if err != nil {
		t.Fatal(err)
	}
	found := rows{Rows: []any{map[string]any{"id": "<" + enterprise + ">"}}}
	session := connect(t, g, found)
	for _, tt := range []struct {
		tool   string
		args   map[string]any
		quotes int // at least
	}{
		{"search_entities", map[string]any{"text": "启明"}, 4},
		{"entity", map[string]any{"id": enterprise}, 2},
		{"entity", map[string]any{"id": "220102", "limit": 100}, 10},
		{"neighbours", map[string]any{"id": "220102", "depth": 3, "limit": 100}, 10},
		{"figures", map[string]any{"subject": "220102"}, 12},
		{"compare", map[string]any{"subjects": []string{"220102", "220103"}, "indicator": "地区生产总值"}, 2},
		{"evidence", map[string]any{"id": relations.Items[0].ID}, 2},
		{"evidence", map[string]any{"id": figures.Items[0].ID}, 2},
		{"gizmo", map[string]any{"query": "g.V().all()"}, 1},
	} {
		got, wrong := call(t, session, tt.tool, tt.args)
		if wrong != "" {
			t.Fatalf("%s: %s", tt.tool, wrong)
		}
		w := citing{t, g, 0}
		w.walk(tt.tool, got)
		if w.quotes < tt.quotes {
			t.Errorf("%s %v has %d quotes, want %d", tt.tool, tt.args, w.quotes, tt.quotes)
		}
	}
}

// citing checks the quotes of an answer and counts them.
type citing struct {
	t      *testing.T
	g      *graph.Graph
	quotes int
}

func (c *citing) walk(path string, v any) {
	switch v := v.(type) {
	case []any:
		for i, e := range v {
			c.walk(fmt.Sprintf("%s[%d]", path, i), e)
		}
	case map[string]any:
		for _, states := range []string{"predicate", "indicator", "match"} {
			if v[states] != nil && v["quote"] == nil {
				c.t.Errorf("%s states something without a quote: %v", path, v)
			}
		}
		if v["documentId"] != nil {
			c.check(path, v)
		}
		for name, e := range v {
			c.walk(path+"."+name, e)
		}
	}
}

func (c *citing) check(path string, v map[string]any) {
	data, err := json.Marshal(v)
	if err != nil {
		c.t.Fatal(err)
	}
	var q Quote
	if err := json.Unmarshal(data, &q); err != nil {
		c.t.Fatal(err)
	}
	d, err := c.g.Document(c.t.Context(), q.DocumentID)
	if err != nil {
		c.t.Fatalf("%s: %v", path, err)
	}
	c.quotes++
	if said := string([]rune(d.Text)[q.Start:q.End]); said != q.Text || q.Text == "" || q.Document != d.Title || q.Date != d.Date {
		c.t.Errorf("%s: %+v, but %q %s says %q", path, q, d.Title, d.Date, said)
	}
}

// TestWrongInput calls tools wrongly: what they say names the tool and what is wrong.
func TestWrongInput(t *testing.T) {
	session := connect(t, newGraph(t, quadstest.Small), rows{})
	subjects := slices.Repeat([]string{"220102"}, maxSubjects+1)
	for _, tt := range []struct {
		tool string
		args map[string]any
		want string
	}{
		{"search_entities", map[string]any{"text": "x", "class": "Planet"}, `class "Planet": want Division, Enterprise,`},
		{"search_entities", map[string]any{"text": "x", "class": "Figure"}, `class "Figure"`},
		{"search_entities", map[string]any{}, "text"},
		{"search_entities", map[string]any{"text": 7}, "text"},
		{"search_entities", map[string]any{"text": "x", "page": 2}, "page"},
		{"entity", map[string]any{"id": "nobody"}, "entity: "},
		{"entity", map[string]any{"id": ""}, "entity: "},
		{"neighbours", map[string]any{"id": "220102", "class": []string{"Division", "Planet"}}, `class "Planet"`},
		{"neighbours", map[string]any{"id": "220102", "predicate": []string{"eats"}}, `predicate "eats": want partOf,`},
		{"neighbours", map[string]any{"id": "220102", "depth": 7}, "depth 7: want 1 to 6"},
		{"figures", map[string]any{"measure": "size"}, `measure "size": want level, growth, change, rank`},
		{"figures", map[string]any{"from": "last year"}, `period "last year"`},
		{"figures", map[string]any{"subject": "990000"}, "990000"},
		{"compare", map[string]any{"subjects": []string{}, "indicator": "x"}, "subjects"},
		{"compare", map[string]any{"subjects": subjects, "indicator": "x"}, "subjects"},
		{"compare", map[string]any{"subjects": []string{"220102"}, "indicator": "x", "measure": "size"}, `measure "size"`},
		{"evidence", map[string]any{"id": "nobody"}, "evidence: "},
	} {
		if _, wrong := call(t, session, tt.tool, tt.args); !strings.Contains(wrong, tt.want) {
			t.Errorf("%s %v says %q, want %q", tt.tool, tt.args, wrong, tt.want)
		}
	}
}

// broken is a graph that cannot be read.
type broken struct{ Graph }

var errDisk = errors.New("disk gone")

func (broken) Figures(context.Context, graph.FigureQuery) (graph.List[graph.Figure], error) {
	return graph.List[graph.Figure]{}, errDisk
}

func (broken) Run(context.Context, gizmo.Query) (gizmo.Answer, error) {
	return gizmo.Answer{}, errDisk
}

// TestFault tells an agent that there is no answer rather than an empty one.
func TestFault(t *testing.T) {
	session := connect(t, broken{}, broken{})
	for tool, args := range map[string]map[string]any{"figures": {}, "gizmo": {"query": "g.V()"}} {
		if _, wrong := call(t, session, tool, args); wrong != tool+": disk gone" {
			t.Errorf("%s says %q", tool, wrong)
		}
	}
}

// TestRows bounds what a script answers, which may ask for any number of rows.
func TestRows(t *testing.T) {
	g := newGraph(t, many)
	hits, err := g.Search(t.Context(), graph.SearchQuery{Class: schema.Enterprise, Page: graph.Page{Limit: 200}})
	if err != nil {
		t.Fatal(err)
	}
	var all []any
	for _, h := range hits.Items {
		all = append(all, map[string]any{"id": "<" + h.ID + ">"})
	}
	for _, tt := range []struct {
		name            string
		answer          rows
		rows, quotes    int
		truncated, same bool
	}{
		{"nothing", rows{Limit: 20}, 0, 0, false, true},
		{"names and numbers", rows{Rows: []any{"启明", 3.5, nil, "<", "<https://example.org/x>"}, Limit: 20}, 5, 0, false, true},
		{"one thing twice", rows{Rows: []any{all[0], all[0]}, Limit: 20}, 2, 1, false, true},
		{"more than a list holds", rows{Rows: all, Limit: 1000}, MaxLimit, maxQuoted, true, false},
		{"cut by the runner", rows{Rows: all[:1], Limit: 1, Truncated: true}, 1, 1, true, true},
	} {
		got, wrong := call(t, connect(t, g, tt.answer), "gizmo", map[string]any{"query": "g.V()"})
		if wrong != "" {
			t.Errorf("%s: %s", tt.name, wrong)
			continue
		}
		if n := len(got["result"].([]any)); n != tt.rows || got["truncated"] != tt.truncated {
			t.Errorf("%s: %d rows, truncated %v", tt.name, n, got["truncated"])
		}
		if n := len(got["quotes"].(map[string]any)); n != tt.quotes {
			t.Errorf("%s: %d quotes, want %d", tt.name, n, tt.quotes)
		}
		if limit := int(got["limit"].(float64)); (limit == tt.answer.Limit) != tt.same {
			t.Errorf("%s: limit %d", tt.name, limit)
		}
	}
}

func TestThings(t *testing.T) {
	for _, tt := range []struct {
		name string
		rows []any
		want string
	}{
		{"no IRIs", []any{"x", 1.0, nil, true}, ""},
		{"in order, each once", []any{"<b>", "<a>", "<b>"}, "b a"},
		{"within tags, by their names", []any{map[string]any{"to": "<b>", "from": "<a>"}}, "a b"},
		{"within lists", []any{[]any{"<a>", []any{"<b>"}}}, "a b"},
	} {
		if got := strings.Join(things(tt.rows), " "); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
