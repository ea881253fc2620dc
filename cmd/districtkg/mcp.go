package main

import (
	"errors"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/spf13/cobra"

	"github.com/districtkg/districtkg/graph"
	"github.com/districtkg/districtkg/graph/api"
)

func newMCP() *cobra.Command {
	var db, base string
	c := &cobra.Command{
		Use:   "mcp",
		Short: "Serve a graph to an agent over standard input and output",
		Long: `Speaks the Model Context Protocol on standard input and output: tools to search
entities, read their cards, walk their neighbours, read and compare figures, and
quote the evidence. A running server has the same at /mcp.`,
		Example: `  districtkg mcp --db data/samples`,
		Args:    cobra.NoArgs,
		PreRunE: fromEnvironment,
		RunE: func(c *cobra.Command, _ []string) (err error) {
			g, err := openGraph(c.Context(), db, graph.Options{ReadOnly: true, Base: base})
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, g.Close()) }()
			sandbox, err := newSandbox()
			if err != nil {
				return err
			}
			defer sandbox.Close()
			server, err := api.New(api.Config{Graph: g, Sandbox: sandbox, Version: version()})
			if err != nil {
				return err
			}
			return server.NewMCP().Run(c.Context(), &sdk.StdioTransport{})
		},
	}
	dbFlag(c, &db)
	baseFlag(c, &base)
	return c
}
