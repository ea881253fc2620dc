package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/districtkg/districtkg/graph"
	"github.com/districtkg/districtkg/graph/api"
	"github.com/districtkg/districtkg/graph/api/auth"
	"github.com/districtkg/districtkg/graph/search"
	"github.com/districtkg/districtkg/graph/ui"
)

type serveOptions struct {
	db, base, addr, index, tokens string
	quiet                         bool
	config                        api.Config
}

func newServe() *cobra.Command {
	var o serveOptions
	c := &cobra.Command{
		Use:   "serve",
		Short: "Serve a graph over HTTP, with the page that shows it",
		Long: `Serves the page at /, REST at /api/v1 (described at /docs), Cayley's API at
/api/v2, linked data at the graph's own paths, and agents at /mcp. Nobody can
change the graph unless --writable is given, and then only with a token that
allows it. Stops on SIGINT and SIGTERM once the answers under way are out.`,
		Example: `  districtkg serve --db data/samples
  districtkg serve --db data/mine --addr :8443 --cert cert.pem --key key.pem --private --tokens tokens.tsv`,
		Args:    cobra.NoArgs,
		PreRunE: fromEnvironment,
		RunE: func(c *cobra.Command, _ []string) error {
			return serve(c.Context(), o, c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	dbFlag(c, &o.db)
	baseFlag(c, &o.base)
	serveFlags(c, &o)
	return c
}

func serveFlags(c *cobra.Command, o *serveOptions) {
	f := c.Flags()
	f.StringVar(&o.addr, "addr", "127.0.0.1:8080", "host and port to listen on")
	f.StringVar(&o.index, "index", "", "folder of the full-text index (default: beside the graph, or in memory)")
	f.StringVar(&o.tokens, "tokens", "", "tokens file (see districtkg token)")
	f.BoolVar(&o.quiet, "quiet", false, "no log of requests")
	f.BoolVar(&o.config.Writable, "writable", false, "let tokens that allow it change the graph")
	f.BoolVar(&o.config.PrivateRead, "private", false, "asking needs a token too")
	f.BoolVar(&o.config.TrustProxy, "trust-proxy", false, "take the client's address from X-Forwarded-For")
	f.StringSliceVar(&o.config.Origins, "cors", nil, "origins that browsers may ask from; * is all")
	f.StringVar(&o.config.CertFile, "cert", "", "TLS certificate file")
	f.StringVar(&o.config.KeyFile, "key", "", "TLS key file")
	limits := &o.config.Limits
	f.Float64Var(&limits.Rate, "rate", 0, "requests a second of one client (default 200; negative: no limit)")
	f.IntVar(&limits.Requests, "max-requests", 0, "requests answered at once (default 64)")
	f.Int64Var(&limits.Body, "max-body", 0, "bytes of a request (default 1 MiB)")
	f.DurationVar(&limits.Gizmo.Time, "max-query-time", 0, "time of one query (default 10s)")
	f.IntVar(&limits.Gizmo.Rows, "max-rows", 0, "rows of one query (default 10000)")
}

// serve runs the verb until ctx ends.
func serve(ctx context.Context, o serveOptions, out, logs io.Writer) (err error) {
	g, err := openGraph(ctx, o.db, graph.Options{ReadOnly: !o.config.Writable, Base: o.base})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, g.Close()) }()
	sandbox, err := newSandbox()
	if err != nil {
		return err
	}
	defer sandbox.Close()
	sentences, err := search.Open(indexFolder(o), g)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, sentences.Close()) }()
	o.config.Graph, o.config.Sandbox, o.config.Sentences = g, sandbox, sentences
	o.config.Page, o.config.Version = ui.Handler(), version()
	if !o.quiet {
		o.config.Log = slog.New(slog.NewJSONHandler(logs, nil))
	}
	if o.tokens != "" {
		if o.config.Tokens, err = auth.Open(o.tokens); err != nil {
			return err
		}
	}
	server, err := api.New(o.config)
	if err != nil {
		return err
	}
	return advisePort(server.Serve(ctx, o.addr, func(a net.Addr) { announce(out, o, a) }))
}

// announce prints the address that the server listens on.
func announce(out io.Writer, o serveOptions, a net.Addr) {
	scheme := "http"
	if o.config.CertFile != "" {
		scheme = "https"
	}
	fmt.Fprintf(out, "serving on %s://%s\n", scheme, a)
}

// indexFolder returns where the full-text index lies: beside a graph on disk,
// in memory ("") for one that is not.
func indexFolder(o serveOptions) string {
	if o.index != "" || o.db == "mem:" || strings.Contains(o.db, "://") {
		return o.index
	}
	return filepath.Clean(o.db) + ".index"
}

// advisePort says what to do about an address that is in use.
func advisePort(err error) error {
	if errors.Is(err, os.ErrPermission) {
		return fmt.Errorf("%w; ports below 1024 need privileges: choose another with --addr", err)
	}
	if err != nil && strings.Contains(err.Error(), "address already in use") {
		return fmt.Errorf("%w; stop what listens there or choose another with --addr", err)
	}
	return err
}
