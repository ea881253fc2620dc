package extract

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"github.com/shopspring/decimal"

	"github.com/districtkg/districtkg/schema"
)

// WriteJSON writes the facts of one document as one line of JSON: the contract
// with programs that read our output. The types below give the order and the
// names of the fields. Offsets are Unicode code points of the original text,
// and each text is the slice of it between them.
//
// The line is written piece by piece, since that of a document of many
// megabytes, in which every fact quotes its sentence, is much longer still.
func WriteJSON(w io.Writer, f *schema.Facts) error {
	j := newJSONWriter(w)
	q := f.Doc.Quotes()
	j.field(`{"document":`, lineDocument(f.Doc))
	writeList(j, "entities", f.Entities, func(e schema.Entity) LineEntity { return lineEntity(q, e) })
	writeList(j, "relations", f.Relations, func(r schema.Relation) LineRelation { return lineRelation(q, r) })
	writeList(j, "figures", f.Figures, func(x schema.Figure) LineFigure { return lineFigure(q, x) })
	writeList(j, "warnings", f.Doc.Warnings, func(w schema.Warning) LineWarning { return lineWarning(q, w) })
	j.raw("}\n")
	if err := j.flush(); err != nil {
		return fmt.Errorf("write %s as JSON: %w", f.Doc.Path, err)
	}
	return nil
}

// A jsonWriter writes values between pieces of JSON that the caller gives. The
// first error stays, and nothing is written after it.
type jsonWriter struct {
	out   *bufio.Writer
	value bytes.Buffer
	enc   *json.Encoder // to value
	err   error
}

func newJSONWriter(w io.Writer) *jsonWriter {
	j := &jsonWriter{out: bufio.NewWriter(w)}
	j.enc = json.NewEncoder(&j.value)
	j.enc.SetEscapeHTML(false)
	return j
}

// raw writes a piece of JSON. The buffered writer keeps its own error for flush.
func (j *jsonWriter) raw(s string) { _, _ = j.out.WriteString(s) }

// field writes a piece of JSON and then a value.
func (j *jsonWriter) field(before string, v any) {
	j.value.Reset()
	if err := j.enc.Encode(v); err != nil && j.err == nil {
		j.err = err
	}
	j.raw(before)
	_, _ = j.out.Write(bytes.TrimSuffix(j.value.Bytes(), []byte("\n"))) // as in raw
}

func (j *jsonWriter) flush() error {
	if j.err != nil {
		return j.err
	}
	return j.out.Flush()
}

// writeList writes the field name with each of the items as to puts it.
func writeList[A, B any](j *jsonWriter, name string, items []A, to func(A) B) {
	j.raw(`,"` + name + `":[`)
	for i, a := range items {
		comma := ""
		if i > 0 {
			comma = ","
		}
		j.field(comma, to(a))
	}
	j.raw("]")
}

// A Line is the JSON object of one document.
type Line struct {
	Document  LineDocument   `json:"document"`
	Entities  []LineEntity   `json:"entities"`
	Relations []LineRelation `json:"relations"`
	Figures   []LineFigure   `json:"figures"`
	Warnings  []LineWarning  `json:"warnings"`
}

// A LineDocument tells what a document is. Unknown slots are empty.
type LineDocument struct {
	Path    string      `json:"path"`
	Title   string      `json:"title"`
	Kind    schema.Kind `json:"kind"`
	Subject string      `json:"subject"`
	Code    string      `json:"code"`
	Period  string      `json:"period"`
	SHA256  string      `json:"sha256"`
}

// A LineQuote is a slice of the original text, in code points.
type LineQuote struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
}

// A LineEntity is an entity with its mentions.
type LineEntity struct {
	ID       string       `json:"id"`
	Type     schema.Class `json:"type"`
	Name     string       `json:"name"`
	Aliases  []string     `json:"aliases"`
	Mentions []LineQuote  `json:"mentions"`
}

// A LineRelation has entity ids as subject and object, or "Document" as object.
type LineRelation struct {
	Subject   string           `json:"subject"`
	Predicate schema.Predicate `json:"predicate"`
	Object    string           `json:"object"`
	Rule      string           `json:"rule"`
	Evidence  LineQuote        `json:"evidence"`
}

// A LineFigure has its value as an exact JSON number.
type LineFigure struct {
	ID        string         `json:"id"`
	Subject   string         `json:"subject"`
	Indicator string         `json:"indicator"`
	Measure   schema.Measure `json:"measure"`
	Value     Number         `json:"value"`
	High      *Number        `json:"high,omitempty"` // the upper end of a range
	Unit      string         `json:"unit"`
	Period    string         `json:"period"`
	Status    schema.Status  `json:"status"`
	Bound     schema.Bound   `json:"bound"`
	Of        *string        `json:"of"` // the level that a growth belongs to
	Text      string         `json:"text"`
	Evidence  LineQuote      `json:"evidence"`
}

// A LineWarning is a warning with the code points of the original that it is about.
type LineWarning struct {
	Kind    string `json:"kind"`
	Start   int    `json:"start"`
	End     int    `json:"end"`
	Message string `json:"message"`
}

// A Number is a decimal that JSON shows as a number with all its digits.
type Number struct{ decimal.Decimal }

// MarshalJSON hides decimal's own, which puts numbers in quotes.
func (n Number) MarshalJSON() ([]byte, error) { return []byte(n.String()), nil }

// NewLine puts facts in the terms of the contract, for who needs them whole.
func NewLine(f *schema.Facts) Line {
	q := f.Doc.Quotes()
	return Line{
		Document:  lineDocument(f.Doc),
		Entities:  mapped(f.Entities, func(e schema.Entity) LineEntity { return lineEntity(q, e) }),
		Relations: mapped(f.Relations, func(r schema.Relation) LineRelation { return lineRelation(q, r) }),
		Figures:   mapped(f.Figures, func(x schema.Figure) LineFigure { return lineFigure(q, x) }),
		Warnings:  mapped(f.Doc.Warnings, func(w schema.Warning) LineWarning { return lineWarning(q, w) }),
	}
}

// mapped applies f to each of the items. It never returns nil, which JSON shows as null.
func mapped[A, B any](items []A, f func(A) B) []B {
	out := make([]B, len(items))
	for i, a := range items {
		out[i] = f(a)
	}
	return out
}

func lineDocument(d *schema.Doc) LineDocument {
	id := d.Identity
	return LineDocument{d.Path, id.Title, id.Kind, id.Subject, id.Code, id.Period, d.SHA256}
}

func lineWarning(q *schema.Quoter, w schema.Warning) LineWarning {
	o := q.Original(w.Span)
	return LineWarning{w.Kind, o.Start, o.End, w.Message}
}

func lineEntity(q *schema.Quoter, e schema.Entity) LineEntity {
	return LineEntity{
		ID: e.ID, Type: e.Class, Name: e.Name,
		Aliases:  mapped(e.Aliases, func(s string) string { return s }),
		Mentions: mapped(e.Mentions, func(m schema.Mention) LineQuote { return LineQuote(q.Quote(m.Span)) }),
	}
}

func lineRelation(q *schema.Quoter, r schema.Relation) LineRelation {
	return LineRelation{r.Subject, r.Predicate, r.Object, r.Rule, LineQuote(q.Quote(r.Evidence))}
}

func lineFigure(q *schema.Quoter, x schema.Figure) LineFigure {
	l := LineFigure{
		ID: x.ID, Subject: x.Subject, Indicator: x.Indicator, Measure: x.Measure, Value: Number{x.Value}, Unit: x.Unit,
		Period: x.Period, Status: x.Status, Bound: x.Bound, Text: q.Quote(x.Span).Text, Evidence: LineQuote(q.Quote(x.Evidence)),
	}
	if !x.High.IsZero() && !x.High.Equal(x.Value) { // a zero High is one that was never set
		l.High = &Number{x.High}
	}
	if x.Of != "" {
		l.Of = &x.Of
	}
	return l
}
