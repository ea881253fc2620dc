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

// htmlText returns what a page says: its title, if the body lacks it, and the
// lines of its body. A page that is all links keeps them, for lack of a text.
func htmlText(data []byte) (string, error) {
	source, err := decode(data)
	if err != nil {
		return "", err
	}
	root, err := html.Parse(strings.NewReader(source))
	if err != nil {
		return "", fmt.Errorf("%w page: %w", schema.ErrInvalid, err)
	}
	p := page{links: linkShares(root)}
	p.node(root)
	if p.end(); len(p.lines) == 0 {
		p.links = nil
		p.node(root)
		p.end()
	}
	text := strings.Join(p.lines, "\n") + "\n"
	if p.title != "" && !strings.Contains(text, p.title) {
		text = p.title + "\n" + text
	}
	return text, nil
}

// A page gathers the lines of a page.
type page struct {
	links map[*html.Node]share
	title string
	lines []string
	line  strings.Builder
	pre   bool // in preformatted text, where line breaks count
}

// node adds a node with all that is in it.
func (p *page) node(n *html.Node) {
	switch {
	case n.Type == html.TextNode:
		p.words(n.Data)
		return
	case n.Type != html.ElementNode:
		p.children(n)
		return
	case n.DataAtom == atom.Title:
		p.title = strings.Join(strings.Fields(textOf(n)), " ")
		return
	case dropped(n.DataAtom) || hidden(n) || p.links[n].menu():
		return
	case n.DataAtom == atom.Table:
		if rows := dataTable(n); rows != nil {
			p.end()
			p.lines = append(p.lines, rows...)
			return
		}
	case n.DataAtom == atom.Pre:
		defer func(was bool) { p.pre = was }(p.pre)
		p.pre = true
	}
	if block(n.DataAtom) {
		p.end()
		defer p.end()
	}
	p.children(n)
}

func (p *page) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.node(c)
	}
}

// asciiSpace is the white space of HTML: it collapses, while wide spaces stay.
const asciiSpace = " \t\r\n\f"

// words adds text, with each run of white space as one space.
func (p *page) words(s string) {
	if p.pre {
		for i, line := range strings.Split(s, "\n") {
			if i > 0 {
				p.end()
			}
			p.line.WriteString(strings.TrimRight(line, "\r"))
		}
		return
	}
	gap := strings.TrimLeft(s, asciiSpace) != s
	for _, f := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(asciiSpace, r) }) {
		if gap && p.line.Len() > 0 {
			p.line.WriteByte(' ')
		}
		p.line.WriteString(f)
		gap = true
	}
	if gap && strings.TrimRight(s, asciiSpace) != s && p.line.Len() > 0 && !strings.HasSuffix(p.line.String(), " ") {
		p.line.WriteByte(' ')
	}
}

// end ends the line.
func (p *page) end() {
	if line := strings.TrimRight(p.line.String(), asciiSpace); line != "" {
		p.lines = append(p.lines, line)
	}
	p.line.Reset()
}

// textOf returns all text in a node.
func textOf(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		switch {
		case c.Type == html.TextNode:
			b.WriteString(c.Data)
		case c.Type == html.ElementNode && block(c.DataAtom) && c.DataAtom != atom.Br:
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// dropped reports whether an element shows nothing that the page says.
func dropped(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Iframe, atom.Object, atom.Svg, atom.Nav,
		atom.Aside, atom.Footer, atom.Form, atom.Select, atom.Button, atom.Textarea:
		return true
	}
	return false
}

// hidden reports whether an element says of itself that it is not shown.
func hidden(n *html.Node) bool {
	for _, a := range n.Attr {
		style := strings.ReplaceAll(a.Val, " ", "")
		if a.Key == "hidden" || a.Key == "style" && (strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")) {
			return true
		}
	}
	return false
}

// block reports whether an element begins a line.
func block(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Div, atom.Br, atom.Tr, atom.Td, atom.Th, atom.Table, atom.Ul, atom.Ol, atom.Li, atom.Dl, atom.Dt, atom.Dd,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Section, atom.Article, atom.Header, atom.Main,
		atom.Blockquote, atom.Pre, atom.Hr, atom.Center, atom.Caption, atom.Body:
		return true
	}
	return false
}

// A share tells how much of an element is links. Lengths are in bytes.
type share struct {
	links, linked, all int
	sentences          bool // a full stop stands outside of links
}

// menu reports whether an element is a menu or a list of other pages.
func (s share) menu() bool { return s.links >= 4 && !s.sentences && 10*s.linked >= 7*s.all }

// linkShares measures the elements of a page that may be menus.
func linkShares(root *html.Node) map[*html.Node]share {
	shares := map[*html.Node]share{}
	measure(root, false, shares)
	return shares
}

func measure(n *html.Node, inLink bool, shares map[*html.Node]share) share {
	var s share
	if n.Type == html.TextNode {
		text := strings.TrimSpace(n.Data)
		s.all = len(text)
		if inLink {
			s.linked = s.all
		}
		s.sentences = !inLink && strings.Contains(text, "。")
		return s
	}
	if n.Type == html.ElementNode && dropped(n.DataAtom) {
		return s
	}
	if n.DataAtom == atom.A {
		inLink = true
		s.links = 1
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		t := measure(c, inLink, shares)
		s.links += t.links
		s.linked += t.linked
		s.all += t.all
		s.sentences = s.sentences || t.sentences
	}
	if n.Type == html.ElementNode && block(n.DataAtom) && n.DataAtom != atom.Body {
		shares[n] = s
	}
	return s
}
