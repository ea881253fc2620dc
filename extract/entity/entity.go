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
	lex    *lexicon.Lexicon
	flags  *flagTable
	heads  *headTable
	scores map[string]int

	organs, stems, peaks, listHeads, offices, surnames *lexicon.Words
	honorTriggers, honorTails, programVerbs, notNames  *lexicon.Words
	titleWords, placeTails, brandTails, clitics        *lexicon.Words
	tails, formulaNouns, honorStops                    *lexicon.Words
	grades, honorSkips, roadEnds, deeds, dates         *lexicon.Words
	numbered, plainWorks, namedHeads, levels           *lexicon.Words
	capacities, ofLevels, conjunctions, adverbs        *lexicon.Words
	sides                                              *lexicon.Words
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
		{"list", r.lists},
		{"person", r.persons},
	}
}

// New returns a recogniser that knows what lex knows.
func New(lex *lexicon.Lexicon) (*Recogniser, error) {
	r := &Recogniser{
		lex: lex, flags: newFlagTable(lex),
		organs: lex.Words("organs"), stems: lex.Words("agency-stems"), peaks: lex.Words("agency-heads"),
		listHeads: lex.Words("list-heads"), offices: lex.Words("offices"), surnames: lex.Words("surnames"),
		honorTriggers: lex.Words("honor-triggers"), honorTails: lex.Words("honor-tails"),
		programVerbs: lex.Words("program-verbs"), notNames: lex.Words("not-names"),
		titleWords: lex.Words("title-words"), placeTails: lex.Words("place-tails"),
		brandTails: lex.Words("brand-tails"), clitics: lex.Words("clitics"),
		tails: lex.Words("name-tails"), formulaNouns: lex.Words("formula-nouns"),
		honorStops: lex.Words("honor-stops"),
		grades:     lex.Words("honor-grades"), honorSkips: lex.Words("honor-skips"),
		roadEnds: lex.Words("road-ends"), deeds: lex.Words("deeds"), dates: lex.Words("dates"),
		numbered: lex.Words("numbered-heads"), plainWorks: lex.Words("plain-works"), namedHeads: lex.Words("named-heads"),
		levels: lex.Words("levels"), capacities: lex.Words("capacities"), ofLevels: lex.Words("level-heads"),
		conjunctions: lex.Words("conjunctions"), adverbs: lex.Words("works-adverbs"),
		sides:  lex.Words("road-sides"),
		scores: map[string]int{},
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
	return r, nil
}

// Recognise returns the mentions of doc in order.
func (r *Recogniser) Recognise(doc *schema.Doc) []schema.Mention {
	words := r.read(doc)
	var found []candidate
	for i, parts := 0, r.parts(); i < len(doc.Sentences); i++ {
		s := r.sentence(doc, words, doc.Sentences[i])
		for _, p := range parts {
			p.find(s)
		}
		found = append(found, s.found...)
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
