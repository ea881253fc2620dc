package api

import (
	"net/http"

	"github.com/gin-gonic/gin"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/districtkg/districtkg/graph/api/mcp"
)

// NewMCP returns a server of the Model Context Protocol for the graph, to be
// run over standard input and output.
func (s *Server) NewMCP() *sdk.Server {
	return mcp.New(s.cfg.Graph, s.runner, versionOr(s.cfg.Version))
}

// agents mounts the same at /mcp, by the protocol's streamable HTTP. It keeps no
// sessions: every request stands alone, so that nobody can pile them up.
func (s *Server) agents(group *gin.RouterGroup) {
	server := s.NewMCP()
	h := sdk.NewStreamableHTTPHandler(func(*http.Request) *sdk.Server { return server }, &sdk.StreamableHTTPOptions{
		Stateless: true, JSONResponse: true, MaxRequestBodyBytes: s.limits.Body,
	})
	group.Any("/mcp", gin.WrapH(http.NewCrossOriginProtection().Handler(h)))
}
