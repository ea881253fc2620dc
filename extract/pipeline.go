// Package extract turns documents into facts. Its Pipeline runs the stages in
// order: clean, segment, recognise mentions, identify the document, resolve
// mentions to entities, read figures, relate entities. Each stage is a package
// below this one and adds to the document; none edits what came before.
//
// Sentences are segmented and searched for names in blocks, on all cores; the
// other stages look at the whole document.
//
// A Pipeline holds no state of a document, so one serves any number of
// goroutines, and the same bytes in give the same facts out.
package extract

import (
	"context"
	"fmt"
	"iter"
	"sync"

	"github.com/districtkg/districtkg/schema"
)

// A Cleaner repairs a document's text and records how.
type Cleaner interface{ Clean(*schema.Doc) error }

// A Segmenter splits a document's text into blocks of sentences, and those of a
// block into tokens, in the memory of the tokens that it has.
type Segmenter interface {
	Split(*schema.Doc) []*schema.Doc
	Segment(block *schema.Doc) error
}

// A MentionRecogniser finds where the text names entities: first block by
// block, then, with the finds of all blocks in order, in the document.
type MentionRecogniser interface {
	Find(block *schema.Doc) []schema.Mention
	Settle(doc *schema.Doc, finds []schema.Mention) []schema.Mention
}

// An Identifier infers what a document says about itself.
type Identifier interface {
	Identify(*schema.Doc, []schema.Mention)
}

// A Resolver groups the mentions of a document into entities and returns them
// with the id of the one that the document is about.
type Resolver interface {
	Resolve(*schema.Doc, []schema.Mention) (entities []schema.Entity, subject string)
}

// A FigureRecogniser reads the numbers of a document. The entities are those
// that a figure can be about.
type FigureRecogniser interface {
	Recognise(doc *schema.Doc, entities []schema.Entity, subject string) []schema.Figure
}

// A Relater finds what the text says of two entities.
type Relater interface {
	Relate(doc *schema.Doc, entities []schema.Entity, subject string) []schema.Relation
}

// A Pipeline is the ordered stages. All of them must be set.
type Pipeline struct {
	Cleaner   Cleaner
	Segmenter Segmenter
	Mentions  MentionRecogniser
	Identity  Identifier
	Resolver  Resolver
	Figures   FigureRecogniser
	Relations Relater
}

// Extract runs the stages on one document that extract/read has read. When ctx
// ends it stops, at the latest after the stage or the block in hand.
func (p *Pipeline) Extract(ctx context.Context, doc *schema.Doc) (*schema.Facts, error) {
	if err := p.Cleaner.Clean(doc); err != nil {
		return nil, fmt.Errorf("clean %s: %w", doc.Path, err)
	}
	mentions, err := p.mentions(ctx, doc)
	if err != nil {
		return nil, fmt.Errorf("segment %s: %w", doc.Path, err)
	}
	p.Identity.Identify(doc, mentions)
	f := &schema.Facts{Doc: doc}
	f.Entities, f.SubjectID = p.Resolver.Resolve(doc, mentions)
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("extract from %s: %w", doc.Path, err)
	}
	p.relate(f)
	doc.Words = nil // as large as the text, and asked by the stages only
	return f, nil
}

// A Result is what became of one document: its facts, or why there are none.
type Result struct {
	Path  string
	Facts *schema.Facts
	Err   error
}

// Run extracts from each document in turn, with up to workers of them under
// way at once, and yields the results in the order of the documents. One that
// fails yields its error and the run goes on: the caller decides whether to stop.
func (p *Pipeline) Run(ctx context.Context, workers int, docs iter.Seq2[*schema.Doc, error]) iter.Seq[Result] {
	return func(yield func(Result) bool) {
		ctx, cancel := context.WithCancel(ctx)
		queue := make(chan chan Result, workers)
		var feeding sync.WaitGroup
		feeding.Add(1)
		go func() {
			defer feeding.Done()
			defer close(queue)
			p.feed(ctx, docs, queue)
		}()
		defer feeding.Wait()
		defer cancel()
		for slot := range queue {
			if !yield(<-slot) {
				cancel()
				for range queue { // let the feeder finish
				}
				return
			}
		}
	}
}

// feed starts a goroutine for each document and queues where its result will
// come; the queue's capacity bounds how many are under way.
func (p *Pipeline) feed(ctx context.Context, docs iter.Seq2[*schema.Doc, error], queue chan<- chan Result) {
	for doc, err := range docs {
		slot := make(chan Result, 1)
		select {
		case queue <- slot:
		case <-ctx.Done():
			return
		}
		go func() { slot <- p.result(ctx, doc, err) }()
	}
}

func (p *Pipeline) result(ctx context.Context, doc *schema.Doc, err error) Result {
	path := ""
	if doc != nil {
		path = doc.Path
	}
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return Result{Path: path, Err: err}
	}
	facts, err := p.Extract(ctx, doc)
	return Result{path, facts, err}
}
