package search

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/analysis/lang/cjk"
	"github.com/blevesearch/bleve/v2/mapping"

	"github.com/districtkg/districtkg/graph"
)

// A Source gives the documents of a graph. [graph.Graph] is one.
type Source interface {
	Documents(context.Context, graph.DocumentQuery) (graph.List[graph.DocumentItem], error)
	Document(ctx context.Context, id string) (graph.Document, error)
	Version() uint64
}

// Fields of an indexed sentence.
const (
	fieldText     = "text"  // as in the document
	fieldWords    = "words" // the same in narrow forms, to be found
	fieldDocument = "document"
	fieldCode     = "code" // of the division that the document is about
	fieldStart    = "start"
	fieldEnd      = "end"
	fieldSource   = "source" // of a marker: the key of an indexed document
)

// A marker tells that a document is indexed, with the number of its sentences.
type marker struct {
	Source string  `json:"source"`
	End    float64 `json:"end"`
}

// A record is what is indexed of a sentence.
type record struct {
	Text     string  `json:"text"`
	Words    string  `json:"words"`
	Document string  `json:"document"`
	Code     string  `json:"code"`
	Start    float64 `json:"start"` // code points
	End      float64 `json:"end"`
}

// format changes with the mapping, so that an index of an older one is made anew.
const format = "1"

// keyFormat is where the index keeps its format.
const (
	keyFormat = "format"
)

func newMapping() mapping.IndexMapping {
	text := bleve.NewTextFieldMapping()
	text.Index = false
	text.IncludeInAll = false
	words := bleve.NewTextFieldMapping()
	words.Analyzer = cjk.AnalyzerName
	words.Store = false
	words.IncludeInAll = false
	word := bleve.NewTextFieldMapping()
	word.Analyzer = keyword.Name
	word.IncludeInAll = false
	place := bleve.NewNumericFieldMapping()
	place.IncludeInAll = false
	sentence := bleve.NewDocumentStaticMapping()
	sentence.AddFieldMappingsAt(fieldText, text)
	sentence.AddFieldMappingsAt(fieldWords, words)
	sentence.AddFieldMappingsAt(fieldDocument, word)
	sentence.AddFieldMappingsAt(fieldCode, word)
	sentence.AddFieldMappingsAt(fieldSource, word)
	sentence.AddFieldMappingsAt(fieldStart, place)
	sentence.AddFieldMappingsAt(fieldEnd, place)
	m := bleve.NewIndexMapping()
	m.DefaultMapping = sentence
	return m
}

// open opens the index in dir, or makes it where there is none or one of
// another format. With no dir the index is in memory.
func open(dir string) (bleve.Index, error) {
	if dir == "" {
		return bleve.NewMemOnly(newMapping())
	}
	index, err := bleve.Open(dir)
	if err == nil {
		got, err := index.GetInternal([]byte(keyFormat))
		if err == nil && string(got) == format {
			return index, nil
		}
		if err := index.Close(); err != nil {
			return nil, err
		}
	} else if !errors.Is(err, bleve.ErrorIndexPathDoesNotExist) && !broken(err) {
		return nil, err
	}
	return remake(dir)
}

// broken reports whether an index cannot be read: it can be made again, for
// all in it comes from the graph.
func broken(err error) bool {
	return errors.Is(err, bleve.ErrorIndexMetaMissing) || errors.Is(err, bleve.ErrorIndexMetaCorrupt) || errors.Is(err, bleve.ErrorUnknownIndexType)
}

func remake(dir string) (bleve.Index, error) {
	if err := os.RemoveAll(dir); err != nil {
		return nil, fmt.Errorf("remove index: %w", err)
	}
	index, err := bleve.New(dir, newMapping())
	if err != nil {
		return nil, fmt.Errorf("make index: %w", err)
	}
	if err := index.SetInternal([]byte(keyFormat), []byte(format)); err != nil {
		return nil, errors.Join(fmt.Errorf("make index: %w", err), index.Close())
	}
	return index, nil
}

// indexed returns the number of sentences of each document that is indexed.
func indexed(index bleve.Index) (map[string]int, error) {
	count, err := index.DocCount()
	if err != nil {
		return nil, fmt.Errorf("count sentences: %w", err)
	}
	all := bleve.NewPrefixQuery("")
	all.SetField(fieldSource)
	req := bleve.NewSearchRequestOptions(all, int(count), 0, false)
	req.Fields = []string{fieldSource, fieldEnd}
	found, err := index.Search(req)
	if err != nil {
		return nil, fmt.Errorf("list documents: %w", err)
	}
	out := make(map[string]int, len(found.Hits))
	for _, hit := range found.Hits {
		key, _ := hit.Fields[fieldSource].(string)
		n, _ := hit.Fields[fieldEnd].(float64)
		out[key] = int(n)
	}
	return out, nil
}

// batchSize is how many sentences are added at once: more cost memory, fewer time.
const batchSize = 4000

// sync makes the index that of the documents of the graph: it drops those that
// are gone and adds the new ones.
func (x *Index) sync(ctx context.Context) error {
	wanted, err := x.wanted(ctx)
	if err != nil {
		return err
	}
	u := update{x: x, batch: x.index.NewBatch(), known: map[string]int{}}
	for key, n := range x.known {
		if _, ok := wanted[key]; ok {
			continue
		}
		if err := u.drop(key, n); err != nil {
			return err
		}
	}
	for key, d := range wanted {
		if _, ok := x.known[key]; ok {
			continue
		}
		if err := u.add(ctx, key, d); err != nil {
			return err
		}
	}
	return u.flush()
}

// wanted returns the documents of the graph by key: id, hash and division.
func (x *Index) wanted(ctx context.Context) (map[string]graph.DocumentItem, error) {
	out := map[string]graph.DocumentItem{}
	q := graph.DocumentQuery{Page: graph.Page{Limit: graph.MaxLimit}}
	for {
		page, err := x.src.Documents(ctx, q)
		if err != nil {
			return nil, fmt.Errorf("list documents: %w", err)
		}
		for _, d := range page.Items {
			out[d.ID+" "+d.SHA256+" "+d.Code] = d
		}
		if q.After = page.Next; q.After == "" {
			return out, nil
		}
	}
}

// An update collects changes of the index; each batch holds whole documents.
type update struct {
	x     *Index
	batch *bleve.Batch
	known map[string]int // documents added in the batch
}

func (u *update) add(ctx context.Context, key string, d graph.DocumentItem) error {
	doc, err := u.x.src.Document(ctx, d.ID)
	if err != nil {
		return fmt.Errorf("read document %s: %w", d.ID, err)
	}
	found := sentences(doc.Text)
	for i, s := range found {
		r := record{s.text, string(fold(s.text)), d.ID, d.Code, float64(s.start), float64(s.end)}
		if err := u.batch.Index(sentenceID(key, i), r); err != nil {
			return fmt.Errorf("index document %s: %w", d.ID, err)
		}
	}
	if err := u.batch.Index(key, marker{key, float64(len(found))}); err != nil {
		return fmt.Errorf("index document %s: %w", d.ID, err)
	}
	u.known[key] = len(found)
	return u.flushIf(u.batch.Size() >= batchSize)
}

func (u *update) drop(key string, n int) error {
	for i := range n {
		u.batch.Delete(sentenceID(key, i))
	}
	u.batch.Delete(key)
	delete(u.x.known, key)
	return u.flushIf(u.batch.Size() >= batchSize)
}

func (u *update) flushIf(full bool) error {
	if !full {
		return nil
	}
	return u.flush()
}

func (u *update) flush() error {
	if err := u.x.index.Batch(u.batch); err != nil {
		return fmt.Errorf("write sentences: %w", err)
	}
	for key, n := range u.known {
		u.x.known[key] = n
	}
	u.batch.Reset()
	clear(u.known)
	return nil
}

// sentenceID names a sentence in the index. The key has the document's hash, so
// that another text of the document has other sentences.
func sentenceID(key string, n int) string { return key + " " + strconv.Itoa(n) }
