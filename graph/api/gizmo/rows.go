package gizmo

import (
	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/jsonld"
)

// rows are the rows of an answer as they come.
type rows struct {
	list  []any
	max   int // that there may be in all
	cutAt int // the limit at which rows were left out, 0 for none
}

// add adds a row and reports whether more are wanted.
func (r *rows) add(row any) bool {
	if len(r.list) >= r.max {
		r.cutAt = r.max
		return false
	}
	r.list = append(r.list, row)
	return true
}

// A style says how values look in an answer.
type style struct {
	prefixes Prefixes
	short    bool
	jsonld   bool
}

// value returns v as Cayley's HTTP interface shows it: numbers, booleans and
// strings as JSON's, IRIs in angle brackets, other literals as in N-Quads.
func (s style) value(v quad.Value) any {
	if v == nil {
		return nil
	}
	if s.jsonld {
		return jsonld.FromValue(v)
	}
	if iri, ok := v.(quad.IRI); ok {
		return s.iri("<" + string(iri) + ">")
	}
	out := v.Native()
	if nv, ok := out.(quad.Value); ok && v == nv {
		return quad.StringOf(v)
	}
	return out
}

func (s style) iri(text string) string {
	if s.short {
		return s.prefixes.Shorten(text)
	}
	return text
}

// tidy makes a value of a script's making fit for JSON, IRIs shortened where
// that is wanted.
func (s style) tidy(v any) any {
	switch v := v.(type) {
	case quad.Value:
		return s.value(v)
	case string:
		return s.iri(v)
	case []any:
		for i := range v {
			v[i] = s.tidy(v[i])
		}
	case []quad.Value:
		out := make([]any, len(v))
		for i := range v {
			out[i] = s.value(v[i])
		}
		return out
	case map[string]any:
		for k := range v {
			v[k] = s.tidy(v[k])
		}
	case []map[string]any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = s.tidy(v[i])
		}
		return out
	}
	return v
}
