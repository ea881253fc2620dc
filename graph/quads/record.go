package quads

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/shopspring/decimal"

	"github.com/districtkg/districtkg/schema"
)

// A Record is all that the graph keeps of one document. Its lists are in the
// order of their ids, and two Records of the same quads are equal.
type Record struct {
	Document   Document
	Entities   []Entity
	Indicators []Named
	Statements []Statement
	Figures    []Figure
	Mentions   []MentionRecord
	Warnings   []WarningRecord
}

// A Document is what a document says about itself, and its text.
type Document struct {
	IRI       quad.IRI
	Label     string // title, or file name
	Title     string
	Kind      schema.Kind
	About     quad.IRI // the entity that it is about, "" where it names none
	Subject   string   // its name
	Code      string
	Period    string
	Date      string
	Publisher string
	Path      string
	SHA256    string
	Text      string
	Slots     []Slot
}

// A Slot is where a document says its subject, kind, period, title, date or publisher.
type Slot struct {
	Name  string
	Place Place
}

// slotNames are the slots of [schema.Identity] that have evidence.
var slotNames = [...]string{subject, kind, period, "title", date, "publisher"}

// A Place is a piece of evidence: a slice of the original with its IRI. The
// zero Place is none.
type Place struct {
	IRI quad.IRI
	schema.Quote
}

// A Named is a thing with its names.
type Named struct {
	IRI     quad.IRI
	Name    string
	Aliases []string // sorted
}

// An Entity is a named thing as one document tells of it.
type Entity struct {
	Named
	Class schema.Class
	Code  string
	Scope string
}

// A Statement is a relation with its evidence.
type Statement struct {
	IRI       quad.IRI
	Subject   quad.IRI
	Predicate schema.Predicate
	Object    quad.IRI
	Rule      string
	Date      string
	Trigger   Place
	Evidence  Place
}

// A Figure is a number with its evidence.
type Figure struct {
	IRI         quad.IRI
	Subject     quad.IRI
	Indicator   quad.IRI
	Worded      string
	Measure     schema.Measure
	Value, High decimal.Decimal
	Unit        string
	Period      string
	Start, End  string // first and last day of the period, "" where it is none that we know
	Status      schema.Status
	Bound       schema.Bound
	Of          quad.IRI
	Rule        string
	Printed     Place
	Evidence    Place
}

// A MentionRecord is a place where the document names an entity.
type MentionRecord struct {
	Place
	Entity quad.IRI
	Rule   string
}

// A WarningRecord is a warning about a place, or with the zero Quote about the whole document.
type WarningRecord struct {
	Place
	Kind    string
	Message string
}

// New returns the Record of the facts, with IRIs minted by m. A relation or
// figure about an entity that the facts do not list is [schema.ErrInvalid].
func New(f *schema.Facts, m schema.IRIs) (*Record, error) {
	if f.Doc == nil || len(f.Doc.SHA256) < 16 {
		return nil, fmt.Errorf("%w facts: they tell of no document with a SHA-256", schema.ErrInvalid)
	}
	b := &builder{facts: f, iris: m, quotes: f.Doc.Quotes(), entities: map[string]quad.IRI{}, rec: &Record{}}
	b.addEntities()
	b.addDocument()
	if err := b.addStatements(); err != nil {
		return nil, err
	}
	if err := b.addFigures(); err != nil {
		return nil, err
	}
	b.addWarnings()
	b.rec.sort()
	return b.rec, nil
}

// A builder makes a Record of facts.
type builder struct {
	facts    *schema.Facts
	iris     schema.IRIs
	quotes   *schema.Quoter
	entities map[string]quad.IRI // by id within the document
	rec      *Record
}

func (b *builder) part(kind, id string) quad.IRI {
	return quad.IRI(b.iris.Part(b.facts.Doc.SHA256, kind, id))
}

// place returns the evidence of a span of the cleaned text.
func (b *builder) place(s schema.Span) Place { return b.evidence(b.quotes.Quote(s)) }

func (b *builder) evidence(q schema.Quote) Place {
	if q.Start == q.End {
		return Place{}
	}
	return Place{b.part("evidence", strconv.Itoa(q.Start)+"-"+strconv.Itoa(q.End)), q}
}

func (b *builder) addEntities() {
	named := newNames()
	for _, e := range b.facts.Entities {
		if e.Name == schema.Local && e.Code == "" && e.Scope == "" {
			e.Scope = b.facts.Doc.SHA256[:16] // 本地 of one document is not that of another
		}
		iri := quad.IRI(b.iris.Entity(e))
		b.entities[e.ID] = iri
		if named.add(iri, e.Name, e.Aliases...) {
			b.rec.Entities = append(b.rec.Entities, Entity{Class: e.Class, Code: e.Code, Scope: e.Scope, Named: Named{IRI: iri}})
		}
		b.addMentions(e, iri)
	}
	for i := range b.rec.Entities {
		b.rec.Entities[i].Named = named.of(b.rec.Entities[i].IRI)
	}
}

func (b *builder) addMentions(e schema.Entity, iri quad.IRI) {
	for i, m := range e.Mentions {
		b.rec.Mentions = append(b.rec.Mentions, MentionRecord{
			Place:  Place{b.part("mention", e.ID+"."+strconv.Itoa(i)), b.quotes.Quote(m.Span)},
			Entity: iri, Rule: m.Rule,
		})
	}
}

func (b *builder) addDocument() {
	d, id := b.facts.Doc, b.facts.Doc.Identity
	doc := Document{
		IRI: quad.IRI(b.iris.Graph(d.SHA256)), SHA256: d.SHA256, Path: d.Path, Text: d.Original,
		Label: id.Title, Title: id.Title, Kind: id.Kind, About: b.entities[b.facts.SubjectID], Subject: id.Subject, Code: id.Code,
		Period: id.Period, Date: id.Date, Publisher: id.Publisher,
	}
	if doc.Label == "" {
		doc.Label = filepath.Base(d.Path)
	}
	if doc.Kind == "" {
		doc.Kind = schema.Other
	}
	for slot, span := range id.Evidence {
		if p := b.place(span); p.IRI != "" && slices.Contains(slotNames[:], slot) {
			doc.Slots = append(doc.Slots, Slot{slot, p})
		}
	}
	b.rec.Document = doc
}

func (b *builder) entity(id, kind string) (quad.IRI, error) {
	if iri, ok := b.entities[id]; ok {
		return iri, nil
	}
	return "", fmt.Errorf("%w facts of %s: a %s is about %q, which is no entity of theirs", schema.ErrInvalid, b.facts.Doc.Path, kind, id)
}

func (b *builder) addStatements() error {
	for i, r := range b.facts.Relations {
		s, err := b.entity(r.Subject, "relation")
		if err != nil {
			return err
		}
		o := b.rec.Document.IRI
		if r.Object != schema.DocumentID {
			if o, err = b.entity(r.Object, "relation"); err != nil {
				return err
			}
		}
		b.rec.Statements = append(b.rec.Statements, Statement{
			IRI: b.part("statement", "r"+strconv.Itoa(i+1)), Subject: s, Predicate: r.Predicate, Object: o,
			Rule: r.Rule, Date: b.rec.Document.Date, Trigger: b.place(r.Trigger), Evidence: b.place(r.Evidence),
		})
	}
	return nil
}

func (b *builder) addFigures() error {
	named := newNames()
	for _, f := range b.facts.Figures {
		subject, err := b.entity(f.Subject, "figure")
		if err != nil {
			return err
		}
		if f.Of != "" && !slices.ContainsFunc(b.facts.Figures, func(o schema.Figure) bool { return o.ID == f.Of }) {
			return fmt.Errorf("%w facts of %s: figure %s belongs to %q, which is none of theirs", schema.ErrInvalid, b.facts.Doc.Path, f.ID, f.Of)
		}
		r := b.figure(f)
		r.Subject = subject
		b.rec.Figures = append(b.rec.Figures, r)
		named.add(r.Indicator, f.Indicator)
	}
	b.rec.Indicators = named.all()
	return nil
}

func (b *builder) figure(f schema.Figure) Figure {
	high := f.High
	if high == (decimal.Decimal{}) { // not set at all, which is not the number 0
		high = f.Value
	}
	r := Figure{
		IRI: b.part("figure", f.ID), Indicator: quad.IRI(b.iris.Indicator(f.Canonical, f.Indicator)), Worded: f.Indicator,
		Measure: f.Measure, Value: f.Value, High: high, Unit: f.Unit, Period: f.Period,
		Status: cmp.Or(f.Status, schema.Actual), Bound: cmp.Or(f.Bound, schema.Exact),
		Rule: f.Rule, Printed: b.place(f.Span), Evidence: b.place(f.Evidence),
	}
	r.Start, r.End = PeriodDays(f.Period)
	if f.Of != "" {
		r.Of = b.part("figure", f.Of)
	}
	return r
}

func (b *builder) addWarnings() {
	for i, w := range b.facts.Doc.Warnings {
		r := WarningRecord{Place: Place{IRI: b.part("warning", strconv.Itoa(i+1))}, Kind: w.Kind, Message: w.Message}
		if w.Span.Len() > 0 {
			r.Quote = b.quotes.Original(w.Span)
		}
		b.rec.Warnings = append(b.rec.Warnings, r)
	}
}

// sort puts the lists in the order of their ids.
func (r *Record) sort() {
	slices.SortFunc(r.Document.Slots, func(a, b Slot) int { return strings.Compare(a.Name, b.Name) })
	slices.SortFunc(r.Entities, func(a, b Entity) int { return cmp.Compare(a.IRI, b.IRI) })
	slices.SortFunc(r.Indicators, func(a, b Named) int { return cmp.Compare(a.IRI, b.IRI) })
	slices.SortFunc(r.Statements, func(a, b Statement) int { return CompareIDs(a.IRI, b.IRI) })
	slices.SortFunc(r.Figures, func(a, b Figure) int { return CompareIDs(a.IRI, b.IRI) })
	slices.SortFunc(r.Mentions, func(a, b MentionRecord) int { return CompareIDs(a.IRI, b.IRI) })
	slices.SortFunc(r.Warnings, func(a, b WarningRecord) int { return CompareIDs(a.IRI, b.IRI) })
}

// CompareIDs orders IRIs so that numbers in them count as numbers: …/f9 comes before …/f10.
func CompareIDs(a, b quad.IRI) int {
	same := 0
	for same < len(a) && same < len(b) && a[same] == b[same] {
		same++
	}
	start := same // of the number within which they differ
	for start > 0 && isDigit(a[start-1]) {
		start--
	}
	x, y := leadingDigits(a[start:]), leadingDigits(b[start:])
	if x == "" || y == "" {
		return cmp.Compare(a, b)
	}
	p, q := strings.TrimLeft(string(x), "0"), strings.TrimLeft(string(y), "0")
	if c := cmp.Or(cmp.Compare(len(p), len(q)), strings.Compare(p, q)); c != 0 {
		return c
	}
	return cmp.Or(CompareIDs(a[start+len(x):], b[start+len(y):]), cmp.Compare(a, b))
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func leadingDigits(s quad.IRI) quad.IRI {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return s[:n]
}

// names gathers the names of things: the first is the name, others are aliases.
type names struct {
	order []quad.IRI
	first map[quad.IRI]string
	other map[quad.IRI][]string
}

func newNames() *names {
	return &names{first: map[quad.IRI]string{}, other: map[quad.IRI][]string{}}
}

// add records names and reports whether the thing is new.
func (n *names) add(iri quad.IRI, name string, aliases ...string) (fresh bool) {
	if _, ok := n.first[iri]; !ok {
		fresh = true
		n.first[iri] = name
		n.order = append(n.order, iri)
	}
	n.other[iri] = append(append(n.other[iri], name), aliases...)
	return fresh
}

func (n *names) of(iri quad.IRI) Named {
	aliases := slices.DeleteFunc(n.other[iri], func(s string) bool { return s == n.first[iri] || s == "" })
	if len(aliases) == 0 {
		return Named{IRI: iri, Name: n.first[iri]}
	}
	slices.Sort(aliases)
	return Named{iri, n.first[iri], slices.Compact(aliases)}
}

func (n *names) all() []Named {
	var out []Named
	for _, iri := range n.order {
		out = append(out, n.of(iri))
	}
	return out
}
