package main

import (
	"fmt"
	"io"
	"text/tabwriter"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/districtkg/districtkg/schema"
)

func newExplain() *cobra.Command {
	at := -1
	c := &cobra.Command{
		Use:   "explain FILE --at N",
		Short: "Show which rules fired at a place of a document, and why others did not",
		Long: `Prints every decision that a stage took about a span that covers code point N of
the document, in the order they were taken, and then the facts that came of it.`,
		Example: `  districtkg explain report.txt --at 812`,
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return explain(c, args[0], at)
		},
	}
	c.Flags().IntVar(&at, "at", at, "place in the document, in Unicode code points from 0")
	_ = c.MarkFlagRequired("at") // fails only for a flag that does not exist
	return c
}

func explain(c *cobra.Command, path string, at int) error {
	doc, err := readOne(c.Context(), path)
	if err != nil {
		return err
	}
	offset, err := byteOffset(doc.Original, at)
	if err != nil {
		return fmt.Errorf("explain %s: %w", path, err)
	}
	pipeline, err := newPipeline()
	if err != nil {
		return err
	}
	defer pipeline.Close()
	var decisions []schema.Decision
	doc.Trace = func(d schema.Decision) { decisions = append(decisions, d) }
	facts, err := pipeline.Extract(c.Context(), doc)
	if err != nil {
		return err
	}
	return writeExplanation(c.OutOrStdout(), facts, decisions, offset)
}

// byteOffset returns where the n-th code point of text begins.
func byteOffset(text string, n int) (int, error) {
	if n >= 0 {
		for i := range text {
			if n == 0 {
				return i, nil
			}
			n--
		}
	}
	return 0, fmt.Errorf("%w place: the document has code points 0 to %d", schema.ErrInvalid, utf8.RuneCountInString(text)-1)
}

// writeExplanation prints the decisions and facts that cover a byte of the original.
func writeExplanation(w io.Writer, f *schema.Facts, decisions []schema.Decision, offset int) error {
	covers := func(s schema.Span) bool {
		o := f.Doc.Offsets.Original(s)
		return o.Start <= offset && offset < o.End
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, d := range decisions {
		if covers(d.Span) {
			fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", d.Stage, verdict(d.Kept), d.Rule, shorten(d.Span.In(f.Doc.Text)), d.Reason)
		}
	}
	fmt.Fprintln(table, "\nfacts\t\t\t\t")
	for _, e := range f.Entities {
		for _, m := range e.Mentions {
			if covers(m.Span) {
				fmt.Fprintf(table, "entity\t%s\t%s\t%s\t%s\n", e.ID, m.Rule, m.In(f.Doc.Text), e.Class)
			}
		}
	}
	for _, g := range f.Figures {
		if covers(g.Span) {
			fmt.Fprintf(table, "figure\t%s\t%s\t%s\t%s %s %s%s %s\n", g.ID, g.Rule, g.Span.In(f.Doc.Text), g.Indicator, g.Measure, g.Value, g.Unit, g.Period)
		}
	}
	for _, r := range f.Relations {
		if covers(r.Evidence) {
			fmt.Fprintf(table, "relation\t\t%s\t%s\t%s %s %s\n", r.Rule, r.Trigger.In(f.Doc.Text), entityName(f, r.Subject), r.Predicate, entityName(f, r.Object))
		}
	}
	return table.Flush()
}

func verdict(kept bool) string {
	if kept {
		return "kept"
	}
	return "rejected"
}

// shorten cuts a text that is too long for a line of a table.
func shorten(s string) string {
	const most = 24 // code points
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}

func entityName(f *schema.Facts, id string) string {
	if e := f.Entity(id); e != nil {
		return e.Name
	}
	return id
}
