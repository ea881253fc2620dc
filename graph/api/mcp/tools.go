package mcp

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/districtkg/districtkg/graph"
	"github.com/districtkg/districtkg/graph/api/gizmo"
	"github.com/districtkg/districtkg/schema"
)

type tools struct {
	graph   Graph
	queries QueryRunner
}

// A Quote is what an answer rests on.
type Quote struct {
	Text       string `json:"text" jsonschema:"the sentence, as printed"`
	Start      int    `json:"start" jsonschema:"where it stands in the document, in code points"`
	End        int    `json:"end"`
	Document   string `json:"document" jsonschema:"title of the document"`
	DocumentID string `json:"documentId"`
	Date       string `json:"date,omitempty"`
}

func quote(e graph.Evidence) Quote {
	return Quote{e.Quote, e.Start, e.End, e.Document.Title, e.Document.ID, e.Document.Date}
}

type searchInput struct {
	Text     string `json:"text" jsonschema:"a name, a part of one, or pinyin initials"`
	Class    string `json:"class,omitempty" jsonschema:"Division, Enterprise, Agency, Organization, Hospital, School, Project, Zone, Place, Road, Program, Event, Honor or Person"`
	Division string `json:"division,omitempty" jsonschema:"id or six-digit code: only entities of this division"`
	Limit    int    `json:"limit,omitempty" jsonschema:"at most 100; 20 if left out"`
}

// Found are the entities that a search found.
type Found struct {
	Entities []FoundEntity `json:"entities"`
	Total    int           `json:"total"`
}

// A FoundEntity is one of them, with a quote that tells something of it.
type FoundEntity struct {
	graph.Ref
	Aliases   []string `json:"aliases,omitempty"`
	Match     string   `json:"match,omitempty"`
	Relations int      `json:"relations"`
	Figures   int      `json:"figures"`
	Quote     *Quote   `json:"quote,omitempty" jsonschema:"left out where the entity is only named, in no statement or figure"`
}

func (t tools) search(ctx context.Context, in searchInput) (Found, error) {
	if err := known("class", classes(), in.Class); err != nil {
		return Found{}, err
	}
	hits, err := t.graph.Search(ctx, graph.SearchQuery{
		Text: in.Text, Class: schema.Class(in.Class), Division: in.Division, Page: graph.Page{Limit: limit(in.Limit)},
	})
	if err != nil {
		return Found{}, err
	}
	out := Found{Entities: []FoundEntity{}, Total: hits.Total}
	for _, h := range hits.Items {
		q, err := t.quoteOf(ctx, h.ID)
		if err != nil {
			return Found{}, err
		}
		out.Entities = append(out.Entities, FoundEntity{h.Ref, h.Aliases, h.Match, h.Degree, h.Figures, q})
	}
	return out, nil
}

// quoteOf returns a quote that tells something of an entity, nil where none does.
func (t tools) quoteOf(ctx context.Context, id string) (*Quote, error) {
	relations, err := t.graph.Relations(ctx, graph.RelationQuery{Entity: id, Page: graph.Page{Limit: 1}})
	if err != nil {
		return nil, err
	}
	if len(relations.Items) > 0 {
		q := quote(relations.Items[0].Evidence)
		return &q, nil
	}
	figures, err := t.graph.Figures(ctx, graph.FigureQuery{Subject: id, Page: graph.Page{Limit: 1}})
	if err != nil || len(figures.Items) == 0 {
		return nil, err
	}
	q := quote(figures.Items[0].Evidence)
	return &q, nil
}

type entityInput struct {
	ID    string `json:"id" jsonschema:"id of the entity, such as division/220102"`
	Limit int    `json:"limit,omitempty" jsonschema:"of each list; at most 100, 20 if left out"`
}

// An Entity is a card with bounded lists.
type Entity struct {
	graph.Ref
	Aliases        []string            `json:"aliases,omitempty"`
	Code           string              `json:"code,omitempty"`
	Relations      []Statement         `json:"relations"`
	RelationsTotal int                 `json:"relationsTotal"`
	Figures        []Number            `json:"figures"`
	FiguresTotal   int                 `json:"figuresTotal"`
	Documents      []graph.DocumentRef `json:"documents"`
	DocumentsTotal int                 `json:"documentsTotal"`
	MentionsTotal  int                 `json:"mentionsTotal"`
}

// A Statement is a relation with its quote.
type Statement struct {
	ID        string           `json:"id"`
	Subject   graph.Ref        `json:"subject"`
	Predicate schema.Predicate `json:"predicate"`
	Object    graph.Ref        `json:"object"`
	Quote     Quote            `json:"quote"`
}

func statement(r graph.Relation) Statement {
	return Statement{r.ID, r.Subject, r.Predicate, r.Object, quote(r.Evidence)}
}

// A Number is a figure with its quote. The value is text, so that no digit is lost.
type Number struct {
	ID        string         `json:"id"`
	Subject   graph.Ref      `json:"subject"`
	Indicator graph.Ref      `json:"indicator"`
	Measure   schema.Measure `json:"measure"`
	Value     string         `json:"value" jsonschema:"in the base unit"`
	High      string         `json:"high,omitempty" jsonschema:"upper end of a range"`
	Unit      string         `json:"unit,omitempty"`
	Period    string         `json:"period,omitempty"`
	Status    schema.Status  `json:"status"`
	Bound     schema.Bound   `json:"bound"`
	Printed   string         `json:"printed"`
	Quote     Quote          `json:"quote"`
}

func aNumber(f graph.Figure) Number {
	return Number{f.ID, f.Subject, f.Indicator, f.Measure, f.Value.String(), f.High.String(), f.Unit, f.Period, f.Status, f.Bound, f.Printed.Text, quote(f.Evidence)}
}

// each makes one kind of item of another, at most n.
func each[A, B any](list []A, n int, f func(A) B) []B {
	out := []B{}
	for i := range min(n, len(list)) {
		out = append(out, f(list[i]))
	}
	return out
}

func (t tools) entity(ctx context.Context, in entityInput) (Entity, error) {
	card, err := t.graph.Entity(ctx, in.ID)
	if err != nil {
		return Entity{}, err
	}
	n := limit(in.Limit)
	return Entity{
		Ref: card.Ref, Aliases: card.Aliases, Code: card.Code,
		Relations: each(card.Relations.Items, n, statement), RelationsTotal: card.Relations.Total,
		Figures: each(card.Figures.Items, n, aNumber), FiguresTotal: card.Figures.Total,
		Documents:      each(card.Documents, n, func(d graph.DocumentRef) graph.DocumentRef { return d }),
		DocumentsTotal: len(card.Documents), MentionsTotal: card.Mentions.Total,
	}, nil
}

type neighboursInput struct {
	ID        string   `json:"id" jsonschema:"id of the entity in the middle"`
	Depth     int      `json:"depth,omitempty" jsonschema:"how many relations away, 1 to 6; 1 if left out"`
	Class     []string `json:"class,omitempty" jsonschema:"only nodes of these classes"`
	Predicate []string `json:"predicate,omitempty" jsonschema:"only along these: partOf, locatedIn, settledIn, implements, undertakes, hosts, awarded, cooperatesWith, acquired, controls, subsidiaryOf, supervises, holdsOffice, providesData"`
	Limit     int      `json:"limit,omitempty" jsonschema:"of nodes; at most 100, 20 if left out"`
}

// A Network is a part of the graph with a quote for each edge.
type Network struct {
	Nodes      []graph.Node `json:"nodes" jsonschema:"the middle first"`
	Total      int          `json:"total" jsonschema:"nodes within reach"`
	Edges      []Edge       `json:"edges"`
	EdgesTotal int          `json:"edgesTotal" jsonschema:"between the nodes given"`
}

// An Edge is a relation between nodes, however many documents state it.
type Edge struct {
	Source    string           `json:"source"`
	Predicate schema.Predicate `json:"predicate"`
	Target    string           `json:"target"`
	Documents int              `json:"documents"`
	Quote     *Quote           `json:"quote,omitempty"`
}

// maxEdges bounds the edges of an answer, each of which has a quote to look up.
const maxEdges = 3 * MaxLimit

func (t tools) neighbours(ctx context.Context, in neighboursInput) (Network, error) {
	if err := errors.Join(known("class", classes(), in.Class...), known("predicate", predicates(), in.Predicate...)); err != nil {
		return Network{}, err
	}
	q := graph.NeighbourQuery{Depth: in.Depth, Limit: limit(in.Limit)}
	for _, c := range in.Class {
		q.Classes = append(q.Classes, schema.Class(c))
	}
	for _, p := range in.Predicate {
		q.Predicates = append(q.Predicates, schema.Predicate(p))
	}
	net, err := t.graph.Neighbours(ctx, in.ID, q)
	if err != nil {
		return Network{}, err
	}
	out := Network{Nodes: net.Nodes, Total: net.Total, Edges: []Edge{}, EdgesTotal: len(net.Edges)}
	for _, e := range net.Edges[:min(len(net.Edges), maxEdges)] {
		said, err := t.graph.Edge(ctx, e.Source, e.Predicate, e.Target)
		if err != nil {
			return Network{}, err
		}
		edge := Edge{e.Source, e.Predicate, e.Target, e.Documents, nil}
		if len(said) > 0 {
			q := quote(said[0].Evidence)
			edge.Quote = &q
		}
		out.Edges = append(out.Edges, edge)
	}
	return out, nil
}

type figuresInput struct {
	Subject   string `json:"subject,omitempty" jsonschema:"id or six-digit code of a division"`
	Indicator string `json:"indicator,omitempty" jsonschema:"in Chinese; a part will do"`
	From      string `json:"from,omitempty" jsonschema:"first year, 2022"`
	To        string `json:"to,omitempty" jsonschema:"last year, 2025"`
	Measure   string `json:"measure,omitempty" jsonschema:"level, growth, change or rank"`
	Limit     int    `json:"limit,omitempty" jsonschema:"at most 100; 20 if left out"`
}

// Numbers are figures.
type Numbers struct {
	Figures []Number `json:"figures"`
	Total   int      `json:"total"`
}

func (t tools) figures(ctx context.Context, in figuresInput) (Numbers, error) {
	if err := known("measure", measures(), in.Measure); err != nil {
		return Numbers{}, err
	}
	list, err := t.graph.Figures(ctx, graph.FigureQuery{
		Subject: in.Subject, Indicator: in.Indicator, From: in.From, To: in.To,
		Measure: schema.Measure(in.Measure), Page: graph.Page{Limit: limit(in.Limit)},
	})
	if err != nil {
		return Numbers{}, err
	}
	return Numbers{each(list.Items, MaxLimit, aNumber), list.Total}, nil
}

type compareInput struct {
	Subjects  []string `json:"subjects" jsonschema:"ids or six-digit codes of divisions, at most 20"`
	Indicator string   `json:"indicator" jsonschema:"in Chinese, such as 地区生产总值"`
	Measure   string   `json:"measure,omitempty" jsonschema:"level (if left out), growth, change or rank"`
	From      string   `json:"from,omitempty" jsonschema:"first year"`
	To        string   `json:"to,omitempty" jsonschema:"last year"`
}

// A Comparison is a table in rows of one number each.
type Comparison struct {
	Indicators []graph.Ref    `json:"indicators" jsonschema:"that answer to what was asked for"`
	Measure    schema.Measure `json:"measure"`
	Periods    []string       `json:"periods"`
	Figures    []Number       `json:"figures" jsonschema:"by subject in the order asked for, then by period; several of one period where documents disagree, the best first"`
	Total      int            `json:"total" jsonschema:"figures, had there been no limit"`
	Missing    []graph.Ref    `json:"missing,omitempty" jsonschema:"subjects without any figure"`
}

// maxSubjects bounds a comparison.
const maxSubjects = 20

func (t tools) compare(ctx context.Context, in compareInput) (Comparison, error) {
	if len(in.Subjects) == 0 || len(in.Subjects) > maxSubjects {
		return Comparison{}, fmt.Errorf("%w subjects: want 1 to %d, not %d", schema.ErrInvalid, maxSubjects, len(in.Subjects))
	}
	if err := known("measure", measures(), in.Measure); err != nil {
		return Comparison{}, err
	}
	if in.Measure == "" {
		in.Measure = string(schema.Level)
	}
	c, err := t.graph.Compare(ctx, graph.CompareQuery{
		Subjects: in.Subjects, Indicator: in.Indicator, Measure: schema.Measure(in.Measure), From: in.From, To: in.To,
	})
	if err != nil {
		return Comparison{}, err
	}
	out := Comparison{Indicators: c.Indicators, Measure: c.Measure, Periods: c.Periods, Figures: []Number{}}
	for _, row := range c.Rows {
		found := 0
		for _, cell := range row.Cells {
			found += len(cell.Figures)
			out.Figures = append(out.Figures, each(cell.Figures, MaxLimit-len(out.Figures), aNumber)...)
		}
		if out.Total += found; found == 0 {
			out.Missing = append(out.Missing, row.Subject)
		}
	}
	return out, nil
}

type evidenceInput struct {
	ID string `json:"id" jsonschema:"of a statement, figure, mention or evidence"`
}

// Evidence is a quote with what rests on it.
type Evidence struct {
	Quote      Quote       `json:"quote"`
	Statements []Statement `json:"statements"`
	Figures    []Number    `json:"figures"`
	Entities   []graph.Ref `json:"entities" jsonschema:"that the quote names"`
	Total      int         `json:"total" jsonschema:"statements, figures and mentions, had there been no limit"`
}

func (t tools) evidence(ctx context.Context, in evidenceInput) (Evidence, error) {
	s, err := t.graph.Evidence(ctx, in.ID)
	if err != nil {
		return Evidence{}, err
	}
	return Evidence{
		Quote:      quote(s.Evidence),
		Statements: each(s.Relations, MaxLimit, statement),
		Figures:    each(s.Figures, MaxLimit, aNumber),
		Entities:   each(s.Mentions, MaxLimit, func(m graph.Mention) graph.Ref { return m.Entity }),
		Total:      len(s.Relations) + len(s.Figures) + len(s.Mentions),
	}, nil
}

type gizmoInput struct {
	Query string `json:"query" jsonschema:"a Gizmo script"`
	Limit int    `json:"limit,omitempty" jsonschema:"of rows; at most 100, 20 if left out"`
}

// Rows are the rows of a query with quotes for the things in them.
type Rows struct {
	Result    []any              `json:"result"`
	Truncated bool               `json:"truncated" jsonschema:"there were more rows"`
	Limit     int                `json:"limit"`
	Quotes    map[string][]Quote `json:"quotes" jsonschema:"by IRI: what the first things of the result rest on"`
}

// maxQuoted is for how many things of a result quotes are looked up.
const maxQuoted = 10

func (t tools) gizmo(ctx context.Context, in gizmoInput) (Rows, error) {
	answer, err := t.queries.Run(ctx, gizmo.Query{Lang: "gizmo", Text: in.Query, Limit: limit(in.Limit), Values: true})
	if err != nil {
		return Rows{}, err
	}
	out := Rows{Result: answer.Rows, Truncated: answer.Truncated, Limit: answer.Limit, Quotes: map[string][]Quote{}}
	if len(out.Result) > MaxLimit { // a script may ask for more with getLimit
		out.Result, out.Truncated, out.Limit = out.Result[:MaxLimit], true, MaxLimit
	}
	if out.Result == nil {
		out.Result = []any{}
	}
	for _, iri := range things(out.Result) {
		if len(out.Quotes) == maxQuoted {
			break
		}
		q, err := t.quoteFor(ctx, iri)
		if err != nil {
			return Rows{}, err
		}
		if q != nil {
			out.Quotes[iri] = []Quote{*q}
		}
	}
	return out, nil
}

// quoteFor returns what an IRI rests on, whatever it names; nil for nothing.
func (t tools) quoteFor(ctx context.Context, iri string) (*Quote, error) {
	if s, err := t.graph.Evidence(ctx, iri); err == nil {
		q := quote(s.Evidence)
		return &q, nil
	}
	q, err := t.quoteOf(ctx, iri)
	if err != nil {
		return nil, ctx.Err() // not an entity: nothing rests on a class or a number
	}
	return q, nil
}

// things returns the IRIs in rows, in order, each once.
func things(rows []any) []string {
	var out []string
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case string:
			if strings.HasPrefix(v, "<") && strings.HasSuffix(v, ">") && !slices.Contains(out, v[1:len(v)-1]) && len(out) < 4*maxQuoted {
				out = append(out, v[1:len(v)-1])
			}
		case []any:
			for _, e := range v {
				walk(e)
			}
		case map[string]any:
			keys := make([]string, 0, len(v))
			for k := range v {
				keys = append(keys, k)
			}
			sort.Strings(keys)
			for _, k := range keys {
				walk(v[k])
			}
		}
	}
	walk(rows)
	return out
}
