// Package entity finds where a text names divisions, enterprises, agencies,
// projects, honours and the other classes of named things.
//
// In go a document's sentences and tokens; out come mentions in order of the
// text. They do not overlap, but for the official name of a division inside
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
	"strconv"

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
		{"shared-part", r.shared},
		{"title", r.titles},
		{"quote", r.quotes},
		{"honor", r.honors},
		{"list", r.inLists},
		{"building", r.building},
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
	r.heads, err = newHeadTable(lex.Words("heads"))
	return r, err
}

// Recognise returns the mentions of doc in order.
func (r *Recogniser) Recognise(doc *schema.Doc) []schema.Mention {
	words := r.read(doc)
	var found []candidate
	for i, parts := 0, r.parts(); i < len(doc.Sentences); i++ {
		s := r.sentence(doc, words, doc.Sentences[i], found)
		for _, p := range parts {
			p.find(s)
		}
		found = s.found
	}
	kept := arbitrate(doc, found)
	nested := nestedDivisions(kept, found)
	kept = r.settle(doc, withoutFormulas(doc, kept))
	kept = r.repeat(doc, words, kept)
	kept = withNested(kept, nested)
	mentions := make([]schema.Mention, len(kept))
	for i, c := range kept {
		mentions[i] = schema.Mention{Span: c.Span, Class: c.class, Name: c.name, Code: c.code, Rule: c.rule}
	}
	return mentions
}
