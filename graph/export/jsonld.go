package export

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/districtkg/districtkg/graph/quads"
)

func writeJSONLD(w *writer) error {
	s, err := w.sorted(func(dst []byte, q quad.Quad) []byte {
		return appendRecord(dst, q.Label, q.Subject, q.Predicate, q.Object)
	})
	if err != nil {
		return err
	}
	defer s.close()
	j := &jsonld{turtle: newTurtle(w)}
	j.context()
	for r, err := range s.all() {
		if err == nil {
			err = w.failed()
		}
		if err != nil {
			return err
		}
		var now [4][]byte
		fields(r, now[:])
		j.add(now)
	}
	j.close(0)
	w.put("\n]}\n")
	return nil
}

// A jsonld writes nodes, one a line, as their quads come sorted.
type jsonld struct {
	*turtle
	last    [4][]byte
	objects []string // of the last predicate
	opened  bool
}

func (j *jsonld) context() {
	j.put(`{"@context": {`)
	for i, n := range j.namespaces {
		if i > 0 {
			j.put(", ")
		}
		j.put(quoted(n.Prefix), ": ", quoted(n.IRI))
	}
	j.put("},\n", `"@graph": [`)
}

func quoted(s string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // a string can always be encoded
	return strings.TrimSuffix(b.String(), "\n")
}

// add writes a quad, and before it the end of what it does not share with the one before.
func (j *jsonld) add(now [4][]byte) {
	same := 0
	for j.opened && same < 3 && bytes.Equal(now[same], j.last[same]) {
		same++
	}
	if same < 3 {
		j.close(same)
		j.open(now, same)
	}
	j.objects = append(j.objects, string(now[3]))
	for i := range now {
		j.last[i] = append(j.last[i][:0], now[i]...)
	}
	j.opened = true
}

// open begins what the quad does not share: its graph, node, and property.
func (j *jsonld) open(now [4][]byte, same int) {
	if same == 0 {
		j.put(j.comma(), "\n")
		if len(now[0]) > 0 {
			j.put(`{"@id": `, j.id(string(now[0])), `, "@graph": [`, "\n")
		}
	}
	if same == 1 {
		j.put(",\n")
	}
	if same < 2 {
		j.put(`{"@id": `, j.id(string(now[1])))
	}
}

// comma stands before all graphs but the first.
func (j *jsonld) comma() string {
	if j.opened {
		return ","
	}
	return ""
}

// close ends the property at hand, and unless the next quad shares them the node and the graph.
func (j *jsonld) close(same int) {
	if !j.opened {
		return
	}
	j.property(string(j.last[2]))
	j.objects = j.objects[:0]
	if same < 2 {
		j.put("}")
	}
	if same == 0 && len(j.last[0]) > 0 {
		j.put("\n]}")
	}
}

// property writes the property at hand with its objects. Classes are written as @type.
func (j *jsonld) property(predicate string) {
	isLiteral := func(term string) bool { return term[0] == '"' }
	class := predicate == "<"+string(quads.RDFType)+">" && !slices.ContainsFunc(j.objects, isLiteral)
	key := quoted(decoded(j.short(predicate)))
	if class {
		key = `"@type"`
	}
	values := make([]string, len(j.objects))
	for i, o := range j.objects {
		values[i] = j.value(o, class)
	}
	j.put(", ", key, ": ")
	if len(values) == 1 {
		j.put(values[0])
	} else {
		j.put("[", strings.Join(values, ", "), "]")
	}
}

// id returns the JSON string of an IRI or blank node.
func (j *jsonld) id(term string) string { return quoted(decoded(term)) }

// decoded returns an IRI without brackets and escapes; what has no brackets stays.
func decoded(term string) string {
	if !strings.HasPrefix(term, "<") {
		return term
	}
	iri, err := unescape(term[1:len(term)-1], false)
	if err != nil { // cannot be: AppendTerm wrote it
		return term
	}
	return iri
}

// value returns the JSON of an object; a class is only its name.
func (j *jsonld) value(term string, class bool) string {
	switch {
	case class:
		return quoted(decoded(j.short(term)))
	case term[0] != '"':
		return `{"@id": ` + j.id(term) + "}"
	}
	p := &parser{rest: term}
	v, err := p.literal()
	if err != nil { // cannot be: AppendTerm wrote it
		return "null"
	}
	if l, ok := v.(quad.LangString); ok {
		return `{"@value": ` + quoted(string(l.Value)) + `, "@language": ` + quoted(l.Lang) + "}"
	}
	text, datatype := literal(v)
	if datatype == "" {
		return quoted(text)
	}
	return `{"@value": ` + quoted(text) + `, "@type": ` + quoted(decoded(j.short("<"+string(datatype)+">"))) + "}"
}
