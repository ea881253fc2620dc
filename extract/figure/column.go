package figure

import (
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/districtkg/districtkg/schema"
)

// A column is what the head of a table says of the numbers below it.
type column struct {
	measure schema.Measure
	name    string // measured thing, where the head names one: 产量
	unit    string // with its scale: 万元
	period  string
	drop    bool
}

// grid makes figures of the cells of a table.
func (r *reader) grid(g grid) {
	columns := r.columns(g)
	if columns == nil {
		return
	}
	title := r.titleMeasure(g.caption)
	r.passage.parent, r.passage.levels = "", r.passage.levels[:0]
	for _, cells := range g.rows {
		name, units, numbers, ok := r.dataRow(cells)
		if !ok {
			continue
		}
		r.row(g, columns, title, name, units, numbers)
	}
}

// columns reads the head of a table, without its column of names and that of
// units. It returns nil where no head tells what is below it.
func (r *reader) columns(g grid) []column {
	_, units, numbers, _ := r.dataRow(longest(g.rows))
	heads := g.header
	if half := len(heads) / 2; len(heads)%2 == 0 && half > len(numbers) && heads[0].text == heads[half].text {
		heads = heads[:half] // two tables beside each other
	}
	if n := len(numbers); len(heads) > n {
		heads = heads[len(heads)-n:]
	} else if len(heads) < n {
		return nil
	}
	common := r.captionUnit(g.caption)
	var out []column
	told, named := len(units) > 0, ""
	for _, h := range heads {
		c := r.column(h.text, common)
		told = told || c.unit != "" || c.measure != schema.Level
		if c.measure == schema.Level && c.unit != "%" {
			named = c.name
		} else if c.measure == schema.Growth && c.name == "" {
			c.name = named
		}
		out = append(out, c)
	}
	for _, row := range g.rows { // units may stand in the names of the rows: 常住人口（万人）
		_, unit := r.parenthesised(row[0].text)
		told = told || unit != ""
	}
	if !told {
		return nil
	}
	return out
}

// longest returns the row with the most cells, the first of them.
func longest(rows [][]cell) []cell {
	row := rows[0]
	for _, r := range rows[1:] {
		if len(r) > len(row) {
			row = r
		}
	}
	return row
}

// column reads the head of one column.
func (r *reader) column(head, common string) column {
	name, unit := r.parenthesised(strings.ReplaceAll(head, " ", ""))
	c := column{measure: schema.Level, unit: unit, period: ""}
	if y := yearIn(name); y > 0 {
		c.period = yearString(y)
	}
	switch {
	case hasAny(name, "位次", "排名", "排位", "名次"):
		c.measure, c.unit = schema.Rank, ""
	case hasAny(name, "比重", "占比", "构成", "结构"):
		c.unit, c.name = "%", "占比"
	case hasAny(name, "增加额", "增减额", "增减量", "净增"):
		c.measure = schema.Change
	case hasAny(name, "增长", "±", "同比", "增速", "增幅", "比上年", "增减", "比去年", "较上年", "升降", "上年同期", "幅度", "涨跌", "为上年"):
		c.measure, c.unit = schema.Growth, "%"
		c.drop = hasAny(name, "为上年")
	case hasAny(name, "序号", "编码", "代码", "备注"):
		c.drop = true
	default:
		c.name = r.headName(name)
		if c.unit == "" {
			c.unit = common
		}
	}
	if c.measure == schema.Growth {
		c.period = ""
	}
	return c
}

// headName is what a head names as measured: 产量 of 产量（吨）. Heads such as
// 绝对额 and 2020年 name nothing.
func (r *reader) headName(s string) string {
	s = strings.Trim(s, "：: ")
	if _, n := r.when(s); n > 0 {
		s = s[n:]
	}
	for _, w := range []string{"绝对", "金额", "数额", "总量", "数值", "指标", "本年", "实绩", "完成", "全年", "本期", "累计", "实际", "合计", "总计", "当年", "单位", "年", "数量", "1-", "1—", "本月", "项目", "名称"} {
		if strings.HasPrefix(s, w) {
			return ""
		}
	}
	if k := utf8.RuneCountInString(s); k > 12 || k < 2 {
		return ""
	}
	return s
}

// parenthesised takes a unit in brackets off a name: 产量（吨）.
func (l *lists) parenthesised(s string) (name, unit string) {
	for _, pair := range [][2]string{{"(", ")"}, {"（", "）"}, {"[", "]"}} {
		i := strings.LastIndex(s, pair[0])
		if i < 0 {
			continue
		}
		inside, rest, ok := strings.Cut(s[i+len(pair[0]):], pair[1])
		inside = strings.TrimPrefix(strings.TrimSpace(inside), "±")
		if ok && l.unitWord(inside) {
			return s[:i] + rest, inside
		}
	}
	if i := strings.LastIndexAny(s, "/／"); i > 0 && l.unitWord(strings.TrimLeft(s[i:], "/／")) {
		return s[:i], strings.TrimLeft(s[i:], "/／")
	}
	if rest, ok := strings.CutSuffix(s, "%"); ok {
		return rest, "%"
	}
	return s, ""
}

// unitWord reports whether s is a unit with an optional scale.
func (l *lists) unitWord(s string) bool {
	if s == "" || strings.ContainsAny(s[:1], "0123456789.,-") {
		return false
	}
	q, ok := l.quantity("1"+s, 0, "")
	return ok && s != "" && q.kind != kindNone && q.End == len(s)+1
}

// captionUnit reads 单位：万元 above a table.
func (r *reader) captionUnit(caption string) string {
	_, after, ok := strings.Cut(strings.ReplaceAll(caption, "计量单位", "单位"), "单位")
	if !ok {
		_, unit := r.parenthesised(strings.TrimSpace(caption))
		return unit
	}
	after = strings.Trim(after, " :：)）")
	if i := strings.IndexAny(after, " 、,，"); i > 0 {
		after = after[:i]
	}
	if r.unitWord(after) {
		return after
	}
	return ""
}

// titleMeasure is what a caption says that the rows have: of 农林牧渔业总产值及
// 其增长速度 it is 总产值.
func (r *reader) titleMeasure(caption string) string {
	for _, w := range []string{"及其增长", "及增长", "及其增速", "及增速", "情况", "及其构成", "完成情况", "构成", "项目", "单位", "表"} {
		i := strings.LastIndex(caption, w)
		if i <= 0 {
			continue
		}
		if head, _ := r.headOf(strings.TrimRight(caption[:i], "及其和数")); head != "" && !countedHead(head) {
			return head
		}
	}
	head, _ := r.headOf(strings.TrimRight(strings.TrimSpace(caption), "。：: "))
	return head
}

// A tableRow is a row as it is read: what it is called, and what its level was
// found to be, which holds of its growth and share too.
type tableRow struct {
	label string
	unit  string // "" where the columns tell it
	place string // the entity that the row is about, "" for the document's subject
	name  cell
	whole string
	level int // figure of the level, -1 before it is read
}

// row makes figures of one row.
func (r *reader) row(g grid, columns []column, title string, name cell, units, numbers []cell) {
	label, unit := r.parenthesised(rowName(name.text))
	if len(units) > 0 {
		unit = units[0].text
	}
	label = r.trimLead(strings.Trim(label, "：:、 "))
	if label == "" || yearLike(label) {
		return
	}
	row := tableRow{label: label, unit: unit, place: r.placeOf(name), name: name, level: -1}
	for i, c := range numbers {
		if i < len(columns) && !columns[i].drop {
			r.rowCell(g, &row, columns[i], title, c)
		}
	}
}

// placeOf returns the division that a row is about, or "".
func (r *reader) placeOf(name cell) string {
	h := r.mentionAt(name.Start, name.End)
	if h == nil || h.Span != name.Span || h.class != schema.Division || h.id == r.subject || r.contains(h.name) {
		return ""
	}
	return h.id
}

// rowCell makes a figure of one number of a row.
func (r *reader) rowCell(g grid, row *tableRow, col column, title string, c cell) {
	if row.unit != "" && col.measure == schema.Level {
		col.unit = row.unit
	}
	if col.name == "占比" {
		col.unit = "%"
	}
	indicator := row.indicator(r.rowIndicator(row.label, col, title), title, col)
	at := r.tabled(g, col, indicator, row.place, c, row.name, row.level)
	if col.measure != schema.Level {
		return
	}
	if row.level < 0 {
		row.level = at
	}
	if head, _ := r.headOf(row.label); head != "" && col.name == "" {
		r.passage.parent, r.passage.unit = indicator, col.unit
	}
}

// indicator is what a column measures of the row, given what the column and
// the row's own words make of it.
func (row *tableRow) indicator(worded, title string, col column) string {
	if row.place != "" {
		if worded = strings.TrimPrefix(worded, row.label); worded == "" {
			worded = title
		}
	}
	switch {
	case row.whole == "" && col.measure == schema.Level && col.name != "占比":
		row.whole = worded
	case row.whole != "" && col.measure != schema.Level:
		return row.whole
	case row.whole != "" && col.name == "占比":
		return row.whole + col.name
	}
	return worded
}

func yearLike(s string) bool { y, n := yearAt(s); return y > 0 && n >= len(s)-len("年") }

// rowName is the name of a row without marks of its depth: #种植业, 其中：城镇, 一、.
func rowName(s string) string {
	s = strings.NewReplacer(" ", "", "\u3000", "", "\u00a0", "").Replace(s)
	s = strings.TrimLeft(s, "#*·•-—　")
	for _, w := range []string{"其中：", "其中:", "其中，", "其中"} {
		s = strings.TrimPrefix(s, w)
	}
	for _, mark := range []string{"、", ".", "．", "）", ")"} {
		if i := strings.Index(s, mark); i > 0 && i <= 6 && strings.Trim(s[:i], "一二三四五六七八九十0123456789（(") == "" {
			return s[i+len(mark):]
		}
	}
	return s
}

// rowIndicator completes the name of a row with what its column or the
// caption measures.
func (r *reader) rowIndicator(label string, c column, title string) string {
	measure := c.name
	if parent := r.passage.parent; qualifier(label) && parent != "" && c.name == "" {
		return label + r.unqualified(parent)
	}
	if measure == "" {
		measure = title
	}
	if measure == "" && c.unit == r.passage.unit { // 农林牧渔业总产值, then 农业
		measure, _ = r.headOf(r.passage.parent)
	}
	if strings.HasSuffix(measure, "生产总值") || strings.EqualFold(measure, "gdp") {
		measure = "增加值"
	}
	head, _ := r.headOf(label)
	if measure == "" || strings.HasSuffix(label, measure) || strings.HasSuffix(label, "量") || head != "" && !countedHead(head) && c.name == "" {
		return label
	}
	if c.name == "" && head != "" {
		return label
	}
	return label + measure
}

// tabled makes a figure of one cell.
func (r *reader) tabled(g grid, c column, name, place string, value, label cell, level int) int {
	q, op, ok := r.cellValue(value)
	if !ok {
		return -1
	}
	f := find{name: name, measure: c.measure, rule: "table", period: c.period, about: place}
	switch {
	case op.measure != "" && op.measure != schema.Level: // 下降0.2个百分点
		f.measure, f.sign = op.measure, op.sign
	case c.measure == schema.Rank:
		q.unit = ""
	case q.kind == kindNone:
		by, ok := r.quantity("1"+c.unit, 0, "")
		if !ok || by.kind == kindNone {
			return -1
		}
		q.value = q.value.Mul(by.value)
		q.high, q.unit, q.kind = q.value, by.unit, by.kind
	}
	if q.value.GreaterThan(decimal.New(1, 16)) {
		return -1
	}
	row := clause{Span: schema.Span{Start: label.Start, End: value.End}, text: r.doc.Text}
	when := r.section.period
	if y := yearIn(g.caption); y > 0 {
		when = period{year: y}
	}
	r.passage.about, r.passage.lastFig = about{}, level
	return r.add(&row, &numbered{quantity: q, when: when}, f)
}

func yearString(y int) string { return decimal.NewFromInt(int64(y)).String() }
