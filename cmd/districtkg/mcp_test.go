package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
)

// asProgram is set where the test program is to be the program itself, so that
// tests can start it as a process of its own.
const asProgram = "TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	script := len(os.Args) == 2 && os.Args[1] == scriptVerb // a child has none of its parent's environment
	if script || os.Getenv(asProgram) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// program returns the program as a process to be started.
func program(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	c := exec.CommandContext(t.Context(), os.Args[0], args...)
	c.Env = append(os.Environ(), asProgram+"=1")
	return c
}

// TestAgentOverPipes talks to the mcp verb as agents do: over the standard
// input and output of a process, on which nothing else may be written.
func TestAgentOverPipes(t *testing.T) {
	db := filepath.Join(t.TempDir(), "db")
	mustRun(t, "build", "--db", db)
	client := sdk.NewClient(&sdk.Implementation{Name: "test", Version: "1"}, nil)
	session, err := client.Connect(t.Context(), &sdk.CommandTransport{Command: program(t, "mcp", "--db", db)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := session.InitializeResult(); got.ServerInfo.Name != "districtkg" || !strings.Contains(got.Instructions, "search_entities") {
		t.Errorf("introduces itself as %+v: %s", got.ServerInfo, got.Instructions)
	}
	for _, tt := range []struct {
		tool string
		args map[string]any
		want []string
	}{
		{"search_entities", map[string]any{"text": "南关区", "limit": 1}, []string{`/id/division/220102"`, `"total":`, `"documentId":`}},
		{"figures", map[string]any{"subject": "220102", "indicator": "地区生产总值", "limit": 1}, []string{`"value":"`, `"documentId":`}},
		// A path runs in the process, a script in a child of it.
		{"gizmo", map[string]any{"query": `g.V("南关区").in("rdfs:label").unique().all()`}, []string{`/id/division/220102>"`, `"truncated":false`}},
		{"gizmo", map[string]any{"query": `for (var i = 0; i < 3; i++) { g.emit(i) }`}, []string{`"result":[0,1,2]`}},
	} {
		got, err := session.CallTool(t.Context(), &sdk.CallToolParams{Name: tt.tool, Arguments: tt.args})
		if err != nil || got.IsError {
			t.Fatalf("%s: %v %s", tt.tool, err, contentOf(got))
		}
		answer, err := json.Marshal(got.StructuredContent)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.NewReplacer(`\u003c`, "<", `\u003e`, ">").Replace(string(answer))
		for _, want := range tt.want {
			if !strings.Contains(text, want) {
				t.Errorf("%s has no %s: %.500s", tt.tool, want, text)
			}
		}
	}
	if err := session.Close(); err != nil {
		t.Errorf("the program does not end well when its input does: %v", err)
	}
}

// contentOf returns what an answer says in words.
func contentOf(got *sdk.CallToolResult) string {
	if got == nil || len(got.Content) == 0 {
		return ""
	}
	text, _ := json.Marshal(got.Content[0])
	return string(text)
}

// TestAgentWithoutGraph ends with a word about what is missing.
func TestAgentWithoutGraph(t *testing.T) {
	out, err := program(t, "mcp", "--db", filepath.Join(t.TempDir(), "none")).CombinedOutput()
	if err == nil || !strings.Contains(string(out), "districtkg build") {
		t.Errorf("%v: %s", err, out)
	}
}
