// Storebench loads the same generated graph into several stores, and prints how
// long each takes for what the product does, side by side and as ratios:
//
//	go run ./graph/store/storebench -quads 1000000 -stores pebble,leveldb,memstore
//
// Each store is measured in a process of its own, one after the other. A store that
// is not to be had on this machine is left out, with the reason printed.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
)

// A job is what a measuring process is told.
type job struct {
	Store string
	Dir   string // its own, empty
	File  string // the graph as N-Quads
	Shape size
}

// A report is what it answers.
type report struct {
	Store  string
	Values map[string]float64 // by the name of a row
	Counts map[string]int     // how many results each question had
	Skip   string             // why there are no values
	Note   string
}

// known are the stores in the order of the table's columns.
func known() []string {
	return []string{"pebble", "leveldb", "bbolt", "memstore", "postgres", "postgres-text", "oxigraph"}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "storebench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	g := size{}
	flag.IntVar(&g.Quads, "quads", 1_000_000, "quads in the graph")
	flag.IntVar(&g.Entities, "entities", 0, "entities; 0 means one for ten quads")
	flag.IntVar(&g.Predicates, "predicates", 20, "predicates")
	flag.IntVar(&g.Documents, "documents", 200, "documents")
	stores := flag.String("stores", strings.Join(known(), ","), "what to measure")
	dir := flag.String("dir", "", "where to write; a temporary directory if empty")
	measure := flag.String("measure", "", "measure as this job says (for internal use)")
	flag.Parse()
	if *measure != "" {
		return answer(ctx, *measure)
	}
	if g.Entities == 0 {
		g.Entities = max(1, g.Quads/10)
	}
	tmp, err := os.MkdirTemp(*dir, "storebench-")
	if err != nil {
		return err
	}
	return errors.Join(compare(ctx, g, strings.Split(*stores, ","), tmp), os.RemoveAll(tmp))
}

// compare measures the stores and prints the table.
func compare(ctx context.Context, g size, stores []string, dir string) error {
	file := filepath.Join(dir, "graph.nq")
	size, err := generate(g, file)
	if err != nil {
		return err
	}
	fmt.Printf("%d quads, %d entities, %d predicates, %d documents, %d MB of N-Quads\n\n",
		g.Quads, g.Entities, g.Predicates, g.Documents, size/1_000_000)
	var reports []report
	for _, name := range stores {
		sub := filepath.Join(dir, name)
		if err := os.Mkdir(sub, 0o755); err != nil {
			return err
		}
		fmt.Fprintf(os.Stderr, "measuring %s\n", name)
		r, err := measureApart(ctx, job{Store: name, Dir: sub, File: file, Shape: g})
		if err := errors.Join(ctx.Err(), err); err != nil {
			return fmt.Errorf("measure %s: %w", name, err)
		}
		reports = append(reports, r)
		if err := os.RemoveAll(sub); err != nil {
			return err
		}
	}
	return printTable(os.Stdout, reports)
}

func generate(g size, path string) (int64, error) {
	f, err := os.Create(path)
	if err != nil {
		return 0, err
	}
	if err := errors.Join(g.write(f), f.Close()); err != nil {
		return 0, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// measureApart runs a job in a process of its own.
func measureApart(ctx context.Context, j job) (r report, err error) {
	text, err := json.Marshal(j)
	if err != nil {
		return r, err
	}
	self, err := os.Executable()
	if err != nil {
		return r, err
	}
	cmd := exec.CommandContext(ctx, self, "-measure", string(text))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return r, err
	}
	return r, json.Unmarshal(out, &r)
}

// answer does the job that text describes and prints the report.
func answer(ctx context.Context, text string) error {
	var j job
	if err := json.Unmarshal([]byte(text), &j); err != nil {
		return err
	}
	r, err := do(ctx, j)
	var absent absentError
	if errors.As(err, &absent) {
		r, err = report{Store: j.Store, Skip: string(absent)}, nil
	}
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(r)
}

// An absentError says why a store cannot be measured here.
type absentError string

func (e absentError) Error() string { return string(e) }
