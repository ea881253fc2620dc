package quads

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cayleygraph/quad"
	"github.com/shopspring/decimal"

	"github.com/districtkg/districtkg/schema"
)

// FromFacts returns the quads of the facts: sorted, distinct, all with the
// document's IRI as their label.
func FromFacts(f *schema.Facts, v *Vocabulary) ([]quad.Quad, error) {
	r, err := New(f, v.IRIs)
	if err != nil {
		return nil, err
	}
	return r.Quads(v), nil
}

// Quads returns the quads of the record: sorted, distinct, all with the
// document's IRI as their label.
func (r *Record) Quads(v *Vocabulary) []quad.Quad {
	e := &encoder{v: v, doc: r.Document.IRI, date: dateLiteral(r.Document.Date), placed: map[quad.IRI]bool{}}
	e.document(&r.Document)
	for i := range r.Entities {
		e.entity(&r.Entities[i])
	}
	for i := range r.Indicators {
		e.named(&r.Indicators[i], schema.IndicatorClass)
	}
	for i := range r.Statements {
		e.statement(&r.Statements[i])
	}
	for i := range r.Figures {
		e.figure(&r.Figures[i])
	}
	for i := range r.Mentions {
		e.mention(&r.Mentions[i])
	}
	for i := range r.Warnings {
		e.warning(&r.Warnings[i])
	}
	slices.SortFunc(e.quads, Compare)
	return slices.Compact(e.quads)
}

// Compare orders quads by label, subject, predicate and object, as
// [CompareValues] orders each.
func Compare(a, b quad.Quad) int {
	if c := CompareValues(a.Label, b.Label); c != 0 {
		return c
	}
	if c := CompareValues(a.Subject, b.Subject); c != 0 {
		return c
	}
	if c := CompareValues(a.Predicate, b.Predicate); c != 0 {
		return c
	}
	return CompareValues(a.Object, b.Object)
}

// CompareValues orders values: none, then IRIs, blank nodes and literals, each
// by its text and literals of one text by their type.
func CompareValues(a, b quad.Value) int {
	x, ok := a.(quad.IRI)
	y, too := b.(quad.IRI)
	if ok && too {
		return strings.Compare(string(x), string(y))
	}
	if c := cmp.Compare(rank(a), rank(b)); c != 0 || a == nil {
		return c
	}
	if c := strings.Compare(TextOf(a), TextOf(b)); c != 0 {
		return c
	}
	if a == b {
		return 0
	}
	return strings.Compare(a.String(), b.String())
}

func rank(v quad.Value) int {
	switch v.(type) {
	case nil:
		return 0
	case quad.IRI:
		return 1
	case quad.BNode:
		return 2
	}
	return 3
}

// An encoder collects the quads of a record.
type encoder struct {
	v      *Vocabulary
	doc    quad.IRI
	date   quad.Value
	placed map[quad.IRI]bool // evidence that is there already
	quads  []quad.Quad
}

func (e *encoder) add(s, p quad.IRI, o quad.Value) {
	e.quads = append(e.quads, quad.Quad{Subject: s, Predicate: p, Object: o, Label: e.doc})
}

// str adds a plain string unless it is empty.
func (e *encoder) str(s quad.IRI, property, text string) {
	if text != "" {
		e.add(s, e.v.terms[property], quad.String(text))
	}
}

// iri adds a link unless it leads nowhere.
func (e *encoder) iri(s quad.IRI, property string, o quad.IRI) {
	if o != "" {
		e.add(s, e.v.terms[property], o)
	}
}

func (e *encoder) class(s quad.IRI, c schema.Class) { e.add(s, RDFType, e.v.Class(c)) }

// day adds a date unless it is empty.
func (e *encoder) day(s quad.IRI, property, day string) {
	if day != "" {
		e.add(s, e.v.terms[property], dateLiteral(day))
	}
}

// dateLiteral returns a date, as a plain string where it is none of the calendar.
func dateLiteral(day string) quad.Value {
	if _, err := time.Parse(time.DateOnly, day); err != nil {
		return quad.String(day)
	}
	return quad.TypedString{Value: quad.String(day), Type: XSDDate}
}

func (e *encoder) document(d *Document) {
	e.class(d.IRI, schema.DocumentClass)
	e.add(d.IRI, RDFSLabel, quad.String(d.Label))
	e.str(d.IRI, "dcterms:title", d.Title)
	e.str(d.IRI, kind, string(d.Kind))
	e.iri(d.IRI, about, d.About)
	e.str(d.IRI, subjectName, d.Subject)
	e.str(d.IRI, code, d.Code)
	e.period(d.IRI, d.Period)
	e.day(d.IRI, date, d.Date)
	e.str(d.IRI, "dcterms:publisher", d.Publisher)
	e.add(d.IRI, e.v.terms[path], quad.String(d.Path))
	e.add(d.IRI, e.v.terms[sha256], quad.String(d.SHA256))
	e.add(d.IRI, e.v.terms[text], quad.String(d.Text))
	for _, s := range d.Slots {
		e.place(d.IRI, s.Name+slotSuffix, s.Place)
	}
}

func (e *encoder) period(s quad.IRI, p string) {
	first, last := PeriodDays(p)
	e.str(s, period, p)
	e.day(s, periodStart, first)
	e.day(s, periodEnd, last)
}

func (e *encoder) named(n *Named, c schema.Class) {
	e.class(n.IRI, c)
	e.add(n.IRI, RDFSLabel, quad.String(n.Name))
	for _, a := range n.Aliases {
		e.add(n.IRI, SKOSAltLabel, quad.String(a))
	}
}

func (e *encoder) entity(x *Entity) {
	e.named(&x.Named, x.Class)
	e.str(x.IRI, code, x.Code)
	e.str(x.IRI, scope, x.Scope)
}

// place links s to a piece of evidence and adds that unless it is there.
func (e *encoder) place(s quad.IRI, property string, p Place) {
	if p.IRI == "" {
		return
	}
	e.iri(s, property, p.IRI)
	if e.placed[p.IRI] {
		return
	}
	e.placed[p.IRI] = true
	e.class(p.IRI, schema.EvidenceClass)
	e.quote(p)
	e.add(p.IRI, DerivedFrom, e.doc)
}

func (e *encoder) quote(p Place) {
	e.add(p.IRI, OAExact, quad.String(p.Text))
	e.add(p.IRI, OAStart, offset(p.Start))
	e.add(p.IRI, OAEnd, offset(p.End))
}

func offset(n int) quad.Value {
	return quad.TypedString{Value: quad.String(strconv.Itoa(n)), Type: XSDNonNegative}
}

func (e *encoder) statement(s *Statement) {
	predicate := e.v.Predicate(s.Predicate)
	e.add(s.Subject, predicate, s.Object)
	e.class(s.IRI, schema.StatementClass)
	e.add(s.IRI, RDFSubject, s.Subject)
	e.add(s.IRI, RDFPredicate, predicate)
	e.add(s.IRI, RDFObject, s.Object)
	e.place(s.IRI, evidence, s.Evidence)
	e.place(s.IRI, trigger, s.Trigger)
	e.str(s.IRI, rule, s.Rule)
	e.day(s.IRI, date, s.Date)
	e.add(s.IRI, DerivedFrom, e.doc)
}

func (e *encoder) figure(f *Figure) {
	e.class(f.IRI, schema.FigureClass)
	e.iri(f.IRI, subject, f.Subject)
	e.iri(f.IRI, indicator, f.Indicator)
	e.str(f.IRI, worded, f.Worded)
	e.str(f.IRI, measure, string(f.Measure))
	e.numbers(f)
	e.str(f.IRI, unit, f.Unit)
	e.period(f.IRI, f.Period)
	e.str(f.IRI, status, string(f.Status))
	e.str(f.IRI, bound, string(f.Bound))
	e.iri(f.IRI, of, f.Of)
	e.place(f.IRI, printed, f.Printed)
	e.place(f.IRI, evidence, f.Evidence)
	e.str(f.IRI, rule, f.Rule)
	e.add(f.IRI, DerivedFrom, e.doc)
}

func (e *encoder) numbers(f *Figure) {
	e.add(f.IRI, e.v.terms[value], DecimalLiteral(f.Value))
	if !f.High.Equal(f.Value) {
		e.add(f.IRI, e.v.terms[high], DecimalLiteral(f.High))
	}
	e.add(f.IRI, e.v.terms[number], quad.Float(f.Value.InexactFloat64()))
	if floor := f.Value.Floor(); floor.BigInt().IsInt64() {
		e.add(f.IRI, e.v.terms[integer], quad.Int(floor.IntPart()))
	}
}

// DecimalLiteral returns d as an xsd:decimal in the canonical form of XSD 1.1:
// no needless zeros, and no point in an integer.
func DecimalLiteral(d decimal.Decimal) quad.Value {
	return quad.TypedString{Value: quad.String(d.String()), Type: XSDDecimal}
}

func (e *encoder) mention(m *MentionRecord) {
	e.class(m.IRI, Mention)
	e.iri(m.IRI, mentions, m.Entity)
	e.quote(m.Place)
	e.str(m.IRI, rule, m.Rule)
	e.add(m.IRI, DerivedFrom, e.doc)
}

func (e *encoder) warning(w *WarningRecord) {
	e.class(w.IRI, Warning)
	e.str(w.IRI, warningKind, w.Kind)
	e.str(w.IRI, message, w.Message)
	if w.Start != w.End {
		e.quote(w.Place)
	}
	e.add(w.IRI, DerivedFrom, e.doc)
}
