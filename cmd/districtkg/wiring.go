package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"runtime/debug"

	"github.com/districtkg/districtkg/extract"
	"github.com/districtkg/districtkg/extract/clean"
	"github.com/districtkg/districtkg/extract/entity"
	"github.com/districtkg/districtkg/extract/figure"
	"github.com/districtkg/districtkg/extract/identity"
	"github.com/districtkg/districtkg/extract/lexicon"
	"github.com/districtkg/districtkg/extract/read"
	"github.com/districtkg/districtkg/extract/relation"
	"github.com/districtkg/districtkg/extract/resolve"
	"github.com/districtkg/districtkg/extract/rule"
	"github.com/districtkg/districtkg/extract/segment"
	"github.com/districtkg/districtkg/graph"
	_ "github.com/districtkg/districtkg/graph/postgres" // makes itself known to Cayley as "districtkg-postgres"
	_ "github.com/districtkg/districtkg/graph/store"    // makes itself known to Cayley as "pebble"
	"github.com/districtkg/districtkg/schema"
	"github.com/districtkg/districtkg/seeds"
)

// A pipeline is the stages of extraction, loaded with the embedded knowledge.
// It must be closed: the segmenter holds memory that Go does not see.
type pipeline struct {
	extract.Pipeline
	segmenter *segment.Segmenter
}

// newPipeline loads what extraction knows. It takes about a second, so only
// verbs that read text call it.
func newPipeline() (*pipeline, error) {
	boundMemory()
	p, err := loadPipeline()
	if err != nil {
		return nil, fmt.Errorf("load the embedded knowledge: %w", err)
	}
	return p, nil
}

// softMemory is how much memory the Go runtime may use before it collects
// garbage more often than it otherwise would. What lives of a report of 50 MB is
// less; a report of common size never comes near it.
const softMemory = 512 << 20

// boundMemory keeps what a large document leaves behind at each stage from
// adding up, unless GOMEMLIMIT says what the bound is to be.
func boundMemory() {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(softMemory)
	}
}

func loadPipeline() (*pipeline, error) {
	fsys := seeds.FS()
	p := &pipeline{}
	lex, err := lexicon.Load(fsys)
	if err != nil {
		return nil, err
	}
	rules, err := rule.Load(fsys, "rules")
	if err != nil {
		return nil, err
	}
	if p.Cleaner, err = clean.New(fsys); err != nil {
		return nil, err
	}
	if p.Mentions, err = entity.New(lex); err != nil {
		return nil, err
	}
	if p.Identity, err = identity.New(fsys, lex, rules); err != nil {
		return nil, err
	}
	if p.Resolver, err = resolve.New(fsys, lex, rules); err != nil {
		return nil, err
	}
	if p.Figures, err = figure.New(fsys); err != nil {
		return nil, err
	}
	p.Relations = relation.New(rules, lex.Divisions)
	if p.segmenter, err = segment.New(fsys); err != nil {
		return nil, err
	}
	p.Segmenter = p.segmenter
	return p, nil
}

// Close frees the segmenter.
func (p *pipeline) Close() { p.segmenter.Close() }

// documents returns the documents at the paths, or the embedded samples where
// there are none, and how many there will be (-1 where only reading tells).
func documents(ctx context.Context, paths []string) (iter.Seq2[*schema.Doc, error], int, error) {
	if len(paths) == 0 {
		return read.Documents(seeds.Documents()), sampleCount(), nil
	}
	return read.Walk(ctx, paths), -1, nil
}

// readOne reads a single file, or the embedded sample of that name.
func readOne(ctx context.Context, path string) (*schema.Doc, error) {
	return read.File(ctx, path)
}

func sampleCount() int {
	n := 0
	for range read.Documents(seeds.Documents()) {
		n++
	}
	return n
}

// openGraph opens the graph that --db names.
func openGraph(ctx context.Context, db string, o graph.Options) (*graph.Graph, error) {
	g, err := graph.Open(ctx, db, o)
	if errors.Is(err, schema.ErrNotFound) {
		return nil, fmt.Errorf("open the graph at %s: %w; make one with: districtkg build --db %s", db, schema.ErrNotFound, db)
	}
	if err != nil {
		return nil, fmt.Errorf("open the graph at %s: %w", db, err)
	}
	return g, nil
}
