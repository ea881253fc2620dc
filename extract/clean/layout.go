package clean

import (
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// kindFlattened is the kind of warning for line breaks that were lost.
const kindFlattened = "flattened_layout"

// layout brings back line breaks that were lost when a page was made one line:
// before headings that follow a full stop (…增长。 二、农业), where the indentation
// of a paragraph stands in the middle of a line, and between the rows of a table
// (| 行业 | 增长 | | 农业 | 3.9 |). Empty cells that pad a row go.
func layout(text string, ls []line) []edit {
	var out []edit
	for _, l := range ls {
		if full := strings.TrimRight(l.In(text), "| "); strings.HasSuffix(l.In(text), "||") && full != "" {
			out = append(out, edit{Span: schema.Span{Start: l.Start + len(full), End: l.End}, kind: kindFlattened, message: "left out: empty cells at the end of a line"})
			l.End = l.Start + len(full)
		}
		if l.width < longLine {
			continue
		}
		out = append(out, headings(text, l)...)
		out = append(out, paragraphs(text, l)...)
		out = append(out, flatTable(text, l)...)
	}
	return sorted(out)
}

// headings finds headings inside a line: 。 and space, then 二、 or （三）.
func headings(text string, l line) []edit {
	var out []edit
	for i := l.Start; ; {
		j := strings.Index(text[i:l.End], "。 ")
		if j < 0 {
			return out
		}
		at := i + j + len("。")
		i = at + 1
		rest := strings.TrimLeft(text[i:l.End], " ")
		if r := first(rest); marked(rest) && (strings.ContainsRune(chineseNumerals, r) || r == '（' || r == '(') {
			out = append(out, lineBreak(text, at))
		}
	}
}

// paragraphs finds indentations, of two wide spaces or four others, inside a
// line of running text.
func paragraphs(text string, l line) []edit {
	if barred(l.In(text)) || !chinesePunctuated(l.In(text)) {
		return nil
	}
	var out []edit
	for _, indentation := range []string{"　　", "    "} {
		for i := l.Start; ; {
			j := strings.Index(text[i:l.End], indentation)
			if j < 0 {
				break
			}
			gap := schema.Span{Start: i + j, End: i + j + len(indentation)}
			for gap.End < l.End && (text[gap.End] == ' ' || strings.HasPrefix(text[gap.End:], "　")) {
				gap.End += size(text[gap.End])
			}
			i = gap.End
			out = append(out, edit{Span: gap, with: "\n", kind: kindFlattened, message: "line break put back: " + around(text, gap, " ", "⏎")})
		}
	}
	return out
}

// lineBreak is an edit that makes a line break of the space at offset i.
func lineBreak(text string, i int) edit {
	gap := schema.Span{Start: i, End: i + 1}
	return edit{Span: gap, with: "\n", aligned: true, kind: kindFlattened, message: "line break put back: " + around(text, gap, " ", "⏎")}
}

// flatTable finds the rows of a table in a line. Rows border on each other with
// an empty cell between (| |); that they all have as many cells tells them from
// rows with a cell left empty.
func flatTable(text string, l line) []edit {
	body := l.In(text)
	start, end := strings.IndexByte(body, '|'), strings.LastIndexByte(body, '|')
	if start < 0 || strings.Count(body, "| |") == 0 {
		return nil
	}
	rows := strings.Split(body[start:end+1], "| |")
	columns := strings.Count(strings.Trim(rows[0], "| "), "|")
	for _, r := range rows {
		if columns < 1 || strings.Count(strings.Trim(r, "| "), "|") != columns {
			return nil
		}
	}
	var out []edit
	if start > 0 && body[start-1] == ' ' {
		out = append(out, lineBreak(text, l.Start+start-1))
	}
	at := start
	for _, r := range rows[:len(rows)-1] {
		at += len(r) + 1
		out = append(out, lineBreak(text, l.Start+at))
		at += 2
	}
	if end+1 < len(body) && body[end+1] == ' ' {
		out = append(out, lineBreak(text, l.Start+end+1))
	}
	return out
}
