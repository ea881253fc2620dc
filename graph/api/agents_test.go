package api

import (
	"encoding/json"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
)

// clients returns agents that are connected to a server in both ways.
func agents(t *testing.T, s *Server) map[string]*sdk.ClientSession {
	t.Helper()
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	here, there := sdk.NewInMemoryTransports()
	if _, err := s.NewMCP().Connect(t.Context(), there, nil); err != nil {
		t.Fatal(err)
	}
	out := map[string]*sdk.ClientSession{}
	for name, transport := range map[string]sdk.Transport{"stdio": here, "http": &sdk.StreamableClientTransport{Endpoint: server.URL + "/mcp", MaxRetries: -1}} {
		session, err := sdk.NewClient(&sdk.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(), transport, nil)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		t.Cleanup(func() { _ = session.Close() })
		out[name] = session
	}
	return out
}

func TestAgents(t *testing.T) {
	s := newServer(t, nil)
	id := someIDs(t, s.cfg.Graph)
	for way, session := range agents(t, s) {
		listed, err := session.ListTools(t.Context(), nil)
		if err != nil {
			t.Fatalf("%s: %v", way, err)
		}
		var names []string
		for _, tool := range listed.Tools {
			names = append(names, tool.Name)
			if tool.Description == "" || tool.InputSchema == nil || tool.OutputSchema == nil || !tool.Annotations.ReadOnlyHint {
				t.Errorf("%s: tool %s is not described", way, tool.Name)
			}
		}
		slices.Sort(names)
		if got := strings.Join(names, " "); got != "compare entity evidence figures gizmo neighbours search_entities" {
			t.Errorf("%s: tools %s", way, got)
		}
		for _, tt := range []struct {
			tool  string
			args  map[string]any
			wants []string // in the answer; every answer has a quote and its document
		}{
			{"search_entities", map[string]any{"text": "启明", "class": "Enterprise", "limit": 2}, []string{`"total":`}},
			{"entity", map[string]any{"id": id["enterprise"], "limit": 1}, []string{`"relationsTotal":`, `"settledIn"`}},
			{"neighbours", map[string]any{"id": "220102", "depth": 2, "limit": 5}, []string{`"total":`, `"edges":[{`}},
			{"figures", map[string]any{"subject": "220102", "limit": 3}, []string{`"total":`, `"value":"`}},
			{"compare", map[string]any{"subjects": []string{"220102", "220103"}, "indicator": id["indicator"]}, []string{`"periods":["2022","2023"]`, `"total":`}},
			{"evidence", map[string]any{"id": id["statement"]}, []string{`"statements":[{`, `"total":`}},
			{"gizmo", map[string]any{"query": `g.V("第220102区").in("rdfs:label").in("dkg:settledIn").all()`}, []string{`"truncated":false`}},
			{"gizmo", map[string]any{"query": `g.V("id:division/220102").in("dkg:settledIn").all()`, "limit": 1}, []string{`"truncated":true`, `"limit":1`}},
		} {
			text := call(t, session, tt.tool, tt.args, false)
			for _, want := range append(tt.wants, `"documentId":"https://w3id.org/districtkg/id/document/`, `"text":"`) {
				if !strings.Contains(text, want) {
					t.Errorf("%s: %s has no %s: %.700s", way, tt.tool, want, text)
				}
			}
		}
		for tool, args := range map[string]map[string]any{
			"entity":          {"id": "nobody"},
			"search_entities": {"text": "x", "class": "Planet"},
			"compare":         {"subjects": []string{}, "indicator": "x"},
			"gizmo":           {"query": "for (;;"},
		} {
			if text := call(t, session, tool, args, true); text == "" {
				t.Errorf("%s: %s says nothing of what is wrong", way, tool)
			}
		}
	}
}

// call calls a tool and returns its answer in JSON, or what it says is wrong.
func call(t *testing.T, session *sdk.ClientSession, tool string, args map[string]any, wrong bool) string {
	t.Helper()
	got, err := session.CallTool(t.Context(), &sdk.CallToolParams{Name: tool, Arguments: args})
	if err != nil {
		t.Fatalf("%s: %v", tool, err)
	}
	if got.IsError != wrong {
		t.Errorf("%s: error %v: %+v", tool, got.IsError, got.Content[0])
	}
	if wrong {
		return got.Content[0].(*sdk.TextContent).Text
	}
	data, err := json.Marshal(got.StructuredContent)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
