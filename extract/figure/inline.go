package figure

import (
	"strings"
	"unicode/utf8"
)

// minInline is how many pieces a line must have for a table within it.
const minInline = 12

// inlineTable reads a table whose cells stand on one line with the sentences
// before it, parted by spaces: 单位:万元、% 项目 金额 同比 教育 52423 12.8 ….
func (r *reader) inlineTable(start int) (g grid, ok bool) {
	text := r.doc.Text
	s, _ := nextLine(text, start)
	if s.Start != start || strings.Count(s.In(text), " ") < minInline {
		return g, false
	}
	cells := cutLine(text, s).cells
	first := r.afterProse(cells)
	if len(cells)-first < minInline || !r.periodic(cells[first:], &g) {
		return g, false
	}
	head, end := g.lines[0].Start, g.end
	g.caption = strings.TrimSpace(text[cells[first].Start:head])
	if !r.readable(&g) {
		return g, false
	}
	r.line(s.Start, cells[first].Start)
	r.grid(&g)
	r.passage.last = ""
	r.line(end, s.End)
	g.end = min(s.End+1, len(text))
	return g, true
}

// afterProse returns the index of the first cell after those that are too long
// for a cell or end a sentence, before the first number.
func (l *lists) afterProse(cells []cell) int {
	first := 0
	for i, c := range cells {
		if l.numeric(c) {
			break
		}
		if utf8.RuneCountInString(c.text) > maxCell || strings.ContainsAny(c.text, "。；") {
			first = i + 1
		}
	}
	return first
}
