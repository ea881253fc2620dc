package gizmo

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// A stmt is one statement of a path script: an expression, perhaps given a name.
type stmt struct {
	decl, name string // decl is var, let or const, "" for a bare expression
	expr       expr
}

// An exprKind tells what an expr is.
type exprKind int

const (
	nameExpr   exprKind = iota // g, graph or a declared name
	stringExpr                 // text is the string's value
	plainExpr                  // a number, true, false, null: text is its source
	listExpr                   // args are its elements
	callExpr                   // text is the function; recv, where set, the object
)

// An expr is a node of a path script's syntax tree.
type expr struct {
	kind exprKind
	text string
	recv *expr
	args []expr
}

// maxNesting bounds the depth of brackets of any query: parsers recurse.
const maxNesting = 64

// notPath says why a script is not a path script: it then needs the sandbox.
type notPath struct{ why string }

func (e notPath) Error() string { return e.why }

// A parser reads path scripts. The grammar is a small part of JavaScript's:
//
//	script = { [("var" | "let" | "const") name "="] expr [";"] }
//	expr   = (string | number | "true" | "false" | "null" | list | call | name) { "." call }
//	call   = name "(" [expr {"," expr}] ")"
//	list   = "[" [expr {"," expr}] "]"
type parser struct {
	src   string
	pos   int
	depth int
	names map[string]bool
}

// parse reads a path script. Any other script gives a notPath error.
func parse(src string) ([]stmt, error) {
	p := &parser{src: src, names: map[string]bool{"g": true, "graph": true}}
	var out []stmt
	for {
		p.space()
		for p.take(';') {
			p.space()
		}
		if p.pos == len(p.src) {
			return out, nil
		}
		s, err := p.stmt()
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
}

func (p *parser) fail(want string) error {
	return notPath{fmt.Sprintf("want %s at byte %d", want, p.pos)}
}

func (p *parser) stmt() (stmt, error) {
	var s stmt
	start := p.pos
	if word := p.word(); word == "var" || word == "let" || word == "const" {
		p.space()
		s.decl, s.name = word, p.word()
		p.space()
		if s.name == "" || functionNames[s.name] || !p.take('=') {
			return s, p.fail("name =")
		}
	} else {
		p.pos = start
	}
	var err error
	if s.expr, err = p.expr(); err != nil {
		return s, err
	}
	if s.name != "" {
		p.names[s.name] = true
	}
	return s, p.end()
}

// end wants what may follow a statement: a semicolon, a line break or the end.
func (p *parser) end() error {
	before := p.pos
	p.space()
	if p.pos == len(p.src) || p.take(';') || strings.Contains(p.src[before:p.pos], "\n") {
		return nil
	}
	return p.fail("end of statement")
}

func (p *parser) expr() (expr, error) {
	if p.depth++; p.depth > maxNesting {
		return expr{}, p.fail("fewer brackets")
	}
	defer func() { p.depth-- }()
	p.space()
	e, err := p.primary()
	for err == nil {
		before := p.pos
		p.space()
		if !p.take('.') {
			p.pos = before
			break
		}
		p.space()
		recv := e
		e, err = p.call(p.word(), methodNames)
		e.recv = &recv
	}
	return e, err
}

func (p *parser) primary() (expr, error) {
	if p.pos == len(p.src) {
		return expr{}, p.fail("expression")
	}
	switch c := p.src[p.pos]; {
	case c == '"' || c == '\'':
		s, err := p.quoted()
		return expr{kind: stringExpr, text: s}, err
	case c == '[':
		p.pos++
		args, err := p.list(']')
		return expr{kind: listExpr, args: args}, err
	case c == '-' || c >= '0' && c <= '9':
		return p.number()
	}
	switch word := p.word(); {
	case word == "true" || word == "false" || word == "null":
		return expr{kind: plainExpr, text: word}, nil
	case p.names[word]:
		return expr{kind: nameExpr, text: word}, nil
	default:
		return p.call(word, functionNames)
	}
}

// call reads the arguments of a call of one of the known functions.
func (p *parser) call(name string, known map[string]bool) (expr, error) {
	if !known[name] {
		return expr{}, p.fail("a function of Gizmo's, not " + fmt.Sprintf("%.40q", name))
	}
	p.space()
	if !p.take('(') {
		return expr{}, p.fail("(")
	}
	args, err := p.list(')')
	return expr{kind: callExpr, text: name, args: args}, err
}

func (p *parser) list(end byte) ([]expr, error) {
	var out []expr
	p.space()
	for !p.take(end) {
		if len(out) > 0 && !p.take(',') {
			return nil, p.fail(",")
		}
		e, err := p.expr()
		if err != nil {
			return nil, err
		}
		out = append(out, e)
		p.space()
	}
	return out, nil
}

func (p *parser) take(c byte) bool {
	if p.pos < len(p.src) && p.src[p.pos] == c {
		p.pos++
		return true
	}
	return false
}

// word reads an identifier, "" where there is none.
func (p *parser) word() string {
	start := p.pos
	for p.pos < len(p.src) {
		r, n := utf8.DecodeRuneInString(p.src[p.pos:])
		if r != '_' && r != '$' && !unicode.IsLetter(r) && (p.pos == start || !unicode.IsDigit(r)) {
			break
		}
		p.pos += n
	}
	return p.src[start:p.pos]
}

// space skips white space and comments.
func (p *parser) space() {
	for p.pos < len(p.src) {
		rest := p.src[p.pos:]
		r, n := utf8.DecodeRuneInString(rest)
		switch {
		case unicode.IsSpace(r) || r == '\ufeff':
			p.pos += n
		case strings.HasPrefix(rest, "//"):
			p.pos += skipTo(rest, 2, "\n", 0)
		case strings.HasPrefix(rest, "/*"):
			p.pos += skipTo(rest, 2, "*/", 2)
		default:
			return
		}
	}
}

// skipTo returns where the end mark after byte from of s stands, plus extra
// bytes, or the length of s.
func skipTo(s string, from int, end string, extra int) int {
	if i := strings.Index(s[from:], end); i >= 0 {
		return from + i + extra
	}
	return len(s)
}

// number reads a decimal number; its exactness is JavaScript's affair.
func (p *parser) number() (expr, error) {
	start := p.pos
	p.take('-')
	digits := p.digits()
	if p.take('.') {
		digits += p.digits()
	}
	leadingZero := digits > 1 && strings.TrimPrefix(p.src[start:p.pos], "-")[0] == '0' && !strings.Contains(p.src[start:p.pos], ".")
	if next, _ := utf8.DecodeRuneInString(p.src[p.pos:]); digits == 0 || leadingZero || unicode.IsLetter(next) {
		return expr{}, p.fail("decimal number")
	}
	return expr{kind: plainExpr, text: p.src[start:p.pos]}, nil
}

func (p *parser) digits() int {
	start := p.pos
	for p.pos < len(p.src) && p.src[p.pos] >= '0' && p.src[p.pos] <= '9' {
		p.pos++
	}
	return p.pos - start
}

// CheckNesting refuses a text whose brackets nest deeper than any parser of a
// query language should be asked to follow. Brackets inside strings count too:
// none of the languages needs so many there.
func CheckNesting(text string) error {
	depth := 0
	for _, c := range []byte(text) {
		switch c {
		case '(', '[', '{':
			if depth++; depth > maxNesting {
				return fmt.Errorf("%w query: brackets nest deeper than %d", schema.ErrInvalid, maxNesting)
			}
		case ')', ']', '}':
			depth = max(0, depth-1)
		}
	}
	return nil
}
