// Package export writes a graph in the formats of other tools, and reads
// quads back from N-Quads and JSON-LD.
//
// Quads come in any order, are written in one that depends on nothing but
// themselves, and each once: the same graph gives the same bytes. Whatever its size, a
// writer holds some 150 MB in memory at most; what has to be sorted beyond that
// goes through files in the directory for temporary ones.
//
// # Canonical N-Quads
//
// One quad a line, lines sorted by code point. Terms follow the canonical form
// of RDF Dataset Canonicalization (RDFC-1.0, section 5): one space between
// terms, no comments; in literals only ", \ and control characters are escaped;
// xsd:string is not written. Datatypes are full IRIs. Cayley's own numbers are
// written as xsd:integer, and as xsd:double in the canonical form of XML Schema
// (5.2192E10); its booleans as true and false; its times as xsd:dateTime in UTC. [ReadNQuads] makes
// them Cayley's again, but only where the same text would be written: so
// what was exported can be imported and exported to the same bytes.
//
// # JSON-LD
//
// One object with a context of prefixes and a list of named graphs, each a list
// of nodes. Literals with a datatype are objects, so no number loses digits.
//
// # RDF Data Cube
//
// The figures as qb:Observation. Dimensions are subject, indicator, measure,
// period, status, document, and occurrence, which counts the figures of one
// document that agree in all the others; where a period is not known it is "unknown".
//
// # CSV
//
// RFC 4180 in UTF-8 with a line of names; see the column lists in csv.go.
package export

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"iter"
	"slices"

	"github.com/cayleygraph/quad"

	"github.com/districtkg/districtkg/graph/quads"
	"github.com/districtkg/districtkg/schema"
)

// A Source yields the quads to be written. It is called once for each pass over
// them, and each time must yield the same ones.
type Source func() iter.Seq2[quad.Quad, error]

// A Format is a row of the table of what can be written.
type Format struct {
	Name      string // as flags and addresses say it
	Extension string // with its dot
	MediaType string
	write     func(*writer) error
}

// Formats returns the formats that [Write] knows, in order of presentation.
func Formats() []Format { return slices.Clone(formats[:]) }

var formats = [...]Format{
	{"nquads", ".nq", "application/n-quads", writeNQuads},
	{"trig", ".trig", "application/trig", writeTriG},
	{"turtle", ".ttl", "text/turtle", writeTurtle},
	{"jsonld", ".jsonld", "application/ld+json", writeJSONLD},
	{"cube", ".cube.ttl", "text/turtle", writeCube},
	{"graphml", ".graphml", "application/graphml+xml", writeGraphML},
	{"gexf", ".gexf", "application/gexf+xml", writeGEXF},
	{"csv-nodes", ".nodes.csv", "text/csv", writeNodes},
	{"csv-edges", ".edges.csv", "text/csv", writeEdges},
	{"csv-figures", ".figures.csv", "text/csv", writeFigures},
	{"csv-evidence", ".evidence.csv", "text/csv", writeEvidence},
}

// FormatOf returns the format of that name. Another is [schema.ErrUnsupported].
func FormatOf(name string) (Format, error) {
	for _, f := range formats {
		if f.Name == name {
			return f, nil
		}
	}
	return Format{}, fmt.Errorf("%w format %q: want nquads, trig, turtle, jsonld, cube, graphml, gexf, csv-nodes, csv-edges, csv-figures or csv-evidence", schema.ErrUnsupported, name)
}

// Options say how to write. The zero Options write a graph of the default base.
type Options struct {
	IRIs    schema.IRIs // that the graph was made with
	TempDir string      // for what has to be sorted; "" means the system's
}

// Write writes the quads of the source in the format of that name.
func Write(ctx context.Context, w io.Writer, format string, src Source, opt Options) error {
	f, err := FormatOf(format)
	if err != nil {
		return err
	}
	if opt.IRIs.Base == "" {
		opt.IRIs.Base = schema.DefaultBase
	}
	out := &writer{Writer: bufio.NewWriterSize(w, 1<<16), ctx: ctx, src: src, opt: opt, vocab: quads.NewVocabulary(opt.IRIs)}
	if err := f.write(out); err != nil {
		return fmt.Errorf("export %s: %w", format, err)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("export %s: %w", format, err)
	}
	return nil
}

// A writer is one export under way. Errors of writing stay in the bufio.Writer
// and come out when it is flushed, or at the next [writer.failed].
type writer struct {
	*bufio.Writer
	ctx   context.Context
	src   Source
	opt   Options
	vocab *quads.Vocabulary
}

// put writes strings one after the other.
func (w *writer) put(parts ...string) {
	for _, s := range parts {
		_, _ = w.WriteString(s) // the error stays in w
	}
}

// failed returns why there is no use in going on: the reader is gone, or the caller.
func (w *writer) failed() error {
	if _, err := w.Write(nil); err != nil {
		return err
	}
	return w.ctx.Err()
}

// sorted puts a record for each quad into a sorter, which the caller closes.
// An empty record leaves the quad out.
func (w *writer) sorted(record func(dst []byte, q quad.Quad) []byte) (*sorter, error) {
	return w.collect(func(s *sorter, q quad.Quad, buf []byte) ([]byte, error) {
		if buf = record(buf, q); len(buf) == 0 {
			return buf, nil
		}
		return buf, s.add(buf)
	})
}

// collect calls each with each quad, a sorter for its records, and a buffer,
// which each returns empty or not.
func (w *writer) collect(each func(s *sorter, q quad.Quad, buf []byte) ([]byte, error)) (*sorter, error) {
	s := newSorter(w.opt.TempDir)
	var buf []byte
	for q, err := range w.src() {
		if err == nil {
			err = w.ctx.Err()
		}
		if err == nil {
			buf, err = each(s, q, buf[:0])
		}
		if err != nil {
			s.close()
			return nil, err
		}
	}
	return s, nil
}

func writeNQuads(w *writer) error {
	s, err := w.sorted(AppendQuad)
	if err != nil {
		return err
	}
	defer s.close()
	for line, err := range s.all() {
		if err == nil {
			_, err = w.Write(line)
		}
		if err != nil {
			return err
		}
	}
	return w.ctx.Err()
}
