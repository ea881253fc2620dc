package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"runtime"

	"github.com/spf13/cobra"

	"github.com/districtkg/districtkg/extract"
	"github.com/districtkg/districtkg/schema"
)

func newExtract() *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:   "extract [PATH…]",
		Short: "Extract the facts of documents and print them",
		Long: `Prints what the documents say, without a graph: one JSON object a document
(jsonl), or the document itself with its finds coloured (text). Without a PATH
it takes the embedded sample documents.`,
		Example: `  districtkg extract report.txt --format text
  districtkg extract reports/ > facts.jsonl`,
		RunE: func(c *cobra.Command, paths []string) error {
			write, err := factsWriter(format)
			if err != nil {
				return err
			}
			return extractTo(c.Context(), paths, c.OutOrStdout(), c.ErrOrStderr(), write)
		},
	}
	c.Flags().StringVar(&format, "format", "jsonl", "jsonl or text")
	return c
}

// factsWriter returns the function that writes facts in the format.
func factsWriter(format string) (func(io.Writer, *schema.Facts) error, error) {
	switch format {
	case "jsonl":
		return extract.WriteJSON, nil
	case "text":
		return writeHighlighted, nil
	}
	return nil, fmt.Errorf("%w format %q: want jsonl or text", schema.ErrInvalid, format)
}

// extractTo writes the facts of each document in turn.
func extractTo(ctx context.Context, paths []string, out, notes io.Writer, write func(io.Writer, *schema.Facts) error) error {
	w := bufio.NewWriter(out)
	failed := 0
	err := eachResult(ctx, paths, func(r extract.Result) error {
		if r.Err != nil {
			failed++
			fmt.Fprintf(notes, "not read: %v\n", r.Err)
			return nil
		}
		return write(w, r.Facts)
	})
	if err == nil {
		err = w.Flush()
	}
	if err == nil && failed > 0 {
		err = errReported
	}
	return err
}

// eachResult extracts from the documents and calls f with each result in
// order, until f returns an error.
func eachResult(ctx context.Context, paths []string, f func(extract.Result) error) error {
	docs, _, err := documents(ctx, paths)
	if err != nil {
		return err
	}
	pipeline, err := newPipeline()
	if err != nil {
		return err
	}
	defer pipeline.Close()
	for r := range pipeline.Run(ctx, runtime.GOMAXPROCS(0), docs) {
		if err := f(r); err != nil {
			return err
		}
	}
	return ctx.Err()
}
