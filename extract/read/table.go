package read

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const (
	longestCell = 600  // bytes; a cell with more text makes its table one of layout
	widestTable = 1000 // cells of a row, so that a wrong colspan does no harm
)

// dataTable returns the rows of a table, one a line with | between the cells.
// A cell that spans rows stands in each of them; one that spans columns is
// followed by empty cells. It returns nil for a table that only lays out a page:
// one that has a table in it, or a cell with long text.
func dataTable(n *html.Node) []string {
	t := table{}
	for c := range n.Descendants() {
		switch {
		case c.Type != html.ElementNode:
		case c.DataAtom == atom.Table:
			return nil
		case c.DataAtom == atom.Tr:
			t.row()
		case c.DataAtom == atom.Td || c.DataAtom == atom.Th:
			text := strings.Join(strings.Fields(textOf(c)), " ")
			if len(text) > longestCell {
				return nil
			}
			t.cell(strings.ReplaceAll(text, "|", "/"), span(c, "colspan"), span(c, "rowspan"))
		case c.DataAtom == atom.Caption:
			t.lines = append(t.lines, strings.Join(strings.Fields(textOf(c)), " "))
		}
	}
	t.row()
	return t.lines
}

// A table gathers rows.
type table struct {
	lines []string
	cells []string
	held  []heldCell // by column: a cell of a row above that reaches down
}

type heldCell struct {
	text string
	rows int // how many more rows it reaches into
}

// cell adds a cell to the row, after those that reach into it from above.
func (t *table) cell(text string, columns, rows int) {
	t.fill()
	for i := range min(columns, widestTable-len(t.cells)) {
		if i > 0 {
			text = ""
		}
		at := len(t.cells)
		for len(t.held) <= at {
			t.held = append(t.held, heldCell{})
		}
		t.held[at] = heldCell{text, rows}
		t.cells = append(t.cells, text)
	}
}

// fill adds the cells that reach into the row at its present end.
func (t *table) fill() {
	for at := len(t.cells); at < len(t.held) && t.held[at].rows > 0; at++ {
		t.cells = append(t.cells, t.held[at].text)
	}
}

// row ends a row.
func (t *table) row() {
	if len(t.cells) > 0 {
		t.fill()
		if strings.Join(t.cells, "") != "" {
			t.lines = append(t.lines, strings.Join(t.cells, " | "))
		}
		for i := range t.held {
			t.held[i].rows--
		}
	}
	t.cells = nil
}

// span returns the value of colspan or rowspan.
func span(n *html.Node, key string) int {
	for _, a := range n.Attr {
		if a.Key == key {
			if v, err := strconv.Atoi(strings.TrimSpace(a.Val)); err == nil && 1 < v && v <= widestTable {
				return v
			}
		}
	}
	return 1
}
