package gizmo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/cayley/query"
	cayley "github.com/cayleygraph/cayley/query/gizmo"
	"github.com/cayleygraph/quad"

	"github.com/districtkg/districtkg/graph/store"
	"github.com/districtkg/districtkg/schema"
)

// The test program is its own sandbox child.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == "sandbox-child" {
		if err := RunChild(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

const (
	rdfs = "http://www.w3.org/2000/01/rdf-schema#"
	ns   = "https://w3id.org/districtkg/ns#"
	id   = "https://w3id.org/districtkg/id/"
)

var testPrefixes = Prefixes{"dkg": ns, "rdfs": rdfs, "id": id}

// small is a graph of four people who follow each other, with numbers and names.
func small() []quad.Quad {
	iri := func(s string) quad.IRI { return quad.IRI(s) }
	edge := func(s, p, o, l string) quad.Quad {
		q := quad.Quad{Subject: iri(s), Predicate: iri(p), Object: iri(o)}
		if l != "" {
			q.Label = iri(l)
		}
		return q
	}
	return []quad.Quad{
		edge("a", "follows", "b", ""), edge("b", "follows", "c", ""), edge("c", "follows", "b", ""),
		edge("c", "follows", "d", "one"), edge("d", "follows", "b", "two"), edge("d", "follows", "g", ""),
		edge(id+"division/220102", ns+"partOf", id+"division/2201", "one"),
		{Subject: iri(id + "division/220102"), Predicate: iri(rdfs + "label"), Object: quad.String("南关区")},
		{Subject: iri("a"), Predicate: iri("age"), Object: quad.Int(30)},
		{Subject: iri("b"), Predicate: iri("age"), Object: quad.Int(41)},
		{Subject: iri("b"), Predicate: iri("status"), Object: quad.String("cool")},
		{Subject: iri("d"), Predicate: iri("status"), Object: quad.String("cool"), Label: iri("one")},
		{Subject: iri("g"), Predicate: iri("status"), Object: quad.String("calm")},
		{Subject: iri("g"), Predicate: iri("note"), Object: quad.LangString{Value: "好", Lang: "zh"}},
	}
}

func newRunner(t testing.TB, quads []quad.Quad, limits Limits) *Runner {
	t.Helper()
	sandbox := NewSandbox(os.Args[0], "sandbox-child")
	t.Cleanup(func() { _ = sandbox.Close() })
	return New(storeOf{memstore.New(quads...)}, testPrefixes, limits, sandbox)
}

type storeOf struct{ qs graph.QuadStore }

func (s storeOf) QuadStore() graph.QuadStore { return s.qs }

// cayleyRows runs a query in Cayley's own session, as its HTTP server does.
func cayleyRows(t *testing.T, quads []quad.Quad, text string) ([]any, error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	it, err := cayley.NewSession(memstore.New(quads...)).Execute(ctx, text, query.Options{Collation: query.JSON, Limit: 100})
	if err != nil {
		return nil, err
	}
	defer it.Close()
	var out []any
	for it.Next(ctx) {
		out = append(out, it.Result())
	}
	return out, it.Err()
}

// asSet returns the rows in JSON, sorted: stores may give them in any order.
func asSet(t *testing.T, rows []any) string {
	t.Helper()
	lines := []string{}
	for _, r := range rows {
		data, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, string(data))
	}
	sort.Strings(lines)
	return strings.Join(lines, "\n")
}

// sameAsCayley are queries whose answers must be those of Cayley's session.
var sameAsCayley = []struct{ name, text string }{
	{"vertex", `g.V("<a>").all()`},
	{"old capitals", `g.V("<a>").Out("<follows>").All()`},
	{"all nodes", `g.V().all()`},
	{"several", `g.V("<a>", "<b>", "<c>").all()`},
	{"limit of its own", `g.V().order().getLimit(3)`},
	{"iri", `g.V(iri("a")).out(iri("follows")).all()`},
	{"graph and vertex", `graph.Vertex("<a>").Out().All()`},
	{"out of any", `g.V("<b>").out().all()`},
	{"in", `g.V("<b>").in("<follows>").all()`},
	{"both", `g.V("<c>").both("<follows>").all()`},
	{"predicates as list with tag", `g.V("<b>").out(["<follows>", "<status>"], "pred").all()`},
	{"predicate as path", `g.V("<b>").out(g.V("<follows>"), "p").all()`},
	{"null predicate", `g.V("<b>").out(null, "p").all()`},
	{"is", `g.V("<a>").out("<follows>").is("<b>", "<c>").all()`},
	{"has", `g.V().has("<follows>", "<b>").all()`},
	{"has without object", `g.V().has("<status>").all()`},
	{"hasR", `g.V().hasR("<follows>", "<d>").all()`},
	{"has with filter", `g.V().has("<age>", gt(35)).all()`},
	{"filter", `g.V().filter(gte(30), lt(41)).all()`},
	{"regex", `g.V().filter(regex("^c[ao]")).all()`},
	{"regex on iris", `g.V().filter(regex("^[ab]$", true)).all()`},
	{"like", `g.V().filter(like("c%l")).all()`},
	{"tag and back", `g.V("<a>").tag("start").out("<follows>").out("<follows>").tag("x").back("start").all()`},
	{"several tags", `g.V("<a>").tag("x", "y").all()`},
	{"save", `g.V("<b>","<d>").save("<status>", "s").all()`},
	{"save without tag", `g.V("<b>").save("<status>").all()`},
	{"saveR", `g.V("<d>").saveR("<follows>", "who").all()`},
	{"saveOpt", `g.V("<a>","<b>").saveOpt("<status>", "s").all()`},
	{"saveOptR", `g.V("<a>","<b>").saveOptR("<follows>", "s").all()`},
	{"morphism", `var m = g.M().out("<follows>").out("<follows>")
		g.V("<a>").follow(m).all()`},
	{"morphism back", `var m = g.Morphism().out("<follows>"); g.V("<b>").followR(m).all()`},
	{"recursive", `g.V("<a>").followRecursive("<follows>").all()`},
	{"recursive with depth and tag", `g.V("<a>").followRecursive(g.M().out("<follows>"), 2, "depth").all()`},
	{"and", `g.V("<d>").out("<follows>").and(g.V("<a>").out("<follows>")).all()`},
	{"intersect", `g.V("<d>").out("<follows>").intersect(g.V("<c>").out("<follows>")).all()`},
	{"or", `g.V("<d>").out("<follows>").or(g.V("<c>").out("<follows>")).all()`},
	{"except", `g.V("<d>").out("<follows>").except(g.V("<b>")).all()`},
	{"difference", `g.V("<d>").out("<follows>").difference(g.V("<b>")).all()`},
	{"unique", `g.V("<a>","<c>","<d>").out("<follows>").unique().all()`},
	{"order, skip, limit", `g.V().order().skip(2).limit(3).all()`},
	{"labels", `g.V("<d>").labels().all()`},
	{"label context", `g.V("<d>").labelContext("<two>").out("<follows>").all()`},
	{"label context of none", `g.V("<d>").labelContext("<two>").labelContext(null).out("<follows>").all()`},
	{"in predicates", `g.V("<b>").inPredicates().all()`},
	{"out predicates", `g.V("<b>").outPredicates().all()`},
	{"save in predicates", `g.V("<b>").saveInPredicates("p").all()`},
	{"save out predicates", `g.V("<b>").saveOutPredicates("p").all()`},
	{"number as node", `g.V(30).in("<age>").all()`},
	{"str and lang", `g.V(str("cool"), lang("好", "zh")).in().all()`},
	{"count as value", `g.V().count()`},
	{"count emitted", `g.emit(g.V("<b>").in("<follows>").count())`},
	{"array emitted", `g.emit(g.V("<b>").in("<follows>").order().toArray())`},
	{"array cut", `g.emit(g.V("<b>").in("<follows>").order().toArray(1))`},
	{"tag array", `g.emit(g.V("<b>").tag("x").out("<status>").tagArray())`},
	{"value", `g.emit(g.V("<b>").out("<status>").toValue())`},
	{"tag value", `g.emit(g.V("<b>").tag("x").out("<status>").tagValue())`},
	{"namespace", `g.addNamespace("d", "https://w3id.org/districtkg/id/"); g.V(g.IRI("d:division/220102")).out().all()`},
	{"path without final", `g.V("<a>")`},
	{"two finals", `g.V("<a>").all(); g.V("<b>").all()`},
	{"comments and quotes", "// one\ng.V('<a>') /* two */ .out('\\u003cfollows>').all();;"},
	{"each", `g.V("<b>").in("<follows>").forEach(function(d) { g.emit({who: d.id}) })`},
	{"each with limit", `g.V("<b>").in("<follows>").order().forEach(1, function(d) { g.emit(d.id) })`},
	{"map", `g.V("<a>").map(function(d) { g.emit(d) })`},
	{"loop", `var p = g.V("<a>"); for (var i = 0; i < 3; i++) { p = p.out("<follows>") }; p.all()`},
	{"function", `function f(x) { return g.V(x).out("<follows>") }; f("<a>").all(); f("<c>").tag("t").all()`},
	{"array in script", `var ids = g.V("<b>").in("<follows>").toArray(); ids.sort(); for (var i in ids) g.emit(ids[i] + "!")`},
	{"number in script", `g.emit(g.V("<b>").in("<follows>").count() + 1)`},
	{"value of a script", `1 + 1`},
	{"values in script", `var age = {min: 35}; g.V().has("<age>", gt(age.min)).all(); g.emit(iri("x"))`},
	{"condition", `if (g.V("<a>").out("<status>").count() == 0) { g.V("<b>").all() } else { g.V("<c>").all() }`},
	{"namespace in script", `var ns = ["d", "https://w3id.org/districtkg/id/"]; g.addNamespace(ns[0], ns[1]); g.V(g.IRI("d:division/220102")).out().all(); if (1) {}`},
}

func TestSameAsCayley(t *testing.T) {
	for name, qs := range map[string]graph.QuadStore{"memstore": memstore.New(small()...), "pebble": pebbleOf(t, small())} {
		sandbox := NewSandbox(os.Args[0], "sandbox-child")
		t.Cleanup(func() { _ = sandbox.Close() })
		r := New(storeOf{qs}, testPrefixes, Limits{}, sandbox)
		for _, tt := range sameAsCayley {
			t.Run(name+"/"+tt.name, func(t *testing.T) {
				want, err := cayleyRows(t, small(), tt.text)
				if err != nil {
					t.Fatalf("Cayley: %v", err)
				}
				got, err := r.Run(t.Context(), Query{Lang: "gizmo", Text: tt.text})
				if err != nil {
					t.Fatal(err)
				}
				if g, w := asSet(t, got.Rows), asSet(t, want); g != w {
					t.Errorf("as %s, got\n%s\nwant\n%s", got.Kind, g, w)
				}
				if got.Truncated {
					t.Error("said to be cut")
				}
			})
		}
	}
}

// pebbleOf returns a store on disk that holds the quads.
func pebbleOf(t *testing.T, quads []quad.Quad) graph.QuadStore {
	t.Helper()
	s, err := store.Open(filepath.Join(t.TempDir(), "db"), store.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	load := func(yield func(quad.Quad, error) bool) {
		for _, q := range quads {
			if !yield(q, nil) {
				return
			}
		}
	}
	if _, err := s.BulkLoad(t.Context(), load); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestScriptsRunAlike runs each path script in the child too.
func TestScriptsRunAlike(t *testing.T) {
	r := newRunner(t, small(), Limits{})
	for _, tt := range sameAsCayley {
		if (Query{Lang: "gizmo", Text: tt.text}).Kind() != Path {
			continue
		}
		want, err := r.Run(t.Context(), Query{Lang: "gizmo", Text: tt.text, Values: true})
		if err != nil {
			t.Fatal(err)
		}
		got, err := r.Run(t.Context(), Query{Lang: "gizmo", Text: "if (true) {}\n" + tt.text, Values: true})
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if g, w := asSet(t, got.Rows), asSet(t, want.Rows); g != w || got.Kind != Script {
			t.Errorf("%s as %s: got\n%s\nwant\n%s", tt.name, got.Kind, g, w)
		}
	}
}

func TestPrefixes(t *testing.T) {
	r := newRunner(t, small(), Limits{})
	for _, tt := range []struct{ name, lang, text, want string }{
		{"plain name", "gizmo", `g.V("南关区").in("rdfs:label").all()`, `{"id":"<` + id + `division/220102>"}`},
		{"in brackets", "gizmo", `g.V("南关区").in("<rdfs:label>").all()`, `{"id":"<` + id + `division/220102>"}`},
		{"in a variable", "gizmo", `var p = "rdfs:label"; g.V("南关区").in(p).all()`, `{"id":"<` + id + `division/220102>"}`},
		{"iri()", "gizmo", `g.V(iri("id:division/220102")).out(iri("dkg:partOf")).all()`, `{"id":"<` + id + `division/2201>"}`},
		{"list", "gizmo", `g.V("id:division/220102").out(["dkg:partOf", "dkg:other"]).all()`, `{"id":"<` + id + `division/2201>"}`},
		{"not in tags", "gizmo", `g.V("<a>").tag("rdfs:x").all()`, `{"id":"<a>","rdfs:x":"<a>"}`},
		{"not in str()", "gizmo", `g.V(str("rdfs:label")).all()`, ``},
		{"in a script", "gizmo", `["南关区"].forEach(function (n) { g.V(n).in("rdfs:label").all() })`, `{"id":"<` + id + `division/220102>"}`},
		{"mql", "mql", `[{"id": null, "rdfs:label": "南关区"}]`, `{"\u003c` + rdfs + `label\u003e":"南关区","id":"\u003c` + id + `division/220102\u003e"}`},
		{"graphql", "graphql", `{ nodes(id:<` + id + `division/220102>, rdfs:label: "南关区") { id, dkg:partOf } }`, ""},
	} {
		got, err := r.Run(t.Context(), Query{Lang: tt.lang, Text: tt.text})
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if tt.lang == "graphql" {
			if text := asSet(t, got.Rows); !strings.Contains(text, "division/2201\"") {
				t.Errorf("%s: %s", tt.name, text)
			}
			continue
		}
		if g := unescape(asSet(t, got.Rows)); g != unescape(tt.want) {
			t.Errorf("%s: got %s, want %s", tt.name, g, tt.want)
		}
	}
	short, err := r.Run(t.Context(), Query{Lang: "gizmo", Text: `g.V("南关区").in("rdfs:label", "by").all()`, Short: true})
	if err != nil || asSet(t, short.Rows) != `{"by":"rdfs:label","id":"id:division/220102"}` {
		t.Errorf("short: %v, %s", err, asSet(t, short.Rows))
	}
}

func unescape(s string) string {
	return strings.NewReplacer(`\u003c`, "<", `\u003e`, ">").Replace(s)
}

func TestLimitsAreSaid(t *testing.T) {
	r := newRunner(t, small(), Limits{Rows: 12})
	for _, tt := range []struct {
		name, text string
		limit      int
		rows       int
		truncated  bool
	}{
		{"below", `g.V().getLimit(5)`, 3, 5, false},
		{"cut", `g.V().all()`, 3, 3, true},
		{"just enough", `g.V("<b>").in("<follows>").all()`, 3, 3, false},
		{"over the server's", `g.V().getLimit(1000)`, 0, 12, true},
		{"unlimited", `g.V().getLimit(-1)`, 0, 12, true},
		{"emit", `for (var i = 0; i < 9; i++) g.emit(i)`, 4, 4, true},
		{"emit just enough", `for (var i = 0; i < 4; i++) g.emit(i)`, 4, 4, false},
		{"script", `if (1) g.V().all()`, 3, 3, true},
	} {
		got, err := r.Run(t.Context(), Query{Lang: "gizmo", Text: tt.text, Limit: tt.limit})
		if err != nil || len(got.Rows) != tt.rows || got.Truncated != tt.truncated {
			t.Errorf("%s: %d rows, truncated %v, error %v", tt.name, len(got.Rows), got.Truncated, err)
		}
	}
}

func TestRefusals(t *testing.T) {
	r := newRunner(t, small(), Limits{QueryBytes: 4000})
	double := "var p0 = g.V().out();"
	for i := range 40 {
		double += fmt.Sprintf("var p%d = p%d.and(p%d);", i+1, i, i)
	}
	for _, tt := range []struct {
		name, lang, text string
		want             error
	}{
		{"empty", "gizmo", "", schema.ErrInvalid},
		{"too long", "gizmo", strings.Repeat(" ", 4001), schema.ErrTooLarge},
		{"unknown language", "sql", "select 1", schema.ErrUnsupported},
		{"syntax", "gizmo", `g.V(`, schema.ErrInvalid},
		{"nesting", "gizmo", strings.Repeat("(", 1000), schema.ErrInvalid},
		{"nesting of graphql", "graphql", strings.Repeat("{a", 1000), schema.ErrInvalid},
		{"unknown method", "gizmo", `g.V().nothing()`, schema.ErrInvalid},
		{"thrown", "gizmo", `throw new Error("x")`, schema.ErrInvalid},
		{"wrong argument in script", "gizmo", `if (1) g.V().tag(1).all()`, schema.ErrInvalid},
		{"wrong argument", "gizmo", `g.V().tag(1).all()`, schema.ErrInvalid},
		{"wrong filter", "gizmo", `g.V().filter("x").all()`, schema.ErrInvalid},
		{"bad regex", "gizmo", `g.V().filter(regex("(")).all()`, schema.ErrInvalid},
		{"path that doubles", "gizmo", double + "p40.all()", schema.ErrInvalid},
		{"method of nothing", "gizmo", `var x = null; x.all()`, schema.ErrInvalid},
		{"graphql syntax", "graphql", `{`, schema.ErrInvalid},
		{"mql syntax", "mql", `[`, schema.ErrInvalid},
		{"recursion", "gizmo", `function f() { f() }; f()`, schema.ErrInvalid},
	} {
		if _, err := r.Run(t.Context(), Query{Lang: tt.lang, Text: tt.text}); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
}

func TestWithoutSandbox(t *testing.T) {
	r := New(storeOf{memstore.New(small()...)}, testPrefixes, Limits{}, nil)
	if _, err := r.Run(t.Context(), Query{Lang: "gizmo", Text: `1 + 1`}); !errors.Is(err, schema.ErrUnsupported) {
		t.Error(err)
	}
	if got, err := r.Run(t.Context(), Query{Lang: "gizmo", Text: `g.V().all()`}); err != nil || len(got.Rows) == 0 {
		t.Error(err)
	}
}

func TestWritesAreRefused(t *testing.T) {
	qs := newGuard(memstore.New(small()...), &meter{ctx: t.Context(), maxBytes: 1 << 20})
	if err := qs.ApplyDeltas(nil, graph.IgnoreOpts{}); !errors.Is(err, schema.ErrReadOnly) {
		t.Error(err)
	}
	if _, err := qs.NewQuadWriter(); !errors.Is(err, schema.ErrReadOnly) {
		t.Error(err)
	}
}
