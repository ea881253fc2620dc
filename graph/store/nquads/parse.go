package nquads

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/cayleygraph/quad"
)

// A parser reads lines. Its methods return why they could not, empty if they could.
type parser struct {
	text  string
	pos   int
	last  [4]written            // IRI in each position: quads come in runs, so that their values are shared
	terms map[string]quad.Value // the predicates and labels so far, by how they are written
}

// written is a value and how it is written.
type written struct {
	raw   string
	value quad.Value
}

// line reads one line; ok is false for one without a quad.
func (p *parser) line() (q quad.Quad, ok bool, why string) {
	p.space()
	if p.end() {
		return q, false, p.newline()
	}
	for i, d := range quad.Directions {
		if d == quad.Label && p.peek() == '.' {
			break
		}
		v, why := p.term(i, d)
		if why != "" {
			return q, false, why
		}
		q.Set(d, v)
		p.space()
	}
	if p.peek() != '.' {
		return q, false, "want a full stop at the end of a quad"
	}
	p.pos++
	p.space()
	if !p.end() {
		return q, false, "want the end of the line after a full stop"
	}
	return q, true, p.newline()
}

// peek returns the next byte, 0 at the end of the text.
func (p *parser) peek() byte {
	if p.pos < len(p.text) {
		return p.text[p.pos]
	}
	return 0
}

func (p *parser) space() {
	for p.pos < len(p.text) && (p.text[p.pos] == ' ' || p.text[p.pos] == '\t') {
		p.pos++
	}
}

// end reports whether only a comment is left of the line.
func (p *parser) end() bool {
	switch p.peek() {
	case '\n', '\r', '#':
		return true
	}
	return p.pos >= len(p.text)
}

// newline goes to the next line.
func (p *parser) newline() string {
	rest := p.text[p.pos:]
	n := strings.IndexByte(rest, '\n')
	if n < 0 {
		n = len(rest) - 1
	}
	if strings.HasPrefix(rest, "#") && !utf8.ValidString(rest[:n+1]) {
		return "not UTF-8"
	}
	if strings.HasPrefix(rest, "\r") && strings.TrimRight(rest[:n+1], "\r\n") != "" {
		return "carriage return inside a line"
	}
	p.pos += n + 1
	return ""
}

// term reads the value in the position i, which has the direction d.
func (p *parser) term(i int, d quad.Direction) (quad.Value, string) {
	switch c := p.peek(); {
	case c == '<':
		return p.shared(i, d)
	case c == '_' && d != quad.Predicate:
		body, why := p.blank()
		return quad.BNode(body), why
	case c == '"' && d == quad.Object:
		return p.literal()
	}
	return nil, "want " + map[quad.Direction]string{
		quad.Subject: "an IRI or a blank node as subject", quad.Predicate: "an IRI as predicate",
		quad.Object: "an IRI, a blank node or a literal as object", quad.Label: "an IRI, a blank node or a full stop",
	}[d]
}

// termsLimit keeps a text with many labels from filling memory with them.
const termsLimit = 1 << 10

// shared reads an IRI. What is written as the last one in its position, or as a predicate or label before, is the
// same value, and not looked at again.
func (p *parser) shared(i int, d quad.Direction) (quad.Value, string) {
	rest, last := p.text[p.pos:], &p.last[i]
	if last.raw != "" && strings.HasPrefix(rest, last.raw) {
		p.pos += len(last.raw)
		return last.value, ""
	}
	few := d == quad.Predicate || d == quad.Label
	raw := rest[:strings.IndexByte(rest, '>')+1]
	if v, ok := p.terms[raw]; few && ok {
		p.pos += len(raw)
		*last = written{raw, v}
		return v, ""
	}
	body, why := p.iri()
	if why != "" {
		return nil, why
	}
	*last = written{raw, quad.IRI(body)}
	if few && len(p.terms) < termsLimit {
		p.terms[raw] = last.value
	}
	return last.value, ""
}

// iri reads an IRI in angle brackets.
func (p *parser) iri() (string, string) {
	p.pos++
	start, escaped, all := p.pos, false, byte(0)
	for ; p.pos < len(p.text); p.pos++ {
		c := p.text[p.pos]
		all |= c
		if c > ' ' && !notInIRI[c] {
			continue
		}
		switch c {
		case '>':
			body := p.text[start:p.pos]
			p.pos++
			return finish(body, escaped, all < utf8.RuneSelf, true)
		case '\\':
			escaped = true
		default:
			return "", "character " + strconv.QuoteRune(rune(c)) + " in an IRI"
		}
	}
	return "", "IRI without an end"
}

// notInIRI are the characters that, with space and controls, no IRI has: it ends at one, or escapes it.
var notInIRI = [256]bool{'<': true, '>': true, '"': true, '{': true, '}': true, '|': true, '^': true, '`': true, '\\': true}

// finish checks and unescapes the inside of an IRI or literal.
func finish(body string, escaped, ascii, iri bool) (string, string) {
	if !ascii && !utf8.ValidString(body) {
		return "", "not UTF-8"
	}
	if iri && body == "" {
		return "", "empty IRI"
	}
	if !escaped {
		return body, ""
	}
	return unescape(body, iri)
}

func unescape(body string, iri bool) (string, string) {
	var b strings.Builder
	for i := 0; i < len(body); {
		if body[i] != '\\' {
			b.WriteByte(body[i])
			i++
			continue
		}
		r, n := escape(body[i:], iri)
		if n == 0 {
			return "", "unknown escape"
		}
		b.WriteRune(r)
		i += n
	}
	return b.String(), ""
}

// escape reads the escape that s starts with, and returns how long it is.
func escape(s string, iri bool) (r rune, n int) {
	if len(s) < 2 {
		return 0, 0
	}
	digits := map[byte]int{'u': 4, 'U': 8}[s[1]]
	if digits == 0 {
		i := strings.IndexByte(`tbnrf"'\`, s[1])
		if i < 0 || iri {
			return 0, 0
		}
		return rune("\t\b\n\r\f\"'\\"[i]), 2
	}
	if len(s) < 2+digits {
		return 0, 0
	}
	c, err := strconv.ParseUint(s[2:2+digits], 16, 32)
	r = rune(c)
	if err != nil || !utf8.ValidRune(r) || iri && (r <= ' ' || r < utf8.RuneSelf && strings.ContainsRune("<>\"{}|^`\\", r)) {
		return 0, 0
	}
	return r, 2 + digits
}

// blank reads a blank node.
func (p *parser) blank() (string, string) {
	rest := p.text[p.pos:]
	if !strings.HasPrefix(rest, "_:") {
		return "", "want a colon in a blank node"
	}
	n := 2
	for n < len(rest) && strings.IndexByte(" \t\r\n<\"", rest[n]) < 0 {
		n++
	}
	for n > 2 && rest[n-1] == '.' {
		n-- // the full stop of the quad
	}
	if n == 2 || !utf8.ValidString(rest[:n]) {
		return "", "bad blank node"
	}
	p.pos += n
	return rest[2:n], ""
}

// literal reads a literal with its type or language.
func (p *parser) literal() (quad.Value, string) {
	body, why := p.quoted()
	if why != "" {
		return nil, why
	}
	switch {
	case p.peek() == '@':
		return p.language(body)
	case strings.HasPrefix(p.text[p.pos:], "^^<"):
		p.pos += 2
		typ, why := p.iri()
		return native(body, typ), why
	}
	return quad.String(body), ""
}

func (p *parser) quoted() (string, string) {
	p.pos++
	start, escaped := p.pos, false
	for ; p.pos < len(p.text); p.pos++ {
		switch p.text[p.pos] {
		case '"':
			body := p.text[start:p.pos]
			p.pos++
			return finish(body, escaped, false, false)
		case '\\':
			escaped = true
			p.pos++
		case '\n', '\r':
			return "", "literal without an end"
		}
	}
	return "", "literal without an end"
}

func (p *parser) language(body string) (quad.Value, string) {
	p.pos++
	start := p.pos
	for p.pos < len(p.text) && (p.text[p.pos] == '-' || isAlnum(p.text[p.pos])) {
		p.pos++
	}
	if start == p.pos {
		return nil, "want a language after @"
	}
	return quad.LangString{Value: quad.String(body), Lang: p.text[start:p.pos]}, ""
}

func isAlnum(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}
