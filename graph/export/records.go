package export

import (
	"bytes"
	"iter"

	"github.com/cayleygraph/quad"

	"github.com/districtkg/districtkg/graph/quads"
)

// documents yields what each document says, in the order of their IRIs. It
// holds one document at a time.
func (w *writer) documents() iter.Seq2[*quads.Record, error] {
	return func(yield func(*quads.Record, error) bool) {
		s, err := w.sorted(func(dst []byte, q quad.Quad) []byte {
			if q.Label == nil {
				return dst
			}
			return appendRecord(dst, q.Label, q.Subject, q.Predicate, q.Object)
		})
		if err != nil {
			yield(nil, err)
			return
		}
		defer s.close()
		if err := w.eachDocument(s, func(r *quads.Record) bool { return yield(r, nil) }); err != nil {
			yield(nil, err)
		}
	}
}

func (w *writer) eachDocument(s *sorter, yield func(*quads.Record) bool) error {
	var label []byte
	var all []quad.Quad
	flush := func() (more bool, err error) {
		if len(all) == 0 {
			return true, nil
		}
		r, err := quads.Decode(all, w.vocab)
		all = all[:0]
		if err != nil || r.Document.IRI == "" { // a graph that holds no document
			return true, err
		}
		return yield(r), w.failed()
	}
	for record, err := range s.all() {
		if err != nil {
			return err
		}
		var f [4][]byte
		fields(record, f[:])
		if !bytes.Equal(f[0], label) {
			if more, err := flush(); err != nil || !more {
				return err
			}
			label = append(label[:0], f[0]...)
		}
		q, err := parseRecord(f)
		if err != nil {
			return err
		}
		all = append(all, q)
	}
	_, err := flush()
	return err
}

// parseRecord reads the terms of a record: label, subject, predicate, object.
func parseRecord(f [4][]byte) (q quad.Quad, err error) {
	for i, d := range []quad.Direction{quad.Label, quad.Subject, quad.Predicate, quad.Object} {
		p := &parser{rest: string(f[i])}
		v, err := p.term(`<_"`)
		if err != nil {
			return q, err
		}
		q.Set(d, v)
	}
	return q, nil
}

// A subject is one thing with all that the graph says of it.
type subject struct {
	iri   string
	names map[string]int // with how many documents use each as its name
	class string         // local name, "" where it has none
	code  string
	scope string
	docs  int // that tell of it
}

// subjects yields the named things and the documents, in the order of their IRIs, and
// what else relations lead to. It holds one at a time.
func (w *writer) subjects() iter.Seq2[*subject, error] {
	return func(yield func(*subject, error) bool) {
		s, err := w.collect(w.subjectRecords)
		if err != nil {
			yield(nil, err)
			return
		}
		defer s.close()
		if err := w.eachSubject(s, func(x *subject) bool { return yield(x, nil) }); err != nil {
			yield(nil, err)
		}
	}
}

// subjectRecords adds what a quad says of a node of the network: subject,
// predicate, object, graph. A relation says that both its ends are there.
func (w *writer) subjectRecords(s *sorter, q quad.Quad, buf []byte) ([]byte, error) {
	p, _ := q.Predicate.(quad.IRI)
	switch {
	case p == quads.RDFType, p == quads.RDFSLabel, p == quads.SKOSAltLabel, p == w.vocab.Term("code"), p == w.vocab.Term("scope"):
		buf = appendRecord(buf, q.Subject, p, q.Object, q.Label)
		return buf, s.add(buf)
	case w.vocab.PredicateOf(p) == "":
		return buf, nil
	}
	for _, end := range []quad.Value{q.Subject, q.Object} {
		buf = appendRecord(buf[:0], end, p, nil, nil)
		if err := s.add(buf); err != nil {
			return buf, err
		}
	}
	return buf, nil
}

func (w *writer) eachSubject(s *sorter, yield func(*subject) bool) error {
	x := &subject{names: map[string]int{}}
	node := false // a class or a relation says that it belongs to the network
	for record, err := range s.all() {
		if err != nil {
			return err
		}
		var f [4][]byte
		fields(record, f[:])
		if iri := decoded(string(f[0])); iri != x.iri {
			if node && !yield(x) {
				return nil
			}
			if err := w.failed(); err != nil {
				return err
			}
			x, node = &subject{iri: iri, names: map[string]int{}}, false
		}
		node = x.learn(w.vocab, quad.IRI(decoded(string(f[1]))), string(f[2])) || node
	}
	if node {
		yield(x)
	}
	return nil
}

// learn takes in one quad, and reports whether it shows that the thing is one of the network.
func (x *subject) learn(v *quads.Vocabulary, p quad.IRI, object string) (node bool) {
	text := ""
	if parsed, err := (&parser{rest: object}).term(`"`); err == nil {
		text = quads.TextOf(parsed)
	}
	switch p {
	case quads.RDFType:
		class := v.ClassOf(quad.IRI(decoded(object)))
		if !inNetwork(class) {
			return false
		}
		x.class = string(class)
		x.docs++
	case quads.RDFSLabel:
		x.names[text]++
		return false
	case quads.SKOSAltLabel:
		x.names[text] += 0
		return false
	case v.Term("code"):
		x.code = text
		return false
	case v.Term("scope"):
		x.scope = text
		return false
	}
	return true
}
