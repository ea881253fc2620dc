package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"iter"
	"maps"
	"os"
	"runtime"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/districtkg/districtkg/extract"
	"github.com/districtkg/districtkg/graph"
	"github.com/districtkg/districtkg/schema"
)

func newBuild() *cobra.Command {
	var db, base string
	var workers int
	c := &cobra.Command{
		Use:   "build [PATH…]",
		Short: "Read documents, extract their facts and load them into a graph",
		Long: `Reads each PATH (files, or folders with all that lies below them), extracts
what they say and loads it. A document that was loaded before is replaced, the
others stay. Without a PATH it takes the embedded sample documents. A document
that cannot be read is reported and the rest go on; the exit status is then 1.`,
		Example: `  districtkg build --db data/samples
  districtkg build reports/ bulletin.html --db data/mine`,
		PreRunE: fromEnvironment,
		RunE: func(c *cobra.Command, paths []string) error {
			return build(c.Context(), buildOptions{db, base, workers}, paths, c.OutOrStdout(), c.ErrOrStderr())
		},
	}
	dbFlag(c, &db)
	baseFlag(c, &base)
	c.Flags().IntVar(&workers, "workers", runtime.GOMAXPROCS(0), "documents under way at once")
	return c
}

type buildOptions struct {
	db, base string
	workers  int
}

// build runs the verb: results go to out, what happens on the way to notes.
func build(ctx context.Context, o buildOptions, paths []string, out, notes io.Writer) error {
	start := time.Now()
	docs, count, err := documents(ctx, paths)
	if err != nil {
		return err
	}
	pipeline, err := newPipeline()
	if err != nil {
		return err
	}
	defer pipeline.Close()
	g, err := openGraph(ctx, o.db, graph.Options{Base: o.base})
	if err != nil {
		return err
	}
	t := newTally(newProgress(notes, count))
	_, err = g.Build(ctx, t.facts(pipeline.Run(ctx, o.workers, docs)))
	if closeErr := g.Close(); err == nil && closeErr != nil {
		err = fmt.Errorf("close %s: %w", o.db, closeErr)
	}
	t.progress.done()
	if err != nil {
		return err
	}
	t.write(out, time.Since(start))
	if t.failed > 0 {
		return errReported
	}
	return nil
}

// A tally counts what a build read.
type tally struct {
	documents, failed, figures, warnings int

	entities  map[schema.Class]int
	relations map[schema.Predicate]int
	progress  *progress
}

func newTally(p *progress) *tally {
	return &tally{entities: map[schema.Class]int{}, relations: map[schema.Predicate]int{}, progress: p}
}

// facts passes on the facts of the results, counting them and reporting the
// documents that failed.
func (t *tally) facts(results iter.Seq[extract.Result]) iter.Seq2[*schema.Facts, error] {
	return func(yield func(*schema.Facts, error) bool) {
		for r := range results {
			t.progress.step(r)
			if r.Err != nil {
				t.failed++
				continue
			}
			t.add(r.Facts)
			if !yield(r.Facts, nil) {
				return
			}
		}
	}
}

func (t *tally) add(f *schema.Facts) {
	t.documents++
	t.figures += len(f.Figures)
	t.warnings += len(f.Doc.Warnings)
	for _, e := range f.Entities {
		t.entities[e.Class]++
	}
	for _, r := range f.Relations {
		t.relations[r.Predicate]++
	}
}

// write prints the table that a build ends with.
func (t *tally) write(w io.Writer, took time.Duration) {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	defer table.Flush()
	row := func(name string, n int) { fmt.Fprintf(table, "%s\t%d\t\n", name, n) }
	row("documents", t.documents)
	if t.failed > 0 {
		row("not read", t.failed)
	}
	row("entities", total(t.entities))
	for _, class := range byCount(t.entities) {
		row(string(class), t.entities[class])
	}
	row("relations", total(t.relations))
	for _, predicate := range byCount(t.relations) {
		row(string(predicate), t.relations[predicate])
	}
	row("figures", t.figures)
	row("warnings", t.warnings)
	fmt.Fprintf(table, "time\t%s\t\n", took.Round(10*time.Millisecond))
}

func total[K comparable](counts map[K]int) int {
	n := 0
	for _, c := range counts {
		n += c
	}
	return n
}

// byCount returns the keys, the most frequent first.
func byCount[K cmp.Ordered](counts map[K]int) []K {
	return slices.SortedFunc(maps.Keys(counts), func(a, b K) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b))
	})
}

// A progress tells how far a build is: a bar on a terminal, lines otherwise.
type progress struct {
	w     io.Writer
	bar   *progressbar.ProgressBar
	total int // -1 where it is not known
	seen  int
}

func newProgress(w io.Writer, total int) *progress {
	p := &progress{w: w, total: total}
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		p.bar = progressbar.NewOptions(total, progressbar.OptionSetWriter(w),
			progressbar.OptionSetDescription("reading"), progressbar.OptionShowCount(), progressbar.OptionClearOnFinish())
	}
	return p
}

func (p *progress) step(r extract.Result) {
	p.seen++
	if p.bar != nil {
		_ = p.bar.Add(1) // a terminal that is gone must not stop the build
	}
	switch {
	case r.Err != nil && p.bar != nil:
		_ = p.bar.Clear()
		fmt.Fprintf(p.w, "not read: %v\n", r.Err)
	case r.Err != nil:
		fmt.Fprintf(p.w, "%d: not read: %v\n", p.seen, r.Err)
	case p.bar == nil:
		fmt.Fprintf(p.w, "%d: %s: %d entities, %d relations, %d figures\n",
			p.seen, r.Path, len(r.Facts.Entities), len(r.Facts.Relations), len(r.Facts.Figures))
	}
}

func (p *progress) done() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}
