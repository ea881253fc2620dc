package search

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2"
	bsearch "github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"
	"golang.org/x/text/unicode/norm"

	"github.com/districtkg/districtkg/graph"
	"github.com/districtkg/districtkg/schema"
)

// An Index finds sentences. It may be used by several goroutines at once.
type Index struct {
	src   Source
	index bleve.Index

	mu      sync.RWMutex   // held for writing while the index is brought up to date
	known   map[string]int // sentences of each indexed document, by its key
	version uint64
	fresh   bool
}

// Open opens the index of src in dir, which is made where it is not there; ""
// keeps it in memory. It is brought up to date by the first search.
func Open(dir string, src Source) (*Index, error) {
	index, err := open(dir)
	if err != nil {
		return nil, fmt.Errorf("open sentence index: %w", err)
	}
	known, err := indexed(index)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open sentence index: %w", err), index.Close())
	}
	return &Index{src: src, index: index, known: known}, nil
}

// Close closes the index.
func (x *Index) Close() error { return x.index.Close() }

// Refresh brings the index up to date if the graph has changed.
func (x *Index) Refresh(ctx context.Context) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	version := x.src.Version()
	if x.fresh && version == x.version {
		return nil
	}
	if err := x.sync(ctx); err != nil {
		return fmt.Errorf("refresh sentence index: %w", err)
	}
	x.version, x.fresh = version, true
	return nil
}

// A Query asks for sentences.
type Query struct {
	Text     string // words, parted by spaces
	Document string // id: of this document only
	Code     string // GB/T 2260: of documents about this division or one below it
	graph.Page
}

// A Sentence is one that was found.
type Sentence struct {
	Text     string            `json:"text"`
	Start    int               `json:"start" doc:"Code points of the document's original text."`
	End      int               `json:"end"`
	Score    float64           `json:"score"`
	Marks    []Mark            `json:"marks" doc:"Where the words stand."`
	Document graph.DocumentRef `json:"document"`
	Entities []graph.Ref       `json:"entities" doc:"That the sentence names, in order."`
}

// A Mark is a place in a sentence, in code points of its text.
type Mark struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// A Result is a page of sentences, the best first.
type Result struct {
	graph.List[Sentence]
	Approximate bool `json:"approximate" doc:"No sentence has all the words as written: these have parts of them."`
}

// Search finds sentences.
func (x *Index) Search(ctx context.Context, q Query) (Result, error) {
	words := strings.Fields(norm.NFKC.String(q.Text))
	if len(words) == 0 || !utf8.ValidString(q.Text) {
		return Result{}, fmt.Errorf("%w query: it has no words", schema.ErrInvalid)
	}
	offset, err := offsetOf(q.After)
	if err != nil {
		return Result{}, err
	}
	if err := x.Refresh(ctx); err != nil {
		return Result{}, err
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	found, err := x.find(ctx, exact(words), q, offset)
	if err != nil {
		return Result{}, err
	}
	out := Result{}
	if found.Total == 0 {
		if found, err = x.find(ctx, near(words), q, offset); err != nil {
			return Result{}, err
		}
		out.Approximate = found.Total > 0
	}
	out.List, err = x.page(ctx, found, words, offset)
	return out, err
}

// maxOffset bounds how far into an answer a page may lie: the engine ranks all before it.
const maxOffset = 10_000

func offsetOf(after string) (int, error) {
	if after == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(after)
	if err != nil || n < 0 || n > maxOffset {
		return 0, fmt.Errorf("%w cursor %.40q", schema.ErrInvalid, after)
	}
	return n, nil
}

// exact asks for all words as written.
func exact(words []string) query.Query {
	all := make([]query.Query, len(words))
	for i, w := range words {
		all[i] = phrase(w)
	}
	return bleve.NewConjunctionQuery(all...)
}

// phrase asks for a word. A single character is part of a term, never one itself.
func phrase(word string) query.Query {
	if utf8.RuneCountInString(word) > 1 {
		q := bleve.NewMatchPhraseQuery(word)
		q.SetField(fieldWords)
		return q
	}
	before := bleve.NewPrefixQuery(strings.ToLower(word))
	before.SetField(fieldWords)
	after := bleve.NewRegexpQuery("." + regexpQuote(strings.ToLower(word)))
	after.SetField(fieldWords)
	return bleve.NewDisjunctionQuery(before, after)
}

func regexpQuote(s string) string {
	if strings.ContainsAny(s, `\.+*?()|[]{}^$`) {
		return `\` + s
	}
	return s
}

// near asks for any pair of characters of the words.
func near(words []string) query.Query {
	q := bleve.NewMatchQuery(strings.Join(words, " "))
	q.SetField(fieldWords)
	return q
}

func (x *Index) find(ctx context.Context, what query.Query, q Query, offset int) (*bleve.SearchResult, error) {
	all := []query.Query{what}
	if q.Document != "" {
		only := bleve.NewTermQuery(q.Document)
		only.SetField(fieldDocument)
		all = append(all, only)
	}
	if q.Code != "" {
		below := bleve.NewPrefixQuery(q.Code)
		below.SetField(fieldCode)
		all = append(all, below)
	}
	limit := q.Limit
	if limit <= 0 {
		limit = 20
	}
	req := bleve.NewSearchRequestOptions(bleve.NewConjunctionQuery(all...), min(limit, graph.MaxLimit), offset, false)
	req.Fields = []string{fieldText, fieldDocument, fieldStart, fieldEnd}
	req.SortBy([]string{"-_score", fieldDocument, fieldStart})
	found, err := x.index.SearchInContext(ctx, req)
	if err != nil {
		return nil, fmt.Errorf("search sentences: %w", err)
	}
	return found, nil
}

// page makes the sentences of a page of hits.
func (x *Index) page(ctx context.Context, found *bleve.SearchResult, words []string, offset int) (graph.List[Sentence], error) {
	out := graph.List[Sentence]{Items: []Sentence{}, Total: int(found.Total)}
	docs := map[string]graph.Document{}
	for _, hit := range found.Hits {
		s, err := x.sentence(ctx, hit, docs)
		if err != nil {
			return out, err
		}
		s.Marks = marks(s.Text, words)
		out.Items = append(out.Items, s)
	}
	if next := offset + len(found.Hits); next < out.Total && len(found.Hits) > 0 && next <= maxOffset {
		out.Next = strconv.Itoa(next)
	}
	return out, nil
}

func (x *Index) sentence(ctx context.Context, hit *bsearch.DocumentMatch, docs map[string]graph.Document) (Sentence, error) {
	id, _ := hit.Fields[fieldDocument].(string)
	text, _ := hit.Fields[fieldText].(string)
	start, _ := hit.Fields[fieldStart].(float64)
	end, _ := hit.Fields[fieldEnd].(float64)
	doc, ok := docs[id]
	if !ok {
		var err error
		if doc, err = x.src.Document(ctx, id); err != nil {
			return Sentence{}, fmt.Errorf("read document %s: %w", id, err)
		}
		docs[id] = doc
	}
	return Sentence{
		Text: text, Start: int(start), End: int(end), Score: hit.Score,
		Document: doc.DocumentRef, Entities: named(doc.MentionList, int(start), int(end)),
	}, nil
}

// named returns the entities that are mentioned in [start, end), each once, in
// order of their mentions.
func named(mentions []graph.Mention, start, end int) []graph.Ref {
	var inside []graph.Mention
	for _, m := range mentions {
		if m.Start >= start && m.End <= end {
			inside = append(inside, m)
		}
	}
	slices.SortStableFunc(inside, func(a, b graph.Mention) int { return cmp.Compare(a.Start, b.Start) })
	out := []graph.Ref{}
	seen := map[string]bool{}
	for _, m := range inside {
		if !seen[m.Entity.ID] {
			seen[m.Entity.ID] = true
			out = append(out, m.Entity)
		}
	}
	return out
}

// marks returns where the words stand in text, as written but for width and case.
func marks(text string, words []string) []Mark {
	folded := fold(text)
	out := []Mark{}
	for _, w := range words {
		out = append(out, occurrences(folded, fold(w))...)
	}
	slices.SortFunc(out, func(a, b Mark) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
	return out
}

// fold returns text with each code point in its narrow or wide standard form
// and lower case, one for one, so that places stay.
func fold(text string) []rune {
	out := []rune(text)
	for i, r := range out {
		if f := []rune(strings.ToLower(norm.NFKC.String(string(r)))); len(f) == 1 {
			out[i] = f[0]
		}
	}
	return out
}

func occurrences(text, word []rune) []Mark {
	var out []Mark
	for i := 0; i+len(word) <= len(text); i++ {
		if slices.Equal(text[i:i+len(word)], word) {
			out = append(out, Mark{i, i + len(word)})
			i += len(word) - 1
		}
	}
	return out
}
