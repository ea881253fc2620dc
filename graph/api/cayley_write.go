package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/gin-gonic/gin"

	"github.com/districtkg/districtkg/graph/api/auth"
	"github.com/districtkg/districtkg/schema"
)

// writable lets through who may write here.
func (s *Server) writable(c *gin.Context) {
	if !s.cfg.Writable {
		cayleyFail(c, fmt.Errorf("database is %w", schema.ErrReadOnly))
		return
	}
	if s.require(c, auth.Write) {
		control := http.NewResponseController(c.Writer)
		_ = control.SetReadDeadline(time.Now().Add(10 * s.limits.Read)) // writers in tests have none
	}
}

// writeBatch is how many quads are applied at once. A body of more is applied
// in parts, as by Cayley.
const writeBatch = 10_000

func (s *Server) cayleyWrite(c *gin.Context) {
	n, err := s.applyBody(c, graph.Add)
	if err != nil {
		cayleyFail(c, err)
		return
	}
	cayleyJSON(c, http.StatusOK, wrote{fmt.Sprintf("Successfully wrote %d quads.", n), n})
}

func (s *Server) cayleyDelete(c *gin.Context) {
	n, err := s.applyBody(c, graph.Delete)
	if err != nil {
		cayleyFail(c, err)
		return
	}
	cayleyJSON(c, http.StatusOK, wrote{fmt.Sprintf("Successfully deleted %d quads.", n), n})
}

// wrote is the answer to a write.
type wrote struct {
	Result string `json:"result"`
	Count  int    `json:"count"`
}

// applyBody adds or removes the quads of the body and returns how many.
func (s *Server) applyBody(c *gin.Context, action graph.Procedure) (int, error) {
	format := s.quadFormat(c, "", "Content-Type")
	if format == nil || format.Reader == nil {
		return 0, fmt.Errorf("%w: format is not supported for reading data", schema.ErrInvalid)
	}
	body, err := s.unzipped(c)
	if err != nil {
		return 0, err
	}
	if format.Name == "jsonld" {
		if body, err = withoutRemoteContexts(body); err != nil {
			return 0, err
		}
	}
	r := format.Reader(body)
	defer r.Close()
	total := 0
	for {
		deltas, err := readDeltas(r, action)
		if err != nil {
			return total, err
		}
		if len(deltas) == 0 {
			return total, nil
		}
		if err := s.apply(c, deltas); err != nil {
			return total, err
		}
		total += len(deltas)
	}
}

func readDeltas(r quad.Reader, action graph.Procedure) ([]graph.Delta, error) {
	var out []graph.Delta
	for len(out) < writeBatch {
		q, err := r.ReadQuad()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, bodyError(err)
		}
		if !q.IsValid() {
			return nil, fmt.Errorf("%w quad %v", schema.ErrInvalid, q)
		}
		out = append(out, graph.Delta{Quad: q, Action: action})
	}
	return out, nil
}

// apply changes the graph. That a quad is there already, or is not there, is
// the client's error, as in Cayley.
func (s *Server) apply(c *gin.Context, deltas []graph.Delta) error {
	err := s.cfg.Graph.Apply(c.Request.Context(), deltas, graph.IgnoreOpts{})
	if graph.IsQuadExist(err) || graph.IsQuadNotExist(err) {
		return fmt.Errorf("%w write: %w", schema.ErrInvalid, err)
	}
	return err
}

// maxNode is how long a node's text may be.
const maxNode = 128 << 10

// cayleyNodeDelete removes the quads that have a node in any place.
func (s *Server) cayleyNodeDelete(c *gin.Context) {
	n, err := s.deleteNode(c)
	if err != nil {
		cayleyFail(c, err)
		return
	}
	cayleyJSON(c, http.StatusOK, wrote{fmt.Sprintf("Successfully deleted %d nodes.", n), n})
}

func (s *Server) deleteNode(c *gin.Context) (int, error) {
	format := s.quadFormat(c, "", "Content-Type")
	if format == nil || format.UnmarshalValue == nil {
		return 0, fmt.Errorf("%w: format is not supported for reading nodes", schema.ErrInvalid)
	}
	text, err := readAtMost(c.Request.Body, maxNode)
	if err != nil {
		return 0, err
	}
	v, err := format.UnmarshalValue([]byte(text))
	if err != nil || v == nil {
		return 0, fmt.Errorf("%w node: %v", schema.ErrInvalid, err)
	}
	deltas, err := s.quadsWith(c, v)
	if err != nil || len(deltas) == 0 {
		return 0, err
	}
	return 1, s.apply(c, deltas)
}

// quadsWith returns the removal of every quad that has v, each once.
func (s *Server) quadsWith(c *gin.Context, v quad.Value) ([]graph.Delta, error) {
	var out []graph.Delta
	seen := map[quad.Quad]bool{}
	for _, d := range quad.Directions {
		for q, err := range s.runner.ReadWith(c.Request.Context(), d, v) {
			if err != nil {
				return nil, err
			}
			if !seen[q] {
				seen[q] = true
				out = append(out, graph.Delta{Quad: q, Action: graph.Delete})
			}
		}
	}
	return out, nil
}

// withoutRemoteContexts refuses JSON-LD that would make the reader fetch a
// context from an address of the client's choice.
func withoutRemoteContexts(body io.Reader) (io.Reader, error) {
	data, err := io.ReadAll(body)
	if err != nil {
		return nil, bodyError(err)
	}
	var doc any
	if err := json.Unmarshal(data, &doc); err != nil {
		return nil, fmt.Errorf("%w JSON-LD: %w", schema.ErrInvalid, err)
	}
	if remote(doc, false) {
		return nil, fmt.Errorf("%w JSON-LD: it refers to a context elsewhere", schema.ErrInvalid)
	}
	return bytes.NewReader(data), nil
}

// remote reports whether a context is given by its address.
func remote(v any, isContext bool) bool {
	switch v := v.(type) {
	case string:
		return isContext
	case []any:
		for _, e := range v {
			if remote(e, isContext) {
				return true
			}
		}
	case map[string]any:
		for key, e := range v {
			if key == "@import" || remote(e, key == "@context") {
				return true
			}
		}
	}
	return false
}
