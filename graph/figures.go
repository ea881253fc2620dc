package graph

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/districtkg/districtkg/graph/quads"
	"github.com/districtkg/districtkg/schema"
)

// Figures lists figures in the order of subject, indicator and time.
func (g *Graph) Figures(ctx context.Context, q FigureQuery) (List[Figure], error) {
	r, x, err := g.indexed(ctx)
	if err != nil {
		return List[Figure]{}, fmt.Errorf("figures: %w", err)
	}
	defer r.release()
	pool := x.figs
	if q.Subject != "" {
		i, err := g.entity(x, q.Subject)
		if err != nil {
			return List[Figure]{}, fmt.Errorf("figures: %w", err)
		}
		pool = x.figs[x.ents[i].figs.from:x.ents[i].figs.to]
	}
	keep, err := g.figureFilter(x, q)
	if err != nil {
		return List[Figure]{}, fmt.Errorf("figures: %w", err)
	}
	list, err := r.fetcher(ctx, x).figureList(pool, keep, q.Page)
	if err != nil {
		return list, fmt.Errorf("figures: %w", err)
	}
	return list, nil
}

// figureList makes a page of those of the pool that keep lets pass; nil lets all.
func (f *fetcher) figureList(pool []figure, keep func(*figure) bool, p Page) (List[Figure], error) {
	found := make([]*figure, 0, len(pool))
	for i := range pool {
		if keep == nil || keep(&pool[i]) {
			found = append(found, &pool[i])
		}
	}
	id := func(i int) quad.IRI { return found[i].iri }
	return fetched(f, p, len(found), id, f.figure)
}

// figureFilter returns the test of all but the subject.
func (g *Graph) figureFilter(x *index, q FigureQuery) (func(*figure) bool, error) {
	first, last, err := between(q.From, q.To)
	if err != nil {
		return nil, err
	}
	var inds map[int32]bool
	if q.Indicator != "" {
		inds = g.indicators(x, q.Indicator)
	}
	doc := int32(-1)
	if q.Document != "" {
		d, ok := x.docByID[quad.IRI(g.ID(q.Document))]
		if !ok {
			return nil, fmt.Errorf("document %s: %w", q.Document, schema.ErrNotFound)
		}
		doc = d
	}
	return func(f *figure) bool {
		return (inds == nil || inds[f.indicator]) && (doc < 0 || f.doc == doc) &&
			(q.Measure == "" || f.measure == q.Measure) && (q.Status == "" || f.status == q.Status) &&
			(q.Period == "" || f.period == q.Period) && overlaps(f, first, last)
	}, nil
}

// between returns the first and the last day of a range of periods, "" for open ends.
func between(from, to string) (first, last string, err error) {
	if from != "" {
		if first, _ = quads.PeriodDays(from); first == "" {
			return "", "", fmt.Errorf("%w period %q: want 2023, 2025-H1, 2024-Q1, 2023-06 or 2024-01-11", schema.ErrInvalid, from)
		}
	}
	if to != "" {
		if _, last = quads.PeriodDays(to); last == "" {
			return "", "", fmt.Errorf("%w period %q: want 2023, 2025-H1, 2024-Q1, 2023-06 or 2024-01-11", schema.ErrInvalid, to)
		}
	}
	return first, last, nil
}

// overlaps reports whether a figure's period has a day in the range. One whose
// period is unknown is in no range but the open one.
func overlaps(f *figure, first, last string) bool {
	if first == "" && last == "" {
		return true
	}
	return f.start != "" && (last == "" || f.start <= last) && (first == "" || f.end >= first)
}

// indicators returns those that an id or words ask for: of that id, else so
// named, else with a name that contains the words.
func (g *Graph) indicators(x *index, words string) map[int32]bool {
	found := map[int32]bool{}
	for _, id := range []string{g.ID(words), g.ID("indicator/" + words)} {
		if i, ok := x.indByID[quad.IRI(id)]; ok {
			found[i] = true
			return found
		}
	}
	needle := schema.NormalName(words)
	for _, fits := range []func(string) bool{
		func(name string) bool { return name == needle },
		func(name string) bool { return needle != "" && strings.Contains(name, needle) },
	} {
		for i := range x.inds {
			if x.inds[i].called(fits) {
				found[int32(i)] = true
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return found
}

// called reports whether one of the indicator's names fits.
func (i *indicator) called(fits func(normal string) bool) bool {
	return fits(schema.NormalName(i.name)) || slices.ContainsFunc(i.aliases, func(s string) bool { return fits(schema.NormalName(s)) })
}

// Figure returns one figure.
func (g *Graph) Figure(ctx context.Context, id string) (Figure, error) {
	r, x, err := g.indexed(ctx)
	if err != nil {
		return Figure{}, fmt.Errorf("figure: %w", err)
	}
	defer r.release()
	iri := quad.IRI(g.ID(id))
	if _, ok := x.figByID[iri]; !ok {
		return Figure{}, fmt.Errorf("figure %s: %w", iri, schema.ErrNotFound)
	}
	return r.fetcher(ctx, x).figure(iri)
}

// Indicators lists the indicators whose names contain the text, those with the most figures first.
func (g *Graph) Indicators(ctx context.Context, text string, p Page) (List[IndicatorCount], error) {
	r, x, err := g.indexed(ctx)
	if err != nil {
		return List[IndicatorCount]{}, fmt.Errorf("indicators: %w", err)
	}
	defer r.release()
	needle := schema.NormalName(text)
	var found []int32
	for i := range x.inds {
		if x.inds[i].called(func(name string) bool { return strings.Contains(name, needle) }) {
			found = append(found, int32(i))
		}
	}
	slices.SortFunc(found, func(a, b int32) int {
		return cmp.Or(cmp.Compare(x.inds[b].figures, x.inds[a].figures), cmp.Compare(a, b))
	})
	id := func(i int) quad.IRI { return x.inds[found[i]].iri }
	from, to, next, err := p.cut(len(found), id)
	if err != nil {
		return List[IndicatorCount]{}, fmt.Errorf("indicators: %w", err)
	}
	return List[IndicatorCount]{Items: x.indicatorCounts(found[from:to]), Total: len(found), Next: next}, nil
}

// indicatorCounts counts subjects and units of indicators in one pass.
func (x *index) indicatorCounts(inds []int32) []IndicatorCount {
	place := map[int32]int{}
	out := make([]IndicatorCount, len(inds))
	units := make([]map[string]int, len(inds))
	last := make([]int32, len(inds)) // subject, which the figures are sorted by
	for i, ind := range inds {
		place[ind], units[i], last[i] = i, map[string]int{}, -1
		out[i] = IndicatorCount{Ref: x.ref(x.inds[ind].iri), Figures: x.inds[ind].figures}
	}
	for _, f := range x.figs {
		i, ok := place[f.indicator]
		if !ok {
			continue
		}
		units[i][f.unit]++
		if f.subject != last[i] {
			out[i].Subjects++
			last[i] = f.subject
		}
	}
	for i := range out {
		out[i].Units = []string{}
		for _, c := range byCount(units[i]) {
			out[i].Units = append(out[i].Units, c.Name)
		}
	}
	return out
}

// mostCompared bounds how many figures a comparison holds.
const mostCompared = 5000

// Compare puts the figures of subjects for one indicator side by side: a row a
// subject, a column a period.
func (g *Graph) Compare(ctx context.Context, q CompareQuery) (Comparison, error) {
	r, x, err := g.indexed(ctx)
	if err != nil {
		return Comparison{}, fmt.Errorf("compare: %w", err)
	}
	defer r.release()
	if len(q.Subjects) == 0 || q.Indicator == "" {
		return Comparison{}, fmt.Errorf("compare: %w question: want an indicator and at least one subject", schema.ErrInvalid)
	}
	q.Measure = cmp.Or(q.Measure, schema.Level)
	c := &comparer{g: g, x: x, fetcher: r.fetcher(ctx, x), query: q, periods: map[string]string{}}
	out, err := c.compare()
	if err != nil {
		return Comparison{}, fmt.Errorf("compare: %w", err)
	}
	return out, nil
}

// A comparer fills a table.
type comparer struct {
	g       *Graph
	x       *index
	fetcher *fetcher
	query   CompareQuery
	periods map[string]string // with the day by which they are sorted
	rows    [][]*figure
}

func (c *comparer) compare() (Comparison, error) {
	out := Comparison{Indicators: []Ref{}, Measure: c.query.Measure, Periods: []string{}, Rows: []ComparisonRow{}}
	inds := c.g.indicators(c.x, c.query.Indicator)
	for i := range c.x.inds {
		if inds[int32(i)] {
			out.Indicators = append(out.Indicators, c.x.ref(c.x.inds[i].iri))
		}
	}
	keep, err := c.g.figureFilter(c.x, FigureQuery{Indicator: c.query.Indicator, From: c.query.From, To: c.query.To, Measure: c.query.Measure})
	if err != nil {
		return out, err
	}
	for _, s := range c.query.Subjects {
		i, err := c.g.entity(c.x, s)
		if err != nil {
			return out, err
		}
		out.Rows = append(out.Rows, ComparisonRow{Subject: c.x.ref(c.x.ents[i].iri)})
		c.gather(&c.x.ents[i], keep)
	}
	for p := range c.periods {
		out.Periods = append(out.Periods, p)
	}
	slices.SortFunc(out.Periods, func(a, b string) int { return cmp.Or(cmp.Compare(c.periods[a], c.periods[b]), cmp.Compare(a, b)) })
	return out, c.fill(&out)
}

// gather picks a subject's figures and notes their periods.
func (c *comparer) gather(e *entity, keep func(*figure) bool) {
	var row []*figure
	for i := e.figs.from; i < e.figs.to; i++ {
		if f := &c.x.figs[i]; keep(f) {
			row = append(row, f)
			c.periods[f.period] = f.start + " " + f.end
		}
	}
	slices.SortStableFunc(row, c.prefer)
	c.rows = append(c.rows, row)
}

// prefer orders figures of one cell: surer before less sure, then the newer document.
func (c *comparer) prefer(a, b *figure) int {
	sure := func(f *figure) int {
		return slices.Index([]schema.Status{schema.Actual, schema.Preliminary, schema.Estimate, schema.Target}, f.status)
	}
	return cmp.Or(cmp.Compare(sure(a), sure(b)), cmp.Compare(c.date(b), c.date(a)))
}

func (c *comparer) date(f *figure) string {
	if f.doc < 0 {
		return ""
	}
	return cmp.Or(c.x.docs[f.doc].date, c.x.docs[f.doc].period)
}

// fill reads the figures into their cells.
func (c *comparer) fill(out *Comparison) error {
	total := 0
	for i, row := range c.rows {
		if total += len(row); total > mostCompared {
			return fmt.Errorf("%w comparison: over %d figures; name fewer subjects or a shorter time", schema.ErrTooLarge, mostCompared)
		}
		cells := make([]Cell, len(out.Periods))
		for j := range cells {
			cells[j].Figures = []Figure{}
		}
		iris := make([]quad.IRI, 0, len(row))
		for _, f := range row {
			iris = append(iris, f.iri)
		}
		if err := c.fetcher.ahead(iris); err != nil {
			return err
		}
		for _, f := range row {
			read, err := c.fetcher.figure(f.iri)
			if err != nil {
				return err
			}
			j := slices.Index(out.Periods, f.period)
			cells[j].Figures = append(cells[j].Figures, read)
		}
		out.Rows[i].Cells = cells
	}
	return nil
}
