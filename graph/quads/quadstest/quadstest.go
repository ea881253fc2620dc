// Package quadstest makes documents with facts in them for tests and
// benchmarks of the graph: districts with enterprises, agencies, projects and
// yearly figures, all of them invented, each with its place in a text that says
// so. The same numbers in give the same facts out.
package quadstest

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/districtkg/districtkg/schema"
)

// A Size says how much a document holds.
type Size struct {
	Enterprises int // each settles in the district, and half of them have a project
	Figures     int // levels; each has a growth that belongs to it
}

// Small is enough for every shape of quad to occur.
var Small = Size{Enterprises: 4, Figures: 6}

// Bulletin returns the facts of an invented bulletin of one district and year.
// Districts differ in code, from 220102 on; those of one hundred share a city.
func Bulletin(district, year int, size Size) *schema.Facts {
	w := &writer{text: new(strings.Builder), original: new(strings.Builder), offsets: schema.NewOffsetMap(), year: year}
	code := 220102 + district
	city := w.entity(schema.Entity{Class: schema.Division, Name: fmt.Sprintf("第%d市", code/100), Code: fmt.Sprint(code / 100 * 100)})
	w.district = w.entity(schema.Entity{Class: schema.Division, Name: fmt.Sprintf("第%d区", code), Code: fmt.Sprint(code)})
	w.heading(city)
	for i := range size.Enterprises {
		w.enterprise(i, city)
	}
	for i := range size.Figures {
		w.figure(i)
	}
	return w.facts()
}

// A writer composes a text and remembers what it says where.
type writer struct {
	text, original *strings.Builder
	offsets        *schema.OffsetMap
	year, district int // district is an index into entities
	title          schema.Span
	entities       []schema.Entity
	relations      []schema.Relation
	figures        []schema.Figure
	warnings       []schema.Warning
}

func (w *writer) entity(e schema.Entity) int {
	e.ID = fmt.Sprintf("e%d", len(w.entities)+1)
	w.entities = append(w.entities, e)
	return len(w.entities) - 1
}

// say appends words and returns where they are.
func (w *writer) say(words string) schema.Span {
	start := w.text.Len()
	w.offsets.Append(start, w.original.Len(), len(words))
	w.text.WriteString(words)
	w.original.WriteString(words)
	return schema.Span{Start: start, End: w.text.Len()}
}

// broken is say with a line break in the original after the first character.
func (w *writer) broken(words string) schema.Span {
	_, width := strings.CutPrefix(words, "第")
	if !width {
		return w.say(words)
	}
	start := w.say("第").Start
	at := w.original.Len()
	w.original.WriteString("\n")
	w.warnings = append(w.warnings, schema.Warning{Kind: "hard_wrap", Span: schema.Span{Start: at, End: at + 1}, Message: "line break within a word"})
	return schema.Span{Start: start, End: w.say(strings.TrimPrefix(words, "第")).End}
}

// name says the name of an entity.
func (w *writer) name(i int) schema.Span {
	e := &w.entities[i]
	s := w.say(e.Name)
	e.Mentions = append(e.Mentions, schema.Mention{Span: s, Class: e.Class, Name: e.Name, Code: e.Code, Rule: "gazetteer"})
	return s
}

func (w *writer) heading(city int) {
	w.title = w.name(city)
	w.name(w.district)
	w.title.End = w.say(fmt.Sprintf("%d年国民经济和社会发展统计公报", w.year)).End
	w.say("\n")
	w.relations = append(w.relations, schema.Relation{Subject: w.entities[w.district].ID, Predicate: schema.PartOf,
		Object: w.entities[city].ID, Rule: "hierarchy", Evidence: w.title})
}

func (w *writer) enterprise(i, city int) {
	code := w.entities[city].Code
	start := w.text.Len()
	x := w.entity(schema.Entity{Class: schema.Enterprise, Name: fmt.Sprintf("“启明%d”生物<药业>", i), Aliases: []string{fmt.Sprintf("启明%d", i), "QM"}, Scope: code[:4]})
	s := w.broken("第" + fmt.Sprint(i+1) + "季度，")
	w.name(x)
	trigger := w.say("落户")
	w.name(w.district)
	end := w.say("。").End
	evidence := schema.Span{Start: start, End: end}
	evidence.Start = min(evidence.Start, s.Start)
	w.relate(x, schema.SettledIn, w.district, trigger, evidence)
	w.relate(x, schema.LocatedIn, w.district, trigger, evidence)
	if i%2 == 0 {
		w.project(i, x)
	}
}

func (w *writer) relate(s int, p schema.Predicate, o int, trigger, evidence schema.Span) {
	w.relations = append(w.relations, schema.Relation{Subject: w.entities[s].ID, Predicate: p, Object: w.entities[o].ID,
		Rule: "trigger-" + strings.ToLower(string(p)), Trigger: trigger, Evidence: evidence})
}

func (w *writer) project(i, builder int) {
	start := w.text.Len()
	p := w.entity(schema.Entity{Class: schema.Project, Name: fmt.Sprintf("%s老旧街区%d期改造工程", w.entities[w.district].Name, i), Scope: w.entities[w.district].Code})
	w.name(builder)
	trigger := w.say("开工建设")
	w.name(p)
	end := w.say("。\n").End - 1
	w.relate(builder, schema.Undertakes, p, trigger, schema.Span{Start: start, End: end})
}

// indicators are names of what the figures measure.
var indicators = [...]struct{ words, canonical, unit string }{
	{"地区生产总值", "gdp", "元"},
	{"社会消费品零售总额", "retail-sales", "元"},
	{"规模以上工业企业数", "", "家"},
	{"城镇新增就业", "new-jobs", "人"},
	{"绿化覆盖率", "", "%"},
}

func (w *writer) figure(i int) {
	ind := indicators[i%len(indicators)]
	words := ind.words
	if i >= len(indicators) {
		words = fmt.Sprintf("第%d类%s", i/len(indicators), ind.words)
		ind.canonical = ""
	}
	start := w.text.Len()
	w.say(fmt.Sprintf("%d年，%s完成", w.year, words))
	number := decimal.New(int64(1000+i*7919%100000+w.year), -2)
	level := w.say(number.String() + ind.unit)
	w.say("，比上年增长")
	rate := decimal.New(int64(i*37%300-100), -1)
	growth := w.say(rate.String() + "%")
	evidence := schema.Span{Start: start, End: w.say("。\n").End - 1}
	f := schema.Figure{ID: fmt.Sprintf("f%d", len(w.figures)+1), Subject: w.entities[w.district].ID, Indicator: words, Canonical: ind.canonical,
		Measure: schema.Level, Value: number, High: number, Unit: ind.unit, Period: fmt.Sprint(w.year), Status: schema.Actual, Bound: schema.Exact,
		Rule: "level", Span: level, Evidence: evidence}
	g := f
	g.ID, g.Of, g.Measure, g.Value, g.High = fmt.Sprintf("f%d", len(w.figures)+2), f.ID, schema.Growth, rate, rate.Add(decimal.NewFromInt(int64(i%2)))
	g.Unit, g.Span, g.Rule = "%", growth, "growth"
	w.figures = append(w.figures, f, g)
}

func (w *writer) facts() *schema.Facts {
	doc := &schema.Doc{Path: fmt.Sprintf("%s-%d.txt", w.entities[w.district].Code, w.year), Original: w.original.String(), Text: w.text.String(),
		Offsets: *w.offsets, Warnings: append(w.warnings, schema.Warning{Kind: "sample", Message: "an invented document"})}
	sum := sha256.Sum256([]byte(doc.Original))
	doc.SHA256 = hex.EncodeToString(sum[:])
	d := w.entities[w.district]
	doc.Identity = schema.Identity{Subject: d.Name, Code: d.Code, Kind: schema.StatisticalBulletin, Period: fmt.Sprint(w.year),
		Title: w.title.In(doc.Text), Date: fmt.Sprintf("%d-03-15", w.year+1), Publisher: d.Name + "统计局",
		Evidence: map[string]schema.Span{"title": w.title, "subject": d.Mentions[0].Span, "period": w.title}}
	return &schema.Facts{Doc: doc, SubjectID: d.ID, Entities: w.entities, Relations: w.relations, Figures: w.figures}
}
