package figure

import (
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// fit finds what stands over each of the n columns of values in the lines of a
// head. Cells with places of their own are read column by column; in others
// the heads are counted.
func (l *lists) fit(lines []tableLine, width, n int) [][]cell {
	if len(lines) == 0 {
		return nil
	}
	if heads := l.below(lines, width, n); heads != nil {
		return heads
	}
	var all []cell
	hint := 0
	for _, line := range lines {
		before := len(all)
		all = l.withUnits(all, filled(line.cells))
		if hint = len(all) - before; hint == 0 {
			hint = -1
		}
	}
	if len(lines) == 1 || hint < 0 {
		hint = 0
	}
	return l.byCount(all, n, hint)
}

// below gives the columns of a table whose lines all have as many cells their
// heads. A head that spans columns stands over the first, and blanks follow it.
func (l *lists) below(lines []tableLine, width, n int) [][]cell {
	lines = cornered(lines, width)
	for _, line := range lines {
		if !line.fixed || len(line.cells) != width {
			return nil
		}
	}
	heads := make([][]cell, n)
	for j := range n {
		at := width - n + j
		for k, line := range lines {
			c := line.cells[at]
			if c.text == "" && k+1 < len(lines) && lines[k+1].cells[at].text != "" {
				for left := at - 1; left >= width-n && c.text == ""; left-- {
					c = line.cells[left]
				}
			}
			if c.text != "" {
				heads[j] = append(heads[j], c)
			}
		}
	}
	return heads
}

// cornered gives lines that begin with a pipe the blank cell before it, where
// they are one cell short of the width: their first cell was left blank.
func cornered(lines []tableLine, width int) []tableLine {
	out := append([]tableLine(nil), lines...)
	for i, line := range out {
		if line.fixed && len(line.cells) == width-1 && line.opened {
			out[i].cells = append([]cell{{Span: schema.Span{Start: line.Start, End: line.Start}}}, line.cells...)
		}
	}
	return out
}

// withUnits adds cells to those of a head. Units that stand in cells of their
// own go to what they are units of: one to the cell before it, a row of them
// to as many cells.
func (l *lists) withUnits(out, cells []cell) []cell {
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
	return out
}

// byCount gives n columns their heads from a list of them all. Hint is how
// many stand in the last line of the head, 0 where that is not known.
func (l *lists) byCount(all []cell, n, hint int) [][]cell {
	heads := l.withoutLabels(all)
	if len(heads) < n {
		heads = l.withoutLabels(l.parted(all))
	}
	switch extra := len(heads) - n; {
	case extra < 0:
		return nil
	case extra == 0:
		return singly(heads)
	case extra == 1 && len(heads) == len(all) && l.wholeRole(heads[0].text) == 0 && l.topic(heads[0].text):
		return singly(heads[1:]) // an unusual head of the names
	default:
		if out := l.storeyed(heads, n, hint); out != nil {
			return out
		}
		if half := len(heads) / 2; len(heads)%2 == 0 && half == n && heads[0].text == heads[half].text {
			return singly(heads[:half])
		}
		return singly(heads[extra:])
	}
}

func singly(heads []cell) [][]cell {
	out := make([][]cell, len(heads))
	for i := range heads {
		out[i] = heads[i : i+1]
	}
	return out
}

// withoutLabels drops the heads of names, units and row numbers at the start,
// and of remarks at the end.
func (l *lists) withoutLabels(heads []cell) []cell {
	for len(heads) > 0 && l.wholeRole(heads[0].text)&roleLabels != 0 {
		heads = heads[1:]
	}
	return heads
}

// topic reports whether a head tells neither a time nor a measure.
func (l *lists) topic(s string) bool {
	h := l.readHead(s)
	return h.roles == 0 && !h.time.said() && h.unit == ""
}

// parted parts heads that were run together: 2016年2006年, 指标单位2023年增长%.
func (l *lists) parted(heads []cell) []cell {
	var out []cell
	for _, h := range heads {
		out = append(out, l.partedHead(h)...)
	}
	return out
}

func (l *lists) partedHead(h cell) (out []cell) {
	start, told := 0, false // whether the head in hand has its time or role
	for i := 0; i < len(h.text); {
		role, n := l.tabular.first(h.text[i:])
		p, k := l.when(h.text[i:])
		begins := k > n && p.said() || role&(roleLabels|roleTells|roleTimes|roleTarget) != 0
		if begins && told && i > start {
			out = append(out, h.part(start, i))
			start = i
		}
		if begins {
			told = true
		}
		if step := max(n, k); step > 0 {
			i += step
			continue
		}
		i += len(string(firstRune(h.text[i:])))
	}
	return append(out, h.part(start, len(h.text)))
}

// runTogether reports whether a cell is several heads and nothing else.
func (l *lists) runTogether(c cell) bool {
	parts := l.partedHead(c)
	for _, p := range parts {
		if rest := l.readHead(p.text).rest; utf8.RuneCountInString(rest) > 4 {
			return false
		}
	}
	return len(parts) > 1
}

// part is a piece of a cell.
func (c cell) part(start, end int) cell {
	if len(c.text) == c.Len() {
		c.Start, c.End = c.Start+start, c.Start+end
	}
	c.text = c.text[start:end]
	return c
}

// storeyed finds which of the heads stand over which, where there are more
// heads than columns: each of the heads too many spans several below it.
func (l *lists) storeyed(heads []cell, n, hint int) [][]cell {
	spanning := len(heads) - n
	for lower := n; lower >= 2*spanning; lower-- {
		upper := len(heads) - lower
		if upper < spanning || hint > 0 && lower != hint {
			continue
		}
		if groups := l.groups(heads[upper:], spanning, hint > 0); groups != nil {
			return l.spread(heads[:upper], groups)
		}
	}
	if hint > 0 {
		return l.storeyed(heads, n, 0)
	}
	return nil
}

// groups parts the lower heads into k groups: each begins as the first does,
// or all have the same length where it is sure that they are the lower ones.
func (l *lists) groups(lower []cell, k int, sure bool) (out [][]cell) {
	if k == 1 {
		if !sure && len(lower) > 2 && l.yearly(lower[len(lower)-1]) && l.yearly(lower[len(lower)-2]) && !l.yearly(lower[0]) {
			return nil // 人口 | 比重 over 2020年 | 2010年
		}
		for _, c := range lower {
			if !sure && l.topic(c.text) {
				return nil
			}
		}
		return [][]cell{lower}
	}
	start := 0
	for i := 1; i <= len(lower); i++ {
		if i == len(lower) || lower[i].text == lower[0].text {
			out = append(out, lower[start:i])
			start = i
		}
	}
	if len(out) == k {
		return out
	}
	if !sure || len(lower)%k != 0 {
		return nil
	}
	out = out[:0]
	for size := len(lower) / k; len(lower) > 0; lower = lower[size:] {
		out = append(out, lower[:size])
	}
	return out
}

// yearly reports whether a head is a year and nothing else.
func (l *lists) yearly(c cell) bool {
	h := l.readHead(c.text)
	return h.time.year > 0 && h.roles == 0 && h.rest == ""
}

// farYears reports whether heads are years that lie far apart, as those of
// censuses do.
func (l *lists) farYears(heads []cell) bool {
	first, last := 0, 0
	for _, c := range heads {
		year := l.readHead(c.text).time.year
		if year == 0 {
			return false
		}
		if first == 0 {
			first = year
		}
		last = year
	}
	return max(first-last, last-first) >= 5
}

// spread puts the groups of lower heads below the upper ones that span them.
// The others have a column each: those that tell a growth or rank first.
func (l *lists) spread(upper []cell, groups [][]cell) (out [][]cell) {
	alone := make([]bool, len(upper))
	left := len(upper) - len(groups)
	if len(groups) == 1 && l.farYears(groups[0]) {
		for i, u := range upper { // shares are compared over the years of two censuses
			if share := l.readHead(u.text).roles&roleShare != 0; !share && left > 0 && !strings.Contains(u.text, "比重") {
				alone[i] = true
				left--
			}
		}
	}
	for _, roles := range []headRole{roleGrowth | roleChange | roleRank | roleYearly | roleDone, roleTells, ^headRole(0), 0} {
		for i, u := range upper {
			if left > 0 && !alone[i] && (roles == 0 || l.readHead(u.text).roles&roles != 0) {
				alone[i] = true
				left--
			}
		}
	}
	for i, u := range upper {
		if alone[i] {
			out = append(out, []cell{u})
			continue
		}
		for _, c := range groups[0] {
			out = append(out, []cell{u, c})
		}
		groups = groups[1:]
	}
	return out
}
