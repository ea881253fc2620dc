package api

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"

	"github.com/gin-gonic/gin"

	"github.com/districtkg/districtkg/graph"
	"github.com/districtkg/districtkg/graph/api/reconcile"
	"github.com/districtkg/districtkg/schema"
)

// reconciliation mounts OpenRefine's service. Its clients are pages of other
// origins: CORS lists them, and JSONP, which would go round that, is not had.
func (s *Server) reconciliation(group *gin.RouterGroup) {
	g := group.Group("/reconcile")
	g.GET("", s.reconcile)
	g.POST("", s.reconcile)
	g.GET("/suggest/:kind", s.suggest)
	g.GET("/preview", s.preview)
}

// reconcile answers with the manifest, or with the candidates of a batch of
// queries where there is one.
func (s *Server) reconcile(c *gin.Context) {
	raw := param(c, "queries")
	if raw == "" {
		c.JSON(http.StatusOK, reconcile.NewManifest(s.cfg.Graph.IRIs(), address(c)+"/reconcile"))
		return
	}
	var queries map[string]reconcile.Query
	if err := json.Unmarshal([]byte(raw), &queries); err != nil {
		fail(c, fmt.Errorf("%w queries: %w", schema.ErrInvalid, err))
		return
	}
	if len(queries) > reconcile.MaxBatch {
		fail(c, fmt.Errorf("%w: a batch may have %d queries", schema.ErrTooLarge, reconcile.MaxBatch))
		return
	}
	out := make(map[string]reconcile.Result, len(queries))
	for name, q := range queries {
		result, err := reconcile.Candidates(c.Request.Context(), s.cfg.Graph, s.cfg.Graph.IRIs(), q)
		if err != nil {
			fail(c, err)
			return
		}
		out[name] = result
	}
	c.JSON(http.StatusOK, out)
}

// address is what clients call this server.
func address(c *gin.Context) string {
	scheme := "http"
	if c.Request.TLS != nil || c.GetHeader("X-Forwarded-Proto") == "https" {
		scheme = "https"
	}
	return scheme + "://" + c.Request.Host
}

// suggest completes names of entities, types and properties.
func (s *Server) suggest(c *gin.Context) {
	prefix := c.Query("prefix")
	var (
		result any
		err    error
	)
	switch c.Param("kind") {
	case "entity":
		result, err = s.suggestEntities(c.Request.Context(), prefix)
	case "type":
		result = reconcile.Types(prefix)
	case "property":
		result = reconcile.Properties(prefix)
	default:
		err = fmt.Errorf("suggestions of %.40q: %w", c.Param("kind"), schema.ErrNotFound)
	}
	if err != nil {
		fail(c, err)
		return
	}
	c.JSON(http.StatusOK, map[string]any{"result": result})
}

func (s *Server) suggestEntities(ctx context.Context, prefix string) (any, error) {
	found, err := reconcile.Candidates(ctx, s.cfg.Graph, s.cfg.Graph.IRIs(), reconcile.Query{Query: prefix, Limit: 10})
	if err != nil {
		return nil, err
	}
	type suggestion struct {
		ID          string           `json:"id"`
		Name        string           `json:"name"`
		Description string           `json:"description,omitempty"`
		Notable     []reconcile.Type `json:"notable"`
	}
	out := []suggestion{}
	for _, candidate := range found.Result {
		out = append(out, suggestion{candidate.ID, candidate.Name, candidate.Description, candidate.Type})
	}
	return out, nil
}

var previewPage = template.Must(template.New("preview").Parse(`<!doctype html>
<meta charset="utf-8"><title>{{.Name}}</title>
<body style="font:14px/1.5 system-ui,sans-serif;margin:8px">
<b>{{.Name}}</b> <small>{{.Class}} {{.Code}}</small>
{{with .Relations.Items}}{{with index . 0}}<blockquote style="margin:6px 0">{{.Evidence.Quote}}<br><small>{{.Evidence.Document.Title}} {{.Evidence.Document.Date}}</small></blockquote>{{end}}{{end}}
<small>{{.Relations.Total}} relations · {{.Figures.Total}} figures · {{len .Documents}} documents</small>
</body>
`))

// preview shows an entity in a small frame of another page.
func (s *Server) preview(c *gin.Context) {
	card, err := s.cfg.Graph.Entity(c.Request.Context(), c.Query("id"))
	if err != nil {
		fail(c, err)
		return
	}
	page, err := render(card)
	if err != nil {
		fail(c, err)
		return
	}
	c.Header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'") // may be framed
	c.Data(http.StatusOK, "text/html; charset=utf-8", page)
}

func render(card graph.Card) ([]byte, error) {
	var b bytes.Buffer
	if err := previewPage.Execute(&b, card); err != nil {
		return nil, fmt.Errorf("write preview: %w", err)
	}
	return b.Bytes(), nil
}
