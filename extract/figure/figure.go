// Package figure reads the numbers of a document: in goes a cleaned, segmented
// and identified [schema.Doc] with its entities, out come its figures, each
// with what is measured, value, unit, period, status and the sentence that
// says so.
//
// A line of text is scanned once for numbers, times and separators (scan.go);
// what lies between them is words. The line is parted into clauses
// (clause.go), and each number is read from the words around it: an operator
// such as 增长 or 达到 (operator.go), the name before it or the noun after it
// (name.go, level.go), the pattern A、B分别为x、y (spread.go), ratios and ranks.
// What a clause leaves out, 其中 and ellipsis, is completed from the clauses
// before it (complete.go). Tables are read apart, in stages: which lines or cells
// belong to one (table.go, stacked.go, inline.go), what stands over each column
// (storeys.go) and tells of it (headrole.go, column.go), what the caption tells of
// all (caption.go), and the rows (row.go).
//
// All words are data: seeds/lexicon/figure-*.tsv, units.tsv, indicators.tsv.
package figure

import (
	"io/fs"
	"sort"
	"strconv"
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// A Recogniser finds figures. It never changes once made, so goroutines share it.
type Recogniser struct{ lists *lists }

// New returns a Recogniser with the word lists of the folder lexicon in fsys.
func New(fsys fs.FS) (*Recogniser, error) {
	l, err := load(fsys)
	if err != nil {
		return nil, err
	}
	return &Recogniser{l}, nil
}

// Name tells which stage this is, in traces.
func (*Recogniser) Name() string { return "figure" }

// Recognise returns the figures of a document in order of the text. Subject
// is the id of the entity that the document is about: the subject of each
// figure that is not plainly about another entity.
func (f *Recogniser) Recognise(doc *schema.Doc, entities []schema.Entity, subject string) []schema.Figure {
	r := newReader(f.lists, doc, entities, subject)
	r.document()
	sort.SliceStable(r.figures, func(i, j int) bool { return r.figures[i].Span.Start < r.figures[j].Span.Start })
	return renumbered(r.figures)
}

// renumbered gives the figures their ids in order of the text, and says by
// those which level a growth belongs to.
func renumbered(figures []schema.Figure) []schema.Figure {
	ids := make([]string, len(figures)) // by the number under which they were found
	for i, x := range figures {
		ids[found(x.ID)] = "f" + strconv.Itoa(i+1)
	}
	for i := range figures {
		x := &figures[i]
		x.ID = ids[found(x.ID)]
		if x.Of != "" {
			x.Of = ids[found(x.Of)]
		}
	}
	return figures
}

// found returns the number under which a figure was found, which is its id
// until all are known.
func found(id string) int {
	n, _ := strconv.Atoi(id) // made by Itoa
	return n
}

// maxStretch bounds what is read at once, in bytes.
const maxStretch = 4 << 10

// document reads the text line by line.
func (r *reader) document() {
	text := r.doc.Text
	for start := 0; start < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[start:], '\n'); i >= 0 {
			end = start + i
		}
		if next := r.table(start); next > start {
			start = next
			continue
		}
		r.line(start, end)
		start = end + 1
	}
}

// line reads the stretches between full stops of one line.
func (r *reader) line(start, end int) {
	text := r.doc.Text
	r.newLine(schema.Span{Start: start, End: end})
	for at := start; at < end; {
		next := at + sentenceEnd(text[at:end])
		r.stretch(at, next)
		at = next
	}
}

// sentenceEnd returns the length of the text up to its first full stop.
func sentenceEnd(s string) int {
	at := 0
	for ; at < len(s) && at < maxStretch; at++ {
		switch s[at] {
		case '!', '?':
			return at + 1
		case '\xe3', '\xef':
			if rest := s[at:]; strings.HasPrefix(rest, "。") || strings.HasPrefix(rest, "！") || strings.HasPrefix(rest, "？") {
				return at + len("。")
			}
		}
	}
	for at < len(s) && s[at]&0xC0 == 0x80 {
		at++
	}
	return at
}
