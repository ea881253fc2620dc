package api

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/districtkg/districtkg/graph"
	"github.com/districtkg/districtkg/graph/api/auth"
	"github.com/districtkg/districtkg/graph/api/gizmo"
	"github.com/districtkg/districtkg/graph/quads/quadstest"
	"github.com/districtkg/districtkg/graph/search"
	"github.com/districtkg/districtkg/schema"
)

// The test program is its own sandbox child.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == "sandbox-child" {
		if err := gizmo.RunChild(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	if len(os.Args) == 5 && os.Args[1] == "bench-server" { // see TestLoad
		docs, err := strconv.Atoi(os.Args[4])
		if err == nil {
			err = benchServer(os.Args[2], os.Args[3], docs)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// newGraph returns a graph of three districts in two years.
func newGraph(t testing.TB) *graph.Graph {
	t.Helper()
	g, err := graph.Open(t.Context(), "mem:", graph.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = g.Close() })
	_, err = g.Build(t.Context(), func(yield func(*schema.Facts, error) bool) {
		for d := range 3 {
			for _, y := range []int{2022, 2023} {
				if !yield(quadstest.Bulletin(d, y, quadstest.Small), nil) {
					return
				}
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// testPage stands for the web page, which answers every path.
var testPage = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = io.WriteString(w, "<!doctype html><title>page</title>")
})

// newServer returns a server of the small graph.
func newServer(t testing.TB, change func(*Config)) *Server {
	t.Helper()
	g := newGraph(t)
	index, err := search.Open("", g)
	if err != nil {
		t.Fatal(err)
	}
	sandbox := gizmo.NewSandbox(os.Args[0], "sandbox-child")
	t.Cleanup(func() {
		_ = sandbox.Close()
		_ = index.Close()
	})
	cfg := Config{Graph: g, Sentences: index, Page: testPage, Sandbox: sandbox, Version: "test", Limits: Limits{Rate: -1}}
	if change != nil {
		change(&cfg)
	}
	s, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// ask sends a request; headers are names and values in turn.
func ask(t testing.TB, h http.Handler, method, target, body string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// inPath makes an id one segment of a path.
func inPath(id string) string { return strings.ReplaceAll(url.QueryEscape(id), "+", "%20") }

// anIDs returns ids of things of the small graph by kind.
func someIDs(t testing.TB, g Graph) map[string]string {
	t.Helper()
	figures, err := g.Figures(t.Context(), graph.FigureQuery{})
	if err != nil || len(figures.Items) == 0 {
		t.Fatal("no figures: ", err)
	}
	companies, err := g.Search(t.Context(), graph.SearchQuery{Class: schema.Enterprise})
	if err != nil || len(companies.Items) == 0 {
		t.Fatal("no enterprises: ", err)
	}
	relations, err := g.Relations(t.Context(), graph.RelationQuery{Entity: companies.Items[0].ID})
	if err != nil || len(relations.Items) == 0 {
		t.Fatal("no relations: ", err)
	}
	return map[string]string{
		"figure": figures.Items[0].ID, "indicator": figures.Items[0].Indicator.ID, "subject": figures.Items[0].Subject.ID,
		"document": figures.Items[0].Evidence.Document.ID, "enterprise": companies.Items[0].ID, "name": companies.Items[0].Name,
		"statement": relations.Items[0].ID, "object": relations.Items[0].Object.ID, "predicate": string(relations.Items[0].Predicate),
		"source": relations.Items[0].Subject.ID,
	}
}

func TestRoutes(t *testing.T) {
	s := newServer(t, nil)
	id := someIDs(t, s.cfg.Graph)
	q := url.QueryEscape
	for _, tt := range []struct {
		name, target string
		status       int
		want         string // in the answer
	}{
		{"search", "/api/v1/entities?q=" + q("启明"), 200, `"match"`},
		{"search by class", "/api/v1/entities?class=Division&limit=2", 200, `"next"`},
		{"search of unknown class", "/api/v1/entities?class=Planet", 400, `"code":"invalid"`},
		{"search in a division", "/api/v1/entities?division=220102&class=Enterprise", 200, `"total":4`},
		{"card", "/api/v1/entities/" + inPath(id["enterprise"]), 200, `"relations":{"items":[{`},
		{"card by short id", "/api/v1/entities/" + inPath("division/220102"), 200, `第220102区`},
		{"no card", "/api/v1/entities/nobody", 404, `"code":"not_found"`},
		{"relations", "/api/v1/entities/" + inPath(id["enterprise"]) + "/relations?predicate=settledIn", 200, `"quote"`},
		{"relations of unknown predicate", "/api/v1/entities/x/relations?predicate=likes", 400, `invalid predicate`},
		{"mentions", "/api/v1/entities/" + inPath(id["enterprise"]) + "/mentions", 200, `"document"`},
		{"neighbours", "/api/v1/entities/220102/neighbours?depth=2&limit=3", 200, `"total"`},
		{"neighbours too far", "/api/v1/entities/220102/neighbours?depth=9", 422, `query.depth`},
		{"paths", "/api/v1/paths?from=220102&to=" + q(id["enterprise"]), 200, `"nodes":[`},
		{"paths from nowhere", "/api/v1/paths?to=220102", 422, `query.from`},
		{"edge", "/api/v1/edges?source=" + q(id["source"]) + "&predicate=" + id["predicate"] + "&target=" + q(id["object"]), 200, `"evidence"`},
		{"figures", "/api/v1/figures?subject=220102&from=2022&to=2023&measure=level", 200, `"value":`},
		{"figures of a wrong measure", "/api/v1/figures?measure=size", 422, `query.measure`},
		{"figures as CSV", "/api/v1/figures.csv?subject=220102", 200, "id,subject,subject_id,"},
		{"figure", "/api/v1/figures/" + inPath(id["figure"]), 200, `"printed"`},
		{"indicators", "/api/v1/indicators", 200, `"units"`},
		{"series", "/api/v1/series?subject=220102&indicator=" + q(id["indicator"]), 200, `"points":[{"period":"2022"`},
		{"series of nobody", "/api/v1/series?subject=nobody&indicator=" + q(id["indicator"]), 404, `not_found`},
		{"compare", "/api/v1/compare?subject=220102&subject=220103&indicator=" + q(id["indicator"]), 200, `"rows":[{`},
		{"compare as CSV", "/api/v1/compare.csv?subject=220102&subject=220103&indicator=" + q(id["indicator"]), 200, "2022,2022 unit,2022 quote"},
		{"documents", "/api/v1/documents?division=220102&kind=statistical_bulletin", 200, `"sha256"`},
		{"document", "/api/v1/documents/" + inPath(id["document"]), 200, `"mentionList":[{`},
		{"evidence of a statement", "/api/v1/evidence/" + inPath(id["statement"]), 200, `"quote"`},
		{"evidence of a figure", "/api/v1/evidence/" + inPath(id["figure"]), 200, `"figures":[{`},
		{"sentences", "/api/v1/sentences?q=" + q("落户"), 200, `"marks":[{`},
		{"sentences of a city", "/api/v1/sentences?division=220100&q=" + q("落户"), 200, `"total"`},
		{"sentences without words", "/api/v1/sentences?q=", 422, `query.q`},
		{"stats", "/api/v1/stats", 200, `"documents":6`},
		{"schema", "/api/v1/schema", 200, `"zh":"落户"`},
		{"formats", "/api/v1/formats", 200, `"turtle"`},
		{"export", "/api/v1/export?format=nquads&document=" + q(id["document"]), 200, "<" + id["document"] + "> .\n"},
		{"export of unknown format", "/api/v1/export?format=docx", 400, `invalid format`},
		{"export of no document", "/api/v1/export?document=nothing", 404, `not_found`},
		{"gizmo", "/api/v1/gizmo?query=" + q(`g.V("第220102区").in("rdfs:label").all()`), 200, `division/220102>"}],"truncated":false`},
		{"gizmo cut", "/api/v1/gizmo?limit=5&query=" + q(`g.V().all()`), 200, `"truncated":true,"limit":5`},
		{"gizmo in short", "/api/v1/gizmo?iris=short&query=" + q(`g.V("第220102区").in("rdfs:label").all()`), 200, `"id":"id:division/220102"`},
		{"gizmo count", "/api/v1/gizmo?query=" + q(`g.V("第220102区").count()`), 200, `"result":[1]`},
		{"gizmo script", "/api/v1/gizmo?query=" + q(`for (var i = 0; i < 2; i++) g.emit(i)`), 200, `"result":[0,1]`},
		{"gizmo wrong", "/api/v1/gizmo?query=" + q(`g.V(`), 400, `"code":"invalid"`},
		{"description", "/openapi.json", 200, `"openapi":"3.1.0"`},
		{"description in YAML", "/openapi.yaml", 200, "openapi: 3.1.0"},
		{"docs", "/docs", 200, "<title>districtkg API"},
		{"healthy", "/healthz", 200, "ok"},
		{"ready", "/readyz", 200, "ok"},
		{"metrics", "/metrics", 200, "districtkg_request_seconds"},
		{"page", "/", 200, "<title>page"},
		{"no route of the API", "/api/v1/nothing", 404, `not_found`},
		{"path of the page", "/entity/x", 200, "<title>page"},
		{"ontology", "/ns", 200, "rdfs:"},
		{"shapes", "/shapes", 200, "sh:"},
		{"bytes that are no text", "/api/v1/entities?q=%ff%fe", 400, `"code":"invalid"`},
		{"NUL", "/api/v1/entities?q=%00", 400, `"code":"invalid"`},
		{"broken escape", "/api/v1/entities?q=%zz", 400, `"code":"invalid"`},
	} {
		w := ask(t, s, "GET", tt.target, "")
		if w.Code != tt.status || !strings.Contains(w.Body.String(), tt.want) {
			t.Errorf("%s: %s is %d %.600s\nwant %d %s", tt.name, tt.target, w.Code, w.Body, tt.status, tt.want)
		}
		if w.Code >= 400 && w.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: error as %s", tt.name, w.Header().Get("Content-Type"))
		}
	}
}

// TestProblem checks every field of an error.
func TestProblem(t *testing.T) {
	s := newServer(t, nil)
	w := ask(t, s, "GET", "/api/v1/entities/nobody", "", "X-Request-Id", "asked-by-me")
	var p Problem
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
		t.Fatal(err)
	}
	if p.Status != 404 || p.Code != "not_found" || p.Title != "Not Found" || p.Detail == "" || p.Instance != "asked-by-me" || p.Type != "about:blank" {
		t.Errorf("%+v", p)
	}
	if got := w.Header().Get("X-Request-Id"); got != "asked-by-me" {
		t.Errorf("request id %q", got)
	}
	if w := ask(t, s, "GET", "/healthz", "", "X-Request-Id", "evil\"id"); w.Header().Get("X-Request-Id") == "evil\"id" {
		t.Error("any request id is taken")
	}
	if w := ask(t, s, "PATCH", "/api/v1/stats", ""); w.Code != 405 || !strings.Contains(w.Body.String(), `"code":"method"`) {
		t.Errorf("PATCH: %d %s", w.Code, w.Body)
	}
}

func TestConditionalAndPacked(t *testing.T) {
	s := newServer(t, nil)
	w := ask(t, s, "GET", "/api/v1/stats", "")
	tag := w.Header().Get("ETag")
	if tag == "" || w.Code != 200 {
		t.Fatalf("%d, ETag %q", w.Code, tag)
	}
	if w := ask(t, s, "GET", "/api/v1/stats", "", "If-None-Match", `"x", `+tag); w.Code != 304 || w.Body.Len() != 0 {
		t.Errorf("with its tag: %d", w.Code)
	}
	if _, err := s.cfg.Graph.(*graph.Graph).AddDocument(t.Context(), quadstest.Bulletin(5, 2024, quadstest.Small)); err != nil {
		t.Fatal(err)
	}
	if w := ask(t, s, "GET", "/api/v1/stats", "", "If-None-Match", tag); w.Code != 200 {
		t.Errorf("after a change: %d", w.Code)
	}
	w = ask(t, s, "GET", "/openapi.json", "", "Accept-Encoding", "gzip")
	if w.Header().Get("Content-Encoding") != "gzip" {
		t.Fatal("not packed")
	}
	r, err := gzip.NewReader(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	if text, err := io.ReadAll(r); err != nil || !bytes.Contains(text, []byte("/api/v1/stats")) {
		t.Errorf("unpacked: %v", err)
	}
	if w := ask(t, s, "HEAD", "/api/v1/stats", ""); w.Code != 200 {
		t.Errorf("HEAD: %d", w.Code)
	}
}

// TestKeptAnswers checks that an answer that was kept is the same, and is not
// given after the graph has changed or to another request.
func TestKeptAnswers(t *testing.T) {
	s := newServer(t, nil)
	first := ask(t, s, "GET", "/api/v1/figures?limit=3", "", "Accept", "text/csv")
	again := ask(t, s, "GET", "/api/v1/figures?limit=3", "", "Accept", "text/csv")
	if first.Body.String() != again.Body.String() || again.Header().Get("X-Next-Cursor") == "" || again.Header().Get("Content-Type") != first.Header().Get("Content-Type") {
		t.Errorf("%v\n%v", first.Header(), again.Header())
	}
	if w := ask(t, s, "GET", "/api/v1/figures?limit=3", ""); w.Header().Get("Content-Type") != "application/json" {
		t.Errorf("in JSON: %s", w.Header().Get("Content-Type"))
	}
	before := ask(t, s, "GET", "/api/v1/stats", "").Body.String()
	if _, err := s.cfg.Graph.(*graph.Graph).AddDocument(t.Context(), quadstest.Bulletin(5, 2024, quadstest.Small)); err != nil {
		t.Fatal(err)
	}
	if after := ask(t, s, "GET", "/api/v1/stats", "").Body.String(); after == before {
		t.Error("an old answer was given for the new graph")
	}
	if w := ask(t, s, "GET", "/api/v1/entities/nobody", ""); w.Code != 404 || ask(t, s, "GET", "/api/v1/entities/nobody", "").Code != 404 {
		t.Error("an error was kept")
	}
	kept := newAnswers()
	kept.most = 10_000
	kept.get(1, "")
	for i := range 100 {
		kept.put(1, &answer{key: strconv.Itoa(i), body: make([]byte, 1000)})
	}
	if kept.bytes > kept.most || kept.get(1, "99") == nil || kept.get(1, "0") != nil || len(kept.byKey) != kept.order.Len() {
		t.Errorf("%d bytes, %d answers", kept.bytes, len(kept.byKey))
	}
}

func TestCSVByAccept(t *testing.T) {
	s := newServer(t, nil)
	w := ask(t, s, "GET", "/api/v1/figures?limit=3", "", "Accept", "text/csv")
	lines := strings.Split(strings.TrimSpace(w.Body.String()), "\r\n")
	if !strings.HasPrefix(w.Header().Get("Content-Type"), "text/csv") || len(lines) < 4 {
		t.Errorf("%s, %d lines", w.Header().Get("Content-Type"), len(lines))
	}
	if w.Header().Get("X-Next-Cursor") == "" || w.Header().Get("X-Total-Count") == "" {
		t.Errorf("no cursor or total in %v", w.Header())
	}
}

// TestPages follows the cursors of every list.
func TestPages(t *testing.T) {
	s := newServer(t, nil)
	for _, list := range []string{"/api/v1/entities?limit=3", "/api/v1/figures?limit=7", "/api/v1/documents?limit=4", "/api/v1/indicators?limit=2",
		"/api/v1/sentences?limit=5&q=" + url.QueryEscape("落户"), "/api/v1/entities/220102/relations?limit=2", "/api/v1/entities/220102/mentions?limit=2"} {
		seen, total := 0, -1
		for cursor := ""; ; {
			w := ask(t, s, "GET", list+"&cursor="+url.QueryEscape(cursor), "")
			var page graph.List[json.RawMessage]
			if err := json.Unmarshal(w.Body.Bytes(), &page); err != nil || w.Code != 200 {
				t.Fatalf("%s: %d %v", list, w.Code, err)
			}
			seen, total = seen+len(page.Items), page.Total
			if cursor = page.Next; cursor == "" {
				break
			}
		}
		if seen != total || total == 0 {
			t.Errorf("%s: pages have %d of %d", list, seen, total)
		}
	}
}

func TestLinkedData(t *testing.T) {
	s := newServer(t, nil)
	g := s.cfg.Graph
	id := someIDs(t, g)
	for _, tt := range []struct{ name, accept, media, want string }{
		{"turtle", "text/turtle", "text/turtle; charset=utf-8", "@prefix"},
		{"JSON-LD", "application/ld+json", "application/ld+json", "@context"},
		{"N-Quads", "application/n-quads", "application/n-quads", " .\n"},
		{"best", "application/n-quads;q=0.2, text/turtle;q=0.9, text/html;q=0.5", "text/turtle; charset=utf-8", "@prefix"},
		{"browser", "text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8", "<title>page"},
		{"anything", "*/*", "text/turtle; charset=utf-8", "@prefix"},
		{"no header", "", "text/turtle; charset=utf-8", "@prefix"},
		{"unknown", "image/png", "application/problem+json", "not_acceptable"},
	} {
		for kind, iri := range map[string]string{"enterprise": id["enterprise"], "document": id["document"], "figure": id["figure"], "division": g.IRIs().Division("220102")} {
			path := strings.TrimPrefix(iri, g.IRIs().Base)
			for _, root := range []string{"/", "/districtkg/"} {
				w := ask(t, s, "GET", (&url.URL{Path: root}).String()+asSent(path), "", "Accept", tt.accept)
				if w.Header().Get("Content-Type") != tt.media || !strings.Contains(w.Body.String(), tt.want) {
					t.Errorf("%s of a %s at %s%s: %d %s %.300s", tt.name, kind, root, path, w.Code, w.Header().Get("Content-Type"), w.Body)
				}
			}
		}
	}
	if w := ask(t, s, "GET", "/id/enterprise/cn/nobody", "", "Accept", "text/turtle"); w.Code != 404 {
		t.Errorf("an IRI that is not there: %d", w.Code)
	}
}

// asSent escapes an IRI's path as clients do: its escapes stay, what is not ASCII is escaped.
func asSent(path string) string {
	var b strings.Builder
	for _, c := range []byte(path) {
		if c < 0x80 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

func tokens(t *testing.T, scopes ...auth.Scope) (*auth.File, map[auth.Scope]string) {
	t.Helper()
	secrets := map[auth.Scope]string{}
	var lines []string
	for _, scope := range scopes {
		tok, secret, err := auth.New(string(scope), []auth.Scope{scope}, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		secrets[scope] = "Bearer " + secret
		lines = append(lines, tok.String())
	}
	path := filepath.Join(t.TempDir(), "tokens")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := auth.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return file, secrets
}

func TestWhoMayDoWhat(t *testing.T) {
	file, secret := tokens(t, auth.Read, auth.Write, auth.Admin)
	quad := `<https://example.org/a> <https://example.org/b> "c" .`
	for _, tt := range []struct {
		name              string
		writable, private bool
		method, target    string
		token             string
		want              int
	}{
		{"read-only", false, false, "POST", "/api/v2/write", secret[auth.Write], 403},
		{"no token", true, false, "POST", "/api/v2/write", "", 403},
		{"token to read", true, false, "POST", "/api/v2/write", secret[auth.Read], 403},
		{"token to write", true, false, "POST", "/api/v2/write", secret[auth.Write], 200},
		{"token of an admin", true, false, "POST", "/api/v2/write", secret[auth.Admin], 200},
		{"unknown token", true, false, "POST", "/api/v2/write", "Bearer dkg_x", 401},
		{"delete without token", true, false, "POST", "/api/v2/delete", "", 403},
		{"node delete without token", true, false, "POST", "/api/v2/node/delete", "", 403},
		{"anybody asks", false, false, "GET", "/api/v1/stats", "", 200},
		{"asking is private", false, true, "GET", "/api/v1/stats", "", 403},
		{"asking is private, with token", false, true, "GET", "/api/v1/stats", secret[auth.Read], 200},
		{"metrics are private", false, true, "GET", "/metrics", secret[auth.Read], 403},
		{"metrics for admins", false, true, "GET", "/metrics", secret[auth.Admin], 200},
		{"health is never private", false, true, "GET", "/healthz", "", 200},
	} {
		s := newServer(t, func(c *Config) { c.Writable, c.PrivateRead, c.Tokens = tt.writable, tt.private, file })
		headers := []string{"Content-Type", "application/n-quads"}
		if tt.token != "" {
			headers = append(headers, "Authorization", tt.token)
		}
		if w := ask(t, s, tt.method, tt.target, quad, headers...); w.Code != tt.want {
			t.Errorf("%s: %d %s, want %d", tt.name, w.Code, w.Body, tt.want)
		}
	}
}

func TestCORS(t *testing.T) {
	s := newServer(t, func(c *Config) { c.Origins = []string{"https://good.example"} })
	for origin, want := range map[string]string{"https://good.example": "https://good.example", "https://evil.example": ""} {
		w := ask(t, s, "GET", "/api/v1/stats", "", "Origin", origin)
		if got := w.Header().Get("Access-Control-Allow-Origin"); got != want {
			t.Errorf("%s: allowed %q", origin, got)
		}
	}
	for origin, want := range map[string]bool{"https://good.example": true, "https://evil.example": false} {
		w := ask(t, s, "POST", "/mcp", `{"jsonrpc":"2.0","id":1,"method":"ping"}`, "Origin", origin, "Sec-Fetch-Site", "cross-site",
			"Content-Type", "application/json", "Accept", "application/json, text/event-stream")
		if (w.Code != http.StatusForbidden) != want {
			t.Errorf("%s calls agents' tools: %d %s", origin, w.Code, w.Body)
		}
	}
	w := ask(t, s, "OPTIONS", "/api/v1/gizmo", "", "Origin", "https://good.example", "Access-Control-Request-Method", "POST")
	if w.Code != 204 || !strings.Contains(w.Header().Get("Access-Control-Allow-Methods"), "POST") {
		t.Errorf("preflight: %d %v", w.Code, w.Header())
	}
}

func TestDocumentedErrors(t *testing.T) {
	for _, row := range statuses {
		p := problem(fmt.Errorf("outer: %w", row.err))
		if p.Status != row.code || p.Code != row.name || p.Detail == "" {
			t.Errorf("%v: %+v", row.err, p)
		}
	}
	if p := problem(io.ErrUnexpectedEOF); p.Status != 500 || strings.Contains(p.Detail, "EOF") {
		t.Errorf("a fault of ours: %+v", p)
	}
}

// brokenGraph fails and panics.
type brokenGraph struct {
	Graph
	panics bool
}

func (g brokenGraph) Stats(context.Context) (graph.Stats, error) {
	if g.panics {
		panic("secret of the server")
	}
	return graph.Stats{}, fmt.Errorf("disk gone: secret of the server")
}

func TestFaultsTellNothing(t *testing.T) {
	for _, panics := range []bool{false, true} {
		s := newServer(t, func(c *Config) { c.Graph = brokenGraph{c.Graph, panics} })
		w := ask(t, s, "GET", "/api/v1/stats", "")
		if w.Code != 500 || strings.Contains(w.Body.String(), "secret") || !strings.Contains(w.Body.String(), `"code":"internal"`) {
			t.Errorf("panics %v: %d %s", panics, w.Code, w.Body)
		}
	}
	s := newServer(t, func(c *Config) { c.Graph = brokenGraph{c.Graph, false} })
	if w := ask(t, s, "GET", "/readyz", ""); w.Code != 503 {
		t.Errorf("ready: %d", w.Code)
	}
}
