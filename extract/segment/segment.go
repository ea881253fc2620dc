// Package segment splits a cleaned text into sentences and words. It is the
// only package that calls C++: cppjieba, by way of gojieba.
//
// In goes Doc.Text; out come Doc.Sentences and, block of sentences by block,
// Doc.Tokens, both in order, without overlap, in bytes of Doc.Text. No token
// crosses the end of a sentence, and white space has no token. Any bytes are
// accepted: what is not UTF-8, and NUL, count as white space.
package segment

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/yanyiwu/gojieba"

	"github.com/districtkg/districtkg/schema"
)

// A Segmenter splits texts. Goroutines may share it. Its dictionaries take
// about a second to load, so they are loaded by the first text, not by New.
type Segmenter struct {
	seeds  fs.FS
	once   sync.Once
	engine *engine // nil until loaded
	err    error   // why it was not
}

// An engine is loaded dictionaries.
type engine struct {
	jieba *gojieba.Jieba
	tags  *tags
}

// New returns a Segmenter with the dictionaries in the folder jieba of seeds.
func New(seeds fs.FS) (*Segmenter, error) {
	for _, name := range []string{dictFile, modelFile, userFile} {
		if _, err := fs.Stat(seeds, name); err != nil {
			return nil, fmt.Errorf("find dictionary: %w", err)
		}
	}
	return &Segmenter{seeds: seeds}, nil
}

// load returns the dictionaries, which the first call loads.
func (s *Segmenter) load() (*engine, error) {
	s.once.Do(func() {
		s.engine, s.err = loadEngine(s.seeds)
		s.seeds = nil
	})
	return s.engine, s.err
}

// Close frees the memory of the dictionaries, if they were loaded. Nothing may
// use s at the same time; later texts get an error.
func (s *Segmenter) Close() error {
	s.once.Do(func() {})
	if s.engine != nil {
		s.engine.jieba.Free()
	}
	s.engine, s.err = nil, errClosed
	return nil
}

var errClosed = errors.New("the segmenter is closed")

// batch is how many bytes go to cppjieba at once: enough to make the cost of
// the call small, few enough that its working memory, some hundred times the
// text, is too.
const batch = 16 << 10

// blockBatches is how many batches make a block. Where one batch ends and the
// next begins depends on nothing but the text, so blocks do not change words.
const blockBatches = 4

// Split fills doc.Sentences and returns the document in blocks, which are for
// Segment.
func (s *Segmenter) Split(doc *schema.Doc) []*schema.Doc {
	doc.Sentences = sentences(doc.Text)
	doc.Words = schema.NewWordMap(len(doc.Text))
	var blocks []*schema.Doc
	for rest := doc.Sentences; len(rest) > 0; {
		n := 0
		for range blockBatches {
			n += batchOf(rest[n:])
		}
		blocks = append(blocks, doc.Block(rest[:n:n]))
		rest = rest[n:]
	}
	return blocks
}

// batchOf returns how many of the first sentences make a batch.
func batchOf(sents []schema.Span) int {
	n := 0
	for n < len(sents) && (n == 0 || sents[n].End-sents[0].Start <= batch) {
		n++
	}
	return n
}

// Segment fills doc.Tokens, in the memory that they have, and enters them into
// doc.Words. A document that was not split counts as one block.
func (s *Segmenter) Segment(doc *schema.Doc) error {
	e, err := s.load()
	if err != nil {
		return fmt.Errorf("load dictionaries: %w", err)
	}
	if doc.Words == nil {
		doc.Sentences = sentences(doc.Text)
		doc.Words = schema.NewWordMap(len(doc.Text))
	}
	doc.Tokens = doc.Tokens[:0]
	for rest := doc.Sentences; len(rest) > 0; {
		n := batchOf(rest)
		doc.Tokens = e.tokens(doc.Tokens, doc.Text, rest[:n])
		rest = rest[n:]
	}
	for _, t := range doc.Tokens {
		doc.Words.Add(t)
	}
	return nil
}

// tokens appends the tokens of consecutive sentences.
func (e *engine) tokens(out []schema.Token, text string, sents []schema.Span) []schema.Token {
	at := sents[0].Start
	piece := digestible(text[at:sents[len(sents)-1].End])
	for _, w := range e.jieba.Cut(piece, true) { // which leaves nothing out, so lengths tell offsets
		span := schema.Span{Start: at, End: at + len(w)}
		at = span.End
		for len(sents) > 0 && sents[0].End <= span.Start {
			sents = sents[1:]
		}
		for len(sents) > 0 && sents[0].End < span.End { // a word across the end of a sentence: split it
			out = e.token(out, text, schema.Span{Start: span.Start, End: sents[0].End})
			span.Start = sents[0].End
			sents = sents[1:]
		}
		out = e.token(out, text, span)
	}
	return out
}

// token appends one token unless it is white space.
func (e *engine) token(out []schema.Token, text string, s schema.Span) []schema.Token {
	word := s.In(text)
	if blank(word) {
		return out
	}
	return append(out, schema.Token{Span: s, Tag: e.tags.of(word)})
}

// blank reports whether a word of cppjieba is white space or unreadable.
func blank(word string) bool {
	if len(word) > utf8.UTFMax {
		return false
	}
	r, n := utf8.DecodeRuneInString(word)
	return n == len(word) && (unicode.IsSpace(r) || r == 0 || r == utf8.RuneError)
}

// digestible replaces, byte for byte, what cppjieba chokes on: it stops at a
// NUL, and gives no words at all for a text with an invalid byte.
func digestible(s string) string {
	if utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 {
		return s
	}
	b := []byte(s)
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		if r == 0 || r == utf8.RuneError && n == 1 {
			b[i] = ' '
		}
		i += n
	}
	return string(b)
}
