package api

import (
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/districtkg/districtkg/graph/api/reconcile"
)

func TestReconcile(t *testing.T) {
	s := newServer(t, nil)
	id := someIDs(t, s.cfg.Graph)
	manifest := ask(t, s, "GET", "/reconcile", "")
	if !strings.Contains(manifest.Body.String(), `"versions":["0.2"]`) {
		t.Errorf("manifest %s", manifest.Body)
	}
	batch := map[string]any{
		"q0": map[string]any{"query": id["name"], "type": "Enterprise", "limit": 3},
		"q1": map[string]any{"query": id["name"], "type": []any{map[string]any{"id": "Enterprise"}},
			"properties": []any{map[string]any{"pid": "division", "v": map[string]any{"name": "第220102区"}}}},
		"q2": map[string]any{"query": "没有这样的企业"},
		"q3": map[string]any{"query": ""},
	}
	raw, err := json.Marshal(batch)
	if err != nil {
		t.Fatal(err)
	}
	w := ask(t, s, "POST", "/reconcile", url.Values{"queries": {string(raw)}}.Encode(), "Content-Type", "application/x-www-form-urlencoded")
	var got map[string]struct {
		Result []struct {
			ID    string
			Name  string
			Score float64
			Match bool
		}
	}
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || len(got) != 4 {
		t.Fatalf("%s: %v", w.Body, err)
	}
	for _, q := range []string{"q0", "q1"} {
		if r := got[q].Result; len(r) == 0 || r[0].Name != id["name"] || r[0].Score != 100 || !strings.HasPrefix(r[0].ID, "enterprise/") {
			t.Errorf("%s: %+v", q, r)
		}
	}
	if r := got["q1"].Result; len(r) == 0 || !r[0].Match {
		t.Errorf("in its division it is no sure match: %+v", r)
	}
	if len(got["q2"].Result) != 0 || len(got["q3"].Result) != 0 {
		t.Errorf("unknown names have candidates: %s", w.Body)
	}
	for target, want := range map[string]string{
		"/reconcile/suggest/entity?prefix=" + url.QueryEscape(id["name"]): `"notable"`,
		"/reconcile/suggest/type?prefix=ent":                              `"Enterprise"`,
		"/reconcile/suggest/property?prefix=div":                          `"division"`,
		"/reconcile/preview?id=" + url.QueryEscape(id["enterprise"]):      "<b>",
	} {
		if w := ask(t, s, "GET", target, ""); w.Code != 200 || !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s: %d %.300s", target, w.Code, w.Body)
		}
	}
	for target, want := range map[string]int{"/reconcile?queries=x": 400, "/reconcile/suggest/thing": 404, "/reconcile/preview?id=nobody": 404} {
		if w := ask(t, s, "GET", target, ""); w.Code != want {
			t.Errorf("%s: %d, want %d", target, w.Code, want)
		}
	}
}

// TestReconcileBatch sends batches as they should not be.
func TestReconcileBatch(t *testing.T) {
	s := newServer(t, nil)
	batch := func(n int) string {
		queries := map[string]any{}
		for i := range n {
			queries[fmt.Sprint("q", i)] = map[string]any{"query": "启明"}
		}
		raw, err := json.Marshal(queries)
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	for _, tt := range []struct {
		name, queries string
		status        int
		want          string
	}{
		{"the largest", batch(reconcile.MaxBatch), 200, `"q49":{"result":[{`},
		{"too large", batch(reconcile.MaxBatch + 1), 413, "a batch may have 50 queries"},
		{"empty", "{}", 200, "{}"},
		{"no JSON", "{", 400, "queries"},
		{"a list", "[]", 400, "queries"},
		{"a name that is a number", `{"q0": {"query": 7}}`, 400, "queries"},
		{"a limit that is text", `{"q0": {"query": "x", "limit": "3"}}`, 400, "queries"},
	} {
		form := url.Values{"queries": {tt.queries}}.Encode()
		for method, w := range map[string]*httptest.ResponseRecorder{
			"POST": ask(t, s, "POST", "/reconcile", form, "Content-Type", "application/x-www-form-urlencoded"),
			"GET":  ask(t, s, "GET", "/reconcile?"+form, ""),
		} {
			if w.Code != tt.status || !strings.Contains(w.Body.String(), tt.want) {
				t.Errorf("%s by %s: %d %.300s", tt.name, method, w.Code, w.Body)
			}
		}
	}
}
