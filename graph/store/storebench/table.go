package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
)

// rows are those of the table, in order. Of "quads/s" more is better.
func rows() []string {
	return []string{
		"load s", "quads/s", "disk MB", "bytes/quad", "memory MB", "open ms", "lookup µs", "two hops µs",
		"scan ms", "count ms", "document ms", "greater ms", "replace ms", "delete ms", "dump s",
	}
}

// printTable prints the values with, in brackets, how many times as good the first store is.
func printTable(w io.Writer, reports []report) error {
	var measured []report
	for _, r := range reports {
		if r.Skip != "" {
			fmt.Fprintf(w, "%s left out: %s\n", r.Store, r.Skip)
		} else {
			measured = append(measured, r)
		}
		if r.Note != "" {
			fmt.Fprintf(w, "%s: %s\n", r.Store, r.Note)
		}
	}
	if len(measured) == 0 {
		return nil
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	var head []string
	for _, r := range measured {
		head = append(head, r.Store)
	}
	fmt.Fprintf(t, "\t%s\n", strings.Join(head, "\t"))
	for _, row := range rows() {
		fmt.Fprintf(t, "%s\t%s\n", row, strings.Join(cells(row, measured), "\t"))
	}
	if err := t.Flush(); err != nil {
		return err
	}
	return checkCounts(w, measured)
}

func cells(row string, reports []report) (out []string) {
	own, has := reports[0].Values[row]
	for i, r := range reports {
		v, ok := r.Values[row]
		switch {
		case !ok:
			out = append(out, "–")
		case i == 0 || !has || own == 0 || v == 0:
			out = append(out, number(v))
		case row == "quads/s":
			out = append(out, fmt.Sprintf("%s (%s×)", number(v), number(own/v)))
		default:
			out = append(out, fmt.Sprintf("%s (%s×)", number(v), number(v/own)))
		}
	}
	return out
}

// number prints three digits, or all before the point.
func number(v float64) string {
	switch {
	case v >= 100:
		return strconv.FormatFloat(v, 'f', 0, 64)
	case v >= 10:
		return strconv.FormatFloat(v, 'f', 1, 64)
	case v >= 0.01:
		return strconv.FormatFloat(v, 'f', 2, 64)
	}
	return strconv.FormatFloat(v, 'g', 2, 64)
}

// checkCounts says where two stores found different numbers of results.
func checkCounts(w io.Writer, reports []report) error {
	agree := true
	for _, row := range append(rows(), "quads lost") {
		want, ok := reports[0].Counts[row]
		for _, r := range reports[1:] {
			if got, has := r.Counts[row]; ok && has && got != want {
				agree = false
				fmt.Fprintf(w, "%s: %s found %d results, %s %d\n", row, reports[0].Store, want, r.Store, got)
			}
		}
	}
	if agree {
		fmt.Fprintln(w, "\nAll found the same numbers of results. Ratios in brackets: above 1, the first column is better.")
	}
	return nil
}
