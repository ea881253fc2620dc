package figure

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// numeric reports whether a cell is a number or stands for one (—, 持平).
func (l *lists) numeric(c cell) bool {
	switch c.text {
	case "…", "……", "持平", "/", "—", "——", "-", "--", "－", "…　", "*", "×":
		return true
	}
	_, _, ok := l.cellValue(c)
	return ok
}

// cellValue reads the number of a cell: 5.0, +3.1%, 521.9亿元, 下降0.2个百分点.
func (l *lists) cellValue(c cell) (q quantity, op operator, ok bool) {
	text := strings.TrimPrefix(c.text, "+")
	skip := len(c.text) - len(text)
	digit := strings.IndexFunc(text, func(r rune) bool { _, ok := digitOf(r); return ok })
	if digit < 0 {
		return q, op, false
	}
	words := strings.TrimRight(text[:digit], " ")
	if minus := strings.TrimRight(words, "-－−"); minus == "" {
		words, digit = "", 0
	}
	q, ok = l.quantity(text[digit:], c.Start+skip+digit, "")
	if !ok || q.End != c.End || q.kind == kindTime || q.kind == kindWhole || q.ratio != nil || !q.high.Equal(q.value) {
		return q, op, false
	}
	if words == "" {
		return q, op, true
	}
	op = l.operator(words, &q)
	return q, op, op.measure != schema.Level && op.name == ""
}

// periodic finds the rows of a table in a list of its cells: a name, a unit
// perhaps, and as many numbers as the first row has, or fewer where cells were
// left blank. The header is as many cells before the first row.
func (l *lists) periodic(cells []cell, g *grid) bool {
	first, count := l.firstNumbers(cells)
	if first < 2 {
		return false
	}
	name := first - 1
	if l.unitText(cells[name].text) {
		name--
	}
	if name < 1 || !rowLabel(cells[name].text) {
		return false
	}
	header := l.headCells(cells[:name])
	count = min(count, len(header))
	width := first - name + count
	g.header = header[max(0, len(header)-width):]
	for _, c := range g.header {
		if utf8.RuneCountInString(c.text) > maxCell || l.numeric(c) {
			return false
		}
	}
	for at := name; at < len(cells); {
		n := l.rowLength(cells[at:], count)
		for skipped := 0; n == 0 && skipped < 2 && at+1 < len(cells) && rowLabel(cells[at].text) && !l.numeric(cells[at]); skipped++ {
			at++ // the name of a group of rows
			n = l.rowLength(cells[at:], count)
		}
		if n == 0 {
			break
		}
		g.rows = append(g.rows, cells[at:at+n])
		at += n
		g.end = cells[at-1].End
	}
	return len(g.rows) >= 2 || len(g.rows) == 1 && count >= 2
}

// withoutCounters drops the cells of a column that counts the rows: 1, 2, 3.
func withoutCounters(cells []cell) []cell {
	if len(cells) == 0 || cells[0].text != "序号" && (len(cells) < 2 || cells[1].text != "序号") {
		return cells
	}
	var out []cell
	next := 1
	for _, c := range cells {
		if c.text == "序号" {
			continue
		}
		if c.text == strconv.Itoa(next) {
			next++
			continue
		}
		out = append(out, c)
	}
	return out
}

// headCells joins units that stand in cells of their own to what they are
// units of: one to the cell before it, a row of them to as many cells. It
// leaves out what names a group of rows behind the head.
func (l *lists) headCells(cells []cell) []cell {
	var out []cell
	for i := 0; i < len(cells); {
		units := i
		for units < len(cells) && len(out) > 0 && l.unitText(cells[units].text) {
			units++
		}
		for k := i; k < units; k++ {
			at := max(0, len(out)-(units-k))
			out[at].text += "(" + strings.Trim(cells[k].text, "()（）") + ")"
		}
		if i = units; i < len(cells) {
			out = append(out, cells[i])
			i++
		}
	}
	for n := len(out); n > 2 && !l.headWord(out[n-1].text) && l.headWord(out[n-2].text); n-- {
		out = out[:n-1]
	}
	return out
}

// headWord reports whether a cell is of a head: it tells a unit, a comparison
// or a kind of number.
func (l *lists) headWord(s string) bool {
	return l.headerLine(s) || hasAny(s, "位次", "排名", "累计", "本月", "本期", "实绩", "完成", "数量", "金额", "总额", "合计", "占比")
}

// columnMajor reads a table of which each column stands whole below the one
// before it: the head, all the names, all the numbers of the first column.
func (l *lists) columnMajor(cells []cell, g *grid) bool {
	first, _ := l.firstNumbers(cells)
	run := 0
	for first > 0 && first+run < len(cells) && l.numeric(cells[first+run]) {
		run++
	}
	for columns := 1; columns <= 4 && run/columns >= 3; columns++ {
		k := run / columns
		head := first - k
		if run%columns != 0 || head < columns || slices.ContainsFunc(cells[head:first], func(c cell) bool { return l.headWord(c.text) }) {
			continue
		}
		g.header = l.headCells(cells[:head])
		if len(g.header) < columns || !l.headWord(g.header[len(g.header)-1].text) {
			continue
		}
		g.rows = nil
		for i := range k {
			row := []cell{cells[head+i]}
			for c := range columns {
				row = append(row, cells[first+c*k+i])
			}
			if _, _, _, ok := l.dataRow(row); !ok {
				return false
			}
			g.rows = append(g.rows, row)
		}
		g.end = cells[first+run-1].End
		return true
	}
	return false
}

// firstNumbers returns the index of the first number of a list of cells, past
// the first two, and how many stand there in a row.
func (l *lists) firstNumbers(cells []cell) (first, count int) {
	for first = 2; first < len(cells) && !l.numeric(cells[first]); first++ {
	}
	run := 0
	for i := first; i < len(cells); i++ {
		if run++; !l.numeric(cells[i]) {
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
func (l *lists) rowLength(cells []cell, count int) int {
	if len(cells) < 2 || !rowLabel(cells[0].text) || l.numeric(cells[0]) {
		return 0
	}
	n := 1
	if l.unitText(cells[1].text) {
		n++
	}
	numbers := 0
	for n < len(cells) && numbers < count && l.numeric(cells[n]) {
		n, numbers = n+1, numbers+1
	}
	if numbers == 0 || n < len(cells) && l.numeric(cells[n]) {
		return 0
	}
	return n
}

// rowLabel reports whether a cell can name a row.
func rowLabel(s string) bool {
	return utf8.RuneCountInString(s) <= 24 && !strings.ContainsAny(s, "。；！？") && strings.IndexFunc(s, unicode.IsLetter) >= 0
}
