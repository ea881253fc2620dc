package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/districtkg/districtkg/graph/api/gizmo"
)

type gizmoInput struct {
	Query string `query:"query" required:"true" minLength:"1" doc:"A script." example:"g.V(\"南关区\").in(\"rdfs:label\").all()"`
	Lang  string `query:"lang" enum:"gizmo,graphql,mql" default:"gizmo"`
	Limit int    `query:"limit" minimum:"1" maximum:"10000" default:"100" doc:"How many rows at most, unless the script asks with getLimit."`
	IRIs  string `query:"iris" enum:"full,short" default:"full" doc:"short: dkg:locatedIn in place of the full IRI."`
}

type gizmoPost struct {
	Body struct {
		Query string `json:"query" minLength:"1" doc:"A script." example:"g.V(\"南关区\").in(\"rdfs:label\").all()"`
		Lang  string `json:"lang,omitempty" enum:"gizmo,graphql,mql" default:"gizmo"`
		Limit int    `json:"limit,omitempty" minimum:"1" maximum:"10000" default:"100" doc:"How many rows at most, unless the script asks with getLimit."`
		IRIs  string `json:"iris,omitempty" enum:"full,short" default:"full" doc:"short: dkg:locatedIn in place of the full IRI."`
	}
}

// A QueryAnswer is the rows of a query and whether there were more.
type QueryAnswer struct {
	Result       []any             `json:"result"`
	Truncated    bool              `json:"truncated" doc:"There were more rows than the limit."`
	Limit        int               `json:"limit"`
	Kind         gizmo.Kind        `json:"kind" enum:"path,script,graphql,mql" doc:"How it was run: a path expression in the server, a script in a sandbox."`
	Milliseconds float64           `json:"milliseconds"`
	Prefixes     map[string]string `json:"prefixes,omitempty" doc:"That the result uses, where it was asked for short."`
}

func (s *Server) gizmoRoutes(api huma.API) {
	const doc = "Gizmo is JavaScript over paths of the graph. Prefixes dkg:, id:, rdf:, rdfs:, schema: and others may stand where a node or a predicate is wanted. " +
		"A query over the limits of time or memory is refused with 422 and gives no part of an answer."
	get(api, route{"/api/v1/gizmo", "gizmo", "graph", "Query the graph", doc},
		func(ctx context.Context, in *gizmoInput) (QueryAnswer, error) {
			return s.query(ctx, gizmo.Query{Lang: in.Lang, Text: in.Query, Limit: in.Limit, Short: in.IRIs == "short", Values: true})
		})
	post := route{"/api/v1/gizmo", "gizmo-post", "graph", "Query the graph", doc}.operation(http.MethodPost)
	post.MaxBodyBytes = s.limits.Body - 1 // one less than the chain's, so that huma sees it first and says 413
	huma.Register(api, post, func(ctx context.Context, in *gizmoPost) (*body[QueryAnswer], error) {
		b := in.Body
		out, err := s.query(ctx, gizmo.Query{Lang: b.Lang, Text: b.Query, Limit: b.Limit, Short: b.IRIs == "short", Values: true})
		if err != nil {
			return nil, problem(err)
		}
		return &body[QueryAnswer]{out}, nil
	})
}

func (s *Server) query(ctx context.Context, q gizmo.Query) (QueryAnswer, error) {
	answer, err := s.ask(ctx, q)
	if err != nil {
		return QueryAnswer{}, err
	}
	out := QueryAnswer{
		Result: answer.Rows, Truncated: answer.Truncated, Limit: answer.Limit, Kind: answer.Kind,
		Milliseconds: float64(answer.Elapsed.Microseconds()) / 1000,
	}
	if out.Result == nil {
		out.Result = []any{}
	}
	if q.Short {
		out.Prefixes = s.runner.Prefixes()
	}
	return out, nil
}

// ask runs a query and counts it.
func (s *Server) ask(ctx context.Context, q gizmo.Query) (gizmo.Answer, error) {
	if q.Lang == "" {
		q.Lang = "gizmo"
	}
	start := time.Now()
	answer, err := s.runner.Run(ctx, q)
	s.metrics.query(answer.Kind, answer.Truncated, err, time.Since(start))
	if c, ok := ctx.Value(ginKey{}).(interface{ Set(any, any) }); ok && answer.Kind != "" {
		c.Set(keyKind, string(answer.Kind))
	}
	return answer, err
}
