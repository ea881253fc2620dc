package extract

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"strconv"
	"testing"

	"github.com/districtkg/districtkg/schema"
)

// stages are all of a pipeline's but for what the test puts in: every sentence
// is a block, and what it names is the number of its only token.
type stages struct{ found func(block int) }

func (stages) Clean(d *schema.Doc) error { d.Text = d.Original; return nil }

func (stages) Split(d *schema.Doc) []*schema.Doc {
	var blocks []*schema.Doc
	for i := range d.Text {
		d.Sentences = append(d.Sentences, schema.Span{Start: i, End: i + 1})
		blocks = append(blocks, d.Block(d.Sentences[i:]))
	}
	return blocks
}

func (stages) Segment(b *schema.Doc) error {
	b.Tokens = append(b.Tokens[:0], schema.Token{Span: b.Sentences[0]})
	return nil
}

func (s stages) Find(b *schema.Doc) []schema.Mention {
	i := b.Tokens[0].Start
	s.found(i)
	return []schema.Mention{{Name: strconv.Itoa(i)}}
}

func (stages) Settle(_ *schema.Doc, finds []schema.Mention) []schema.Mention { return finds }

func (stages) Identify(*schema.Doc, []schema.Mention) {}

func (stages) Resolve(_ *schema.Doc, ms []schema.Mention) ([]schema.Entity, string) {
	return []schema.Entity{{ID: "e1", Mentions: ms}}, "e1"
}

func (stages) Recognise(*schema.Doc, []schema.Entity, string) []schema.Figure { return nil }

func (stages) Relate(*schema.Doc, []schema.Entity, string) []schema.Relation { return nil }

func pipelineOf(s stages) *Pipeline { return &Pipeline{s, s, s, s, s, s, s} }

// What is found comes in order of the blocks, however many goroutines look.
func TestBlocksInOrder(t *testing.T) {
	var want []string
	for i := range 400 {
		want = append(want, strconv.Itoa(i))
	}
	p := pipelineOf(stages{found: func(block int) {
		if block%3 == 0 {
			runtime.Gosched()
		}
	}})
	f, err := p.Extract(t.Context(), &schema.Doc{Original: string(make([]byte, 400))})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range f.Entities[0].Mentions {
		got = append(got, m.Name)
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
}

// A document of many blocks is left where the context ends, not at its end.
func TestExtractStopsBetweenBlocks(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	last := make(chan int, 400)
	p := pipelineOf(stages{found: func(block int) {
		last <- block
		if block == 10 {
			cancel()
		}
		if block > 10 {
			<-ctx.Done() // another goroutine may be ahead of the one that ends it
		}
	}})
	if _, err := p.Extract(ctx, &schema.Doc{Path: "a.txt", Original: string(make([]byte, 400))}); !errors.Is(err, context.Canceled) {
		t.Fatalf("error %v", err)
	}
	if n := len(last); n > 11+runtime.GOMAXPROCS(0) {
		t.Errorf("%d blocks were read", n)
	}
}

// Whoever traces a document hears of its blocks one after the other.
func TestTracedInOrder(t *testing.T) {
	var got []int
	p := pipelineOf(stages{found: func(block int) { got = append(got, block) }})
	doc := &schema.Doc{Original: string(make([]byte, 400)), Trace: func(schema.Decision) {}}
	if _, err := p.Extract(t.Context(), doc); err != nil {
		t.Fatal(err)
	}
	if len(got) != 400 || !slices.IsSorted(got) {
		t.Errorf("got %v", got)
	}
}
