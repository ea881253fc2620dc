package main

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/districtkg/districtkg/extract"
	"github.com/districtkg/districtkg/extract/eval"
	"github.com/districtkg/districtkg/schema"
)

func newEval() *cobra.Command {
	mistakes := 0
	c := &cobra.Command{
		Use:   "eval GOLD_DIR [PATH…]",
		Short: "Measure extraction against gold annotation",
		Long: `Extracts from the documents and compares with GOLD_DIR/NAME.gold for each document
NAME: precision, recall and F1 of entities, relations and figures, by class,
predicate, slot and document. Without a PATH it takes the texts that lie in
GOLD_DIR, or else the embedded sample documents.`,
		Example: `  districtkg eval gold/ reports/ --errors 20`,
		Args:    cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			report, err := evaluate(c.Context(), args[0], args[1:], c.ErrOrStderr())
			if err != nil {
				return err
			}
			return report.WriteTable(c.OutOrStdout(), mistakes)
		},
	}
	c.Flags().IntVar(&mistakes, "errors", 0, "print up to so many mistakes of each kind and document")
	return c
}

// evaluate extracts from the documents that have gold and scores the result.
func evaluate(ctx context.Context, folder string, paths []string, notes io.Writer) (*eval.Report, error) {
	gold := os.DirFS(folder)
	names, err := fs.Glob(gold, "*.gold")
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("read gold in %s: %w: it has no file NAME.gold", folder, schema.ErrNotFound)
	}
	if len(paths) == 0 {
		paths = textsBeside(folder, names)
	}
	var lines []extract.Line
	err = eachResult(ctx, paths, func(r extract.Result) error {
		if r.Err != nil {
			fmt.Fprintf(notes, "not read: %v\n", r.Err)
			return nil
		}
		lines = append(lines, extract.NewLine(r.Facts))
		return nil
	})
	if err != nil {
		return nil, err
	}
	return eval.Score(gold, lines)
}

// textsBeside returns the texts that lie beside gold files.
func textsBeside(folder string, gold []string) []string {
	var paths []string
	for _, name := range gold {
		text := filepath.Join(folder, strings.TrimSuffix(name, ".gold")+".txt")
		if _, err := os.Stat(text); err == nil {
			paths = append(paths, text)
		}
	}
	return paths
}
