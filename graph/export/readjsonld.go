package export

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/districtkg/districtkg/graph/quads"
	"github.com/districtkg/districtkg/schema"
)

// ReadJSONLD reads JSON-LD 1.1 piece by piece: it holds one element of the
// outermost list at a time, which in what [Write] writes is one document. It
// reads the part of the format that needs no network and no look ahead: an
// embedded context that stands first and defines prefixes, terms with their
// types, and @vocab; @graph, nested nodes, @type, @value, @language. A
// node must have an @id, and a property a full IRI. What else the format has
// (@list, @set, @reverse, remote contexts and so on) is [schema.ErrUnsupported] and
// never silently left out. The first error ends the reading.
func ReadJSONLD(ctx context.Context, r io.Reader) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		d := &jsonReader{ctx: ctx, in: json.NewDecoder(r), yield: yield, terms: terms{}}
		d.in.UseNumber()
		if err := d.document(); err != nil && !errors.Is(err, errStopped) {
			yield(quad.Quad{}, fmt.Errorf("read JSON-LD: byte %d: %w", d.in.InputOffset(), err))
		}
	}
}

// errStopped says that the caller wants no more quads.
var errStopped = errors.New("stopped")

// A jsonReader reads a document.
type jsonReader struct {
	ctx   context.Context
	in    *json.Decoder
	yield func(quad.Quad, error) bool
	terms terms
}

func invalid(format string, args ...any) error {
	return fmt.Errorf("%w JSON-LD: %s", schema.ErrInvalid, fmt.Sprintf(format, args...))
}

// syntax makes an error of the JSON one of ours.
func syntax(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%w JSON: %w", schema.ErrInvalid, err)
}

func (d *jsonReader) document() error {
	first, err := d.in.Token()
	if err != nil {
		return syntax(err)
	}
	switch first {
	case json.Delim('['):
		err = d.elements(nil)
	case json.Delim('{'):
		err = d.object()
	default:
		return invalid("want an object or a list")
	}
	if err != nil {
		return err
	}
	if _, err := d.in.Token(); !errors.Is(err, io.EOF) {
		return invalid("want nothing after the document")
	}
	return nil
}

// elements reads the nodes of a list to its end.
func (d *jsonReader) elements(graph quad.Value) error {
	for d.in.More() {
		var raw json.RawMessage
		if err := d.in.Decode(&raw); err != nil {
			return syntax(err)
		}
		if err := d.ctx.Err(); err != nil {
			return err
		}
		if _, err := d.node(raw, d.terms, graph); err != nil {
			return err
		}
	}
	_, err := d.in.Token()
	return syntax(err)
}

// object reads the outermost object: a context, and a list of nodes or one node.
func (d *jsonReader) object() error {
	node := map[string]json.RawMessage{}
	streamed := false
	for d.in.More() {
		key, err := d.in.Token()
		if err != nil {
			return syntax(err)
		}
		if key == "@graph" && len(node) == 0 {
			if start, err := d.in.Token(); err != nil || start != json.Delim('[') {
				return invalid("want a list in @graph")
			}
			if err := d.elements(nil); err != nil {
				return err
			}
			streamed = true
			continue
		}
		var raw json.RawMessage
		if err := d.in.Decode(&raw); err != nil {
			return syntax(err)
		}
		if streamed {
			return fmt.Errorf("%w JSON-LD: %v after the outermost @graph", schema.ErrUnsupported, key)
		}
		if key == "@context" {
			if d.terms, err = d.terms.with(raw); err != nil {
				return err
			}
			continue
		}
		node[key.(string)] = raw
	}
	if _, err := d.in.Token(); err != nil {
		return syntax(err)
	}
	if len(node) == 0 {
		return nil
	}
	_, err := d.fields(node, d.terms, nil)
	return err
}

// node reads a node and returns what it is called.
func (d *jsonReader) node(raw json.RawMessage, t terms, graph quad.Value) (quad.Value, error) {
	fields, err := object(raw)
	if err != nil {
		return nil, err
	}
	if own, ok := fields["@context"]; ok {
		if t, err = t.with(own); err != nil {
			return nil, err
		}
		delete(fields, "@context")
	}
	return d.fields(fields, t, graph)
}

func object(raw json.RawMessage) (map[string]json.RawMessage, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(raw, &fields); err != nil || fields == nil {
		return nil, invalid("want an object, not %.40s", raw)
	}
	return fields, nil
}

func (d *jsonReader) fields(fields map[string]json.RawMessage, t terms, graph quad.Value) (quad.Value, error) {
	var id string
	if err := json.Unmarshal(fields["@id"], &id); err != nil {
		return nil, fmt.Errorf("%w JSON-LD: a node without an @id", schema.ErrUnsupported)
	}
	self, err := t.id(id)
	if err != nil {
		return nil, err
	}
	keys := make([]string, 0, len(fields))
	for k := range fields {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		if err := d.field(self, k, fields[k], t, graph); err != nil {
			return nil, err
		}
	}
	return self, nil
}

func (d *jsonReader) field(self quad.Value, key string, raw json.RawMessage, t terms, graph quad.Value) error {
	switch {
	case key == "@id":
		return nil
	case key == "@graph":
		if graph != nil {
			return invalid("a graph within a graph")
		}
		return every(raw, func(element json.RawMessage) error {
			_, err := d.node(element, t, self)
			return err
		})
	case key == "@type":
		return every(raw, func(element json.RawMessage) error {
			var name string
			if err := json.Unmarshal(element, &name); err != nil {
				return invalid("@type is no string")
			}
			class, err := t.name(name)
			if err != nil {
				return err
			}
			return d.emit(quad.Quad{Subject: self, Predicate: quads.RDFType, Object: class, Label: graph})
		})
	case strings.HasPrefix(key, "@"):
		return fmt.Errorf("%w JSON-LD: %s in a node", schema.ErrUnsupported, key)
	}
	predicate, err := t.name(key)
	if err != nil {
		return err
	}
	return every(raw, func(element json.RawMessage) error {
		o, err := d.value(element, t, t[key].datatype, graph)
		if err != nil || o == nil {
			return err
		}
		return d.emit(quad.Quad{Subject: self, Predicate: predicate, Object: o, Label: graph})
	})
}

// every calls do with each element of a list, or with what is no list.
func every(raw json.RawMessage, do func(json.RawMessage) error) error {
	if raw = bytes.TrimSpace(raw); len(raw) == 0 || raw[0] != '[' {
		return do(raw)
	}
	var list []json.RawMessage
	if err := json.Unmarshal(raw, &list); err != nil {
		return syntax(err)
	}
	for _, element := range list {
		if err := do(element); err != nil {
			return err
		}
	}
	return nil
}

func (d *jsonReader) emit(q quad.Quad) error {
	if !d.yield(q, nil) {
		return errStopped
	}
	return nil
}

// value reads an object of a property; null is none.
func (d *jsonReader) value(raw json.RawMessage, t terms, datatype string, graph quad.Value) (quad.Value, error) {
	if len(raw) > 0 && raw[0] == '{' {
		return d.valueObject(raw, t, graph)
	}
	in := json.NewDecoder(bytes.NewReader(raw))
	in.UseNumber()
	token, err := in.Token()
	if err != nil {
		return nil, syntax(err)
	}
	return t.scalar(token, datatype)
}

func (d *jsonReader) valueObject(raw json.RawMessage, t terms, graph quad.Value) (quad.Value, error) {
	fields, err := object(raw)
	if err != nil {
		return nil, err
	}
	inner, ok := fields["@value"]
	if !ok {
		return d.node(raw, t, graph)
	}
	v := struct {
		Type     *string `json:"@type"`
		Language *string `json:"@language"`
	}{}
	if err := json.Unmarshal(raw, &v); err != nil {
		return nil, syntax(err)
	}
	if known := 1 + count(v.Type) + count(v.Language); known != len(fields) || known > 2 {
		return nil, fmt.Errorf("%w JSON-LD: value %.60s", schema.ErrUnsupported, raw)
	}
	if v.Language != nil {
		var text string
		if err := json.Unmarshal(inner, &text); err != nil {
			return nil, syntax(err)
		}
		return quad.LangString{Value: quad.String(text), Lang: *v.Language}, nil
	}
	if v.Type == nil {
		return d.value(inner, t, "", graph)
	}
	return d.value(inner, t, *v.Type, graph)
}

func count(s *string) int {
	if s == nil {
		return 0
	}
	return 1
}

// terms are the definitions of a context, by name.
type terms map[string]term

type term struct{ iri, datatype string }

// vocab is the name under which terms keep @vocab.
const vocab = "@vocab"

// with returns the terms with those of a context added.
func (t terms) with(raw json.RawMessage) (terms, error) {
	if bytes.HasPrefix(bytes.TrimSpace(raw), []byte(`"`)) {
		return nil, fmt.Errorf("%w JSON-LD: a remote context", schema.ErrUnsupported)
	}
	fields, err := object(raw)
	if err != nil {
		return nil, err
	}
	out := terms{}
	for name, old := range t {
		out[name] = old
	}
	for name, definition := range fields {
		if err := out.define(name, definition); err != nil {
			return nil, err
		}
	}
	for name, d := range out { // a definition may use a prefix that comes after it
		prefix, local, ok := strings.Cut(d.iri, ":")
		if p, known := out[prefix]; ok && known && !strings.HasPrefix(local, "//") {
			out[name] = term{p.iri + local, d.datatype}
		}
	}
	return out, nil
}

func (t terms) define(name string, raw json.RawMessage) error {
	var plain string
	if json.Unmarshal(raw, &plain) == nil {
		if name != vocab && strings.HasPrefix(name, "@") {
			return fmt.Errorf("%w JSON-LD: %s in a context", schema.ErrUnsupported, name)
		}
		t[name] = term{iri: plain}
		return nil
	}
	var full struct {
		ID   string `json:"@id"`
		Type string `json:"@type"`
	}
	in := json.NewDecoder(bytes.NewReader(raw))
	in.DisallowUnknownFields()
	if err := in.Decode(&full); err != nil || full.ID == "" {
		return fmt.Errorf("%w JSON-LD: the definition of %q", schema.ErrUnsupported, name)
	}
	t[name] = term{full.ID, full.Type}
	return nil
}

// name returns the IRI of a property, class or datatype.
func (t terms) name(name string) (quad.Value, error) {
	if d, ok := t[name]; ok && name != vocab {
		return t.absolute(d.iri)
	}
	if v, ok := t[vocab]; ok && !strings.Contains(name, ":") {
		return t.absolute(v.iri + name)
	}
	return t.id(name)
}

// id returns the IRI or blank node of an @id.
func (t terms) id(id string) (quad.Value, error) {
	if strings.HasPrefix(id, "_:") {
		p := &parser{rest: id}
		v, err := p.bnode()
		if err != nil || p.rest != "" {
			return nil, invalid("blank node %q", id)
		}
		return v, nil
	}
	prefix, local, ok := strings.Cut(id, ":")
	if p, known := t[prefix]; ok && known && !strings.HasPrefix(local, "//") {
		id = p.iri + local
	}
	return t.absolute(id)
}

func (t terms) absolute(iri string) (quad.Value, error) {
	if !absolute(iri) {
		return nil, invalid("%q is no full IRI, and not in the context", iri)
	}
	return quad.IRI(iri), nil
}

// scalar returns the literal, or by its datatype the IRI, of a JSON value.
func (t terms) scalar(token json.Token, datatype string) (quad.Value, error) {
	text, native := "", quads.XSDString
	switch v := token.(type) {
	case nil:
		return nil, nil
	case string:
		text = v
	case bool:
		text, native = fmt.Sprint(v), quads.XSDBoolean
	case json.Number:
		text, native = v.String(), quads.XSDInteger
		if strings.ContainsAny(text, ".eE") {
			f, err := v.Float64()
			if err != nil {
				return nil, invalid("number %s", text)
			}
			text, native = canonicalDouble(f), quads.XSDDouble
		}
	default:
		return nil, invalid("unexpected %v", v)
	}
	switch datatype {
	case "":
		return typed(text, native), nil
	case "@id":
		return t.id(text)
	case "@vocab":
		return t.name(text)
	}
	iri, err := t.name(datatype)
	if err != nil {
		return nil, err
	}
	named, ok := iri.(quad.IRI)
	if !ok {
		return nil, invalid("datatype %s", datatype)
	}
	return typed(text, named), nil
}
