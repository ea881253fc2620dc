package api

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/gin-gonic/gin"

	// The formats that Cayley's server reads and writes; each registers itself.
	_ "github.com/cayleygraph/quad/dot"
	_ "github.com/cayleygraph/quad/gml"
	_ "github.com/cayleygraph/quad/graphml"
	_ "github.com/cayleygraph/quad/json"
	_ "github.com/cayleygraph/quad/jsonld"
	_ "github.com/cayleygraph/quad/nquads"
	_ "github.com/cayleygraph/quad/pquads"

	"github.com/districtkg/districtkg/graph/api/gizmo"
	"github.com/districtkg/districtkg/schema"
)

// cayley mounts /api/v2: the routes, parameters and answers of Cayley's own
// server, so that its clients work, but
//
//   - a result that was cut has "truncated": true and "limit" beside "result",
//     and the header X-Result-Truncated;
//   - a query over its size is refused with 413, not cut and run;
//   - a gzipped body of /delete is read, and /node/delete counts;
//   - what is over a limit is 422 or 429, and writes want a token;
//   - prefixed names are understood, and iris=short gives them in results.
func (s *Server) cayley(group *gin.RouterGroup) {
	v2 := group.Group("/api/v2")
	v2.GET("/query", s.cayleyQuery)
	v2.POST("/query", s.cayleyQuery)
	v2.GET("/read", s.cayleyRead)
	v2.POST("/read", s.cayleyRead)
	v2.GET("/formats", s.cayleyFormats)
	v2.GET("/namespace-rules", s.cayleyNamespaces)
	v2.POST("/write", s.writable, s.cayleyWrite)
	v2.POST("/delete", s.writable, s.cayleyDelete)
	v2.POST("/node/delete", s.writable, s.cayleyNodeDelete)
	group.GET("/health", func(c *gin.Context) { c.Status(http.StatusNoContent) })
}

// cayleyFail answers with an error in Cayley's form.
func cayleyFail(c *gin.Context, err error) {
	p := problem(err)
	note(c, err)
	for k, v := range p.GetHeaders() {
		c.Header(k, v[0])
	}
	c.Abort()
	cayleyJSON(c, p.Status, map[string]string{"error": p.Detail, "code": p.Code})
}

// cayleyJSON writes v as Cayley does: signs of HTML stay as they are.
func cayleyJSON(c *gin.Context, status int, v any) { cayleyAnswer(c, status, "application/json", v) }

func cayleyAnswer(c *gin.Context, status int, media string, v any) {
	c.Header("Content-Type", media)
	c.Status(status)
	enc := json.NewEncoder(c.Writer)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		note(c, fmt.Errorf("write answer: %w", err)) // the client is gone, or v cannot be JSON
	}
}

// cayleyResult is the answer to a query. The fields beside Result are there
// only where rows were cut.
type cayleyResult struct {
	Result    []any `json:"result"`
	Truncated bool  `json:"truncated,omitempty"`
	Limit     int   `json:"limit,omitempty"`
}

func (s *Server) cayleyQuery(c *gin.Context) {
	q, err := s.readQuery(c)
	if err != nil {
		cayleyFail(c, err)
		return
	}
	answer, err := s.ask(context.WithValue(c.Request.Context(), ginKey{}, c), q)
	switch {
	case q.Lang == "graphql":
		graphQLAnswer(c, answer, err)
	case err != nil:
		cayleyFail(c, err)
	default:
		out := cayleyResult{Result: answer.Rows}
		if answer.Truncated {
			out.Truncated, out.Limit = true, answer.Limit
			c.Header("X-Result-Truncated", "true")
		}
		media := "application/json"
		if q.JSONLD {
			media = "application/ld+json"
		}
		cayleyAnswer(c, http.StatusOK, media, out)
	}
}

// readQuery reads a query of Cayley's: from the parameter qu, or from the body.
func (s *Server) readQuery(c *gin.Context) (gizmo.Query, error) {
	params := c.Request.URL.Query()
	q := gizmo.Query{Lang: params.Get("lang"), Text: params.Get("qu"), Short: params.Get("iris") == "short"}
	q.JSONLD = firstOf(c, "Accept") == "application/ld+json"
	if q.Lang == "" {
		return q, fmt.Errorf("%w query: query language not specified", schema.ErrInvalid)
	}
	if c.Request.Method == http.MethodPost {
		text, err := readAtMost(c.Request.Body, s.runner.Limits().QueryBytes)
		if err != nil {
			return q, err
		}
		q.Text = text
	}
	return q, nil
}

// readAtMost reads a body; one of more than n bytes is refused.
func readAtMost(r io.Reader, n int) (string, error) {
	data, err := io.ReadAll(io.LimitReader(r, int64(n)+1))
	if err != nil {
		return "", bodyError(err)
	}
	if len(data) > n {
		return "", fmt.Errorf("%w: the body may have %d bytes", schema.ErrTooLarge, n)
	}
	return string(data), nil
}

// bodyError names the error of a body that was too large or came too slowly.
func bodyError(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return fmt.Errorf("%w: the body may have %d bytes", schema.ErrTooLarge, large.Limit)
	}
	return fmt.Errorf("%w body: %w", schema.ErrInvalid, err)
}

// graphQLAnswer answers as Cayley's GraphQL does: errors stand in the answer.
func graphQLAnswer(c *gin.Context, answer gizmo.Answer, err error) {
	type fault struct {
		Message   string `json:"message"`
		Locations []any  `json:"locations"`
	}
	var out struct {
		Data   any     `json:"data"`
		Errors []fault `json:"errors,omitempty"`
	}
	status := http.StatusOK
	switch {
	case err == nil && len(answer.Rows) == 1:
		out.Data = answer.Rows[0]
	case err != nil:
		note(c, err)
		p := problem(err)
		out.Errors = []fault{{p.Detail, []any{}}}
		if p.Code != "invalid" {
			status = p.Status
		}
	}
	cayleyJSON(c, status, out)
}

func (s *Server) cayleyFormats(c *gin.Context) {
	type format struct {
		ID     string   `json:"id"`
		Read   bool     `json:"read,omitempty"`
		Write  bool     `json:"write,omitempty"`
		Nodes  bool     `json:"nodes,omitempty"`
		Ext    []string `json:"ext,omitempty"`
		Mime   []string `json:"mime,omitempty"`
		Binary bool     `json:"binary,omitempty"`
	}
	out := []format{}
	for _, f := range quad.Formats() {
		out = append(out, format{
			ID: f.Name, Ext: f.Ext, Mime: f.Mime, Binary: f.Binary,
			Read: f.Reader != nil, Write: f.Writer != nil, Nodes: f.UnmarshalValue != nil,
		})
	}
	cayleyJSON(c, http.StatusOK, out)
}

// cayleyNamespaces lists the prefixes that queries may use. They are not
// changed at run time: two clients must not differ about what a query means.
func (s *Server) cayleyNamespaces(c *gin.Context) {
	type rule struct {
		Prefix    string `json:"prefix"`
		Namespace string `json:"namespace"`
	}
	out := []rule{}
	prefixes := s.runner.Prefixes()
	for _, name := range prefixes.Names() {
		out = append(out, rule{name, prefixes[name]})
	}
	cayleyJSON(c, http.StatusOK, out)
}

// cayleyRead streams the quads that fit sub, pred, obj and label.
func (s *Server) cayleyRead(c *gin.Context) {
	format := s.quadFormat(c, "format", "Accept")
	if format == nil || format.Writer == nil {
		cayleyFail(c, fmt.Errorf("%w: format is not supported for reading data", schema.ErrInvalid))
		return
	}
	p := gizmo.Pattern{Subject: param(c, "sub"), Predicate: param(c, "pred"), Object: param(c, "obj"), Label: param(c, "label")}
	media := ""
	if len(format.Mime) > 0 {
		media = format.Mime[0]
	}
	out := s.streamWriter(c, media)
	if err := s.copyQuads(c, out, format, p); err != nil {
		note(c, err)
		if !c.Writer.Written() {
			cayleyFail(c, err)
			return
		}
		panic(http.ErrAbortHandler) // nobody must take a part for the whole
	}
}

// readBatch is how many quads are written at once.
const readBatch = 128

func (s *Server) copyQuads(c *gin.Context, out io.Writer, format *quad.Format, p gizmo.Pattern) error {
	w := format.Writer(out)
	var to quad.Writer = w
	switch param(c, "iri") {
	case "short":
		to = quad.IRIWriter(w, quad.IRIOptions{Format: quad.IRIShort})
	case "full":
		to = quad.IRIWriter(w, quad.IRIOptions{Format: quad.IRIFull})
	}
	batch := make([]quad.Quad, 0, readBatch)
	for q, err := range s.runner.Read(c.Request.Context(), p) {
		if err != nil {
			return err
		}
		if batch = append(batch, q); len(batch) < readBatch {
			continue
		}
		if _, err := to.WriteQuads(batch); err != nil {
			return err
		}
		batch = batch[:0]
	}
	if _, err := to.WriteQuads(batch); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return fmt.Errorf("write quads: %w", err)
	}
	if !c.Writer.Written() {
		_, err := out.Write(nil) // sets the header of an empty answer
		return err
	}
	return nil
}

// param returns a parameter of the query or of a form.
func param(c *gin.Context, name string) string {
	if v, ok := c.GetQuery(name); ok {
		return v
	}
	return c.PostForm(name)
}

// quadFormat returns the format that a parameter or a header names; N-Quads
// where neither does.
func (s *Server) quadFormat(c *gin.Context, name, header string) *quad.Format {
	if name != "" {
		if f := quad.FormatByName(param(c, name)); f != nil {
			return f
		}
	}
	if f := quad.FormatByMime(firstOf(c, header)); f != nil {
		return f
	}
	return quad.FormatByName("nquads")
}

// firstOf returns the first media type of a header; Cayley looks at no other.
func firstOf(c *gin.Context, header string) string {
	return preferences(c.Request.Header.Values(header))[0].value
}

// unzipped returns the body of a request, unpacked if it is packed, and bounded
// in both forms.
func (s *Server) unzipped(c *gin.Context) (io.Reader, error) {
	if !strings.EqualFold(c.GetHeader("Content-Encoding"), "gzip") {
		return c.Request.Body, nil
	}
	r, err := gzip.NewReader(c.Request.Body)
	if err != nil {
		return nil, fmt.Errorf("%w gzip: %w", schema.ErrInvalid, err)
	}
	return http.MaxBytesReader(c.Writer, r, s.limits.WriteBody), nil
}
