package api

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"sort"
	"strings"
	"testing"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/memstore"
	cayleyhttp "github.com/cayleygraph/cayley/server/http"
	"github.com/cayleygraph/cayley/writer"
	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/jsonld"
	"github.com/cayleygraph/quad/nquads"
	"github.com/cayleygraph/quad/pquads"

	// The languages of Cayley's own server.
	_ "github.com/cayleygraph/cayley/query/gizmo"
	_ "github.com/cayleygraph/cayley/query/graphql"
	_ "github.com/cayleygraph/cayley/query/mql"

	"github.com/districtkg/districtkg/graph"
	"github.com/districtkg/districtkg/graph/api/auth"
)

// cayleyServer returns Cayley's own server over the quads of a graph.
func cayleyServer(t *testing.T, g Graph) http.Handler {
	t.Helper()
	var all []quad.Quad
	for q, err := range g.Quads(t.Context(), graph.Filter{}) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, q)
	}
	qs := memstore.New(all...)
	w, err := writer.NewSingleReplication(qs, nil)
	if err != nil {
		t.Fatal(err)
	}
	return cayleyhttp.NewAPIv2(&cayley.Handle{QuadStore: qs, QuadWriter: w})
}

// TestAnswersAsCayley sends the same requests to Cayley's own server.
func TestAnswersAsCayley(t *testing.T) {
	s := newServer(t, nil)
	theirs := cayleyServer(t, s.cfg.Graph)
	label := "<http://www.w3.org/2000/01/rdf-schema#label>"
	ns := s.cfg.Graph.IRIs().Vocabulary("")
	entity := "<" + s.cfg.Graph.IRIs().Division("220102") + ">"
	q := url.QueryEscape
	for _, tt := range []struct{ name, method, target, body, accept string }{
		{"gizmo", "POST", "/api/v2/query?lang=gizmo", `g.V("第220102区").in("` + label + `").all()`, ""},
		{"gizmo by GET", "GET", "/api/v2/query?lang=gizmo&qu=" + q(`g.V("第220102区").in("`+label+`").all()`), "", ""},
		{"tags", "POST", "/api/v2/query?lang=gizmo", `g.V("` + entity + `").tag("x").out("<` + ns + `partOf>").all()`, ""},
		{"JSON-LD", "POST", "/api/v2/query?lang=gizmo", `g.V("` + entity + `").out().all()`, "application/ld+json"},
		{"values of all kinds", "POST", "/api/v2/query?lang=gizmo", `g.V().has("<` + ns + `start>").out().getLimit(5000)`, ""},
		{"nothing found", "POST", "/api/v2/query?lang=gizmo", `g.V("nobody").out().all()`, ""},
		{"count", "POST", "/api/v2/query?lang=gizmo", `g.V("` + entity + `").out().count()`, ""},
		{"emit", "POST", "/api/v2/query?lang=gizmo", `g.emit({a: [1, "<b>", true, null, 1.5]})`, ""},
		{"script", "POST", "/api/v2/query?lang=gizmo", `g.V("` + entity + `").out("` + label + `").forEach(function (d) { g.emit(d.id + "!") })`, ""},
		{"graphql", "POST", "/api/v2/query?lang=graphql", `{ nodes(id: ` + entity + `) { id, name: ` + label + ` } }`, ""},
		{"graphql error", "POST", "/api/v2/query?lang=graphql", `{ nodes(`, ""},
		{"mql", "POST", "/api/v2/query?lang=mql", `[{"id": "` + entity + `", "` + label + `": null}]`, ""},
		{"no language", "POST", "/api/v2/query", `g.V().all()`, ""},
		{"unknown language", "POST", "/api/v2/query?lang=sql", `select`, ""},
		{"empty", "POST", "/api/v2/query?lang=gizmo", ``, ""},
		{"wrong", "POST", "/api/v2/query?lang=gizmo", `g.V(`, ""},
		{"read", "GET", "/api/v2/read?sub=" + q(entity), "", ""},
		{"read by two", "GET", "/api/v2/read?sub=" + q(entity) + "&pred=" + q(label), "", ""},
		{"read by list", "GET", "/api/v2/read?obj=" + q("第220102区,第220103区"), "", ""},
		{"read form", "POST", "/api/v2/read", "", ""},
		{"read JSON", "GET", "/api/v2/read?format=json&sub=" + q(entity), "", ""},
		{"read nothing", "GET", "/api/v2/read?sub=nobody", "", ""},
	} {
		var headers []string
		if tt.accept != "" {
			headers = []string{"Accept", tt.accept}
		}
		got, want := ask(t, s, tt.method, tt.target, tt.body, headers...), ask(t, theirs, tt.method, tt.target, tt.body, headers...)
		if status := want.Code; got.Code != status && !(tt.name == "unknown language" && got.Code == http.StatusNotImplemented) {
			t.Errorf("%s: status %d, Cayley's %d: %s", tt.name, got.Code, status, got.Body)
		}
		if want.Code != http.StatusOK || tt.name == "graphql error" {
			if !strings.Contains(got.Body.String(), `error`) {
				t.Errorf("%s: %s, Cayley's %s", tt.name, got.Body, want.Body)
			}
			continue
		}
		if g, w := normal(got.Body.String()), normal(want.Body.String()); g != w {
			t.Errorf("%s: got\n%.800s\nCayley's\n%.800s", tt.name, g, w)
		}
		if g, w := got.Header().Get("Content-Type"), want.Header().Get("Content-Type"); w != "" && w != "text/plain; charset=utf-8" && g != w {
			t.Errorf("%s: as %s, Cayley's %s", tt.name, g, w)
		}
	}
}

// normal brings an answer into a form that does not depend on the order in
// which a store gives quads.
func normal(text string) string {
	var v map[string]any
	if json.Unmarshal([]byte(text), &v) != nil {
		lines := strings.Split(strings.TrimSpace(text), "\n")
		sort.Strings(lines)
		return strings.Join(lines, "\n")
	}
	if rows, ok := v["result"].([]any); ok {
		lines := make([]string, len(rows))
		for i, r := range rows {
			data, _ := json.Marshal(r)
			lines[i] = string(data)
		}
		slices.Sort(lines)
		return strings.Join(lines, "\n")
	}
	data, _ := json.Marshal(v)
	return string(data)
}

// TestBetterThanCayley are the defects that are not copied.
func TestBetterThanCayley(t *testing.T) {
	file, secret := tokens(t, auth.Write)
	s := newServer(t, func(c *Config) { c.Writable, c.Tokens = true, file })
	w := ask(t, s, "POST", "/api/v2/query?lang=gizmo", `g.V().all()`)
	if !strings.Contains(w.Body.String(), `"truncated":true,"limit":100`) || w.Header().Get("X-Result-Truncated") != "true" {
		t.Errorf("a cut is not said: %.200s", w.Body.String()[max(0, w.Body.Len()-200):])
	}
	w = ask(t, s, "POST", "/api/v2/query?lang=gizmo", `g.V("x").all()`+strings.Repeat(" ", 1<<20))
	if w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("a query over its size: %d", w.Code)
	}
	w = ask(t, s, "POST", "/api/v2/query?lang=graphql", `{ nodes(id:<`+s.cfg.Graph.IRIs().Division("220102")+`>) { id } }`)
	if !strings.Contains(w.Body.String(), "division/220102") {
		t.Errorf("graphql without a space: %s", w.Body)
	}
	w = ask(t, s, "POST", "/api/v2/query?lang=gizmo&iris=short", `g.V("第220102区").in("rdfs:label").all()`)
	if !strings.Contains(w.Body.String(), `"id:division/220102"`) {
		t.Errorf("prefixes: %s", w.Body)
	}

	nq := "<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> \"d\" <urn:g> .\n"
	header := []string{"Content-Type", "application/n-quads", "Authorization", secret[auth.Write]}
	if w := ask(t, s, "POST", "/api/v2/write", nq, header...); !strings.Contains(w.Body.String(), `"count":2`) {
		t.Fatalf("write: %s", w.Body)
	}
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	_, _ = zip.Write([]byte(nq[:strings.Index(nq, "\n")+1]))
	_ = zip.Close()
	if w := ask(t, s, "POST", "/api/v2/delete", packed.String(), append(header, "Content-Encoding", "gzip")...); !strings.Contains(w.Body.String(), `"count":1`) {
		t.Errorf("delete packed: %s", w.Body)
	}
	for i, want := range []string{`"count":1`, `"count":0`} {
		if w := ask(t, s, "POST", "/api/v2/node/delete", "<urn:a>", header...); !strings.Contains(w.Body.String(), want) {
			t.Errorf("node delete %d: %s", i, w.Body)
		}
	}
	if w := ask(t, s, "GET", "/api/v2/read?sub=<urn:a>", ""); strings.Contains(w.Body.String(), "urn:") {
		t.Errorf("after deleting: %s", w.Body)
	}
	for name, tt := range map[string][2]string{
		"no quads":       {"application/n-quads", "what"},
		"remote context": {"application/ld+json", `{"@context": "http://127.0.0.1:1/", "@id": "urn:x"}`},
	} {
		if w := ask(t, s, "POST", "/api/v2/write", tt[1], "Content-Type", tt[0], "Authorization", secret[auth.Write]); w.Code != http.StatusBadRequest {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
}

// TestCayleysOwnRequests sends what the tests of Cayley's server and its
// client send: JSON-LD and protocol buffers, both ways.
func TestCayleysOwnRequests(t *testing.T) {
	file, secret := tokens(t, auth.Write)
	s := newServer(t, func(c *Config) { c.Writable, c.Tokens = true, file })
	quads := []quad.Quad{
		quad.MakeIRI("http://example.com/ann", "http://example.com/knows", "http://example.com/ben", ""),
		quad.MakeIRI("http://example.com/ben", "http://example.com/knows", "http://example.com/ann", ""),
	}
	mime := quad.FormatByName("jsonld").Mime[0]
	w := ask(t, s, "POST", "/api/v2/write", inJSONLD(t, quads), "Content-Type", mime, "Authorization", secret[auth.Write])
	if w.Code != 200 || w.Body.String() != `{"result":"Successfully wrote 2 quads.","count":2}`+"\n" {
		t.Errorf("write: %d %s", w.Code, w.Body)
	}
	w = ask(t, s, "GET", "/api/v2/read?pred="+url.QueryEscape("<http://example.com/knows>"), "", "Accept", mime)
	got, err := quad.ReadAll(jsonld.NewReader(w.Body))
	sort.Sort(quad.ByQuadString(got))
	if err != nil || !slices.Equal(got, quads) {
		t.Errorf("read: %v, %v", got, err)
	}
	server := httptest.NewServer(s)
	defer server.Close()
	resp, err := http.Get(server.URL + "/api/v2/read?format=pquads&sub=" + url.QueryEscape("<http://example.com/ann>"))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if got, err := quad.ReadAll(pquads.NewReader(resp.Body, 1<<20)); err != nil || len(got) != 1 {
		t.Errorf("as the client reads: %v, %v", got, err)
	}
	if w := ask(t, s, "POST", "/api/v2/delete", inJSONLD(t, quads), "Content-Type", mime, "Authorization", secret[auth.Write]); w.Code != 200 {
		t.Errorf("delete: %d %s", w.Code, w.Body)
	}
	var formats, rules []map[string]any
	for target, into := range map[string]*[]map[string]any{"/api/v2/formats": &formats, "/api/v2/namespace-rules": &rules} {
		if err := json.Unmarshal(ask(t, s, "GET", target, "").Body.Bytes(), into); err != nil || len(*into) == 0 {
			t.Errorf("%s: %v", target, err)
		}
	}
	all := ask(t, s, "GET", "/api/v2/read", "")
	if got, err := quad.ReadAll(nquads.NewReader(all.Body, false)); err != nil || len(got) < 100 {
		t.Errorf("read all: %d quads, %v", len(got), err)
	}
}

func inJSONLD(t *testing.T, quads []quad.Quad) string {
	t.Helper()
	var b bytes.Buffer
	w := jsonld.NewWriter(&b)
	if _, err := quad.Copy(w, quad.NewReader(quads)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
