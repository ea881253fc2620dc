package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/districtkg/districtkg/graph"
	"github.com/districtkg/districtkg/graph/api"
	"github.com/districtkg/districtkg/graph/api/gizmo"
)

// shellLimits let a query from the shell take more than one over HTTP: whoever
// types it can also stop it.
var shellLimits = gizmo.Limits{Time: 10 * time.Minute, Rows: 10_000_000, ValueBytes: 2 << 30, Memory: 4 << 30}

func newQuery() *cobra.Command {
	var db, base string
	q := gizmo.Query{Values: true}
	c := &cobra.Command{
		Use:   "query QUERY",
		Short: "Ask a graph in Gizmo or GraphQL and print a JSON object a row",
		Long: `Runs a query in one of Cayley's languages. Names are plain strings; the prefixes
dkg:, rdf:, rdfs:, schema:, skos: and prov: are understood. Where rows are cut at
--limit, standard error says so.`,
		Example: `  districtkg query 'g.V("南关区").in("rdfs:label").in("dkg:settledIn").out("rdfs:label").all()'
  districtkg query --lang graphql '{ nodes(first: 5) { id } }' --db data/mine`,
		Args:    cobra.ExactArgs(1),
		PreRunE: fromEnvironment,
		RunE: func(c *cobra.Command, args []string) error {
			q.Text = args[0]
			return runQuery(c.Context(), db, base, q, c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	dbFlag(c, &db)
	baseFlag(c, &base)
	c.Flags().StringVar(&q.Lang, "lang", "gizmo", "gizmo, graphql, mql or sexp")
	c.Flags().IntVar(&q.Limit, "limit", 10_000, "rows at most")
	c.Flags().BoolVar(&q.Short, "short", false, "IRIs with prefixes in the answer")
	return c
}

func runQuery(ctx context.Context, db, base string, q gizmo.Query, out, notes io.Writer) error {
	g, err := openGraph(ctx, db, graph.Options{ReadOnly: true, Base: base})
	if err != nil {
		return err
	}
	defer g.Close() // opened to read: closing can lose nothing
	sandbox, err := newSandbox()
	if err != nil {
		return err
	}
	defer sandbox.Close()
	answer, err := gizmo.New(g, api.Prefixes(g.IRIs()), shellLimits, sandbox).Run(ctx, q)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(out)
	lines := json.NewEncoder(w)
	lines.SetEscapeHTML(false)
	for _, row := range answer.Rows {
		if err := lines.Encode(row); err != nil {
			return fmt.Errorf("write a row: %w", err)
		}
	}
	if answer.Truncated {
		fmt.Fprintf(notes, "cut at %d rows; there are more: --limit\n", answer.Limit)
	}
	return w.Flush()
}

// scriptVerb is the hidden verb of the child process that runs Gizmo scripts.
const scriptVerb = "gizmo-child"

// newSandbox returns a sandbox whose children are this program.
func newSandbox() (*gizmo.Sandbox, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("find this program, to run scripts apart: %w", err)
	}
	return gizmo.NewSandbox(self, scriptVerb), nil
}

func newGizmoChild() *cobra.Command {
	return &cobra.Command{
		Use:    scriptVerb,
		Short:  "Run one Gizmo script for a parent process",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			return gizmo.RunChild(c.InOrStdin(), c.OutOrStdout())
		},
	}
}
