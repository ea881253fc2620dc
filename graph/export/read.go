package export

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/cayleygraph/quad"

	"github.com/districtkg/districtkg/graph/quads"
	"github.com/districtkg/districtkg/schema"
)

// Read returns the reader of a format that can be imported: nquads or jsonld.
// Another is [schema.ErrUnsupported].
func Read(ctx context.Context, r io.Reader, format string) (iter.Seq2[quad.Quad, error], error) {
	switch format {
	case "nquads":
		return ReadNQuads(ctx, r), nil
	case "jsonld":
		return ReadJSONLD(ctx, r), nil
	}
	return nil, fmt.Errorf("%w format %q to import: want nquads or jsonld", schema.ErrUnsupported, format)
}

// maxLine is the longest line that is read, in bytes: a document's text is one literal.
const maxLine = 256 << 20

// ReadNQuads reads N-Quads as RDF 1.1 defines them, and nothing else: relative
// IRIs and short datatypes are errors ([schema.ErrInvalid] with the line). The
// first error ends the reading.
func ReadNQuads(ctx context.Context, r io.Reader) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		in := bufio.NewScanner(r)
		in.Buffer(make([]byte, 1<<16), maxLine)
		in.Split(splitLines)
		for n := 1; in.Scan(); n++ {
			q, ok, err := ParseNQuad(in.Text())
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				yield(quad.Quad{}, fmt.Errorf("read N-Quads: line %d: %w", n, err))
				return
			}
			if ok && !yield(q, nil) {
				return
			}
		}
		if err := in.Err(); errors.Is(err, bufio.ErrTooLong) {
			yield(quad.Quad{}, fmt.Errorf("read N-Quads: %w line: over %d bytes", schema.ErrTooLarge, maxLine))
		} else if err != nil {
			yield(quad.Quad{}, fmt.Errorf("read N-Quads: %w", err))
		}
	}
}

// splitLines splits at LF and CR, which the grammar makes equal.
func splitLines(data []byte, atEOF bool) (advance int, token []byte, err error) {
	for i, c := range data {
		if c == '\n' || c == '\r' {
			return i + 1, data[:i], nil
		}
	}
	if atEOF && len(data) > 0 {
		return len(data), data, nil
	}
	return 0, nil, nil
}

// ParseNQuad reads a line. One that is blank or a comment has no quad.
func ParseNQuad(line string) (q quad.Quad, ok bool, err error) {
	if !utf8.ValidString(line) {
		return q, false, fmt.Errorf("%w quad: not UTF-8", schema.ErrInvalid)
	}
	p := &parser{rest: line}
	if p.blank(); p.rest == "" || p.rest[0] == '#' {
		return q, false, nil
	}
	if q, err = p.quad(); err != nil {
		return q, false, fmt.Errorf("%w quad at byte %d: %w", schema.ErrInvalid, len(line)-len(p.rest), err)
	}
	return q, true, nil
}

// A parser reads terms off a line.
type parser struct{ rest string }

func (p *parser) blank() { p.rest = strings.TrimLeft(p.rest, " \t") }

func (p *parser) quad() (q quad.Quad, err error) {
	if q.Subject, err = p.term("<_"); err != nil {
		return q, err
	}
	if q.Predicate, err = p.term("<"); err != nil {
		return q, err
	}
	if q.Object, err = p.term(`<_"`); err != nil {
		return q, err
	}
	if p.blank(); !strings.HasPrefix(p.rest, ".") {
		if q.Label, err = p.term("<_"); err != nil {
			return q, err
		}
		p.blank()
	}
	if !strings.HasPrefix(p.rest, ".") {
		return q, errors.New("want a dot")
	}
	p.rest = p.rest[1:]
	if p.blank(); p.rest != "" && p.rest[0] != '#' {
		return q, errors.New("want nothing after the dot")
	}
	return q, nil
}

// term reads a term that begins with one of the signs.
func (p *parser) term(signs string) (quad.Value, error) {
	if p.blank(); p.rest == "" || strings.IndexByte(signs, p.rest[0]) < 0 {
		return nil, fmt.Errorf("want a term that begins with one of %s", signs)
	}
	switch p.rest[0] {
	case '<':
		return p.iri()
	case '_':
		return p.bnode()
	}
	return p.literal()
}

func (p *parser) iri() (quad.Value, error) {
	end := strings.IndexByte(p.rest, '>')
	if end < 0 {
		return nil, errors.New("IRI without an end")
	}
	raw := p.rest[1:end]
	if strings.ContainsAny(raw, "<\"{}|^`") || strings.IndexFunc(raw, func(r rune) bool { return r <= ' ' }) >= 0 {
		return nil, errors.New("IRI with a character that none may have")
	}
	iri, err := unescape(raw, false)
	if err != nil {
		return nil, err
	}
	if !absolute(iri) {
		return nil, fmt.Errorf("IRI %q is not absolute", iri)
	}
	p.rest = p.rest[end+1:]
	return quad.IRI(iri), nil
}

// absolute reports whether an IRI begins with a scheme.
func absolute(iri string) bool {
	scheme, _, ok := strings.Cut(iri, ":")
	if !ok || scheme == "" || scheme[0]|0x20 < 'a' || scheme[0]|0x20 > 'z' {
		return false
	}
	return strings.IndexFunc(scheme, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("+-.", r))
	}) < 0
}

func (p *parser) bnode() (quad.Value, error) {
	label, ok := strings.CutPrefix(p.rest, "_:")
	end := strings.IndexFunc(label, func(r rune) bool { return r < 0x80 && !nameByte(byte(r)) })
	if end < 0 {
		end = len(label)
	}
	name := strings.TrimRight(label[:end], ".")
	if !ok || name == "" || name[0] == '-' || name[0] == '.' {
		return nil, errors.New("blank node without a label")
	}
	p.rest = label[len(name):]
	return quad.BNode(name), nil
}

func nameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-' || c == '.'
}

func (p *parser) literal() (quad.Value, error) {
	end := 1
	for end < len(p.rest) && p.rest[end] != '"' {
		if p.rest[end] == '\\' {
			end++
		}
		end++
	}
	if end >= len(p.rest) {
		return nil, errors.New("literal without an end")
	}
	text, err := unescape(p.rest[1:end], true)
	if err != nil {
		return nil, err
	}
	p.rest = p.rest[end+1:]
	switch {
	case strings.HasPrefix(p.rest, "@"):
		return p.language(text)
	case strings.HasPrefix(p.rest, "^^<"):
		p.rest = p.rest[2:]
		datatype, err := p.iri()
		if err != nil {
			return nil, err
		}
		return typed(text, datatype.(quad.IRI)), nil
	}
	return quad.String(text), nil
}

func (p *parser) language(text string) (quad.Value, error) {
	end := 1
	for end < len(p.rest) && (nameByte(p.rest[end]) && p.rest[end] != '_' && p.rest[end] != '.') {
		end++
	}
	lang := p.rest[1:end]
	if lang == "" || lang[0]|0x20 < 'a' || lang[0]|0x20 > 'z' || strings.Contains(lang, "--") || strings.HasSuffix(lang, "-") {
		return nil, errors.New("language without a tag")
	}
	p.rest = p.rest[end:]
	return quad.LangString{Value: quad.String(text), Lang: lang}, nil
}

// unescape replaces escapes: \u and \U, and in literals those of one letter.
func unescape(s string, letters bool) (string, error) {
	if strings.IndexByte(s, '\\') < 0 {
		return s, nil
	}
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '\\')
		if i < 0 {
			b.WriteString(s)
			return b.String(), nil
		}
		b.WriteString(s[:i])
		r, n, err := escape(s[i+1:], letters)
		if err != nil {
			return "", err
		}
		b.WriteRune(r)
		s = s[i+1+n:]
	}
}

// escape reads what follows a backslash and returns how long it is.
func escape(s string, letters bool) (r rune, n int, err error) {
	if s == "" {
		return 0, 0, errors.New("escape without a letter")
	}
	if i := strings.IndexByte(`btnfr"'\`, s[0]); i >= 0 && letters {
		return rune("\b\t\n\f\r\"'\\"[i]), 1, nil
	}
	digits := map[byte]int{'u': 4, 'U': 8}[s[0]]
	if digits == 0 || len(s) < 1+digits {
		return 0, 0, errors.New("unknown escape")
	}
	code, err := strconv.ParseUint(s[1:1+digits], 16, 32)
	if err != nil || code > utf8.MaxRune || !utf8.ValidRune(rune(code)) {
		return 0, 0, errors.New("escape of no character")
	}
	return rune(code), 1 + digits, nil
}

// typed returns a literal with a datatype: one of Cayley's own values where it
// would be written with the same text.
func typed(text string, datatype quad.IRI) quad.Value {
	native := quad.Value(quad.TypedString{Value: quad.String(text), Type: datatype})
	switch datatype {
	case quads.XSDString:
		return quad.String(text)
	case quads.XSDInteger:
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			native = quad.Int(n)
		}
	case quads.XSDDouble:
		if f, err := strconv.ParseFloat(text, 64); err == nil && !math.IsNaN(f) { // NaN equals nothing, so it would never be found
			native = quad.Float(f)
		}
	case quads.XSDBoolean:
		if b, err := strconv.ParseBool(text); err == nil {
			native = quad.Bool(b)
		}
	case quads.XSDDateTime:
		if t, err := time.Parse(time.RFC3339, text); err == nil && t.Nanosecond() == 0 { // Cayley's memory tells only seconds apart
			native = quad.Time(t.UTC())
		}
	}
	if again, _ := literal(native); again != text {
		return quad.TypedString{Value: quad.String(text), Type: datatype}
	}
	return native
}
