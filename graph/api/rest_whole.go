package api

import (
	"context"
	"io"
	"iter"
	"net/http"
	"strings"
	"time"

	"github.com/cayleygraph/quad"
	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"github.com/districtkg/districtkg/graph"
	"github.com/districtkg/districtkg/schema"
)

// A Vocabulary is the words of the graph, for programs that show them.
type Vocabulary struct {
	Base       string           `json:"base"`
	Vocabulary string           `json:"vocabulary" doc:"What the names below are appended to."`
	Classes    []ClassTerm      `json:"classes"`
	Predicates []PredicateTerm  `json:"predicates"`
	Measures   []schema.Measure `json:"measures"`
	Statuses   []schema.Status  `json:"statuses"`
	Bounds     []schema.Bound   `json:"bounds"`
	Kinds      []schema.Kind    `json:"kinds"`
}

// A ClassTerm is a class with its labels.
type ClassTerm struct {
	Name       schema.Class `json:"name"`
	Chinese    string       `json:"zh"`
	English    string       `json:"en"`
	Named      bool         `json:"named" doc:"Entities of texts are of this class."`
	SubClassOf string       `json:"subClassOf,omitempty"`
}

// A PredicateTerm is a predicate with its labels, domain and range.
type PredicateTerm struct {
	Name          schema.Predicate `json:"name"`
	Chinese       string           `json:"zh"`
	English       string           `json:"en"`
	Domain        []schema.Class   `json:"domain"`
	Range         []schema.Class   `json:"range"`
	Symmetric     bool             `json:"symmetric"`
	SubPropertyOf string           `json:"subPropertyOf,omitempty"`
}

type exportInput struct {
	Format   string `query:"format" maxLength:"40" default:"nquads" doc:"A name of /api/v1/formats."`
	Document string `query:"document" maxLength:"2000" doc:"Only this document: its id."`
	Division string `query:"division" maxLength:"2000" doc:"Only documents about this division or one below it: id or GB/T 2260 code."`
}

func (s *Server) wholeRoutes(api huma.API) {
	get(api, route{"/api/v1/stats", "stats", "graph", "Numbers of the graph", ""},
		func(ctx context.Context, _ *struct{}) (graph.Stats, error) { return s.cfg.Graph.Stats(ctx) })
	get(api, route{"/api/v1/schema", "schema", "graph", "Vocabulary", "Classes and predicates with their labels; /ns has the same as an ontology."},
		func(context.Context, *struct{}) (Vocabulary, error) { return vocabulary(s.cfg.Graph.IRIs()), nil })
	get(api, route{"/api/v1/formats", "formats", "graph", "Formats of export", ""},
		func(context.Context, *struct{}) (items[Format], error) { return listed(formats()), nil })
	op := route{"/api/v1/export", "export", "graph", "Export", "The graph or a part of it, streamed."}.operation(http.MethodGet)
	op.Responses = map[string]*huma.Response{"200": {Description: "OK", Content: map[string]*huma.MediaType{}}}
	for _, f := range formats() {
		op.Responses["200"].Content[f.MediaType] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString}}
	}
	huma.Register(api, op, func(ctx context.Context, in *exportInput) (*huma.StreamResponse, error) {
		format, err := formatOf(in.Format)
		if err != nil {
			return nil, problem(err)
		}
		return &huma.StreamResponse{Body: func(huma.Context) {
			c := ginFrom(ctx)
			c.Header("Content-Disposition", `attachment; filename="districtkg`+format.Extension+`"`)
			s.stream(c, format, s.cfg.Graph.Quads(c.Request.Context(), graph.Filter{Document: in.Document, Division: in.Division}))
		}}, nil
	})
}

// stream writes quads to the client. An error before the first byte is a
// problem document; one after it cuts the connection, so that nobody takes a
// part for the whole.
func (s *Server) stream(c *gin.Context, format Format, quads iter.Seq2[quad.Quad, error]) {
	w := s.streamWriter(c, format.MediaType)
	if err := s.export(c.Request.Context(), w, format, quads); err != nil {
		note(c, err)
		if !c.Writer.Written() {
			c.Writer.Header().Del("Content-Disposition")
			fail(c, err)
			return
		}
		panic(http.ErrAbortHandler)
	}
	if !c.Writer.Written() { // nothing to say is an answer too
		c.Data(http.StatusOK, mediaType(format.MediaType), nil)
	}
}

// A streamWriter sets the header with the first byte and gives the client the
// server's write timeout for each piece, not for the whole.
type streamWriter struct {
	c       *gin.Context
	control *http.ResponseController
	media   string
	timeout time.Duration
	extend  time.Time // when the deadline is next moved
}

func (s *Server) streamWriter(c *gin.Context, media string) io.Writer {
	return &streamWriter{c: c, control: http.NewResponseController(c.Writer), media: media, timeout: s.limits.Write}
}

func (w *streamWriter) Write(p []byte) (int, error) {
	if now := time.Now(); now.After(w.extend) {
		// Writers in tests have no deadlines: then there is none to keep.
		_ = w.control.SetWriteDeadline(now.Add(w.timeout))
		w.extend = now.Add(w.timeout / 10)
	}
	if !w.c.Writer.Written() {
		w.c.Header("Content-Type", mediaType(w.media))
		w.c.Status(http.StatusOK)
	}
	return w.c.Writer.Write(p)
}

// mediaType adds the charset to types of text.
func mediaType(t string) string {
	if strings.HasPrefix(t, "text/") {
		return t + "; charset=utf-8"
	}
	return t
}

func vocabulary(m schema.IRIs) Vocabulary {
	out := Vocabulary{
		Base:       m.Base,
		Vocabulary: m.Vocabulary(""),
		Measures:   []schema.Measure{schema.Level, schema.Growth, schema.Change, schema.Rank},
		Statuses:   []schema.Status{schema.Actual, schema.Preliminary, schema.Estimate, schema.Target},
		Bounds:     []schema.Bound{schema.Exact, schema.About, schema.Over, schema.Under},
		Kinds:      []schema.Kind{schema.WorkReport, schema.StatisticalBulletin, schema.News, schema.Other},
	}
	for _, c := range schema.Classes() {
		out.Classes = append(out.Classes, ClassTerm{c.Class, c.Chinese, c.English, c.Named, c.SubOf})
	}
	for _, p := range schema.Predicates() {
		out.Predicates = append(out.Predicates, PredicateTerm{p.Predicate, p.Chinese, p.English, p.Domain, p.Range, p.Symmetric, p.SubOf})
	}
	return out
}
