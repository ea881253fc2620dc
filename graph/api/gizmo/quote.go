package gizmo

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// simpleEscapes are the escapes of one letter that JavaScript and we know.
var simpleEscapes = map[byte]byte{'n': '\n', 't': '\t', 'r': '\r', 'b': '\b', 'f': '\f', 'v': '\v', '"': '"', '\'': '\'', '\\': '\\', '/': '/'}

// quoted reads a JavaScript string in single or double quotation marks.
func (p *parser) quoted() (string, error) {
	end := p.src[p.pos]
	p.pos++
	var b strings.Builder
	for p.pos < len(p.src) {
		c := p.src[p.pos]
		p.pos++
		switch {
		case c == end:
			return b.String(), nil
		case c == '\n' || c == '\r':
			return "", p.fail("end of string")
		case c == '\\':
			if err := p.escape(&b); err != nil {
				return "", err
			}
		default:
			b.WriteByte(c)
		}
	}
	return "", p.fail("end of string")
}

// escape reads what follows a backslash.
func (p *parser) escape(b *strings.Builder) error {
	if p.pos == len(p.src) {
		return p.fail("escape")
	}
	c := p.src[p.pos]
	p.pos++
	if plain, ok := simpleEscapes[c]; ok {
		b.WriteByte(plain)
		return nil
	}
	if c != 'u' || p.pos+4 > len(p.src) {
		return p.fail("a known escape")
	}
	n, err := strconv.ParseUint(p.src[p.pos:p.pos+4], 16, 16)
	if err != nil || !utf8.ValidRune(rune(n)) { // halves of a pair are the sandbox's
		return p.fail("\\u and four digits")
	}
	p.pos += 4
	b.WriteRune(rune(n))
	return nil
}
