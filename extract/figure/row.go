package figure

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/districtkg/districtkg/schema"
)

// readable reads the head and the caption of a table and reports whether they,
// or the rows, tell what the numbers are.
func (r *reader) readable(g *grid) bool {
	if len(g.rows) == 0 || len(g.heads) == 0 {
		return false
	}
	g.facts = r.captioned(g.caption)
	g.columns = r.columns(g)
	g.places = r.aboutPlaces(g)
	for _, c := range g.columns {
		if !c.drop && (c.unit != "" || c.measure != schema.Level || c.index || c.suffix != "" || unitOf(c.name) != "") {
			return true
		}
	}
	for _, row := range g.rows { // units may stand in the names of the rows: 常住人口（万人）
		if _, unit := r.parenthesised(row.name.text); row.unit != "" || unit != "" || r.united(row.values) {
			return true
		}
	}
	return false
}

// united reports whether a cell is a number with its unit.
func (l *lists) united(cells []cell) bool {
	return slices.ContainsFunc(cells, func(c cell) bool {
		q, _, ok := l.cellValue(c)
		return ok && q.unit != ""
	})
}

// grid makes figures of the cells of a table and reports whether it has any.
func (r *reader) grid(g *grid) bool {
	if !r.readable(g) {
		return false
	}
	before := len(r.figures)
	r.passage = passage{lastFig: -1}
	for _, row := range g.rows {
		r.row(g, row)
	}
	r.passage = passage{lastFig: -1}
	return len(r.figures) > before
}

// A tableRow is a row as it is read: what it is called, and what its level was
// found to be, which holds of its growth and share too.
type tableRow struct {
	gridRow
	label  string
	about  string // the entity that the row is about, "" for the document's subject
	whole  bool   // it is about all of its subject: the columns say what is measured
	thing  bool   // its subject is a thing, of which the title tells less than the columns
	period string // of a row that a time names
	growth bool   // its name says that its numbers are growths: 规上工业增加值增速
	rate   bool   // it is a rate, of which a growth is told in points
	level  string // the indicator of the level read last
	figure int    // and its figure, -1 for none
}

// row makes figures of one row.
func (r *reader) row(g *grid, from gridRow) {
	row, ok := r.tableRow(g, from)
	if !ok {
		return
	}
	for i, c := range row.values {
		if i < len(g.columns) && !g.columns[i].drop && c.text != "" {
			r.rowCell(g, &row, r.changed(g, row.values, i), c)
		}
	}
}

// changed returns column i, told to be of changes where its head may mean growths
// as well but its number is the difference of the two before it.
func (r *reader) changed(g *grid, values []cell, i int) column {
	col := g.columns[i]
	if !col.differs || i < 2 {
		return col
	}
	q, _, ok := r.cellValue(values[i])
	now, _, ok2 := r.cellValue(values[i-1])
	was, _, ok3 := r.cellValue(values[i-2])
	if ok && ok2 && ok3 && !q.value.IsZero() && q.value.Abs().Equal(now.value.Sub(was.value).Abs()) {
		col.measure, col.unit, col.differs = schema.Change, g.columns[i-1].unit, false
	}
	return col
}

// tableRow reads the label of a row; ok is false for one that names nothing, or
// a place beyond the document's that it does not name.
func (r *reader) tableRow(g *grid, from gridRow) (row tableRow, ok bool) {
	label, unit := r.parenthesised(rowName(from.name.text))
	row = tableRow{gridRow: from, figure: -1}
	if row.unit = strings.Trim(from.unit, "()（）"); row.unit == "" {
		row.unit = unit
	}
	if row.period = r.rowTime(label, g.facts.period); row.period != "" {
		row.whole = true
		return row, true
	}
	row.label = r.trimLead(strings.Trim(label, "：:、 "))
	switch whole, known := r.wholePlace(label); {
	case whole && !known:
		return row, false
	case whole || sum(label):
		row.whole, row.about = true, r.above(label)
		return row, true
	}
	if h := r.holderAt(labelCell(from.name)); h != nil {
		row.about, row.whole, row.thing = h.id, true, h.class != schema.Division && h.class != schema.Zone
		return row, true
	} else if r.isSubject(from.name) {
		row.whole = true
		return row, true
	}
	row.label = r.withoutTotal(row.label)
	r.regrown(g, &row)
	row.rated(r)
	return row, row.label != "" && strings.IndexFunc(row.label, func(c rune) bool { return c > 0x2E80 || asciiLetter(byte(c)) }) >= 0
}

// withoutTotal takes 合计 off the end of a label that names what it is the
// total of: 财政支出|合计.
func (r *reader) withoutTotal(label string) string {
	for _, w := range []string{"合计", "总计", "小计"} {
		if rest, ok := strings.CutSuffix(label, w); ok {
			if head, _ := r.headOf(rest); head != "" {
				return rest
			}
		}
	}
	return label
}

// rated takes note of what the name of a row says of its numbers.
func (row *tableRow) rated(r *reader) {
	for _, w := range []string{"增长速度", "增长率", "增速", "增幅", "增长"} {
		if rest, ok := strings.CutSuffix(row.label, w); ok && rest != "" && (row.unit == "" || row.unit == "%") && rest != "自然" {
			if !strings.HasSuffix(rest, "自然") {
				row.label, row.growth = rest, true
			}
			break
		}
	}
	if row.unit == "%" || row.unit == "‰" {
		row.rate = row.growth || strings.HasSuffix(row.label, "率") || strings.HasSuffix(row.label, "比重") || strings.HasSuffix(row.label, "占比")
	}
}

// rowTime is the period that a row is named by, "" for other rows.
func (r *reader) rowTime(label, own string) string {
	label = tidyHead(label)
	if y, n := yearAt(label); n > 0 && n == len(label) {
		return yearString(y)
	}
	if p, n := r.when(label); n > 0 && n == len(label) {
		return p.resolve(own)
	}
	if role := r.wholeRole(label); role&roleMonth != 0 {
		return lastMonth(own)
	} else if role&roleLast != 0 {
		return yearBefore(own)
	}
	return ""
}

// wholePlace reports whether a label means all of a division: 全县, 全 市; and
// whether the document tells which: its subject or one above it.
func (r *reader) wholePlace(label string) (whole, known bool) {
	kind, ok := strings.CutPrefix(strings.TrimSuffix(strings.TrimSuffix(tidyHead(label), "合计"), "总计"), "全")
	if !ok || utf8.RuneCountInString(kind) != 1 || !strings.Contains("区县市旗州省国盟镇乡", kind) {
		return false, false
	}
	subject := r.doc.Identity.Subject
	return true, subject == "" || subject == schema.Local || strings.HasSuffix(subject, kind) || r.above(label) != ""
}

// sum reports whether a label is that of the total of the rows.
func sum(label string) bool {
	switch tidyHead(label) {
	case "合计", "总计", "小计", "总数", "总量", "总":
		return true
	}
	return false
}

// above returns the entity above the document's subject that a label such as
// 全市 or 全省 means, "" where it means another or the text names none.
func (r *reader) above(label string) string {
	code := r.doc.Identity.Code
	kind := strings.TrimPrefix(tidyHead(label), "全")
	if len(code) < 6 || strings.HasSuffix(r.doc.Identity.Subject, kind) {
		return ""
	}
	switch kind {
	case "市", "州", "盟":
		return r.coded[code[:4]+"00"]
	case "省":
		return r.coded[code[:2]+"0000"]
	}
	return ""
}

// isSubject reports whether a label is the name of the document's subject.
func (r *reader) isSubject(name cell) bool {
	c := labelCell(name)
	h := r.mentionAt(c.Start, c.End)
	return h != nil && h.End == c.End && h.id == r.subject
}

// labelCell is the label of a row without the marks of its depth.
func labelCell(c cell) cell {
	rest := strings.TrimLeft(c.text, "#＃*·•-—　 ")
	rest = rest[ordinal(rest):]
	for _, w := range []string{"其中：", "其中:", "其中"} {
		rest = strings.TrimPrefix(rest, w)
	}
	if len(c.text) == c.Len() {
		c.Start += len(c.text) - len(rest)
	}
	c.text = rest
	return c
}

// aboutPlaces reports whether the rows of a table are places or other things
// that have figures of their own.
func (r *reader) aboutPlaces(g *grid) bool {
	for _, line := range g.lines {
		for _, c := range line.cells {
			if r.wholeRole(c.text)&rolePlace != 0 {
				return true
			}
		}
	}
	n := 0
	for _, row := range g.rows {
		if r.holderAt(labelCell(row.name)) != nil {
			n++
		}
	}
	return 2*n >= len(g.rows)
}

// rowCell makes a figure of one number of a row.
func (r *reader) rowCell(g *grid, row *tableRow, col column, c cell) {
	if col.measure == schema.Level && col.suffix == "" || col.status == schema.Target || col.measure == schema.Change && col.unit == "" {
		if row.unit != "" {
			col.unit = row.unit
		}
	}
	_, sum := summed(c.text)
	switch {
	case sum && col.measure == schema.Growth && (row.unit == "%" || row.unit == "‰"):
		col.measure, col.unit = schema.Change, "个百分点"
	case sum && col.measure == schema.Growth:
		col.measure, col.unit, col.heir = schema.Level, row.unit, false
	case row.growth && col.measure == schema.Level && col.suffix == "":
		col.measure, col.unit = schema.Growth, "%"
	case row.rate && col.measure == schema.Growth:
		col.measure, col.unit = schema.Change, "个百分点"
	case col.differs && row.unit != "" && row.unit != "%" && !strings.ContainsAny(c.text, ".．%％") && !missing(c.text):
		col.measure, col.unit = schema.Change, row.unit // 医疗机构 个 604 12
	}
	if row.period != "" && (col.period == g.facts.period || col.period == "") {
		col.period = row.period
	}
	name := r.cellName(g, row, col)
	if name == "" {
		return
	}
	at := r.tabled(g, row, col, name, c)
	if col.measure != schema.Level || col.suffix != "" {
		return
	}
	row.level, row.figure = name, at
	if head, _ := r.headOf(row.label); head != "" && !countedHead(head) && !strings.HasSuffix(head, "税") && col.name == "" {
		r.passage.parent, r.passage.unit = name, col.unit
	}
}

// cellName is the indicator of a cell.
func (r *reader) cellName(g *grid, row *tableRow, col column) string {
	base := ""
	switch {
	case row.whole:
		if base = r.wholeName(g, col); row.thing && col.name != "" {
			base = col.name
		}
	case row.level != "" && col.heir:
		base = row.level
	case col.about != "":
		base = row.label
	default:
		base = r.rowIndicator(row.label, col, g.facts.head)
	}
	if !row.whole && row.label != "" && g.places && col.about == "" { // a place that is no entity of the document
		base = row.label + r.wholeName(g, col)
	}
	if base == "" && col.suffix != "占比" {
		return ""
	}
	if col.suffix == "占比" {
		if base = strings.TrimSuffix(base, "数"); strings.HasSuffix(base, "比重") || strings.HasSuffix(base, "率") {
			return base
		}
	}
	return base + strings.TrimPrefix(col.suffix, base)
}

// wholeName is what a column measures of a place or at a time that the row names.
func (r *reader) wholeName(g *grid, col column) string {
	name, title := col.name, g.facts.title
	switch {
	case name == "":
		return title
	case title == "":
		return name
	case qualifier(name):
		return qualified(name, r.unqualified(title))
	}
	if head, bare := r.headOf(name); bare && head == name && !strings.Contains(title, name) {
		of, _ := r.headOf(title)
		return strings.TrimSuffix(title, of) + name
	}
	return name
}

// rowName is the name of a row without marks of its depth: #种植业, 其中：城镇, 一、.
func rowName(s string) string {
	s = strings.TrimLeft(tidyHead(s), "#＃*·•-—")
	s = s[ordinal(s):]
	for _, w := range []string{"其中：", "其中:", "其中，", "其中"} {
		s = strings.TrimPrefix(s, w)
	}
	return s[ordinal(s):]
}

// rowIndicator completes the name of a row with what its column or the
// caption measures.
func (r *reader) rowIndicator(label string, c column, title string) string {
	measure := c.name
	head, _ := r.headOf(label)
	if of, _ := r.headOf(measure); qualifier(measure) || measure != "" && of == "" && head != "" { // 城镇 over a column
		c.name = ""
		return qualified(measure, r.rowIndicator(label, c, title))
	}
	if parent := r.passage.parent; qualifier(label) && parent != "" && c.name == "" {
		return qualified(label, r.unqualified(parent))
	}
	if measure == "" {
		measure = title
	}
	if measure == "" && c.unit == r.passage.unit { // 农林牧渔业总产值, then 农业
		measure, _ = r.headOf(r.passage.parent)
	}
	for _, w := range []string{"支出", "收入"} { // 教育|支出 below 财政支出
		if strings.HasSuffix(measure, w) && c.name == "" {
			measure = w
		}
	}
	if strings.HasSuffix(measure, "价格指数") && !strings.HasSuffix(label, "指数") {
		return strings.TrimSuffix(label, "价格") + "价格指数"
	}
	if strings.HasSuffix(measure, "生产总值") || strings.EqualFold(measure, "gdp") {
		measure = "增加值"
	}
	if measure == "" || strings.HasSuffix(label, measure) || strings.HasSuffix(label, "量") || head != "" && !countedHead(head) && c.name == "" {
		return label
	}
	if c.name == "" && head != "" {
		return label
	}
	return overlapped(label, measure)
}

// overlapped puts two words together of which the first may end as the second
// begins: 商品零售, 零售总额.
func overlapped(a, b string) string {
	for i := range b {
		if i > 0 && strings.HasSuffix(a, b[:i]) && utf8.RuneCountInString(b[:i]) > 1 {
			return a + b[i:]
		}
	}
	return a + b
}

// unitOf is the unit of what is counted, where its name tells it: 户数, 人数.
func unitOf(name string) string {
	for _, w := range []struct{ end, unit string }{{"户数", "户"}, {"人数", "人"}, {"人口", "人"}, {"人次", "人次"}, {"家数", "家"}, {"个数", "个"}} {
		if strings.HasSuffix(name, w.end) {
			return w.unit
		}
	}
	return ""
}

// tabled makes a figure of one cell.
func (r *reader) tabled(g *grid, row *tableRow, col column, name string, value cell) int {
	q, op, ok := r.cellValue(value)
	if place := position(value.text); place > 0 && col.measure == schema.Rank {
		q, ok = quantity{Span: value.Span, value: decimal.NewFromInt(int64(place))}, true
		q.high = q.value
	}
	if !ok {
		return -1
	}
	f := find{name: name, measure: col.measure, rule: "table", period: col.period, about: row.about}
	if f.about == "" {
		f.about = col.about
	}
	_, f.bound = limit(value.text)
	switch {
	case op.measure != "" && op.measure != schema.Level: // 下降0.2个百分点
		f.measure, f.sign = op.measure, op.sign
	case col.measure == schema.Rank:
		q.unit = ""
	case q.kind == kindNone && !r.inUnit(&q, col, name):
		return -1
	}
	if q.value.GreaterThan(decimal.New(1, 16)) {
		return -1
	}
	at := clause{Span: schema.Span{Start: min(row.name.Start, value.Start), End: value.End}, text: r.doc.Text}
	r.passage.about, r.passage.lastFig, r.passage.status = about{}, row.figure, col.status
	return r.add(&at, &numbered{quantity: q, when: r.section.period}, f)
}

// inUnit gives a number the unit of its column, or the one that its name
// tells. An index or rate that is known to have none keeps none.
func (r *reader) inUnit(q *quantity, col column, name string) bool {
	unit := col.unit
	if unit == "" && !col.index {
		unit = unitOf(name)
	}
	if unit == "" {
		x, known := r.named(name)
		return col.index || strings.HasSuffix(name, "指数") || strings.HasSuffix(name, "系数") || known && (x.kind == kindRate || x.kind == kindScore)
	}
	by, ok := r.quantity("1"+unit, 0, "")
	if !ok || by.kind == kindNone {
		return false
	}
	q.value = q.value.Mul(by.value)
	q.high, q.unit, q.kind = q.value, by.unit, by.kind
	return true
}

func yearString(y int) string { return decimal.NewFromInt(int64(y)).String() }
