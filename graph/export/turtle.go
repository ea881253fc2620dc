package export

import (
	"bytes"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/districtkg/districtkg/graph/quads"
)

// separator stands between the terms of a record. No term holds it, and it
// sorts before all that a term may hold.
const separator = 0

// appendRecord appends terms in N-Quads, each before a separator.
func appendRecord(dst []byte, terms ...quad.Value) []byte {
	for _, t := range terms {
		if t != nil {
			dst = AppendTerm(dst, t)
		}
		dst = append(dst, separator)
	}
	return dst
}

// fields splits a record into so many terms.
func fields(record []byte, into [][]byte) {
	for i := range into {
		end := bytes.IndexByte(record, separator)
		into[i], record = record[:end], record[end+1:]
	}
}

func writeTriG(w *writer) error {
	t := newTurtle(w)
	t.prefixes()
	return t.triples(true, func(dst []byte, q quad.Quad) []byte {
		return appendRecord(dst, q.Label, q.Subject, q.Predicate, q.Object)
	})
}

// writeTurtle leaves the graphs out: what two documents state is there once.
func writeTurtle(w *writer) error {
	t := newTurtle(w)
	t.prefixes()
	return t.triples(false, func(dst []byte, q quad.Quad) []byte {
		return appendRecord(dst, nil, q.Subject, q.Predicate, q.Object)
	})
}

// A turtle writes Turtle and TriG.
type turtle struct {
	*writer
	namespaces []quads.Namespace
}

func newTurtle(w *writer) *turtle { return &turtle{w, namespacesOf(w.vocab)} }

// namespacesOf returns all prefixes, ours first.
func namespacesOf(v *quads.Vocabulary) []quads.Namespace {
	return append([]quads.Namespace{{Prefix: "dkg", IRI: v.IRIs.Vocabulary("")}}, quads.Namespaces()...)
}

func (t *turtle) prefixes() {
	for _, n := range t.namespaces {
		t.put("@prefix ", n.Prefix, ": <", n.IRI, "> .\n")
	}
}

// triples writes what is sorted by graph, subject, predicate and object.
func (t *turtle) triples(graphs bool, record func([]byte, quad.Quad) []byte) error {
	s, err := t.sorted(record)
	if err != nil {
		return err
	}
	defer s.close()
	b := &block{turtle: t, graphs: graphs}
	for r, err := range s.all() {
		if err == nil {
			err = t.failed()
		}
		if err != nil {
			return err
		}
		var now [4][]byte
		fields(r, now[:])
		b.add(now)
	}
	b.end(0)
	return nil
}

// A block is where in the text the next triple goes.
type block struct {
	*turtle
	graphs bool
	last   [4][]byte // terms of the triple before
	opened bool      // there is one
	indent string    // of the graph at hand
}

// add writes a triple, leaving out what it shares with the one before.
func (b *block) add(now [4][]byte) {
	same := 0
	for b.opened && same < 3 && bytes.Equal(now[same], b.last[same]) {
		same++
	}
	b.end(same)
	switch same {
	case 0:
		b.open(now[0])
		fallthrough
	case 1:
		b.put("\n", b.indent, b.name(now[1]), " ", b.name(now[2]), " ", b.name(now[3]))
	case 2:
		b.put(b.indent, "\t", b.name(now[2]), " ", b.name(now[3]))
	default:
		b.put(" ", b.name(now[3]))
	}
	for i := range now {
		b.last[i] = append(b.last[i][:0], now[i]...)
	}
	b.opened = true
}

// open begins a graph.
func (b *block) open(label []byte) {
	b.indent = ""
	if b.graphs && len(label) > 0 {
		b.put("\n", b.name(label), " {")
		b.indent = "\t"
	}
}

// end writes what follows a triple that shares so many terms with the next: 0 ends the graph.
func (b *block) end(same int) {
	if !b.opened {
		return
	}
	b.put([...]string{" .\n", " .\n", " ;\n", " ,"}[same])
	if same == 0 && b.indent != "" {
		b.put("}\n")
	}
}

// name shortens an IRI that a prefix begins; the rest stays as in N-Quads,
// which Turtle contains. rdf:type is written as a.
func (t *turtle) name(term []byte) string {
	s := string(term)
	if s == "<"+string(quads.RDFType)+">" {
		return "a"
	}
	if body, datatype, ok := cutDatatype(s); ok {
		return body + "^^" + t.short(datatype)
	}
	return t.short(s)
}

// cutDatatype splits a literal with a datatype.
func cutDatatype(s string) (body, datatype string, ok bool) {
	if !strings.HasPrefix(s, `"`) || !strings.HasSuffix(s, ">") {
		return "", "", false
	}
	i := strings.LastIndex(s, `"^^<`)
	return s[:i+1], s[i+3:], i > 0
}

func (t *turtle) short(s string) string {
	for _, n := range t.namespaces {
		if local, ok := strings.CutPrefix(s, "<"+n.IRI); ok && plainName(strings.TrimSuffix(local, ">")) {
			return n.Prefix + ":" + strings.TrimSuffix(local, ">")
		}
	}
	return s
}

// plainName reports whether a name can stand after a prefix in every format.
func plainName(s string) bool {
	return s != "" && !slices.ContainsFunc([]byte(s), func(c byte) bool { return !nameByte(c) || c == '.' }) && s[0] != '-'
}
