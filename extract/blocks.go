package extract

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/districtkg/districtkg/schema"
)

// mentions segments the blocks of a document and finds what they name, on all
// cores. Tokens, many times as large as the text, live no longer than the look
// at their block; only the finds stay, in order of the blocks, so that the
// number of cores changes nothing.
func (p *Pipeline) mentions(ctx context.Context, doc *schema.Doc) ([]schema.Mention, error) {
	blocks := p.Segmenter.Split(doc)
	finds := make([][]schema.Mention, len(blocks))
	errs := make([]error, workers(doc, len(blocks)))
	var next atomic.Int64
	var working sync.WaitGroup
	for w := range errs {
		working.Go(func() {
			errs[w] = p.find(ctx, blocks, finds, &next)
		})
	}
	working.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return p.Mentions.Settle(doc, slices.Concat(finds...)), nil
}

// find fills in the finds of one block after another, until there is no next
// one or ctx ends.
func (p *Pipeline) find(ctx context.Context, blocks []*schema.Doc, finds [][]schema.Mention, next *atomic.Int64) error {
	tokens := make([]schema.Token, 0, len(blocks[0].Text)/len(blocks)/tokenBytes)
	for i := next.Add(1) - 1; i < int64(len(blocks)); i = next.Add(1) - 1 {
		if err := ctx.Err(); err != nil {
			return err
		}
		b := blocks[i]
		b.Tokens = tokens
		if err := p.Segmenter.Segment(b); err != nil {
			return err
		}
		finds[i] = p.Mentions.Find(b)
		tokens, b.Tokens = b.Tokens, nil
	}
	return nil
}

// tokenBytes is at most how many bytes of text there are to a token, so that
// the tokens of a block seldom have to move.
const tokenBytes = 4

// workers returns how many goroutines work on n blocks. A document that is
// traced has one: whoever listens hears the decisions in order.
func workers(doc *schema.Doc, n int) int {
	if doc.Traced() {
		return min(n, 1)
	}
	return min(n, runtime.GOMAXPROCS(0))
}

// relate reads the figures and the relations, which need nothing of each
// other, at the same time.
func (p *Pipeline) relate(f *schema.Facts) {
	figures := func() { f.Figures = p.Figures.Recognise(f.Doc, f.Entities, f.SubjectID) }
	var working sync.WaitGroup
	if f.Doc.Traced() {
		figures()
	} else {
		working.Go(figures)
	}
	f.Relations = p.Relations.Relate(f.Doc, f.Entities, f.SubjectID)
	working.Wait()
}
