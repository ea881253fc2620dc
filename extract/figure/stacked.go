package figure

import (
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// cellTable reads a table with one cell a line, or with all of its cells
// between pipes on one line.
func (r *reader) cellTable(start int) (g grid, ok bool) {
	text := r.doc.Text
	s, _ := nextLine(text, start)
	if s.Start != start {
		return g, false
	}
	if strings.Count(s.In(text), "|") >= 8 {
		return r.pipedTable(s)
	}
	if s.Len() > 3*maxCell || !r.opens(s) || !r.byCell.lasts(start) {
		return g, false
	}
	cells, end := r.stackedCells(start)
	g.caption = r.caption(start)
	if !r.gathered(withoutCounters(cells), &g) {
		r.byCell.lost(end)
		return g, false
	}
	g.end = min(g.end+1, len(text))
	return g, r.grid(&g)
}

// opens reports whether a line can be the first cell of a table with a cell a line.
func (r *reader) opens(s schema.Span) bool {
	c := trimmedCell(r.doc.Text, s.Start, s.End)
	return !captionLine(c.text) && rowLabel(c.text) && r.headCell(c)
}

// pipedTable reads a table all of whose cells stand on one line, perhaps with
// sentences before and after it.
func (r *reader) pipedTable(s schema.Span) (g grid, ok bool) {
	text := r.doc.Text
	cells := withoutCounters(filled(splitCells(text, s, barOrTab)))
	if !r.gathered(cells, &g) {
		r.byCell.lost(s.End)
		return g, false
	}
	end := g.end
	before := schema.Span{Start: s.Start, End: g.lines[0].Start}
	g.caption = r.lastWords(before.In(text))
	if !r.readable(&g) {
		return g, false
	}
	r.line(before.Start, before.End)
	r.grid(&g)
	r.line(end, s.End)
	g.end = min(s.End+1, len(text))
	return g, true
}

// gathered finds the rows of a table in a list of its cells.
func (r *reader) gathered(cells []cell, g *grid) bool {
	return r.columnMajor(cells, g) || r.periodic(cells, g)
}

// lastWords returns the end of what stands before a table on its line.
func (r *reader) lastWords(s string) string {
	s = strings.TrimRight(s, " |:：")
	if i := strings.LastIndexAny(s, "。"); i >= 0 && len(s)-i < 90 {
		if j := strings.LastIndex(s[:i], "。"); j >= 0 && len(s)-j < 300 {
			return s[j:]
		}
	}
	return s[max(0, strings.LastIndex(s, "。")):]
}

// maxCells bounds how many lines are looked at for a table with a cell a line.
const maxCells = 600

// stackedCells returns the short lines from start on.
func (r *reader) stackedCells(start int) (cells []cell, end int) {
	text := r.doc.Text
	end = start
	for at := start; at < len(text) && len(cells) < maxCells; {
		s, next := nextLine(text, at)
		c := trimmedCell(text, s.Start, s.End)
		if c.text == "" || utf8.RuneCountInString(c.text) > maxCell || strings.ContainsAny(c.text[ordinal(c.text):], "，。；") {
			break
		}
		cells = append(cells, c)
		end, at = s.End, next
	}
	return cells, end
}

// periodic finds rows in a list of cells: a name, a unit perhaps, and as many
// numbers as the longest row has, or fewer where cells were left blank. The
// head is what stands before the first row.
func (r *reader) periodic(cells []cell, g *grid) bool {
	first, count := r.firstNumbers(cells)
	if first < 2 {
		return false
	}
	name := first - 1
	if r.unitText(cells[name].text) && name > 1 && !r.headRun(cells[:name]) {
		name--
	}
	for name > 1 && plainYear(cells[name].text) {
		name--
	}
	if name < 1 || !rowLabel(cells[name].text) {
		return false
	}
	head := r.withUnits(nil, cells[:name])
	head = r.withoutGroups(head)
	for _, c := range head {
		if utf8.RuneCountInString(c.text) > maxCell || r.numeric(c) && !plainYear(c.text) {
			return false
		}
	}
	g.lines = []tableLine{{Span: schema.Span{Start: head[0].Start, End: head[len(head)-1].End}, cells: head}}
	r.periodicRows(cells[name:], min(count, len(head)), g)
	if len(g.rows) < 2 && (len(g.rows) < 1 || count < 2) {
		return false
	}
	return r.fitBehind(g)
}

// headRun reports whether the cell before a unit is of the head: then the unit
// is what the first row is called by no name.
func (r *reader) headRun(cells []cell) bool {
	return r.wholeRole(cells[len(cells)-1].text)&(roleLabels|roleTells) != 0
}

// fitBehind finds the heads of the columns, which are the last of the cells
// before the first row.
func (r *reader) fitBehind(g *grid) bool {
	n := columnsOf(g.rows)
	cells := g.lines[0].cells
	for i, c := range cells { // what stands before the head of the names is no head
		if r.wholeRole(c.text)&(roleName|rolePlace) != 0 && len(cells)-i > n {
			g.lines[0].cells = cells[i:]
			g.lines[0].Start = c.Start
			break
		}
	}
	g.heads = r.fit(g.lines, 0, n)
	if len(g.heads) == n && len(g.lines[0].cells) > n+2 && len(g.heads[0]) == 1 {
		g.lines[0].Start = g.lines[0].cells[len(g.lines[0].cells)-n-1].Start
	}
	return g.heads != nil
}

// periodicRows takes the rows off the start of a list of cells.
func (r *reader) periodicRows(cells []cell, count int, g *grid) {
	for at := 0; at < len(cells); {
		n := r.rowLength(cells[at:], count)
		for skipped := 0; n == 0 && skipped < 2 && at+1 < len(cells) && rowLabel(cells[at].text) && !r.numeric(cells[at]); skipped++ {
			at++ // the name of a group of rows
			n = r.rowLength(cells[at:], count)
		}
		if n == 0 {
			return
		}
		row := gridRow{name: cells[at], values: cells[at+1 : at+n]}
		if !r.numeric(cells[at+1]) {
			row.unit, row.values = cells[at+1].text, cells[at+2:at+n]
		}
		g.rows = append(g.rows, row)
		at += n
		g.end = cells[at-1].End
	}
}

// withoutGroups leaves out what names a group of rows behind a head.
func (r *reader) withoutGroups(head []cell) []cell {
	for n := len(head); n > 2 && !r.headCell(head[n-1]) && r.headCell(head[n-2]); n-- {
		head = head[:n-1]
	}
	return head
}

// columnMajor reads a table of which each column stands whole below the one
// before it: the head, all the names, all the numbers of the first column.
func (r *reader) columnMajor(cells []cell, g *grid) bool {
	first, _ := r.firstNumbers(cells)
	run := 0
	for first > 0 && first+run < len(cells) && r.numeric(cells[first+run]) {
		run++
	}
	for columns := 1; columns <= 4 && run/columns >= 3; columns++ {
		k := run / columns
		head := first - k
		if run%columns != 0 || head < columns || !r.allNames(cells[head:first]) {
			continue
		}
		g.lines = []tableLine{{Span: schema.Span{Start: cells[0].Start, End: cells[head-1].End}, cells: r.withUnits(nil, cells[:head])}}
		last := g.lines[0].cells
		if len(last) < columns || !r.tells(last[len(last)-1].text) {
			continue
		}
		g.rows = nil
		for i := range k {
			row := gridRow{name: cells[head+i]}
			for c := range columns {
				row.values = append(row.values, cells[first+c*k+i])
			}
			g.rows = append(g.rows, row)
		}
		g.end = cells[first+run-1].End
		return r.fitBehind(g)
	}
	return false
}

// allNames reports whether all of the cells can name rows.
func (r *reader) allNames(cells []cell) bool {
	for _, c := range cells {
		if r.tells(c.text) || !rowLabel(c.text) || r.unitText(c.text) {
			return false
		}
	}
	return true
}

// firstNumbers returns the index of the first number of a list of cells, past
// the first two and years in the head, and how many stand there in a row at most.
func (r *reader) firstNumbers(cells []cell) (first, count int) {
	for first = 2; first < len(cells) && (!r.numeric(cells[first]) || plainYear(cells[first].text)); first++ {
	}
	run := 0
	for i := first; i < len(cells); i++ {
		if run++; !r.numeric(cells[i]) {
			run = 0
		}
		count = max(count, run)
	}
	if count == 0 {
		return 0, 0
	}
	return first, count
}

// rowLength returns how many cells the row at the start of cells has, 0 where
// there is none.
func (r *reader) rowLength(cells []cell, count int) int {
	if len(cells) < 2 || !rowLabel(cells[0].text) || r.numeric(cells[0]) {
		return 0
	}
	n := 1
	if r.unitText(cells[1].text) {
		n++
	}
	numbers := 0
	for n < len(cells) && numbers < count && r.numeric(cells[n]) {
		n, numbers = n+1, numbers+1
	}
	if numbers == 0 || n < len(cells) && r.numeric(cells[n]) {
		return 0
	}
	return n
}
