package read

import (
	"bytes"
	"fmt"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/districtkg/districtkg/schema"
)

// isHTML reports whether the bytes begin as a page does.
func isHTML(data []byte) bool {
	head := bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(data[:min(len(data), 1024)], []byte("\xef\xbb\xbf"))))
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<meta", "<title", "<div", "<table", "<p>"} {
		if bytes.HasPrefix(head, []byte(tag)) {
			return true
		}
	}
	return bytes.HasPrefix(head, []byte("<?xml")) && bytes.Contains(head, []byte("<html"))
}

// htmlText returns what a page says: see the package comment.
func htmlText(data []byte) (string, error) {
	source, err := decode(data)
	if err != nil {
		return "", err
	}
	root, err := html.Parse(strings.NewReader(source))
	if err != nil {
		return "", fmt.Errorf("%w page: %w", schema.ErrInvalid, err)
	}
	var p page
	p.node(root)
	return p.text(), nil
}

// A page gathers the lines of a page.
type page struct {
	lines []string
	line  strings.Builder
	cells int // how deep in table cells: there, blocks do not break the line
}

// node adds an element with all that is in it.
func (p *page) node(n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		p.words(n.Data)
		return
	case n.Type == html.ElementNode && dropped(n.DataAtom):
		return
	}
	inCell := n.DataAtom == atom.Td || n.DataAtom == atom.Th
	switch {
	case inCell:
		if p.cells == 0 && p.line.Len() > 0 {
			p.line.WriteString(" | ")
		}
		p.cells++
	case block(n.DataAtom):
		p.end()
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.node(c)
	}
	if inCell {
		p.cells--
	} else if block(n.DataAtom) {
		p.end()
	}
}

// words adds text, with each run of white space as one space.
func (p *page) words(s string) {
	gap := strings.TrimLeft(s, " \t\r\n") != s
	for i, f := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" \t\r\n\f", r) }) {
		if (i > 0 || gap) && p.line.Len() > 0 {
			p.line.WriteByte(' ')
		}
		p.line.WriteString(f)
		gap = true
	}
}

// end ends the line, unless in a cell.
func (p *page) end() {
	if p.cells > 0 || p.line.Len() == 0 {
		return
	}
	p.lines = append(p.lines, strings.TrimRight(p.line.String(), " "))
	p.line.Reset()
}

func (p *page) text() string {
	p.end()
	return strings.Join(p.lines, "\n") + "\n"
}

// dropped reports whether an element shows nothing that the page says.
func dropped(a atom.Atom) bool {
	switch a {
	case atom.Head, atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Iframe, atom.Object, atom.Svg, atom.Nav,
		atom.Aside, atom.Footer, atom.Form, atom.Select, atom.Button, atom.Textarea:
		return true
	}
	return false
}

// block reports whether an element begins a line.
func block(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Div, atom.Br, atom.Tr, atom.Table, atom.Ul, atom.Ol, atom.Li, atom.Dl, atom.Dt, atom.Dd, atom.H1, atom.H2,
		atom.H3, atom.H4, atom.H5, atom.H6, atom.Section, atom.Article, atom.Header, atom.Main, atom.Blockquote, atom.Pre,
		atom.Hr, atom.Center, atom.Caption, atom.Title, atom.Body:
		return true
	}
	return false
}
