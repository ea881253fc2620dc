package api

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"github.com/districtkg/districtkg/graph"
	"github.com/districtkg/districtkg/schema"
)

type figuresInput struct {
	Accepts
	Subject   string `query:"subject" maxLength:"2000" doc:"Id or GB/T 2260 code." example:"220102"`
	Indicator string `query:"indicator" maxLength:"2000" doc:"Id, or words: an indicator of that name, else those that contain it." example:"地区生产总值"`
	Period    string `query:"period" maxLength:"40" doc:"Exactly this one." example:"2023"`
	From      string `query:"from" maxLength:"40" doc:"Periods that do not end before it." example:"2022"`
	To        string `query:"to" maxLength:"40" doc:"Periods that do not begin after it." example:"2025"`
	Measure   string `query:"measure" enum:",level,growth,change,rank"`
	Status    string `query:"status" enum:",actual,preliminary,estimate,target"`
	Document  string `query:"document" maxLength:"2000" doc:"Id of a document."`
	Paging
}

type indicatorsInput struct {
	Q string `query:"q" maxLength:"200" doc:"A part of its name."`
	Paging
}

type seriesInput struct {
	Subject   string `query:"subject" required:"true" minLength:"1" maxLength:"2000" doc:"Id or GB/T 2260 code." example:"220102"`
	Indicator string `query:"indicator" required:"true" minLength:"1" maxLength:"2000" doc:"Id or words." example:"地区生产总值"`
	Measure   string `query:"measure" enum:"level,growth,change,rank" default:"level"`
	From      string `query:"from" maxLength:"40"`
	To        string `query:"to" maxLength:"40"`
}

type compareInput struct {
	Accepts
	Subject   []string `query:"subject,explode" required:"true" minItems:"1" maxItems:"100" doc:"Ids or GB/T 2260 codes, a row each."`
	Indicator string   `query:"indicator" required:"true" minLength:"1" maxLength:"2000" doc:"Id or words." example:"地区生产总值"`
	Measure   string   `query:"measure" enum:"level,growth,change,rank" default:"level"`
	From      string   `query:"from" maxLength:"40"`
	To        string   `query:"to" maxLength:"40"`
}

// A Series is an indicator of one subject over time.
type Series struct {
	Subject    graph.Ref      `json:"subject"`
	Indicators []graph.Ref    `json:"indicators" doc:"That answer to what was asked for."`
	Measure    schema.Measure `json:"measure"`
	Points     []Point        `json:"points" doc:"In order of time."`
}

// A Point is a period of a series. Where documents disagree it has several figures.
type Point struct {
	Period  string         `json:"period"`
	Figures []graph.Figure `json:"figures"`
}

func (s *Server) figureRoutes(api huma.API) {
	g := s.cfg.Graph
	getTable(api, route{"/api/v1/figures", "figures", "figures", "List figures", "By subject, indicator and period, in this order."},
		func(ctx context.Context, in figuresInput) (figureList, error) {
			list, err := g.Figures(ctx, graph.FigureQuery{
				Subject: in.Subject, Indicator: in.Indicator, Period: in.Period, From: in.From, To: in.To,
				Measure: schema.Measure(in.Measure), Status: schema.Status(in.Status), Document: in.Document, Page: in.page(),
			})
			return figureList{list}, err
		})
	get(api, route{"/api/v1/figures/{id}", "figure", "figures", "A figure", "With the sentence it was read from."},
		func(ctx context.Context, in *ByID) (graph.Figure, error) { return g.Figure(ctx, in.ID) })
	get(api, route{"/api/v1/indicators", "indicators", "figures", "List indicators", "That figures are of, the most frequent first."},
		func(ctx context.Context, in *indicatorsInput) (graph.List[graph.IndicatorCount], error) {
			return g.Indicators(ctx, in.Q, in.page())
		})
	get(api, route{"/api/v1/series", "series", "figures", "An indicator over time", "Of one subject, in order of time."}, s.series)
	getTable(api, route{"/api/v1/compare", "compare", "figures", "Compare subjects", "A row a subject, a column a period. As CSV a cell has the first figure of each, with unit and quote."},
		func(ctx context.Context, in compareInput) (comparison, error) {
			c, err := g.Compare(ctx, graph.CompareQuery{
				Subjects: in.Subject, Indicator: in.Indicator, Measure: schema.Measure(in.Measure), From: in.From, To: in.To,
			})
			return comparison{c}, err
		})
}

func (s *Server) series(ctx context.Context, in *seriesInput) (Series, error) {
	c, err := s.cfg.Graph.Compare(ctx, graph.CompareQuery{
		Subjects: []string{in.Subject}, Indicator: in.Indicator, Measure: schema.Measure(in.Measure), From: in.From, To: in.To,
	})
	if err != nil {
		return Series{}, err
	}
	if len(c.Rows) == 0 {
		return Series{}, fmt.Errorf("subject %.100q: %w", in.Subject, schema.ErrNotFound)
	}
	out := Series{Subject: c.Rows[0].Subject, Indicators: c.Indicators, Measure: c.Measure, Points: []Point{}}
	for i, cell := range c.Rows[0].Cells {
		if len(cell.Figures) > 0 {
			out.Points = append(out.Points, Point{c.Periods[i], cell.Figures})
		}
	}
	return out, nil
}

// A figureList is a list of figures that can be written as CSV.
type figureList struct{ graph.List[graph.Figure] }

func (l figureList) csv() ([][]string, error) {
	rows := [][]string{{"id", "subject", "subject_id", "indicator", "indicator_id", "worded", "measure", "value", "high", "unit",
		"period", "start", "end", "status", "bound", "printed", "quote", "quote_start", "quote_end", "document", "document_id", "document_date"}}
	for _, f := range l.Items {
		e := f.Evidence
		rows = append(rows, []string{f.ID, f.Subject.Name, f.Subject.ID, f.Indicator.Name, f.Indicator.ID, f.Worded, string(f.Measure),
			f.Value.String(), f.High.String(), f.Unit, f.Period, f.Start, f.End, string(f.Status), string(f.Bound), f.Printed.Text,
			e.Quote, strconv.Itoa(e.Start), strconv.Itoa(e.End), e.Document.Title, e.Document.ID, e.Document.Date})
	}
	return rows, nil
}

// A comparison is a table that can be written as CSV.
type comparison struct{ graph.Comparison }

func (c comparison) csv() ([][]string, error) {
	head := []string{"subject", "subject_id"}
	for _, p := range c.Periods {
		head = append(head, p, p+" unit", p+" quote")
	}
	rows := [][]string{head}
	for _, r := range c.Rows {
		row := []string{r.Subject.Name, r.Subject.ID}
		for _, cell := range r.Cells {
			if len(cell.Figures) == 0 {
				row = append(row, "", "", "")
				continue
			}
			f := cell.Figures[0]
			row = append(row, f.Value.String(), f.Unit, f.Evidence.Quote)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// writeCSV writes rows by RFC 4180.
func writeCSV(rows [][]string) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	if err := w.WriteAll(slices.Clip(rows)); err != nil {
		return nil, fmt.Errorf("write CSV: %w", err)
	}
	return b.Bytes(), nil
}
