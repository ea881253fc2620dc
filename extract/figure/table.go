package figure

import (
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// A table is read in stages: the lines that belong to it (here), or the cells
// where they stand one a line or all on one (stacked.go, inline.go); what stands
// over each column (storeys.go); what that tells of the column (headrole.go,
// column.go) and what the caption tells of all (caption.go); and at last its
// rows, cell by cell (row.go).

// A grid is a table that was found.
type grid struct {
	caption string
	facts   captionFacts
	lines   []tableLine // of its head
	heads   [][]cell    // what stands over each column of values, from top to bottom
	rows    []gridRow
	columns []column
	places  bool   // the rows are places
	label   string // of the row read last
	end     int    // where the text goes on
}

// A gridRow is a row of a table.
type gridRow struct {
	name   cell
	unit   string // from a column of units
	values []cell // one a column; fewer where the last ones were left blank
}

// table reads the table that begins at start and returns where it ends, or
// start where there is none.
func (r *reader) table(start int) int {
	for _, find := range []func(int) (grid, bool){r.rowTable, r.cellTable, r.inlineTable} {
		if g, ok := find(start); ok {
			return g.end
		}
	}
	return start
}

// nextLine returns the span of the first line at or after start that is not
// blank, and where the one after it starts.
func nextLine(text string, start int) (s schema.Span, next int) {
	for start < len(text) {
		end := len(text)
		if i := strings.IndexByte(text[start:], '\n'); i >= 0 {
			end = start + i
		}
		if strings.TrimSpace(text[start:end]) != "" {
			return schema.Span{Start: start, End: end}, min(end+1, len(text))
		}
		start = end + 1
	}
	return schema.Span{Start: len(text), End: len(text)}, len(text)
}

const (
	maxHeader = 4   // lines that may stand between the first one of a head and the first row
	maxLine   = 600 // bytes of a line of a table
	maxGroup  = 40  // bytes of the name of a group of rows
)

// rowTable reads a table with a row a line, from the first line of its head.
func (r *reader) rowTable(start int) (g grid, ok bool) {
	s, _ := nextLine(r.doc.Text, start)
	if s.Start != start || s.Len() > maxLine {
		return g, false
	}
	headless := len(r.unitsAbove(start)) > 1 && r.rowLine(cutLine(r.doc.Text, s))
	if !headless && !r.headLine(s) && !r.partsLine(s) {
		return g, false
	}
	if !r.byLine.lasts(start) {
		return g, false
	}
	b := r.block(start, headless)
	if len(b.rows) == 0 || headless && len(b.rows) < 2 {
		r.byLine.lost(b.seen)
		return g, false
	}
	g = grid{caption: r.caption(start), lines: b.head, end: b.end}
	width := 0
	if r.blankCounters(&b); b.fixed() {
		g.rows, width = r.fixedRows(&b)
	} else {
		g.rows = r.flowRows(&b)
	}
	if g.heads = r.fit(g.lines, width, columnsOf(g.rows)); headless {
		g.heads = r.unitHeads(start, columnsOf(g.rows))
	}
	if !r.grid(&g) {
		r.byLine.lost(b.seen)
		return g, false
	}
	return g, true
}

// maxTries is how often the same lines are looked at for a table.
const maxTries = 8

// patience bounds how often lines are looked at for a table in vain. Without it
// a long list of lines that are nearly a table would take time in the square of
// its length.
type patience struct{ barren, tries int }

// lasts reports whether the line at start is worth looking at.
func (p *patience) lasts(start int) bool {
	if start >= p.barren {
		p.tries = 0
	}
	p.tries++
	return p.tries <= maxTries
}

// lost takes note that lines up to end were looked at in vain.
func (p *patience) lost(end int) { p.barren = max(p.barren, end) }

// unitsAbove are the units that the line before a table tells, where it is one
// that tells nothing else or a caption.
func (r *reader) unitsAbove(start int) []string {
	if start < 2 {
		return nil
	}
	above := strings.TrimRight(r.doc.Text[max(0, start-120):start], "\n \r")
	if !strings.Contains(above[strings.LastIndexByte(above, '\n')+1:], "单位") {
		return nil
	}
	return r.captionUnits(r.caption(start))
}

// unitHeads are the heads of a table that has none, where the line above tells
// as many units as it has columns: 单位：亿元、%.
func (r *reader) unitHeads(start, n int) (heads [][]cell) {
	units := r.unitsAbove(start)
	if len(units) != n {
		return nil
	}
	for _, u := range units {
		if u == "%" {
			u = "增长%"
		} else {
			u = "(" + u + ")"
		}
		heads = append(heads, []cell{{text: u}})
	}
	return heads
}

// A block is the lines of a table with a row a line.
type block struct {
	head, rows []tableLine
	end        int // behind the last row
	seen       int // behind the last line that was looked at
}

// fixed reports whether the cells of all rows keep their places.
func (b *block) fixed() bool {
	for _, row := range b.rows {
		if !row.fixed {
			return false
		}
	}
	return true
}

// block gathers the lines of a table whose head begins at start.
func (r *reader) block(start int, headless bool) (b block) {
	text := r.doc.Text
	for next := start; ; {
		s, after := nextLine(text, next)
		if s.Len() == 0 || s.Len() > maxLine {
			return b
		}
		line := r.joinedLine(cutLine(text, s), &after, len(b.rows) == 0)
		if len(b.head) > 0 {
			line = r.wrappedRow(line, &after)
		}
		switch {
		case strings.Trim(s.In(text), "|-: \r") == "", r.between(&b, line, after):
		case (len(b.head) > 0 || headless) && r.rowLine(line):
			b.rows = append(b.rows, line)
			b.end = after
		case len(b.rows) == 0 && len(b.head) < maxHeader && (r.headLine(s) || len(b.head) == 0 && r.partsLine(s)):
			b.head = append(b.head, line)
		default:
			return b
		}
		next, b.seen = after, after
	}
}

// between reports whether a line of a block stands between its rows: the name
// of a group, or the head once more. A numbered name (一、人口) may also be the
// heading of what follows the table, unless a row follows whose cells keep
// their places.
func (r *reader) between(b *block, line tableLine, after int) bool {
	text := line.In(r.doc.Text)
	if len(b.rows) > 0 && (r.groupLine(line, text) || len(b.head) > 0 && repeats(b.head[0], line)) {
		return true
	}
	if len(b.head) == 0 || len(filled(line.cells)) != 1 || len(text) >= maxGroup || ordinal(strings.TrimSpace(text)) == 0 {
		return false
	}
	s, _ := nextLine(r.doc.Text, after)
	next := cutLine(r.doc.Text, s)
	return s.Len() <= maxLine && next.fixed && len(next.cells) == len(b.head[len(b.head)-1].cells) && r.rowLine(next)
}

// joinedLine puts a line of a head together with the next where the break
// between them stands within a cell: only the second ends with a pipe.
func (r *reader) joinedLine(line tableLine, after *int, head bool) tableLine {
	text := r.doc.Text
	if !head || !line.fixed || closedLine(line.In(text)) || strings.IndexByte(line.In(text), '|') < 0 {
		return line
	}
	s, next := nextLine(text, *after)
	if !closedLine(s.In(text)) || strings.Count(s.In(text), "|") > 2 {
		return line
	}
	more := cutLine(text, s)
	last := len(line.cells) - 1
	if last < 0 || len(more.cells) == 0 { // nothing but pipes
		return line
	}
	line.cells[last].text += more.cells[0].text
	line.cells = append(line.cells, more.cells[1:]...)
	line.End, *after = s.End, next
	return line
}

// repeats reports whether a line is the first one of the head again, as on a
// new page.
func repeats(head, line tableLine) bool {
	if len(head.cells) != len(line.cells) {
		return false
	}
	for i := range head.cells {
		if head.cells[i].text != line.cells[i].text {
			return false
		}
	}
	return true
}

// groupLine reports whether a line within a table is the name of a group of rows.
func (r *reader) groupLine(line tableLine, text string) bool {
	cells := filled(line.cells)
	text = strings.TrimRight(text, " :：|")
	if len(cells) != 1 || len(text) >= 3*maxCell || strings.ContainsAny(text, "，；0123456789") {
		return false
	}
	return line.fixed || len(text) < maxGroup && !strings.ContainsAny(text, "。：") && !sectionStart(text)
}

func sectionStart(line string) bool {
	return hasAny(line, "、") || strings.HasPrefix(line, "（") || strings.HasPrefix(line, "(")
}

// headLine reports whether a line can be of the head of a table: cells without
// sentences, one of which at least tells a unit, a time, a comparison or an
// indicator.
func (r *reader) headLine(s schema.Span) bool {
	line := s.In(r.doc.Text)
	if s.Len() > maxLine || hasAny(line, "。", "；", "！", "？") || strings.Count(line, "，") > 1 || captionLine(line) {
		return false
	}
	cells := filled(cutLine(r.doc.Text, s).cells)
	if len(cells) == 1 && !r.runTogether(cells[0]) && !strings.ContainsAny(line, "|\t") {
		return false
	}
	told := false
	for _, c := range cells {
		if utf8.RuneCountInString(c.text) > maxCell/2 {
			return false
		}
		told = told || r.headCell(c)
	}
	return told
}

// headCell reports whether a cell is of a head.
func (r *reader) headCell(c cell) bool {
	text := tidyHead(c.text)
	if plainYear(text) || r.unitText(text) || r.tells(text) {
		return true
	}
	_, known := r.named(text)
	return known || r.entityAt(c) != ""
}

// tells reports whether a head has a unit, a time or a word of the heads of tables.
func (l *lists) tells(head string) bool {
	h := l.readHead(head)
	return h.roles != 0 || h.unit != "" || h.time.said()
}

// rowLine reports whether a line is a row: a label, then numbers.
func (r *reader) rowLine(line tableLine) bool {
	if !line.fixed {
		return r.sideBySide(r.uncounted(line.cells)) != nil
	}
	label, values, years := -1, 0, 0
	for i, c := range line.cells {
		switch {
		case c.text == "":
		case utf8.RuneCountInString(c.text) > maxCell:
			return false
		case !r.numeric(c):
			if label < 0 {
				label = i
			}
			if !rowLabel(c.text) && values == 0 && !r.unitText(c.text) {
				return false
			}
		case label >= 0 && !missing(c.text):
			values++
			if plainYear(c.text) {
				years++
			}
		}
	}
	if years == values && label >= 0 && r.wholeRole(line.cells[label].text)&roleLabels != 0 {
		return false
	}
	return label >= 0 && values > 0 || label < 0 && r.timeRow(line.cells)
}

// timeRow reports whether a row is named by a year without 年.
func (r *reader) timeRow(cells []cell) bool {
	return len(cells) > 1 && plainYear(cells[0].text) && !plainYear(cells[1].text)
}

// sideBySide parts a line into its rows: one, or several of the same form that
// stand beside each other. It returns nil where the line is no row.
func (l *lists) sideBySide(cells []cell) (rows []gridRow) {
	start := 0
	for i := 1; i <= len(cells); i++ {
		if i < len(cells) && (l.numeric(cells[i]) || !l.numeric(cells[i-1])) {
			continue
		}
		row, ok := l.dataRow(cells[start:i])
		if !ok {
			return nil
		}
		rows = append(rows, row)
		start = i
	}
	return rows
}

// dataRow joins the words at the start of a row to its name, and takes the unit
// and the numbers behind it; ok where the row is of that form.
func (l *lists) dataRow(cells []cell) (row gridRow, ok bool) {
	k, years := 0, 0
	for k < len(cells) && !l.numeric(cells[k]) {
		k++
	}
	if k == 0 || k == len(cells) {
		return row, false
	}
	for _, c := range cells[k:] {
		if !l.numeric(c) {
			return row, false
		}
		if plainYear(c.text) {
			years++
		}
	}
	row = gridRow{name: cells[0], values: cells[k:]}
	for i, c := range cells[1:k] {
		if i > 0 && l.unitText(c.text) || i == 0 && k == 2 && l.unitText(c.text) {
			row.unit = c.text
			continue
		}
		row.name.End = c.End
		row.name.text += c.text
	}
	if years == len(row.values) && l.wholeRole(row.name.text)&roleLabels != 0 {
		return row, false // 指标 2022 2023
	}
	return row, rowLabel(row.name.text) && !strings.ContainsAny(row.name.text, "，")
}

// flowRows are the rows of lines whose cells white space parts.
func (r *reader) flowRows(b *block) (rows []gridRow) {
	for _, line := range b.rows {
		rows = append(rows, r.sideBySide(r.uncounted(filled(line.cells)))...)
	}
	return sharedUnits(rows)
}

// uncounted drops the number that counts a row from its start.
func (l *lists) uncounted(cells []cell) []cell {
	if len(cells) > 2 && len(cells[0].text) <= 3 && strings.Trim(cells[0].text, "0123456789") == "" && !l.numeric(cells[1]) && !l.unitText(cells[1].text) {
		return cells[1:]
	}
	return cells
}

// fixedRows are the rows of lines whose cells keep their places, and how many
// those are; 0 where two tables stand beside each other.
func (r *reader) fixedRows(b *block) (rows []gridRow, width int) {
	first := r.firstValue(b)
	unit := -1
	for _, line := range b.head {
		for i, c := range line.cells {
			if role := r.wholeRole(c.text); role == roleUnit && i < first {
				unit = i
			}
		}
	}
	for _, line := range b.rows {
		if beside := r.sideBySide(r.uncounted(filled(line.cells))); len(beside) > 1 {
			return r.flowRows(b), 0
		}
		width = max(width, len(line.cells))
		rows = append(rows, r.fixedRow(line.cells, first, unit))
	}
	return rows, width
}

// firstValue is the first column of numbers behind one of labels.
func (r *reader) firstValue(b *block) int {
	first := 1 << 10
	for _, line := range b.rows {
		label := r.timeRow(line.cells)
		for i, c := range line.cells {
			if label && i > 0 && r.numeric(c) && !missing(c.text) {
				first = min(first, i)
				break
			}
			label = label || c.text != "" && !r.numeric(c)
		}
	}
	return first
}

// fixedRow takes a row apart whose values begin at cell first. The last label
// names the row: those before it name its group, or count.
func (r *reader) fixedRow(cells []cell, first, unit int) (row gridRow) {
	first = min(first, len(cells))
	for i, c := range cells[:first] {
		switch {
		case c.text == "" || i > 0 && missing(c.text):
		case i == unit || i > 0 && unit < 0 && row.name.text != "" && r.unitText(c.text):
			row.unit = c.text
		case row.name.text == "" || !r.numeric(c):
			row.name = c
		}
	}
	row.values = cells[first:]
	return row
}

// columnsOf is how many columns of values rows have.
func columnsOf(rows []gridRow) (n int) {
	for _, row := range rows {
		n = max(n, len(row.values))
	}
	return n
}

// unitText reports whether a cell is a unit and nothing else: 万元, （亿元）.
func (l *lists) unitText(s string) bool {
	for _, pair := range [][2]string{{"(", ")"}, {"（", "）"}} {
		if inside, ok := strings.CutPrefix(s, pair[0]); ok {
			s = strings.TrimSuffix(inside, pair[1])
		}
	}
	return l.unitWord(s)
}
