package export

import (
	"cmp"
	"encoding/csv"
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/districtkg/districtkg/graph/quads"
	"github.com/districtkg/districtkg/schema"
)

// Columns of the CSV files. Names of a cell that holds several stand with |
// between them; places are in Unicode code points of the document's original text.
var (
	nodeColumns = [...]string{"iri", "class", "name", "aliases", "code", "scope", "documents"}
	edgeColumns = [...]string{"statement", "subject", "subject_name", "predicate", "object", "object_name", "rule", "date",
		"quote", "start", "end", "document", "document_title"}
	figureColumns = [...]string{"figure", "subject", "subject_name", "indicator", "indicator_name", "worded", "measure", "value", "high", "unit",
		"period", "period_start", "period_end", "status", "bound", "of", "printed", "rule", "quote", "start", "end", "document", "document_title"}
	evidenceColumns = [...]string{"evidence", "kind", "supports", "quote", "start", "end", "document", "document_title", "document_path"}
)

// A table writes CSV.
type table struct {
	*csv.Writer
	w *writer
}

// newTable writes the line of names. Errors of writing come out when the writer is flushed.
func newTable(w *writer, columns []string) *table {
	t := &table{csv.NewWriter(w), w}
	t.row(columns...)
	return t
}

func (t *table) row(cells ...string) { _ = t.Write(cells) } // the error stays in the bufio.Writer below

func (t *table) done() error {
	t.Flush()
	return t.Error()
}

func writeNodes(w *writer) error {
	t := newTable(w, nodeColumns[:])
	for x, err := range w.subjects() {
		if err != nil {
			return err
		}
		if x.class == string(schema.DocumentClass) || x.class == "" {
			continue
		}
		name, aliases := x.name()
		t.row(x.iri, x.class, name, strings.Join(aliases, "|"), x.code, x.scope, strconv.Itoa(x.docs))
	}
	return t.done()
}

// namesOf returns the names of what a document tells of.
func namesOf(r *quads.Record) map[quad.IRI]string {
	names := map[quad.IRI]string{r.Document.IRI: r.Document.Label}
	for _, e := range r.Entities {
		names[e.IRI] = e.Name
	}
	for _, i := range r.Indicators {
		names[i.IRI] = i.Name
	}
	return names
}

func place(p quads.Place) (quote, start, end string) {
	if p.IRI == "" {
		return "", "", ""
	}
	return p.Text, strconv.Itoa(p.Start), strconv.Itoa(p.End)
}

func writeEdges(w *writer) error {
	t := newTable(w, edgeColumns[:])
	for r, err := range w.documents() {
		if err != nil {
			return err
		}
		names := namesOf(r)
		for _, s := range r.Statements {
			quote, start, end := place(s.Evidence)
			t.row(string(s.IRI), string(s.Subject), names[s.Subject], string(s.Predicate), string(s.Object), names[s.Object], s.Rule, s.Date,
				quote, start, end, string(r.Document.IRI), r.Document.Label)
		}
	}
	return t.done()
}

func writeFigures(w *writer) error {
	t := newTable(w, figureColumns[:])
	for r, err := range w.documents() {
		if err != nil {
			return err
		}
		names := namesOf(r)
		for _, f := range r.Figures {
			quote, start, end := place(f.Evidence)
			t.row(string(f.IRI), string(f.Subject), names[f.Subject], string(f.Indicator), names[f.Indicator], f.Worded, string(f.Measure),
				f.Value.String(), f.High.String(), f.Unit, f.Period, f.Start, f.End, string(f.Status), string(f.Bound), string(f.Of),
				f.Printed.Text, f.Rule, quote, start, end, string(r.Document.IRI), r.Document.Label)
		}
	}
	return t.done()
}

func writeEvidence(w *writer) error {
	t := newTable(w, evidenceColumns[:])
	for r, err := range w.documents() {
		if err != nil {
			return err
		}
		line := func(p quads.Place, kind, supports string) {
			quote, start, end := place(p)
			t.row(string(p.IRI), kind, supports, quote, start, end, string(r.Document.IRI), r.Document.Label, r.Document.Path)
		}
		for _, s := range r.Statements {
			line(s.Evidence, "relation", string(s.IRI))
		}
		for _, f := range r.Figures {
			line(f.Evidence, "figure", string(f.IRI))
		}
		for _, m := range r.Mentions {
			line(m.Place, "mention", string(m.Entity))
		}
		for _, x := range r.Warnings {
			line(x.Place, cmp.Or(x.Kind, "warning"), string(x.IRI))
		}
	}
	return t.done()
}
