package graph

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"sync"

	"github.com/cayleygraph/quad"

	"github.com/districtkg/districtkg/graph/quads"
	"github.com/districtkg/districtkg/schema"
)

// Build loads many documents, in bulk where the store can. A document that the
// graph has already is replaced; one of the same bytes as an earlier one of the
// sequence is left out. The first error of the sequence or of the store ends it; a
// document is then there whole or as it was before.
func (g *Graph) Build(ctx context.Context, facts iter.Seq2[*schema.Facts, error]) (Built, error) {
	next, stop := iter.Pull(encodeAhead(facts, g.vocab))
	defer stop()
	b := &build{g: g, next: next, seen: map[quad.Value]bool{}}
	for !b.done {
		err := g.change(func() error {
			_, err := loader(g.qs).BulkLoad(ctx, b.fresh(ctx))
			return err
		})
		if err := errors.Join(err, b.replaceKnown(ctx)); err != nil {
			return b.built, fmt.Errorf("build: %w", err)
		}
	}
	return b.built, nil
}

// knownLimit is how many quads of known documents wait, in memory, for a bulk load to end.
const knownLimit = 1 << 20

// A build sorts documents into those that a bulk load can add and those that are to replace what is there.
type build struct {
	g     *Graph
	next  func() (encoded, bool)
	done  bool
	seen  map[quad.Value]bool
	known [][]quad.Quad
	built Built
}

// fresh yields the quads of documents that the graph does not have, until there
// are no more documents or too many that it has.
func (b *build) fresh(ctx context.Context) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		for waiting := 0; waiting < knownLimit; {
			all, known, err := b.document(ctx)
			if err != nil {
				yield(quad.Quad{}, err)
				return
			}
			switch {
			case b.done:
				return
			case known:
				waiting += len(all)
				b.known = append(b.known, all)
			default:
				for _, q := range all {
					if !yield(q, nil) {
						return
					}
				}
			}
		}
	}
}

// document returns the quads of the next document that did not come before,
// and whether the graph has it.
func (b *build) document(ctx context.Context) (all []quad.Quad, known bool, err error) {
	for {
		e, ok := b.next()
		if !ok {
			b.done = true
			return nil, false, nil
		}
		if e.err != nil {
			return nil, false, e.err
		}
		label := e.quads[0].Label
		if b.seen[label] {
			b.built.Repeated = append(b.built.Repeated, e.path)
			continue
		}
		b.seen[label] = true
		b.built.Documents++
		b.built.Quads += len(e.quads)
		known, err = b.g.labelled(ctx, label)
		return e.quads, known, err
	}
}

// replaceKnown replaces the documents that the graph had.
func (b *build) replaceKnown(ctx context.Context) error {
	for _, all := range b.known {
		if _, err := b.g.replace(ctx, all); err != nil {
			return err
		}
	}
	b.known = nil
	return nil
}

// An encoded document is its quads, or why there are none.
type encoded struct {
	path  string
	quads []quad.Quad
	err   error
}

func encode(f *schema.Facts, err error, v *quads.Vocabulary) encoded {
	if err != nil {
		return encoded{err: err}
	}
	all, err := quads.FromFacts(f, v)
	if err != nil {
		return encoded{err: err}
	}
	return encoded{path: f.Doc.Path, quads: all}
}

// encodeAhead yields the quads of documents in their order, while later
// documents are turned into quads on the other processors. The sequence of facts runs
// in a goroutine of its own, which ends before encodeAhead does.
func encodeAhead(facts iter.Seq2[*schema.Facts, error], v *quads.Vocabulary) iter.Seq[encoded] {
	return func(yield func(encoded) bool) {
		queue, stop := make(chan chan encoded, runtime.GOMAXPROCS(0)), make(chan struct{})
		var feeding sync.WaitGroup
		feeding.Go(func() {
			defer close(queue)
			for f, err := range facts {
				slot := make(chan encoded, 1)
				select {
				case queue <- slot:
				case <-stop:
					return
				}
				go func() { slot <- encode(f, err, v) }()
			}
		})
		defer feeding.Wait()
		defer close(stop)
		for slot := range queue {
			if !yield(<-slot) {
				return
			}
		}
	}
}
