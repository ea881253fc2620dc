package api

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// A description is the part of an OpenAPI document that requests are made from.
type description struct {
	OpenAPI string `json:"openapi"`
	Info    struct{ Title, Version string }
	Paths   map[string]map[string]struct {
		OperationID string `json:"operationId"`
		Parameters  []parameter
		RequestBody *struct {
			Content map[string]struct{ Schema shape }
		} `json:"requestBody"`
		Responses map[string]struct {
			Description string
			Content     map[string]struct{ Schema shape }
		}
	}
	Components struct{ Schemas map[string]shape }
}

type parameter struct {
	Name, In string
	Required bool
	Schema   shape
}

type shape struct {
	Ref        string `json:"$ref"`
	Type       any
	Enum       []any
	Items      *shape
	Properties map[string]shape
	Minimum    *float64
	Maximum    *float64
}

func describe(t testing.TB, s *Server) description {
	t.Helper()
	w := ask(t, s, "GET", "/openapi.json", "")
	var d description
	if err := json.Unmarshal(w.Body.Bytes(), &d); err != nil {
		t.Fatal(err)
	}
	return d
}

// TestDescriptionIsWhole checks what a validator of OpenAPI 3.1 would: every
// reference leads somewhere, every operation has its own id, every parameter
// of a path is declared, every answer is described.
func TestDescriptionIsWhole(t *testing.T) {
	s := newServer(t, nil)
	d := describe(t, s)
	if d.OpenAPI != "3.1.0" || d.Info.Title == "" || d.Info.Version == "" || len(d.Paths) < 20 {
		t.Fatalf("openapi %s, %d paths", d.OpenAPI, len(d.Paths))
	}
	ids := map[string]bool{}
	for path, methods := range d.Paths {
		for method, op := range methods {
			if op.OperationID == "" || ids[op.OperationID] {
				t.Errorf("%s %s: operation id %q", method, path, op.OperationID)
			}
			ids[op.OperationID] = true
			for _, p := range op.Parameters {
				if p.In == "path" && !strings.Contains(path, "{"+p.Name+"}") {
					t.Errorf("%s %s: parameter %s is not in the path", method, path, p.Name)
				}
			}
			if strings.Count(path, "{") > 0 && len(op.Parameters) == 0 {
				t.Errorf("%s %s: no parameters", method, path)
			}
			for _, status := range []string{"200", "default"} {
				if len(op.Responses[status].Content) == 0 {
					t.Errorf("%s %s: answer %s is not described", method, path, status)
				}
			}
		}
	}
	text := ask(t, s, "GET", "/openapi.json", "").Body.String()
	for _, part := range strings.Split(text, `"$ref":"#/components/schemas/`)[1:] {
		name, _, _ := strings.Cut(part, `"`)
		if _, ok := d.Components.Schemas[name]; !ok {
			t.Errorf("reference to %s leads nowhere", name)
		}
	}
}

// TestNoRequestIsAFault sends generated requests to every route: right ones,
// wrong ones and nonsense. None may be a 500.
func TestNoRequestIsAFault(t *testing.T) {
	s := newServer(t, nil)
	s.limits.Requests = 1
	d := describe(t, s)
	ids := someIDs(t, s.cfg.Graph)
	g := generator{rand.New(rand.NewPCG(1, 2)), values(ids)}
	codes := map[int]int{}
	for _, path := range sortedKeys(d.Paths) {
		for _, method := range sortedKeys(d.Paths[path]) {
			op := d.Paths[path][method]
			for range 150 {
				target := g.target(path, op.Parameters)
				body := ""
				if op.RequestBody != nil {
					body = g.body()
				}
				w := httptest.NewRecorder()
				r := httptest.NewRequestWithContext(context.Background(), strings.ToUpper(method), target, strings.NewReader(body))
				r.Header.Set("Content-Type", "application/json")
				r.Header.Set("Accept", g.pick([]string{"", "*/*", "text/csv", "text/html", "application/json", "nonsense", "a/b;q=x,,;"}))
				s.ServeHTTP(w, r)
				codes[w.Code]++
				if w.Code == 500 || w.Code == 0 {
					t.Errorf("%s %s %s: %d %s", method, target, body, w.Code, w.Body)
				}
				if ct := w.Header().Get("Content-Type"); w.Code >= 400 && ct != "application/problem+json" {
					t.Errorf("%s %s: %d as %q", method, target, w.Code, ct)
				}
			}
		}
	}
	if codes[200] < 500 || codes[400]+codes[422] < 300 {
		t.Errorf("the generator is one-sided: %v", codes)
	}
}

// values are what parameters are filled with beside what their schema says.
func values(ids map[string]string) []string {
	out := []string{"", "0", "-1", "1", "99999999999999999999", "1e9", "NaN", "true", "null", "[]", "{}", "220102", "division/220102",
		"南关区", "第220102区", "qm", "2022", "2023-H1", "2022..2023", "'; DROP TABLE", "<script>", "\"", "\\", "%", "%2F", "..", "../../etc/passwd", "?", "#", " ",
		"\u202e", "\ufeff", "𠀀", "e\u0301", strings.Repeat("长", 300), strings.Repeat("x", 3000), "https://w3id.org/districtkg/", "<>", "nquads", "gexf", "csv-figures",
		`g.V().all()`, `g.V().count()`, `g.V("<x>`, `{ nodes { id } }`, `[{"id": null}]`, "Enterprise", "settledIn", "level"}
	for _, name := range sortedKeys(ids) {
		out = append(out, ids[name])
	}
	return out
}

type generator struct {
	*rand.Rand
	values []string
}

func (g generator) pick(from []string) string { return from[g.IntN(len(from))] }

// value makes a value of a schema, or half of the time any other.
func (g generator) value(s shape) string {
	if s.Items != nil {
		return g.value(*s.Items)
	}
	if len(s.Enum) > 0 && g.IntN(3) > 0 {
		return fmt.Sprint(s.Enum[g.IntN(len(s.Enum))])
	}
	if s.Minimum != nil && s.Maximum != nil && g.IntN(3) > 0 {
		return fmt.Sprint(int(*s.Minimum) + g.IntN(int(*s.Maximum-*s.Minimum)+1))
	}
	return g.pick(g.values)
}

func (g generator) target(path string, parameters []parameter) string {
	q := url.Values{}
	for _, p := range parameters {
		switch {
		case p.In == "path":
			v := g.value(p.Schema)
			if v == "" || v == "." || v == ".." {
				v = "x" // another route, or none
			}
			path = strings.ReplaceAll(path, "{"+p.Name+"}", inPath(v))
		case p.In == "query" && (p.Required && g.IntN(8) > 0 || g.IntN(3) == 0):
			for range 1 + g.IntN(2) {
				q.Add(p.Name, g.value(p.Schema))
			}
		}
	}
	return path + "?" + q.Encode()
}

// body makes a request's JSON, right or wrong.
func (g generator) body() string {
	switch g.IntN(5) {
	case 0:
		return g.pick(g.values)
	case 1:
		return strings.Repeat("[", 1+g.IntN(50_000))
	}
	data, _ := json.Marshal(map[string]any{"query": g.pick(g.values), "limit": g.IntN(20), "lang": g.pick([]string{"gizmo", "graphql", "mql", "sql"})})
	return string(data)
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
