package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"github.com/districtkg/districtkg/graph"
)

// A route is a row of the table of REST routes. An endpoint is one handler,
// one call of get, one row of the tests.
type route struct {
	path, id, tag string
	summary, doc  string
}

// rest mounts /api/v1 with its description and the page that shows it.
func (s *Server) rest(e *gin.Engine, group *gin.RouterGroup) {
	api := humagin.NewWithGroup(e, group.Group("", s.conditional, s.cached), s.restConfig())
	api.UseMiddleware(func(ctx huma.Context, next func(huma.Context)) {
		c := humagin.Unwrap(ctx)
		next(huma.WithValue(ctx, ginKey{}, c))
	})
	s.entityRoutes(api)
	s.networkRoutes(api)
	s.figureRoutes(api)
	s.documentRoutes(api)
	s.wholeRoutes(api)
	s.gizmoRoutes(api)
	describeErrors(api.OpenAPI())
	s.docs(group)
}

func (s *Server) restConfig() huma.Config {
	cfg := huma.DefaultConfig("districtkg", versionOr(s.cfg.Version))
	cfg.Info.Description = "What Chinese local governments publish about a district, as a graph in which every entity, relation and figure cites the sentence it was read from. " +
		"An id in a path is one segment: encode its slashes and per cent signs. Every answer has the graph's version as its ETag."
	cfg.DocsPath, cfg.SchemasPath = "", ""
	cfg.CreateHooks = nil // no $schema in answers
	cfg.Transformers = []huma.Transformer{func(ctx huma.Context, _ string, v any) (any, error) {
		c := humagin.Unwrap(ctx)
		switch e := v.(type) {
		case *huma.ErrorModel:
			note(c, e)
			return withInstance(c, fromHuma(e)), nil
		case *Problem:
			note(c, e.cause)
			return withInstance(c, e), nil
		}
		return v, nil
	}}
	cfg.Components.Schemas.RegisterTypeAlias(reflect.TypeFor[json.Number](), reflect.TypeFor[float64]())
	cfg.Tags = []*huma.Tag{
		{Name: "entities", Description: "Divisions, enterprises, agencies, projects and other named things."},
		{Name: "network", Description: "What joins entities."},
		{Name: "figures", Description: "Numbers with subject, indicator, period, status and source."},
		{Name: "documents", Description: "What was read, with all that was found in it."},
		{Name: "graph", Description: "The whole: numbers, vocabulary, export, queries."},
	}
	return cfg
}

func versionOr(v string) string {
	if v == "" {
		return "dev"
	}
	return v
}

// ginKey is where a request's context keeps its gin.Context.
type ginKey struct{}

func ginFrom(ctx context.Context) *gin.Context { return ctx.Value(ginKey{}).(*gin.Context) }

// body is an answer of one JSON value.
type body[O any] struct{ Body O }

// get mounts a handler at a GET route. What I and O are is described from
// their Go types; an error is described by [problem].
func get[I, O any](api huma.API, r route, handle func(context.Context, *I) (O, error)) {
	huma.Register(api, r.operation(http.MethodGet), func(ctx context.Context, in *I) (*body[O], error) {
		out, err := handle(ctx, in)
		if err != nil {
			return nil, problem(err)
		}
		return &body[O]{out}, nil
	})
}

func (r route) operation(method string) huma.Operation {
	return huma.Operation{
		OperationID: r.id, Method: method, Path: r.path, Tags: []string{r.tag},
		Summary: r.summary, Description: r.doc,
	}
}

// A table is an answer that can be had as CSV too.
type table interface{ csv() ([][]string, error) }

// negotiated is an answer in one of several media types.
type negotiated struct {
	ContentType string `header:"Content-Type"`
	Vary        string `header:"Vary"`
	Total       string `header:"X-Total-Count" doc:"Of a list as CSV: the rows of all pages."`
	Next        string `header:"X-Next-Cursor" doc:"Of a list as CSV: the cursor of the next page."`
	Body        any
}

// Accepts reads the media type that is asked for.
type Accepts struct {
	Accept string `header:"Accept" hidden:"true"`
}

func (a Accepts) csv() bool { return strings.Contains(a.Accept, "text/csv") }

type acceptor interface{ csv() bool }

// getTable mounts a handler at a GET route that answers in JSON or CSV, and
// the same at path.csv in CSV.
func getTable[I acceptor, O table](api huma.API, r route, handle func(context.Context, I) (O, error)) {
	both := map[string]*huma.Response{"200": {Description: "OK", Content: map[string]*huma.MediaType{
		"application/json": {Schema: api.OpenAPI().Components.Schemas.Schema(reflect.TypeFor[O](), true, r.id)},
		"text/csv":         {Schema: &huma.Schema{Type: huma.TypeString}},
	}}}
	op := r.operation(http.MethodGet)
	op.Responses = both
	huma.Register(api, op, func(ctx context.Context, in *I) (*negotiated, error) {
		return tabulate(ctx, *in, (*in).csv(), handle)
	})
	op = r.operation(http.MethodGet)
	op.OperationID, op.Path, op.Summary = r.id+"-csv", r.path+".csv", r.summary+" (CSV)"
	op.Responses = map[string]*huma.Response{"200": {Description: "OK", Content: map[string]*huma.MediaType{"text/csv": both["200"].Content["text/csv"]}}}
	huma.Register(api, op, func(ctx context.Context, in *I) (*negotiated, error) {
		return tabulate(ctx, *in, true, handle)
	})
}

func tabulate[I any, O table](ctx context.Context, in I, csv bool, handle func(context.Context, I) (O, error)) (*negotiated, error) {
	out, err := handle(ctx, in)
	if err != nil {
		return nil, problem(err)
	}
	answer := &negotiated{ContentType: "application/json", Vary: "Accept", Body: out}
	if !csv {
		return answer, nil
	}
	rows, err := out.csv()
	if err != nil {
		return nil, problem(err)
	}
	answer.ContentType = "text/csv; charset=utf-8; header=present"
	if list, ok := any(out).(figureList); ok {
		answer.Total, answer.Next = strconv.Itoa(list.Total), list.Next
	}
	text, err := writeCSV(rows)
	if err != nil {
		return nil, problem(err)
	}
	answer.Body = text
	return answer, nil
}

// Paging are the parameters of a list.
type Paging struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"1000" default:"50" doc:"How many at most."`
	Cursor string `query:"cursor" maxLength:"1000" doc:"The next of the page before."`
}

func (p Paging) page() graph.Page { return graph.Page{Limit: p.Limit, After: p.Cursor} }

// items is a list that has no pages.
type items[T any] struct {
	Items []T `json:"items"`
}

// conditional answers "not modified" to who has the answer of this version of
// the graph: an answer depends on nothing else but the request.
func (s *Server) conditional(c *gin.Context) {
	if c.Request.Method != http.MethodGet {
		return
	}
	tag := fmt.Sprintf(`W/"%x"`, s.cfg.Graph.Version())
	c.Header("ETag", tag)
	c.Header("Cache-Control", "no-cache")
	c.Writer.Header().Add("Vary", "Accept")
	for have := range strings.SplitSeq(c.GetHeader("If-None-Match"), ",") {
		if strings.TrimSpace(have) == tag {
			c.AbortWithStatus(http.StatusNotModified)
			return
		}
	}
}

// describeErrors puts the problem document in place of huma's into the
// description of every operation.
func describeErrors(doc *huma.OpenAPI) {
	problem := doc.Components.Schemas.Schema(reflect.TypeFor[Problem](), true, "Problem")
	for _, path := range doc.Paths {
		for _, op := range []*huma.Operation{path.Get, path.Post} {
			if op == nil {
				continue
			}
			op.Responses["default"] = &huma.Response{
				Description: "The request is wrong, over a limit, or the server failed.",
				Content:     map[string]*huma.MediaType{"application/problem+json": {Schema: problem}},
			}
		}
	}
	for name := range doc.Components.Schemas.Map() {
		if name == "ErrorModel" || name == "ErrorDetail" {
			delete(doc.Components.Schemas.Map(), name)
		}
	}
}
