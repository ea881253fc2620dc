package api

import (
	_ "embed"
	"net/http"

	"github.com/gin-gonic/gin"
)

//go:embed docs.html
var docsPage []byte

//go:embed docs.js
var docsScript []byte

// docs serves a page that shows /openapi.json and lets one try each route. It
// loads nothing from elsewhere.
func (s *Server) docs(group *gin.RouterGroup) {
	group.GET("/docs", func(c *gin.Context) { c.Data(http.StatusOK, "text/html; charset=utf-8", docsPage) })
	group.GET("/docs/docs.js", func(c *gin.Context) { c.Data(http.StatusOK, "text/javascript; charset=utf-8", docsScript) })
}
