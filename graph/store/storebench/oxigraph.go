package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

//go:embed oxigraph.mjs
var oxigraphScript []byte

// oxigraphVersion is the one that is compared with.
const oxigraphVersion = "0.5.11"

// oxigraph measures Oxigraph in WebAssembly under Node, which npm fetches.
func oxigraph(ctx context.Context, j job) (r report, err error) {
	if _, err := exec.LookPath("npm"); err != nil {
		return r, absentError("no npm on this machine")
	}
	install := exec.CommandContext(ctx, "npm", "install", "--no-audit", "--no-fund", "--loglevel=error", "--prefix", j.Dir, "oxigraph@"+oxigraphVersion)
	if out, err := install.CombinedOutput(); err != nil {
		return r, absentError("npm cannot install it: " + firstLine(out))
	}
	script := filepath.Join(j.Dir, "measure.mjs")
	if err := os.WriteFile(script, oxigraphScript, 0o644); err != nil {
		return r, err
	}
	g := j.Shape
	args, err := json.Marshal(map[string]any{
		"file": j.File, "quads": g.Quads, "entities": g.Entities, "base": base,
		"predicate": predicateIRI(g.Predicates - 1), "integers": predicateIRI(integerPredicate), "than": 90_000,
		"document": documentIRI(g.Documents / 2), "replace": documentIRI(0), "remove": documentIRI(1),
	})
	if err != nil {
		return r, err
	}
	out, err := exec.CommandContext(ctx, "node", script, string(args)).CombinedOutput()
	if err != nil {
		return r, absentError(fmt.Sprintf("it failed: %v: %s", err, firstLine(out)))
	}
	r.Store = j.Store
	return r, json.Unmarshal(out[bytes.LastIndexByte(bytes.TrimSpace(out), '\n')+1:], &r)
}

func firstLine(out []byte) string {
	line, _, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
	return line
}
