package quads

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/shopspring/decimal"

	"github.com/districtkg/districtkg/schema"
)

// A Node is the quads of one subject in one document.
type Node []quad.Quad

// All returns the objects of the predicate.
func (n Node) All(predicate quad.IRI) []quad.Value {
	var out []quad.Value
	for _, q := range n {
		if q.Predicate == predicate {
			out = append(out, q.Object)
		}
	}
	return out
}

// One returns the first object of the predicate, or nil.
func (n Node) One(predicate quad.IRI) quad.Value {
	for _, q := range n {
		if q.Predicate == predicate {
			return q.Object
		}
	}
	return nil
}

// Text returns the text of the first literal of the predicate, or "".
func (n Node) Text(predicate quad.IRI) string { return TextOf(n.One(predicate)) }

// Link returns the first IRI of the predicate, or "".
func (n Node) Link(predicate quad.IRI) quad.IRI {
	iri, _ := n.One(predicate).(quad.IRI)
	return iri
}

// TextOf returns the text of a literal, whatever its type, and "" for all else.
func TextOf(v quad.Value) string {
	switch v := v.(type) {
	case quad.String:
		return string(v)
	case quad.LangString:
		return string(v.Value)
	case quad.TypedString:
		return string(v.Value)
	case quad.TypedStringer:
		return string(v.TypedString().Value)
	}
	return ""
}

// Quote reads the place of a piece of evidence, a mention or a warning.
func (v *Vocabulary) Quote(n Node) (schema.Quote, error) {
	if n.One(OAStart) == nil {
		return schema.Quote{}, nil
	}
	start, err := strconv.Atoi(n.Text(OAStart))
	if err != nil {
		return schema.Quote{}, fmt.Errorf("%w start of %v: %w", schema.ErrInvalid, n[0].Subject, err)
	}
	end, err := strconv.Atoi(n.Text(OAEnd))
	if err != nil {
		return schema.Quote{}, fmt.Errorf("%w end of %v: %w", schema.ErrInvalid, n[0].Subject, err)
	}
	return schema.Quote{Start: start, End: end, Text: n.Text(OAExact)}, nil
}

// Document reads a document node, without Slots.
func (v *Vocabulary) Document(iri quad.IRI, n Node) Document {
	str := func(name string) string { return n.Text(v.terms[name]) }
	return Document{
		IRI: iri, Label: n.Text(RDFSLabel), Title: str("dcterms:title"), Kind: schema.Kind(str(kind)), About: n.Link(v.About),
		Subject: str(subjectName), Code: str(code), Period: str(period), Date: str(date), Publisher: str("dcterms:publisher"),
		Path: str(path), SHA256: str(sha256), Text: str(text),
	}
}

// Named reads the names of a node.
func (v *Vocabulary) Named(iri quad.IRI, n Node) Named {
	out := Named{IRI: iri, Name: n.Text(RDFSLabel)}
	for _, a := range n.All(SKOSAltLabel) {
		out.Aliases = append(out.Aliases, TextOf(a))
	}
	slices.Sort(out.Aliases)
	return out
}

// Statement reads a statement node, with the IRIs of its evidence only.
func (v *Vocabulary) Statement(iri quad.IRI, n Node) Statement {
	return Statement{
		IRI: iri, Subject: n.Link(RDFSubject), Predicate: v.PredicateOf(n.One(RDFPredicate)), Object: n.Link(RDFObject),
		Rule: n.Text(v.terms[rule]), Date: n.Text(v.terms[date]),
		Trigger: Place{IRI: n.Link(v.Trigger)}, Evidence: Place{IRI: n.Link(v.Evidence)},
	}
}

// Figure reads a figure node, with the IRIs of its evidence only. A value that
// is no decimal is [schema.ErrInvalid].
func (v *Vocabulary) Figure(iri quad.IRI, n Node) (Figure, error) {
	str := func(name string) string { return n.Text(v.terms[name]) }
	f := Figure{
		IRI: iri, Subject: n.Link(v.Subject), Indicator: n.Link(v.Indicator), Worded: str(worded),
		Measure: schema.Measure(str(measure)), Unit: str(unit), Period: str(period), Start: str(periodStart), End: str(periodEnd),
		Status: schema.Status(str(status)), Bound: schema.Bound(str(bound)), Of: n.Link(v.terms[of]), Rule: str(rule),
		Printed: Place{IRI: n.Link(v.Printed)}, Evidence: Place{IRI: n.Link(v.Evidence)},
	}
	var err error
	if f.Value, err = decimal.NewFromString(str(value)); err != nil {
		return f, fmt.Errorf("%w value of %s: %w", schema.ErrInvalid, iri, err)
	}
	if f.High, err = decimal.NewFromString(cmp.Or(str(high), str(value))); err != nil {
		return f, fmt.Errorf("%w high of %s: %w", schema.ErrInvalid, iri, err)
	}
	return f, nil
}

// Mention reads a mention node.
func (v *Vocabulary) Mention(iri quad.IRI, n Node) (MentionRecord, error) {
	q, err := v.Quote(n)
	return MentionRecord{Place: Place{iri, q}, Entity: n.Link(v.Mentions), Rule: n.Text(v.terms[rule])}, err
}

// Decode reads the quads of one document, in any order. Quads that have no
// part in a [Record] are left out.
func Decode(quads []quad.Quad, v *Vocabulary) (*Record, error) {
	sorted := slices.Clone(quads)
	slices.SortFunc(sorted, Compare)
	d := &decoder{v: v, nodes: map[quad.IRI]Node{}, rec: &Record{}}
	for len(sorted) > 0 {
		n := 1
		for n < len(sorted) && sorted[n].Subject == sorted[0].Subject {
			n++
		}
		if iri, ok := sorted[0].Subject.(quad.IRI); ok {
			d.nodes[iri] = Node(sorted[:n])
			d.order = append(d.order, iri)
		}
		sorted = sorted[n:]
	}
	for _, iri := range d.order {
		if err := d.node(iri, d.nodes[iri]); err != nil {
			return nil, err
		}
	}
	d.rec.sort()
	return d.rec, nil
}

// A decoder builds a Record of nodes.
type decoder struct {
	v     *Vocabulary
	nodes map[quad.IRI]Node
	order []quad.IRI
	rec   *Record
}

// node reads a node by its class.
func (d *decoder) node(iri quad.IRI, n Node) (err error) {
	switch class := d.v.ClassOf(n.One(RDFType)); class {
	case "", schema.EvidenceClass:
	case schema.DocumentClass:
		err = d.document(iri, n)
	case schema.IndicatorClass:
		d.rec.Indicators = append(d.rec.Indicators, d.v.Named(iri, n))
	case schema.StatementClass:
		err = d.statement(iri, n)
	case schema.FigureClass:
		err = d.figure(iri, n)
	case Mention:
		var m MentionRecord
		m, err = d.v.Mention(iri, n)
		d.rec.Mentions = append(d.rec.Mentions, m)
	case Warning:
		err = d.warning(iri, n)
	default:
		d.rec.Entities = append(d.rec.Entities, Entity{
			Named: d.v.Named(iri, n), Class: class, Code: n.Text(d.v.terms[code]), Scope: n.Text(d.v.terms[scope])})
	}
	return err
}

// fill gives a place its quote.
func (d *decoder) fill(p *Place) (err error) {
	if p.IRI != "" {
		p.Quote, err = d.v.Quote(d.nodes[p.IRI])
	}
	return err
}

func (d *decoder) document(iri quad.IRI, n Node) error {
	doc := d.v.Document(iri, n)
	for _, q := range n {
		name, ok := d.v.SlotOf(q.Predicate)
		if !ok {
			continue
		}
		link, _ := q.Object.(quad.IRI)
		slot := Slot{name, Place{IRI: link}}
		if err := d.fill(&slot.Place); err != nil {
			return err
		}
		doc.Slots = append(doc.Slots, slot)
	}
	d.rec.Document = doc
	return nil
}

// SlotOf returns the slot of an identity whose evidence a predicate links to.
func (v *Vocabulary) SlotOf(predicate quad.Value) (name string, ok bool) {
	iri, _ := predicate.(quad.IRI)
	local, ok := strings.CutPrefix(string(iri), v.IRIs.Vocabulary(""))
	if !ok {
		return "", false
	}
	name, ok = strings.CutSuffix(local, slotSuffix)
	return name, ok
}

func (d *decoder) statement(iri quad.IRI, n Node) error {
	s := d.v.Statement(iri, n)
	if err := cmp.Or(d.fill(&s.Trigger), d.fill(&s.Evidence)); err != nil {
		return err
	}
	d.rec.Statements = append(d.rec.Statements, s)
	return nil
}

func (d *decoder) figure(iri quad.IRI, n Node) error {
	f, err := d.v.Figure(iri, n)
	if err = cmp.Or(err, d.fill(&f.Printed), d.fill(&f.Evidence)); err != nil {
		return err
	}
	d.rec.Figures = append(d.rec.Figures, f)
	return nil
}

func (d *decoder) warning(iri quad.IRI, n Node) error {
	q, err := d.v.Quote(n)
	d.rec.Warnings = append(d.rec.Warnings, WarningRecord{
		Place: Place{iri, q}, Kind: n.Text(d.v.terms[warningKind]), Message: n.Text(d.v.terms[message])})
	return err
}
