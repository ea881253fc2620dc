package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/districtkg/districtkg/graph"
	"github.com/districtkg/districtkg/graph/export"
	"github.com/districtkg/districtkg/schema"
)

func newExport() *cobra.Command {
	var db, base, format, output string
	var filter graph.Filter
	c := &cobra.Command{
		Use:   "export",
		Short: "Write the graph for other tools",
		Long: `Writes the whole graph, or one document or district of it. N-Quads are canonical:
sorted, with valid IRIs, full datatype IRIs and exact decimals, so that two
exports of one graph are the same bytes. Formats: ` + formatNames() + `; and,
in Turtle, the ontology and the SHACL shapes that every graph is made by.`,
		Example: `  districtkg export --db data/mine --format nquads -o mine.nq
  districtkg export --db data/mine --format gexf --division 220102 -o nanguan.gexf
  districtkg export --db data/mine --format csv-figures > figures.csv`,
		Args:    cobra.NoArgs,
		PreRunE: fromEnvironment,
		RunE: func(c *cobra.Command, _ []string) error {
			if write, ok := vocabularies[format]; ok {
				return toFile(output, c.OutOrStdout(), func(w io.Writer) error { return write(w, schema.IRIs{Base: base}) })
			}
			g, err := openGraph(c.Context(), db, graph.Options{ReadOnly: true, Base: base})
			if err != nil {
				return err
			}
			defer g.Close() // opened to read: closing can lose nothing
			return toFile(output, c.OutOrStdout(), func(w io.Writer) error {
				return exportTo(c.Context(), g, w, format, filter)
			})
		},
	}
	dbFlag(c, &db)
	baseFlag(c, &base)
	c.Flags().StringVar(&format, "format", "nquads", "one of the formats above")
	c.Flags().StringVarP(&output, "output", "o", "", "file to write instead of standard output")
	c.Flags().StringVar(&filter.Division, "division", "", "only documents about this division (GB/T 2260 code) and those below it")
	c.Flags().StringVar(&filter.Document, "document", "", "only this document (its id)")
	return c
}

// vocabularies are the formats that need no graph.
var vocabularies = map[string]func(io.Writer, schema.IRIs) error{
	"ontology": export.Ontology,
	"shapes":   export.Shapes,
}

func formatNames() string {
	var names []string
	for _, f := range export.Formats() {
		names = append(names, f.Name)
	}
	return strings.Join(names, ", ")
}

func exportTo(ctx context.Context, g *graph.Graph, w io.Writer, format string, f graph.Filter) error {
	return export.Write(ctx, w, format, g.Source(ctx, f), export.Options{IRIs: g.IRIs()})
}

// toFile calls write with the file called name, or with out where name is "".
// The file appears under its name only once it is whole.
func toFile(name string, out io.Writer, write func(io.Writer) error) error {
	if name == "" {
		w := bufio.NewWriter(out)
		if err := write(w); err != nil {
			return err
		}
		return w.Flush()
	}
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+"-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	defer os.Remove(f.Name()) // gone already where it was renamed
	w := bufio.NewWriter(f)
	err = errors.Join(write(w), w.Flush(), f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

func newImport() *cobra.Command {
	var db, base, format string
	c := &cobra.Command{
		Use:   "import FILE",
		Short: "Load an export back into a graph",
		Long: `Loads N-Quads or JSON-LD that export wrote. Each named graph in the file replaces
the document of that name. What is exported after is what was imported, byte by byte.`,
		Example: `  districtkg import mine.nq --db data/copy`,
		Args:    cobra.ExactArgs(1),
		PreRunE: fromEnvironment,
		RunE: func(c *cobra.Command, args []string) error {
			return importFile(c, args[0], format, db, base)
		},
	}
	dbFlag(c, &db)
	baseFlag(c, &base)
	c.Flags().StringVar(&format, "format", "nquads", "nquads or jsonld")
	return c
}

func importFile(c *cobra.Command, name, format, db, base string) error {
	f, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("import: %w", err)
	}
	defer f.Close()
	quads, err := export.Read(c.Context(), f, format)
	if err != nil {
		return fmt.Errorf("import %s: %w", name, err)
	}
	g, err := openGraph(c.Context(), db, graph.Options{Base: base})
	if err != nil {
		return err
	}
	n, err := g.Import(c.Context(), quads)
	if err := errors.Join(err, g.Close()); err != nil {
		return fmt.Errorf("import %s: %w", name, err)
	}
	fmt.Fprintf(c.OutOrStdout(), "%d quads\n", n)
	return nil
}

func newRemove() *cobra.Command {
	var db, base string
	c := &cobra.Command{
		Use:     "remove DOCUMENT…",
		Short:   "Forget documents and all that was read from them",
		Example: `  districtkg remove document/7a51c4f09b1e22d3 --db data/mine`,
		Args:    cobra.MinimumNArgs(1),
		PreRunE: fromEnvironment,
		RunE: func(c *cobra.Command, ids []string) error {
			g, err := openGraph(c.Context(), db, graph.Options{Base: base})
			if err != nil {
				return err
			}
			for _, id := range ids {
				if e := g.RemoveDocument(c.Context(), id); e != nil {
					err = errors.Join(err, fmt.Errorf("remove %s: %w", id, e))
				}
			}
			return errors.Join(err, g.Close())
		},
	}
	dbFlag(c, &db)
	baseFlag(c, &base)
	return c
}
