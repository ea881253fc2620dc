package figure

import (
	"strings"
	"unicode/utf8"

	"github.com/districtkg/districtkg/schema"
)

// A column is what the head of a table says of the numbers below it.
type column struct {
	measure schema.Measure
	name    string // the thing measured, where the head names one: 产量
	suffix  string // what of it: 占比, 完成率, 年度目标
	unit    string // with its scale: 万元
	period  string
	status  schema.Status
	about   string // the entity that the column is about, "" for none
	index   bool   // an index number, which has no unit
	drop    bool
	heir    bool // it tells of the column before it: growth, rank, share
	perYear bool // a growth per year
	differs bool // 增减: it may as well be a change as a growth
}

// columns reads what stands over each column.
func (r *reader) columns(g *grid) []column {
	var out []column
	for _, storeys := range g.heads {
		out = append(out, r.column(storeys, g))
	}
	r.inherit(out)
	r.periods(out, g.facts.period)
	return out
}

// column reads the storeys over one column.
func (r *reader) column(storeys []cell, g *grid) column {
	h := r.readHead(joinedStoreys(storeys))
	c := column{measure: schema.Level, name: r.headName(h.rest), unit: h.unit, period: r.columnTime(h, g.facts.period)}
	r.columnPlace(&c, storeys)
	r.measured(&c, h)
	if c.measure == schema.Level && c.unit == "" && !c.index {
		c.unit, c.index = g.facts.levelUnit(c.name), g.facts.index
		if g.facts.growth && (c.unit == "%" || c.unit == "") {
			c.measure, c.unit = schema.Growth, "%"
		} else if g.facts.share && c.suffix == "" && c.name == "" {
			c.suffix = "占比"
		}
	}
	c.differs = c.differs && !g.facts.percent()
	return c
}

// joinedStoreys is a head as one phrase: of 人口 over 男 it is 男人口.
func joinedStoreys(storeys []cell) (words string) {
	for i, s := range storeys {
		if text := tidyHead(s.text); i > 0 && qualifier(text) {
			words = qualified(text, words)
		} else {
			words += text
		}
	}
	return words
}

// columnPlace takes note of the place that a head names: 汨罗市, 全县.
func (r *reader) columnPlace(c *column, storeys []cell) {
	for _, s := range storeys {
		text := tidyHead(s.text)
		whole, known := r.wholePlace(text)
		if id := r.entityAt(s); id != "" || whole || r.isSubject(s) {
			c.name = r.headName(strings.Replace(c.name, text, "", 1))
			c.about, c.drop = id, whole && !known
			if whole {
				c.about = r.above(text)
			}
		}
	}
}

// measured tells what a column measures from the words of its head.
func (r *reader) measured(c *column, h headReading) {
	has := func(role headRole) bool { return h.roles&role != 0 }
	percent := h.unit == "" || h.unit == "%" || h.unit == "‰"
	switch {
	case has(roleLabels):
		c.drop = true
	case has(roleRank):
		c.measure, c.unit, c.heir = schema.Rank, "", true
		if whole, _ := r.wholePlace(strings.TrimPrefix(c.name, "在")); whole { // where it ranks
			c.name, c.drop, c.about = "", false, ""
		}
	case has(roleDone):
		c.suffix, c.unit, c.heir = h.word, "%", true
	case has(roleIndex):
		c.index, c.unit = true, ""
	case has(rolePast):
		c.suffix, c.unit, c.heir = h.word, "%", true
	case has(roleShare) && has(roleGrowth|roleChange):
		c.measure, c.suffix, c.unit, c.heir = schema.Change, "占比", "个百分点", true
	case has(roleShare):
		c.suffix, c.name, c.unit, c.heir = "占比", strings.TrimPrefix(c.name, "所"), "%", true
		if strings.HasPrefix(c.name, "占") {
			c.suffix, c.name = c.name+"比重", ""
		}
	case has(roleChange) || has(roleGrowth) && !percent:
		c.measure, c.heir = schema.Change, true
		if strings.HasSuffix(h.unit, "百分点") || has(rolePoints) {
			c.unit = "个百分点"
		}
	case has(roleGrowth | roleYearly):
		c.measure, c.unit, c.heir, c.perYear = schema.Growth, "%", true, has(roleYearly)
		c.differs = has(roleDiffer) && h.unit == ""
	case has(roleTarget | roleGoal):
		c.status, c.suffix = schema.Target, h.word
	}
}

// columnTime is the period that a head tells, "" where it tells none.
func (r *reader) columnTime(h headReading, own string) string {
	year := yearOf(own)
	switch {
	case h.roles&(roleTarget|roleGoal) != 0 && h.roles&roleDone == 0 && year > 0 && h.time.year == 0:
		return yearString(year)
	case h.time.said():
		return h.time.resolve(own)
	case h.roles&roleLast != 0:
		return yearBefore(own)
	case h.roles&roleMonth != 0:
		return lastMonth(own)
	}
	return ""
}

// inherit gives a column that tells of the one before it that one's name.
func (r *reader) inherit(columns []column) {
	for i := 1; i < len(columns); i++ {
		c, before := &columns[i], columns[i-1]
		switch {
		case before.drop:
		case c.heir && c.name == "":
			c.name = before.name
		case qualifier(c.name) && before.name != "" && !qualifier(before.name): // 人口 男 女
			c.name = qualified(c.name, r.withoutQualifier(before.name))
		}
	}
}

// periods gives the columns that tell no time theirs: a growth or rank is of
// the latest time of the levels right before it, a growth per year of the span
// between the first and the last.
func (r *reader) periods(columns []column, own string) {
	latest, first, last, fresh := "", 0, 0, true
	for i := range columns {
		c := &columns[i]
		if c.drop {
			continue
		}
		if !c.heir {
			if fresh {
				latest, fresh = "", false
			}
			if c.period == "" {
				c.period = own
			}
			if c.status != schema.Target && (latest == "" || yearOf(c.period) >= yearOf(latest)) {
				latest = c.period
			}
			continue
		}
		fresh = true
		if c.period == "" {
			c.period = latest
		}
		if c.period == "" {
			c.period = own
		}
	}
	for i := range columns {
		if y := yearOf(columns[i].period); y > 0 && !columns[i].heir {
			if first == 0 || y < first {
				first = y
			}
			last = max(last, y)
		}
	}
	r.yearly(columns, first, last)
}

// yearly gives the growths per year their span: that of the plan which the
// document is, where it begins in the year after the first.
func (r *reader) yearly(columns []column, first, last int) {
	span := yearString(first) + ".." + yearString(last)
	if plan := yearString(first+1) + ".." + yearString(last); r.calendar.own == plan {
		span = plan
	}
	for i := range columns {
		if columns[i].perYear && first < last {
			columns[i].period = span
		}
	}
}

// withoutQualifier takes a qualifier off the start of a name that has a noun of
// measuring behind it: 男性|人口.
func (r *reader) withoutQualifier(name string) string {
	for _, q := range qualifiers {
		if rest, ok := strings.CutPrefix(name, q); ok {
			if head, _ := r.headOf(rest); head != "" {
				return rest
			}
		}
	}
	return name
}

// qualified puts a qualifier before a name.
func qualified(by, name string) string {
	if by == "男" || by == "女" {
		by += "性"
	}
	return by + name
}

// headName is what a head names as measured. One character names nothing.
func (r *reader) headName(s string) string {
	if k := utf8.RuneCountInString(s); k > 16 || k < 2 && !qualifier(s) {
		return ""
	}
	return s
}

// yearBefore is the same part of the year before.
func yearBefore(own string) string {
	year := yearOf(own)
	if year == 0 {
		return ""
	}
	return strings.ReplaceAll(own, yearString(year), yearString(year-1))
}

// lastMonth is the last month of a period.
func lastMonth(own string) string {
	year := yearOf(own)
	_, part, ok := strings.Cut(own, "-")
	if year == 0 {
		return ""
	}
	if !ok {
		return yearString(year) + "-12"
	}
	if i := strings.LastIndex(own, "-"); strings.Contains(own, "..") && !strings.HasPrefix(part, "Q") {
		return yearString(year) + own[i:]
	}
	if len(part) == len("06") {
		if _, n := digitsAt(part, 2); n == 2 {
			return own
		}
	}
	if day := pointOf(year, part); len(day) == len("2023-06-30") {
		return day[:len("2023-06")]
	}
	return own
}
