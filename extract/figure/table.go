package figure

import (
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// A cell is a piece of a table with its place in the text.
type cell struct {
	schema.Span
	text string // without white space at its ends
}

// maxCell is how many characters a cell of a table has at most.
const maxCell = 40

// cellsOf parts a line at pipes, tabs and runs of white space.
func cellsOf(text string, s schema.Span) []cell {
	line := s.In(text)
	if strings.Contains(line, "|") || strings.Contains(line, "\t") {
		return splitCells(text, s, func(r rune) bool { return r == '|' || r == '\t' })
	}
	if strings.Count(line, ",") >= 2 && !strings.Contains(line, " ") {
		return splitCells(text, s, func(r rune) bool { return r == ',' })
	}
	return splitCells(text, s, func(r rune) bool { return r == ' ' || r == '\u3000' || r == '\u00a0' })
}

func splitCells(text string, s schema.Span, sep func(rune) bool) []cell {
	var out []cell
	start := s.Start
	for start < s.End {
		end := s.End
		if i := strings.IndexFunc(text[start:s.End], sep); i >= 0 {
			end = start + i
		}
		if c := trimmedCell(text, start, end); c.text != "" {
			out = append(out, c)
		}
		if end == s.End {
			break
		}
		_, size := utf8.DecodeRuneInString(text[end:])
		start = end + size
	}
	return out
}

func trimmedCell(text string, start, end int) cell {
	t := text[start:end]
	start += len(t) - len(strings.TrimLeft(t, " 　\t\u00a0\r"))
	t = strings.TrimSpace(t)
	return cell{schema.Span{Start: start, End: start + len(t)}, t}
}

// dataRow joins the words at the start of a row to its name and returns the
// numbers behind it; ok where the row is of that form.
func (l *lists) dataRow(cells []cell) (name cell, units, numbers []cell, ok bool) {
	k := 0
	for k < len(cells) && !l.numeric(cells[k]) {
		k++
	}
	if k == 0 || k == len(cells) {
		return name, nil, nil, false
	}
	for _, c := range cells[k:] {
		if !l.numeric(c) {
			return name, nil, nil, false
		}
	}
	name = cells[0]
	for _, c := range cells[1:k] {
		if l.unitText(c.text) {
			units = append(units, c)
			continue
		}
		name.End = c.End
		name.text += c.text
	}
	if utf8.RuneCountInString(name.text) > maxCell || strings.ContainsAny(name.text, "，。；？！") {
		return name, nil, nil, false
	}
	return name, units, cells[k:], true
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

// A grid is a table that was found: its header, and its rows in order.
type grid struct {
	caption string
	header  []cell
	rows    [][]cell
	end     int // where the text goes on
}

// table reads the table that begins at start and returns where it ends, or
// start where there is none.
func (r *reader) table(start int) int {
	g, ok := r.rowTable(start)
	if !ok {
		g, ok = r.cellTable(start)
	}
	if !ok {
		g, ok = r.inlineTable(start)
	}
	if !ok {
		return start
	}
	r.grid(g)
	return g.end
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

// maxHeader is how many lines may stand between the first line of a header and
// the first row.
const maxHeader = 4

// rowTable reads a table with a row a line, from the first line of its header.
func (r *reader) rowTable(start int) (g grid, ok bool) {
	text := r.doc.Text
	s, next := nextLine(text, start)
	if s.Start != start || s.Len() > 400 || !r.headerLine(s.In(text)) || hasAny(s.In(text), "单位：", "单位:") {
		return g, false
	}
	g.caption = r.caption(start)
	cells := cellsOf(text, s)
	if len(cells) < 2 {
		return g, false
	}
	g.header = cells
	g.end = start
	for lines := 0; ; lines++ {
		row, after := nextLine(text, next)
		if row.Len() == 0 || row.Len() > 400 {
			break
		}
		if strings.Trim(row.In(text), "|-: \r") == "" { // the rule below a head
			next = after
			continue
		}
		cells := cellsOf(text, row)
		if rows := r.sideBySide(cells); rows != nil {
			g.rows = append(g.rows, rows...)
			g.end, next = after, after
			continue
		}
		if len(g.rows) == 0 && lines < maxHeader && r.headerLine(row.In(text)) {
			g.header = stacked(g.header, cells)
			next = after
			continue
		}
		if len(g.rows) > 0 && lonely(cells, row.In(text)) { // 其中: or a group's name
			next = after
			continue
		}
		break
	}
	return g, len(g.rows) > 0
}

// sideBySide parts a line into its rows: one, or several of the same form that
// stand beside each other. It returns nil where the line is no row.
func (r *reader) sideBySide(cells []cell) (rows [][]cell) {
	start := 0
	for i := 1; i <= len(cells); i++ {
		if i < len(cells) && (r.numeric(cells[i]) || !r.numeric(cells[i-1])) {
			continue
		}
		if _, _, _, ok := r.dataRow(cells[start:i]); !ok {
			return nil
		}
		rows = append(rows, cells[start:i])
		start = i
	}
	return rows
}

// lonely reports whether a line within a table is the name of a group of rows.
func lonely(cells []cell, line string) bool {
	return len(cells) == 1 && len(line) < 40 && !strings.ContainsAny(line, "。，；") && !strings.ContainsAny(line, "0123456789") && !sectionStart(line)
}

func sectionStart(line string) bool {
	return hasAny(line, "、") || strings.HasPrefix(line, "（") || strings.HasPrefix(line, "(")
}

// headerLine reports whether a line can be the head of a table: cells without
// sentences, at least one of which tells a unit or a comparison.
func (l *lists) headerLine(line string) bool {
	if hasAny(line, "。", "；", "！", "？") || strings.Count(line, "，") > 1 {
		return false
	}
	for _, c := range cellsOf(line, schema.Span{End: len(line)}) {
		if _, unit := l.parenthesised(c.text); unit != "" {
			return true
		}
	}
	return hasAny(line, "增长", "绝对", "序号", "产品名称", "单位", "指标", "%", "％", "±", "增减", "同比", "(万", "（万", "(亿", "（亿", "(吨", "（吨", "(元", "（元", "产量", "总量", "比重", "年")
}

// stacked puts a second line of a header below the first: cells one below
// another where the counts agree, else the fuller line.
func stacked(above, below []cell) []cell {
	if len(above) == len(below) {
		out := append([]cell(nil), above...)
		for i := range out {
			out[i].text += below[i].text
		}
		return out
	}
	if len(below) == len(above)-1 { // a line of units has none for the names
		out := append([]cell(nil), above...)
		for i := range below {
			out[i+1].text += below[i].text
		}
		return out
	}
	if len(below) > len(above) {
		return below
	}
	return above
}

// caption is the line before a table, with the one before that where the
// nearer one tells units only.
func (r *reader) caption(start int) string {
	text := r.doc.Text[max(0, start-600):start]
	lines := strings.Split(strings.ToValidUTF8(text, ""), "\n")
	caption := ""
	for i := len(lines) - 1; i >= 0; i-- {
		line := strings.TrimSpace(lines[i])
		if line == "" {
			continue
		}
		if utf8.RuneCountInString(line) > 50 {
			break
		}
		caption = line + " " + caption
		if !strings.HasPrefix(line, "单位") && !strings.HasPrefix(line, "(") && !strings.HasPrefix(line, "（") {
			break
		}
	}
	return caption
}

// cellTable reads a table with one cell a line, or with all of its cells
// between pipes on one line.
func (r *reader) cellTable(start int) (g grid, ok bool) {
	text := r.doc.Text
	s, _ := nextLine(text, start)
	if s.Start != start {
		return g, false
	}
	var cells []cell
	var end int
	if strings.Count(s.In(text), "|") >= 8 {
		cells, end = pipedCells(text, s), s.End
	} else {
		if s.Len() > 3*maxCell || !r.headerLine(s.In(text)) {
			return g, false
		}
		if !r.hopeful(start) {
			return g, false
		}
		cells, end = r.stackedCells(start)
	}
	g.caption = r.caption(start)
	cells = withoutCounters(cells)
	if !r.columnMajor(cells, &g) && !r.periodic(cells, &g) {
		r.barren = max(r.barren, end)
		return g, false
	}
	if strings.Count(s.In(text), "|") >= 8 {
		r.line(s.Start, g.header[0].Start)
		g.caption = r.lastWords(text[s.Start:g.header[0].Start])
		r.line(g.end, end)
		g.end = end
	}
	g.end = min(g.end+1, len(text))
	return g, true
}

// maxTries is how often a run of short lines is looked at for a table. Without
// it a long list of short lines would take time in the square of its length.
const maxTries = 8

// hopeful reports whether the line at start is worth looking at for a table.
func (r *reader) hopeful(start int) bool {
	if start >= r.barren {
		r.tries = 0
	}
	r.tries++
	return r.tries <= maxTries
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

// pipedCells returns the cells of a line of pipes. What is too long for a cell
// parts the table from the text around it.
func pipedCells(text string, s schema.Span) []cell {
	return splitCells(text, s, func(r rune) bool { return r == '|' })
}

// maxCells bounds how many lines are looked at for a table with a cell a line.
const maxCells = 400

// stackedCells returns the short lines from start on.
func (r *reader) stackedCells(start int) (cells []cell, end int) {
	text := r.doc.Text
	end = start
	for at := start; at < len(text) && len(cells) < maxCells; {
		s, next := nextLine(text, at)
		c := trimmedCell(text, s.Start, s.End)
		if c.text == "" || utf8.RuneCountInString(c.text) > maxCell || strings.ContainsAny(c.text, "，。；") {
			break
		}
		cells = append(cells, c)
		end, at = s.End, next
	}
	return cells, end
}
