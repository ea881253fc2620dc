// Package identity infers what a document says about itself: which division
// it is about, of what kind it is, which period it reports on, its title, date
// and publisher, each with the span that says it.
//
// Evidence is weighed by a table in seeds/rules/identity.tsv and never guessed
// from one mention: a document that only says 我县 has the subject
// schema.Local and a warning. Only the begin and the end of a long document
// are read, so the time does not grow with its length.
package identity

import (
	"fmt"
	"io/fs"
	"strings"

	"github.com/districtkg/districtkg/extract/lexicon"
	"github.com/districtkg/districtkg/extract/rule"
	"github.com/districtkg/districtkg/schema"
)

// An Identifier identifies documents. It holds nothing of a document, so
// goroutines share it.
type Identifier struct {
	divisions *lexicon.Divisions
	table     *table

	commonplace map[string]bool // short names of divisions that are plain words
	own         []string        // follow the name of a place in what only the place itself has
	zone        []string        // … perhaps after some characters
	street      []string        // follow it in the name of a street
	publisher   []string        // introduce a publisher
	navigation  []string        // begin a line that is no title
	titled      []string        // stand in a title
	cues        *rule.Finder    // of the texts of table.kinds, then the words of parts, then annual, then levelWords
	annual      int             // how many words look back on a year
}

// New returns an Identifier that reads its table and word lists from the root
// of the seeds.
func New(seeds fs.FS, lex *lexicon.Lexicon, rules *rule.Set) (*Identifier, error) {
	t, err := loadTable(seeds, "rules/identity.tsv")
	if err != nil {
		return nil, fmt.Errorf("load identity: %w", err)
	}
	x := &Identifier{
		divisions: lex.Divisions, table: t, commonplace: map[string]bool{},
		publisher: rules.Words("publisher"), navigation: rules.Words("navigation"),
		titled: rules.Words("titled"), own: rules.Words("own-thing"), zone: rules.Words("own-zone"), street: rules.Words("street"),
	}
	annual := rules.Words("annual")
	x.annual, x.cues = len(annual), rule.NewFinder(t.cueWords(annual))
	for _, w := range rules.Words("commonplace") {
		x.commonplace[w] = true
	}
	return x, nil
}

// Identify fills doc.Identity.
func (x *Identifier) Identify(doc *schema.Doc, mentions []schema.Mention) {
	p := x.read(doc, mentions)
	doc.Identity = schema.Identity{Evidence: map[string]schema.Span{}}
	id := &doc.Identity
	p.set("title", &id.Title, tidyTitle(p.title.In(doc.Text)), p.title)
	kind, at := p.kind()
	id.Kind = kind
	if at.Len() > 0 {
		id.Evidence["kind"] = at
	}
	date, at := p.date()
	p.set("date", &id.Date, date, at)
	publisher := p.publisher()
	p.set("publisher", &id.Publisher, publisher.In(doc.Text), publisher)
	p.identifySubject()
	period, at := p.period()
	p.set("period", &id.Period, period, at)
	if period == "" {
		doc.Warn("no_period", schema.Span{}, "the text does not say which period it reports on")
	}
}

// A page is a document while it is identified.
type page struct {
	*Identifier
	doc      *schema.Doc
	mentions []schema.Mention
	parts    []schema.Span // what is read: the begin, and the end of a long document
	head     schema.Span
	title    schema.Span // empty where there is none
	dates    []date      // of the first part
	places   [][]int     // where each word of cues ends in the first part
	regions  [][]string  // the first digits of the codes of each region that the head names
}

// What is read of a document, in bytes.
const (
	headSize = 3 << 10  // where cues of the kind, the date and the publisher stand
	bodySize = 24 << 10 // where divisions are looked for
	tailSize = 4 << 10
)

func (x *Identifier) read(doc *schema.Doc, mentions []schema.Mention) *page {
	p := &page{Identifier: x, doc: doc, mentions: mentions}
	n := len(doc.Text)
	p.head = schema.Span{End: runeStart(doc.Text, headSize)}
	p.parts = []schema.Span{{End: runeStart(doc.Text, bodySize)}}
	if n > bodySize {
		p.parts = append(p.parts, schema.Span{Start: runeStart(doc.Text, max(bodySize, n-tailSize)), End: n})
	}
	p.title = p.findTitle()
	p.dates = dates(doc.Text, p.parts[0])
	p.places = make([][]int, len(x.table.kinds)+len(parts)+x.annual+len(levelWords))
	for _, h := range x.cues.Find(p.parts[0].In(doc.Text), nil) {
		p.places[h.Word] = append(p.places[h.Word], h.End)
	}
	return p
}

// runeStart returns the begin of the character at byte b of text, at most its length.
func runeStart(text string, b int) int {
	if b >= len(text) {
		return len(text)
	}
	for b > 0 && text[b]&0xC0 == 0x80 {
		b--
	}
	return b
}

// set fills a slot and its evidence where there is something to say.
func (p *page) set(slot string, to *string, value string, at schema.Span) {
	if value == "" {
		return
	}
	*to = value
	p.doc.Identity.Evidence[slot] = at
	if p.doc.Traced() {
		p.doc.Decide("identity", slot, at, true, value)
	}
}

// find returns the first place of s within the span, empty where there is none.
func (p *page) find(s string, within schema.Span) schema.Span {
	i := strings.Index(within.In(p.doc.Text), s)
	if i < 0 {
		return schema.Span{}
	}
	return schema.Span{Start: within.Start + i, End: within.Start + i + len(s)}
}

// kind adds up the cues of the table, each of them once. Of kinds with equal
// points the one whose cue stands first in the table is taken; without enough
// points the kind is other.
func (p *page) kind() (schema.Kind, schema.Span) {
	points, best := map[schema.Kind]int{}, map[schema.Kind]schema.Span{}
	var order []schema.Kind
	for i, c := range p.table.kinds {
		at := p.cue(i, c)
		if at.Len() == 0 {
			continue
		}
		if points[c.kind] == 0 {
			order = append(order, c.kind)
			best[c.kind] = at
		}
		points[c.kind] += c.points
	}
	kind, at := schema.Other, schema.Span{}
	most := leastKind - 1
	for _, k := range order {
		if points[k] > most {
			kind, at, most = k, best[k], points[k]
		}
	}
	return kind, at
}

// leastKind is the points that make a kind.
const leastKind = 6

// cue returns the first place of the cue of row i where it must stand, empty
// where it does not.
func (p *page) cue(i int, c cue) schema.Span {
	within := p.parts[0]
	switch c.where {
	case "title":
		within = p.title
	case "head":
		within = p.head
	}
	for _, end := range p.places[i] {
		if at := (schema.Span{Start: end - len(c.text), End: end}); within.Contains(at) {
			return at
		}
	}
	return schema.Span{}
}
