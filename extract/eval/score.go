// Package eval measures extraction against gold annotation: precision, recall
// and F1 of entities, relations and figures, by class, predicate, slot and
// document.
//
// In go gold files and what was extracted, as lines of the JSON contract; out
// comes a Report. A record of the gold and a find are matched one to one, the
// first that fits. Finds that fall on optional records, and figures said again,
// count as neither right nor wrong; an entity or relation said again is wrong.
package eval

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/districtkg/districtkg/extract"
	"github.com/districtkg/districtkg/schema"
)

// A Tally counts how a kind of find fared.
type Tally struct {
	Right    int // finds that the gold has
	Extra    int // finds that it has not
	Missed   int // records that were not found
	Optional int // finds on optional records or said again
}

// Precision returns the share of finds that are right, 0 where there are none.
func (t Tally) Precision() float64 { return share(t.Right, t.Right+t.Extra) }

// Recall returns the share of records that were found, 0 where there are none.
func (t Tally) Recall() float64 { return share(t.Right, t.Right+t.Missed) }

// F1 returns the harmonic mean of precision and recall.
func (t Tally) F1() float64 {
	p, r := t.Precision(), t.Recall()
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

func (t *Tally) add(u Tally) {
	t.Right += u.Right
	t.Extra += u.Extra
	t.Missed += u.Missed
	t.Optional += u.Optional
}

// A Row is the tally of something by its name.
type Row struct {
	Name string
	Tally
}

// A Ratio tells how many of the documents have a slot of their identity right.
type Ratio struct {
	Name       string
	Right, All int
}

// A Document is the scores of one document, and its errors.
type Document struct {
	Name   string
	Rows   []Row // as Report.Rows
	Errors []Errors
}

// Errors is what one level of a document got wrong.
type Errors struct {
	Level           string
	Missed, Surplus []string // records of the gold, and finds
}

// A Report is the outcome of an evaluation.
type Report struct {
	Rows      []Row   // entity (strict), entity, …, figure (full)
	Identity  []Ratio // subject, code, kind, period
	Slots     []Row   // of figures: right value, and the slot as well
	Classes   []Row   // of entities, by name of the class
	Relations []Row   // by predicate
	Documents []Document
}

// A scorer gathers a report document by document.
type scorer struct {
	report             Report
	classes, relations map[string]*Tally
}

// Score compares what was extracted from documents with the files NAME.gold at
// the root of gold; a line belongs to the file that has the base name of its
// path without extension. A gold file without a line counts as all missed.
func Score(gold fs.FS, lines []extract.Line) (*Report, error) {
	byName := map[string]extract.Line{}
	for _, l := range lines {
		base := path.Base(strings.ReplaceAll(l.Document.Path, `\`, "/"))
		byName[strings.TrimSuffix(base, path.Ext(base))] = l
	}
	files, err := fs.Glob(gold, "*.gold")
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("read gold: %w: no file NAME.gold", schema.ErrNotFound)
	}
	s := scorer{classes: map[string]*Tally{}, relations: map[string]*Tally{}}
	for _, f := range files {
		g, err := readGold(gold, f)
		if err != nil {
			return nil, fmt.Errorf("read gold: %w", err)
		}
		name := strings.TrimSuffix(f, ".gold")
		s.document(name, g, newPrediction(byName[name]))
	}
	s.report.Classes, s.report.Relations = named(s.classes), named(s.relations)
	return &s.report, nil
}

// named lists tallies by name, without those that count nothing.
func named(tallies map[string]*Tally) []Row {
	var out []Row
	for _, name := range slices.Sorted(maps.Keys(tallies)) {
		if t := tallies[name]; t.Right+t.Extra+t.Missed > 0 {
			out = append(out, Row{name, *t})
		}
	}
	return out
}

// document scores one document.
func (s *scorer) document(name string, g *gold, p prediction) {
	doc := Document{Name: name}
	for _, l := range levels() {
		t, e := l.tally(g, p)
		e.Level = l.name
		doc.Rows = append(doc.Rows, Row{l.name, t})
		if l.listed {
			doc.Errors = append(doc.Errors, e)
		}
	}
	sum(&s.report.Rows, doc.Rows)
	var slots []Row
	for _, l := range slotLevels() {
		t, _ := l.tally(g, p)
		slots = append(slots, Row{l.name, t})
	}
	sum(&s.report.Slots, slots)
	s.byType(g, p)
	s.identity(g, p)
	s.report.Documents = append(s.report.Documents, doc)
}

// sum adds scores to totals of the same order.
func sum(totals *[]Row, scores []Row) {
	for i, x := range scores {
		if i == len(*totals) {
			*totals = append(*totals, Row{Name: x.Name})
		}
		(*totals)[i].add(x.Tally)
	}
}

// byType scores entities class by class and relations predicate by predicate.
func (s *scorer) byType(g *gold, p prediction) {
	each(s.classes, g.entities, p.entities,
		func(e goldEntity) string { return e.class }, func(e foundEntity) string { return e.class }, sameEntity)
	each(s.relations, g.relations, p.relations,
		func(r goldRelation) string { return r.predicate }, func(r foundRelation) string { return r.predicate }, sameRelation)
}

// each adds to the tallies of the types that records and finds have.
func each[G recorder, F finder](tallies map[string]*Tally, records []G, found []F, typeOf func(G) string, typeFound func(F) string, same func(G, F) bool) {
	types := map[string]bool{}
	for _, r := range records {
		types[typeOf(r)] = true
	}
	for _, f := range found {
		types[typeFound(f)] = true
	}
	for t := range types { // in any order: each goes to its own tally
		if tallies[t] == nil {
			tallies[t] = &Tally{}
		}
		score, _ := match(only(records, typeOf, t), only(found, typeFound, t), same, false)
		tallies[t].add(score)
	}
}

// only returns the items of one type.
func only[T any](items []T, typeOf func(T) string, want string) []T {
	var out []T
	for _, x := range items {
		if typeOf(x) == want {
			out = append(out, x)
		}
	}
	return out
}

// identity compares what a document says about itself.
func (s *scorer) identity(g *gold, p prediction) {
	if s.report.Identity == nil {
		s.report.Identity = []Ratio{{Name: "subject"}, {Name: "code"}, {Name: "kind"}, {Name: "period"}}
	}
	got := []string{p.about.Subject, p.about.Code, string(p.about.Kind), p.about.Period}
	for i := range s.report.Identity {
		r := &s.report.Identity[i]
		want := g.about[r.Name]
		if want == "" || want == "?" || want == schema.Local {
			continue
		}
		r.All++
		if slices.Contains(squashAll(alternatives(want)), squash(cmp.Or(got[i], "?"))) {
			r.Right++
		}
	}
}
