package nquads

import (
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/cayleygraph/quad"
)

// The types of native values.
const (
	xsd         = "http://www.w3.org/2001/XMLSchema#"
	xsdInteger  = xsd + "integer"
	xsdDouble   = xsd + "double"
	xsdBoolean  = xsd + "boolean"
	xsdDateTime = xsd + "dateTime"
)

// native returns the literal as a native value if that is written the same.
func native(body, typ string) quad.Value {
	var v quad.Value
	switch typ {
	case xsdInteger:
		if i, err := strconv.ParseInt(body, 10, 64); err == nil {
			v = quad.Int(i)
		}
	case xsdDouble:
		if f, err := strconv.ParseFloat(body, 64); err == nil {
			v = quad.Float(f)
		}
	case xsdBoolean:
		v = quad.Bool(body == "true")
	case xsdDateTime:
		if t, err := time.Parse(time.RFC3339Nano, body); err == nil {
			v = quad.Time(t.UTC())
		}
	}
	if v != nil {
		if text, _, _ := lexical(v); text == body {
			return v
		}
	}
	return quad.TypedString{Value: quad.String(body), Type: quad.IRI(typ)}
}

// lexical returns a native value as N-Quads has it; ok is false if v is none.
func lexical(v quad.Value) (text, typ string, ok bool) {
	switch v := v.(type) {
	case quad.Int:
		return strconv.FormatInt(int64(v), 10), xsdInteger, true
	case quad.Float:
		return strconv.FormatFloat(float64(v), 'E', -1, 64), xsdDouble, true
	case quad.Bool:
		return strconv.FormatBool(bool(v)), xsdBoolean, true
	case quad.Time:
		return time.Time(v).UTC().Format(time.RFC3339Nano), xsdDateTime, true
	case quad.TypedString:
		return string(v.Value), string(v.Type), true
	}
	return "", "", false
}

// AppendQuad appends q as a line of N-Quads.
func AppendQuad(dst []byte, q quad.Quad) []byte {
	for _, d := range quad.Directions {
		if v := q.Get(d); v != nil {
			dst = append(appendValue(dst, v), ' ')
		}
	}
	return append(dst, '.', '\n')
}

func appendValue(dst []byte, v quad.Value) []byte {
	switch v := v.(type) {
	case quad.IRI:
		return appendIRI(dst, string(v))
	case quad.BNode:
		return append(append(dst, "_:"...), v...)
	case quad.String:
		return appendString(dst, string(v))
	case quad.LangString:
		return append(append(appendString(dst, string(v.Value)), '@'), v.Lang...)
	}
	if text, typ, ok := lexical(v); ok {
		return appendIRI(append(appendString(dst, text), '^', '^'), typ)
	}
	return appendString(dst, v.String())
}

// appendIRI escapes what may not stand in an IRI: space, controls and <>"{}|^`\.
func appendIRI(dst []byte, iri string) []byte {
	dst = append(dst, '<')
	done := 0
	for i := range len(iri) {
		if c := iri[i]; c <= ' ' || notInIRI[c] {
			dst = appendU(append(dst, iri[done:i]...), c)
			done = i + 1
		}
	}
	return append(append(dst, iri[done:]...), '>')
}

func appendU(dst []byte, c byte) []byte {
	const hex = "0123456789ABCDEF"
	return append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
}

// appendString escapes what canonical N-Quads escapes; bytes that are
// not UTF-8 become U+FFFD.
func appendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	if isPlain(s) {
		return append(append(dst, s...), '"')
	}
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(s[i:])
			dst = utf8.AppendRune(dst, r)
			i += n
			continue
		}
		dst = appendASCII(dst, c)
		i++
	}
	return append(dst, '"')
}

// isPlain reports whether nothing in s is to be escaped or replaced.
func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' || c == 0x7f {
			return false
		}
	}
	return utf8.ValidString(s)
}

func appendASCII(dst []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(dst, '\\', c)
	case '\n':
		return append(dst, '\\', 'n')
	case '\r':
		return append(dst, '\\', 'r')
	case '\t':
		return append(dst, '\\', 't')
	case '\b':
		return append(dst, '\\', 'b')
	case '\f':
		return append(dst, '\\', 'f')
	}
	if c < ' ' || c == 0x7f {
		return appendU(dst, c)
	}
	return append(dst, c)
}
