package graph

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/districtkg/districtkg/graph/quads"
	"github.com/districtkg/districtkg/schema"
)

// An index is what questions by name, number and connection are answered from.
// It never changes once made. Things are numbered from 0 in the order of their
// IRIs; int32 keeps a graph of ten million quads within some 300 MB.
type index struct {
	vocab *quads.Vocabulary
	preds []schema.Predicate // relations, by number

	ents  []entity
	docs  []document
	inds  []indicator
	figs  []figure    // by subject, indicator, time, measure and IRI
	stmts []statement // by IRI, numbers as numbers

	entByID, docByID, indByID, figByID map[quad.IRI]int32

	names *nameIndex
	stats Stats
}

type entity struct {
	iri     quad.IRI
	class   schema.Class
	name    string
	aliases []string // sorted
	code    string
	scope   string
	docs    []int32 // that tell of it, ascending
	arcs    []arc   // both ways, by predicate, direction and other end
	subject []int32 // statements that it is subject of
	object  []int32 // or object
	figs    span    // figures about it
}

// A span is a half-open range of an index's list.
type span struct{ from, to int32 }

// An arc is a relation as one of its ends sees it.
type arc struct {
	to        int32
	predicate uint8 // in index.preds
	in        bool  // the other end is the subject
	docs      int32 // that state it
}

type document struct {
	iri                          quad.IRI
	label, code, period          string
	date, path, sha256           string
	subjectName                  string
	kind                         schema.Kind
	about                        int32 // entity, -1 for none
	entities, relations, figures int
	warnings                     int
}

type indicator struct {
	iri     quad.IRI
	name    string
	aliases []string
	figures int
}

type figure struct {
	iri                      quad.IRI
	subject, indicator, doc  int32 // -1 where unknown
	measure                  schema.Measure
	status                   schema.Status
	period, start, end, unit string
}

type statement struct {
	iri             quad.IRI
	subject, object int32 // entities; -1 where it is none, such as a document
	predicate       uint8
}

// A builder makes an index.
type builder struct {
	*index
	ctx  context.Context
	scan Scanner
	text map[string]string // one copy of each string that repeats
}

func newIndex(ctx context.Context, scan Scanner, v *quads.Vocabulary) (*index, error) {
	b := &builder{ctx: ctx, scan: scan, text: map[string]string{}, index: &index{vocab: v,
		entByID: map[quad.IRI]int32{}, docByID: map[quad.IRI]int32{}, indByID: map[quad.IRI]int32{}, figByID: map[quad.IRI]int32{}}}
	for _, p := range schema.Predicates() {
		b.preds = append(b.preds, p.Predicate)
	}
	for _, step := range []func() error{b.types, b.labels, b.documents, b.entities, b.statements, b.arcs, b.figures} {
		if err := step(); err != nil {
			return nil, fmt.Errorf("index graph: %w", err)
		}
	}
	b.names = newNameIndex(b.ents)
	b.count()
	return b.index, nil
}

// column calls visit with each subject that has the predicate, its object and its graph.
func (b *builder) column(p quad.IRI, visit func(s quad.IRI, o, label quad.Value)) error {
	for q, err := range b.scan.Quads(b.ctx, quad.Quad{Predicate: p}) {
		if err != nil {
			return err
		}
		if s, ok := q.Subject.(quad.IRI); ok {
			visit(s, q.Object, q.Label)
		}
	}
	return nil
}

// texts calls visit with each subject of the property and the text of its object.
func (b *builder) texts(property string, visit func(s quad.IRI, text string)) error {
	return b.column(b.vocab.Term(property), func(s quad.IRI, o, _ quad.Value) { visit(s, b.intern(quads.TextOf(o))) })
}

func (b *builder) intern(s string) string {
	if known, ok := b.text[s]; ok {
		return known
	}
	b.text[s] = s
	return s
}

// A typed thing is a subject with its class and the graphs that tell of it.
type typed struct {
	iri    quad.IRI
	class  schema.Class
	labels []quad.IRI
}

// types numbers the things of each class and counts what documents hold.
func (b *builder) types() error {
	things := map[quad.IRI]*typed{}
	counts := map[quad.IRI]*document{}
	err := b.column(quads.RDFType, func(s quad.IRI, o, label quad.Value) {
		class := b.vocab.ClassOf(o)
		l, _ := label.(quad.IRI)
		if b.tally(counts, l, class) {
			return
		}
		t := things[s]
		if t == nil {
			t = &typed{iri: s, class: class}
			things[s] = t
		}
		t.labels = append(t.labels, l)
	})
	if err != nil {
		return err
	}
	sorted := make([]*typed, 0, len(things))
	for _, t := range things {
		sorted = append(sorted, t)
	}
	slices.SortFunc(sorted, func(a, c *typed) int { return cmp.Compare(a.iri, c.iri) })
	b.number(sorted, counts)
	return nil
}

// tally counts a thing of a document, and reports whether that is all that is kept of it.
func (b *builder) tally(counts map[quad.IRI]*document, label quad.IRI, class schema.Class) bool {
	d := counts[label]
	if d == nil {
		d = &document{}
		counts[label] = d
	}
	switch class {
	case quads.Warning:
		d.warnings++
	case quads.Mention:
		b.stats.Mentions++
	case schema.StatementClass:
		d.relations++
		return false
	case schema.FigureClass:
		d.figures++
		return false
	case "", schema.EvidenceClass:
	case schema.DocumentClass, schema.IndicatorClass:
		return false
	default:
		d.entities++
		return false
	}
	return true
}

// number gives things their places in the lists.
func (b *builder) number(sorted []*typed, counts map[quad.IRI]*document) {
	for _, t := range sorted {
		if t.class == schema.DocumentClass {
			d := document{iri: t.iri, about: -1}
			if c := counts[t.iri]; c != nil {
				d = *c
				d.iri, d.about = t.iri, -1
			}
			b.docByID[t.iri] = int32(len(b.docs))
			b.docs = append(b.docs, d)
		}
	}
	for _, t := range sorted {
		switch t.class {
		case schema.DocumentClass:
		case schema.StatementClass:
			b.stmts = append(b.stmts, statement{iri: t.iri, subject: -1, object: -1, predicate: noPredicate})
		case schema.FigureClass:
			b.figs = append(b.figs, figure{iri: t.iri, subject: -1, indicator: -1, doc: b.doc(t.labels)})
		case schema.IndicatorClass:
			b.indByID[t.iri] = int32(len(b.inds))
			b.inds = append(b.inds, indicator{iri: t.iri})
		default:
			b.entByID[t.iri] = int32(len(b.ents))
			b.ents = append(b.ents, entity{iri: t.iri, class: t.class, docs: b.docsOf(t.labels)})
		}
	}
}

// noPredicate stands for one that is not of our ontology.
const noPredicate = 255

func (b *builder) docsOf(labels []quad.IRI) []int32 {
	out := make([]int32, 0, len(labels))
	for _, l := range labels {
		if d, ok := b.docByID[l]; ok {
			out = append(out, d)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// doc returns the document of a thing that only one tells of, or -1.
func (b *builder) doc(labels []quad.IRI) int32 {
	if docs := b.docsOf(labels); len(docs) > 0 {
		return docs[0]
	}
	return -1
}

// labels names entities, indicators and documents.
func (b *builder) labels() error {
	counts := map[quad.IRI]map[string]int{} // how many documents use a name as the name
	add := func(s quad.IRI, o quad.Value, n int) {
		_, isEntity := b.entByID[s]
		_, isIndicator := b.indByID[s]
		if !isEntity && !isIndicator {
			return
		}
		if counts[s] == nil {
			counts[s] = map[string]int{}
		}
		counts[s][b.intern(quads.TextOf(o))] += n
	}
	err := b.column(quads.RDFSLabel, func(s quad.IRI, o, _ quad.Value) {
		if d, ok := b.docByID[s]; ok {
			b.docs[d].label = quads.TextOf(o)
		}
		add(s, o, 1)
	})
	if err != nil {
		return err
	}
	if err := b.column(quads.SKOSAltLabel, func(s quad.IRI, o, _ quad.Value) { add(s, o, 0) }); err != nil {
		return err
	}
	for i := range b.ents {
		b.ents[i].name, b.ents[i].aliases = bestName(counts[b.ents[i].iri])
	}
	for i := range b.inds {
		b.inds[i].name, b.inds[i].aliases = bestName(counts[b.inds[i].iri])
	}
	return nil
}

// bestName returns the name that most documents use, of equals the longest, and the others sorted.
func bestName(counts map[string]int) (name string, aliases []string) {
	all := make([]string, 0, len(counts))
	for s := range counts {
		all = append(all, s)
	}
	if len(all) == 0 {
		return "", nil
	}
	slices.SortFunc(all, func(x, y string) int {
		return cmp.Or(cmp.Compare(counts[y], counts[x]), cmp.Compare(len(y), len(x)), strings.Compare(x, y))
	})
	if aliases = all[1:]; len(aliases) == 0 {
		return all[0], nil
	}
	slices.Sort(aliases)
	return all[0], aliases
}

func (b *builder) documents() error {
	set := func(property string, field func(*document) *string) error {
		return b.texts(property, func(s quad.IRI, text string) {
			if d, ok := b.docByID[s]; ok {
				*field(&b.docs[d]) = text
			}
		})
	}
	for property, field := range map[string]func(*document) *string{
		"date": func(d *document) *string { return &d.date }, "path": func(d *document) *string { return &d.path },
		"sha256":      func(d *document) *string { return &d.sha256 },
		"subjectName": func(d *document) *string { return &d.subjectName },
		"kind":        func(d *document) *string { return (*string)(&d.kind) },
	} {
		if err := set(property, field); err != nil {
			return err
		}
	}
	return b.column(b.vocab.About, func(s quad.IRI, o, _ quad.Value) {
		d, ok := b.docByID[s]
		e, is := b.entByID[iriOf(o)]
		if ok && is {
			b.docs[d].about = e
		}
	})
}

func iriOf(v quad.Value) quad.IRI {
	iri, _ := v.(quad.IRI)
	return iri
}

// entities fills in codes and scopes.
func (b *builder) entities() error {
	err := b.texts("code", func(s quad.IRI, text string) {
		if d, ok := b.docByID[s]; ok {
			b.docs[d].code = text
		} else if e, ok := b.entByID[s]; ok {
			b.ents[e].code = text
		}
	})
	if err != nil {
		return err
	}
	return b.texts("scope", func(s quad.IRI, text string) {
		if e, ok := b.entByID[s]; ok {
			b.ents[e].scope = text
		}
	})
}
