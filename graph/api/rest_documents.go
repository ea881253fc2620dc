package api

import (
	"context"
	"fmt"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/districtkg/districtkg/graph"
	"github.com/districtkg/districtkg/graph/search"
	"github.com/districtkg/districtkg/schema"
)

type documentsInput struct {
	Division string `query:"division" maxLength:"2000" doc:"About this division or one below it: id or GB/T 2260 code."`
	Kind     string `query:"kind" enum:",work_report,statistical_bulletin,news,other"`
	Period   string `query:"period" maxLength:"40"`
	Paging
}

type sentencesInput struct {
	Q        string `query:"q" required:"true" minLength:"1" maxLength:"200" doc:"Words, parted by spaces; all must stand in the sentence." example:"南关区 企业"`
	Document string `query:"document" maxLength:"2000" doc:"Id of a document."`
	Division string `query:"division" maxLength:"2000" doc:"Of documents about this division or one below it: id or GB/T 2260 code."`
	Limit    int    `query:"limit" minimum:"1" maximum:"100" default:"20"`
	Cursor   string `query:"cursor" maxLength:"20" doc:"The next of the page before."`
}

func (s *Server) documentRoutes(api huma.API) {
	g := s.cfg.Graph
	get(api, route{"/api/v1/documents", "documents", "documents", "List documents", "With the numbers of what was found in each."},
		func(ctx context.Context, in *documentsInput) (graph.List[graph.DocumentItem], error) {
			return g.Documents(ctx, graph.DocumentQuery{Division: in.Division, Kind: schema.Kind(in.Kind), Period: in.Period, Page: in.page()})
		})
	get(api, route{"/api/v1/documents/{id}", "document", "documents", "A document", "Its text, all finds with their places, and the repairs made in cleaning."},
		func(ctx context.Context, in *ByID) (graph.Document, error) { return g.Document(ctx, in.ID) })
	get(api, route{"/api/v1/evidence/{id}", "evidence", "documents", "Evidence", "By the id of an evidence, a statement, a figure or a mention: the quote, its place, and what it supports."},
		func(ctx context.Context, in *ByID) (graph.Support, error) { return g.Evidence(ctx, in.ID) })
	get(api, route{"/api/v1/sentences", "sentences", "documents", "Search sentences", "Full text, with the entities that each sentence names."}, s.sentences)
}

func (s *Server) sentences(ctx context.Context, in *sentencesInput) (search.Result, error) {
	if s.cfg.Sentences == nil {
		return search.Result{}, fmt.Errorf("full-text search: %w on this server", schema.ErrUnsupported)
	}
	q := search.Query{Text: in.Q, Code: divisionCode(in.Division), Page: graph.Page{Limit: in.Limit, After: in.Cursor}}
	if in.Document != "" {
		q.Document = s.cfg.Graph.ID(in.Document)
	}
	return s.cfg.Sentences.Search(ctx, q)
}

// divisionCode returns the code of a division given by id or code, without the
// zeros that stand for "all of it": 220100 is what 2201 begins.
func divisionCode(division string) string {
	code := division[strings.LastIndex(division, "/")+1:]
	for len(code) > 2 && strings.HasSuffix(code, "00") {
		code = code[:len(code)-2]
	}
	return code
}
