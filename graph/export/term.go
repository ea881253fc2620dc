package export

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/cayleygraph/quad"

	"github.com/districtkg/districtkg/graph/quads"
)

// AppendQuad appends the line of a quad in canonical N-Quads.
func AppendQuad(dst []byte, q quad.Quad) []byte {
	dst = AppendTerm(dst, q.Subject)
	dst = AppendTerm(append(dst, ' '), q.Predicate)
	dst = AppendTerm(append(dst, ' '), q.Object)
	if q.Label != nil {
		dst = AppendTerm(append(dst, ' '), q.Label)
	}
	return append(dst, " .\n"...)
}

// AppendTerm appends a value in canonical N-Quads.
func AppendTerm(dst []byte, v quad.Value) []byte {
	switch v := v.(type) {
	case quad.IRI:
		return appendIRI(dst, string(v))
	case quad.BNode:
		return append(append(dst, "_:"...), v...)
	case quad.LangString:
		return append(append(appendString(dst, string(v.Value)), '@'), v.Lang...)
	}
	text, datatype := literal(v)
	dst = appendString(dst, text)
	if datatype == quads.XSDString || datatype == "" {
		return dst
	}
	return appendIRI(append(dst, "^^"...), string(datatype))
}

// literal returns the text and the datatype of a literal without a language.
func literal(v quad.Value) (text string, datatype quad.IRI) {
	switch v := v.(type) {
	case quad.String:
		return string(v), ""
	case quad.TypedString:
		return string(v.Value), v.Type
	case quad.Int:
		return strconv.FormatInt(int64(v), 10), quads.XSDInteger
	case quad.Float:
		return canonicalDouble(float64(v)), quads.XSDDouble
	case quad.Bool:
		return strconv.FormatBool(bool(v)), quads.XSDBoolean
	case quad.Time:
		return time.Time(v).UTC().Format(time.RFC3339Nano), quads.XSDDateTime
	}
	return quad.ToString(v), "" // a kind of value that Cayley might get one day
}

// canonicalDouble writes a double as XML Schema does: 5.2192E10, 1.0E0, INF.
func canonicalDouble(f float64) string {
	switch {
	case math.IsInf(f, 1):
		return "INF"
	case math.IsInf(f, -1):
		return "-INF"
	case math.IsNaN(f):
		return "NaN"
	}
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(f, 'E', -1, 64), "E")
	if !strings.Contains(mantissa, ".") {
		mantissa += ".0"
	}
	n, _ := strconv.Atoi(exponent) // FormatFloat wrote it
	return mantissa + "E" + strconv.Itoa(n)
}

const hexDigits = "0123456789ABCDEF"

// notInIRI are the characters beside white space and controls that no IRI may have.
var notInIRI = [256]bool{'<': true, '>': true, '"': true, '{': true, '}': true, '|': true, '^': true, '`': true, '\\': true}

// appendIRI writes an IRI, with the characters that none may have as escapes.
func appendIRI(dst []byte, iri string) []byte {
	dst = append(dst, '<')
	from := 0
	for i := range len(iri) {
		if c := iri[i]; c <= ' ' || notInIRI[c] {
			dst = append(dst, iri[from:i]...)
			dst = append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
			from = i + 1
		}
	}
	return append(append(dst, iri[from:]...), '>')
}

// appendString writes a string in quotes. Bytes that are no UTF-8 become the replacement character.
func appendString(dst []byte, s string) []byte {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	dst = append(dst, '"')
	from := 0
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '"' || c == '\\' || c == 0x7F {
			dst = appendEscape(append(dst, s[from:i]...), c)
			from = i + 1
		}
	}
	return append(append(dst, s[from:]...), '"')
}

func appendEscape(dst []byte, c byte) []byte {
	if i := strings.IndexByte("\b\t\n\f\r\"\\", c); i >= 0 {
		return append(dst, '\\', `btnfr"\`[i])
	}
	return append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
}
