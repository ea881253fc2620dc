// Package entity finds where a text names divisions, enterprises, agencies,
// projects, honours and the other classes of named things.
//
// In go a document's sentences and tokens, block by block; out come mentions in
// order of the text. They do not overlap, but for the official name of a division inside
// another name, where the document says it nowhere else. Each part of the recogniser proposes candidates: by
// gazetteer and lexicon, by the word that a name ends with, by quotation marks,
// by the list or the verb that a name stands with. Then one arbitration keeps,
// where candidates overlap, the one whose rule scores highest, and of equals
// the longest; the scores are data, in lexicon/words/entity-scores.tsv. A last
// pass finds the kept names wherever else the document says them.
//
// What a word means to the recogniser is data too: see the heads of the files
// in lexicon/words.
package entity

import (
	"fmt"
	"slices"
	"strconv"
	"sync"

	"github.com/districtkg/districtkg/extract/lexicon"
	"github.com/districtkg/districtkg/schema"
)

// stage is the recogniser's name in traces.
const stage = "entity"

// A Recogniser finds mentions. Goroutines may share it.
type Recogniser struct {
	lists
	lex    *lexicon.Lexicon
	flags  *flagTable
	heads  *headTable
	scores map[string]int

	gate    *gate
	readers sync.Pool // of *reader: what is read of one block serves for the next
}

// A part proposes candidates for one sentence.
type part struct {
	name string
	find func(*sentence)
}

// parts returns the parts. Their order is of no weight but for traces: scores
// decide between them. Later parts may ask what earlier ones found.
func (r *Recogniser) parts() []part {
	return []part{
		{"division", r.divisions}, // first: the others ask where divisions stand
		{"known-name", r.known},
		{"organ", r.organNames},
		{"session", r.sessions},
		{"suffix", r.suffixes},
		{"sole", r.soleNames}, // after the schools and hospitals that it may stand with
		{"shared-part", r.shared},
		{"title", r.titles},
		{"quote", r.quotes},
		{"honor", r.honors},
		{"scenic", r.scenic}, // after the honours that tell it
		{"list", r.inLists},
		{"works", r.works},
		{"brand", r.brands},
		{"publisher", r.publishers},
		{"anchored", r.anchored}, // after all that find sites and companies
		{"headed", r.headed},
		{"sitePeers", r.sitePeers}, // after all that find places
		{"townPairs", r.townPairs},
		{"person", r.persons},
	}
}

// New returns a recogniser that knows what lex knows.
func New(lex *lexicon.Lexicon) (*Recogniser, error) {
	r := &Recogniser{lex: lex, flags: newFlagTable(lex), scores: map[string]int{}}
	if err := r.load(lex); err != nil {
		return nil, err
	}
	scores := lex.Words("entity-scores")
	for _, rule := range scores.All() {
		n, err := strconv.Atoi(scores.Value(rule))
		if err != nil {
			return nil, fmt.Errorf("read score of %s: %w: %w", rule, schema.ErrInvalid, err)
		}
		r.scores[rule] = n
	}
	var err error
	if r.heads, err = newHeadTable(lex.Words("heads")); err != nil {
		return nil, err
	}
	r.gate = newGate(r)
	return r, nil
}

// Find returns what the sentences of a block name, as far as the block itself
// tells: what the whole document must decide is for [Recogniser.Settle].
// Goroutines may look at different blocks of a document at the same time, and
// the finds of one block do not depend on the others'.
func (r *Recogniser) Find(block *schema.Doc) []schema.Mention {
	b := r.reader(block)
	defer r.readers.Put(b)
	var out []schema.Mention
	parts := r.parts()
	for some := range slices.Chunk(block.Sentences, atOnce) {
		sentences := b.begin(some)
		for _, p := range parts {
			for i := range sentences {
				p.find(&sentences[i])
			}
		}
		for i := range sentences {
			out = sentences[i].keep(out)
		}
	}
	return out
}

// Settle returns the mentions of doc in order. The finds are those of all of
// its blocks, in order of the blocks; Settle may change them.
func (r *Recogniser) Settle(doc *schema.Doc, finds []schema.Mention) []schema.Mention {
	kept, nested := parted(finds)
	kept = r.settle(doc, withoutFormulas(doc, kept))
	return withNested(r.repeat(doc, kept), nested)
}

// Recognise returns the mentions of a document that is one block.
func (r *Recogniser) Recognise(doc *schema.Doc) []schema.Mention { return r.Settle(doc, r.Find(doc)) }
