package api

import (
	"fmt"
	"net/http"

	"github.com/gin-gonic/gin"
	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/districtkg/districtkg/graph/api/mcp"
	"github.com/districtkg/districtkg/schema"
)

// NewMCP returns a server of the Model Context Protocol for the graph, to be
// run over standard input and output.
func (s *Server) NewMCP() *sdk.Server {
	return mcp.New(s.cfg.Graph, s.runner, versionOr(s.cfg.Version))
}

// agents mounts the same at /mcp, by the protocol's streamable HTTP. It keeps no
// sessions: every request stands alone, so that nobody can pile them up.
// Browsers may come from the listed origins only.
func (s *Server) agents(group *gin.RouterGroup) error {
	origins := http.NewCrossOriginProtection()
	for _, origin := range s.cfg.Origins {
		if origin == "*" {
			continue // CORS lets them read; a tool call is more than reading
		}
		if err := origins.AddTrustedOrigin(origin); err != nil {
			return fmt.Errorf("%w origin %q: %w", schema.ErrInvalid, origin, err)
		}
	}
	server := s.NewMCP()
	h := sdk.NewStreamableHTTPHandler(func(*http.Request) *sdk.Server { return server }, &sdk.StreamableHTTPOptions{
		Stateless: true, JSONResponse: true, MaxRequestBodyBytes: s.limits.Body,
	})
	group.Any("/mcp", gin.WrapH(origins.Handler(h)))
	return nil
}
