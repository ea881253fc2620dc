package api

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"github.com/districtkg/districtkg/schema"
)

// page hands every path that no route has to the web page, which knows paths
// of its own. Below /api there is none.
func (s *Server) page(e *gin.Engine, _ *gin.RouterGroup) {
	e.NoRoute(s.limitRate, func(c *gin.Context) {
		if s.cfg.Page == nil || c.Request.Method != http.MethodGet || strings.HasPrefix(c.Request.URL.Path, "/api/") {
			fail(c, fmt.Errorf("path %.100q: %w", c.Request.URL.Path, schema.ErrNotFound))
			return
		}
		s.showPage(c)
	})
}

// showPage lets the web page answer. It does not change with the graph, and
// sets its own headers.
func (s *Server) showPage(c *gin.Context) {
	c.Header("ETag", "")
	c.Writer.Header().Add("Vary", "Accept")
	c.Status(http.StatusOK) // gin has set 404 for a path without a route
	s.cfg.Page.ServeHTTP(c.Writer, c.Request)
}
