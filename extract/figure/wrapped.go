package figure

import (
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// wrappedRow puts a line whose last cell is the name of a row together with the
// next, which begins with its unit and its numbers.
func (r *reader) wrappedRow(line tableLine, after *int) tableLine {
	cells := filled(line.cells)
	if n := len(cells); line.fixed || n == 0 || r.numeric(cells[n-1]) || !rowLabel(cells[n-1].text) || r.unitText(cells[n-1].text) {
		return line
	}
	s, next := nextLine(r.doc.Text, *after)
	more := cutLine(r.doc.Text, s)
	if s.Len() == 0 || s.Len() > maxLine || more.fixed || len(more.cells) < 2 || !r.unitText(more.cells[0].text) {
		return line
	}
	for _, c := range more.cells[1:] {
		if !r.numeric(c) {
			return line
		}
	}
	*after = next
	return tableLine{Span: schema.Span{Start: line.Start, End: s.End}, cells: append(cells, more.cells...)}
}

// sharedUnits gives parts that print no unit that of the row before them: #水电.
func sharedUnits(rows []gridRow) []gridRow {
	for i := 1; i < len(rows); i++ {
		part := strings.HasPrefix(rows[i].name.text, "#") || strings.HasPrefix(rows[i].name.text, "其中")
		if part && rows[i].unit == "" && len(rows[i].values) == len(rows[i-1].values) {
			rows[i].unit = rows[i-1].unit
		}
	}
	return rows
}

// leastParts is how many parts a line names over the numbers below it.
const leastParts = 3

// partsLine reports whether a line names parts of a whole over as many numbers
// of the line below it, which begins with what they measure and its unit:
//
//	批发业  零售业  住宿业
//	零售额(亿元) 0.31 6.83 0.21
func (r *reader) partsLine(s schema.Span) bool {
	if s.Len() > maxLine || hasAny(s.In(r.doc.Text), "，", "、", "：") {
		return false
	}
	cells := filled(cutLine(r.doc.Text, s).cells)
	if len(cells) < leastParts {
		return false
	}
	for _, c := range cells {
		if r.numeric(c) || !rowLabel(c.text) || utf8.RuneCountInString(c.text) > maxCell/3 {
			return false
		}
	}
	below, _ := nextLine(r.doc.Text, min(s.End+1, len(r.doc.Text)))
	if below.Len() > maxLine {
		return false
	}
	row := filled(cutLine(r.doc.Text, below).cells)
	if len(row) != len(cells)+1 && !(len(row) == len(cells) && r.wholeRole(cells[0].text)&roleLabels != 0) {
		return false
	}
	if _, unit := r.parenthesised(row[0].text); unit == "" {
		return false
	}
	for _, c := range row[1:] {
		if !r.numeric(c) {
			return false
		}
	}
	return true
}

// regrown makes a row that is named by growth alone that of the row before it.
func (r *reader) regrown(g *grid, row *tableRow) {
	if row.unit == "%" && r.wholeRole(row.label)&roleGrowth != 0 && g.label != "" {
		row.label, row.growth = g.label, true
		return
	}
	g.label = row.label
}

// fewestCounted is how many rows a column must count to be taken for a counter
// where its head does not say so.
const fewestCounted = 3

// blankCounters empties the cells of a column that counts the rows, behind one
// that groups them: 经济 | 1 | 地区生产总值 | 185.
func (r *reader) blankCounters(b *block) {
	b.align()
	for i := 1; len(b.rows) > 0 && i < len(b.rows[0].cells); i++ {
		said := len(b.head) > 0 && i < len(b.head[len(b.head)-1].cells) && r.wholeRole(b.head[len(b.head)-1].cells[i].text)&roleCounter != 0
		if n := counted123(b.rows, i); n < fewestCounted && !(said && n > 0) || !r.labelled(b.rows, i+1) {
			continue
		}
		for _, line := range b.rows {
			if i < len(line.cells) {
				line.cells[i].text = ""
			}
		}
		return
	}
}

// align gives rows whose first cell is blank that cell again, where the pipe
// behind it was taken for the frame of the table.
func (b *block) align() {
	if len(b.head) == 0 || b.head[0].opened {
		return
	}
	width := len(b.head[len(b.head)-1].cells)
	for i := range b.rows {
		if row := &b.rows[i]; row.opened && len(row.cells) == width-1 {
			row.cells = append([]cell{{Span: schema.Span{Start: row.Start, End: row.Start}}}, row.cells...)
		}
	}
}

// counted123 is how many rows column i counts one by one, 0 where it does not.
func counted123(rows []tableLine, i int) int {
	last, n := -1, 0
	for _, line := range rows {
		if !line.fixed || i >= len(line.cells) || line.cells[i].text == "" {
			return 0
		}
		v, length := digitsAt(line.cells[i].text, 3)
		if length == 0 || length != len(line.cells[i].text) || last >= 0 && v != last+1 {
			return 0
		}
		last = v
		n++
	}
	return n
}

// labelled reports whether column i has words in all rows.
func (r *reader) labelled(rows []tableLine, i int) bool {
	for _, line := range rows {
		if i >= len(line.cells) || line.cells[i].text == "" || r.numeric(line.cells[i]) || r.unitText(line.cells[i].text) {
			return false
		}
	}
	return true
}
