package api

import (
	"bytes"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/cayleygraph/quad"
	"github.com/gin-gonic/gin"

	"github.com/districtkg/districtkg/graph/export"
	"github.com/districtkg/districtkg/schema"
)

// linkedData mounts the IRIs of the graph at their paths below the base, and
// below the root for a base that forwards to this server (as w3id.org does).
func (s *Server) linkedData(group *gin.RouterGroup) {
	g := group.Group("", s.conditional)
	roots := []string{""}
	if base, err := url.Parse(s.cfg.Graph.IRIs().Base); err == nil && strings.Trim(base.Path, "/") != "" {
		roots = append(roots, "/"+strings.Trim(base.Path, "/"))
	}
	for _, root := range roots {
		g.GET(root+"/id/*rest", s.thing(root))
		g.GET(root+"/ns", s.turtle(export.Ontology))
		g.GET(root+"/shapes", s.turtle(export.Shapes))
	}
}

// turtle serves a document that the graph's IRIs determine.
func (s *Server) turtle(write func(io.Writer, schema.IRIs) error) gin.HandlerFunc {
	return func(c *gin.Context) {
		var b bytes.Buffer
		if err := write(&b, s.cfg.Graph.IRIs()); err != nil {
			fail(c, err)
			return
		}
		c.Data(http.StatusOK, mediaType("text/turtle"), b.Bytes())
	}
}

// thing serves what the graph says of an IRI, in the media type that is asked for.
func (s *Server) thing(root string) gin.HandlerFunc {
	return func(c *gin.Context) {
		if c.Query("format") == "" && s.cfg.Page != nil && prefersHTML(c) {
			s.showPage(c)
			return
		}
		format, err := linkedFormat(c)
		if err != nil {
			fail(c, err)
			return
		}
		iri, err := iriOf(s.cfg.Graph.IRIs(), strings.TrimPrefix(c.Request.URL.EscapedPath(), root+"/"))
		if err != nil {
			fail(c, err)
			return
		}
		quads, err := some(s.cfg.Graph.Describe(c.Request.Context(), iri), iri)
		if err != nil {
			fail(c, err)
			return
		}
		s.stream(c, format, quads)
	}
}

// some returns the quads, of which there must be at least one.
func some(quads iter.Seq2[quad.Quad, error], iri string) (iter.Seq2[quad.Quad, error], error) {
	for _, err := range quads {
		return quads, err
	}
	return nil, fmt.Errorf("<%s>: %w", iri, schema.ErrNotFound)
}

// linked are the formats of things, by preference.
var linked = []string{"turtle", "jsonld", "nquads", "trig"}

// linkedFormat returns the format that the parameter format or the header
// Accept asks for, Turtle where they leave it open.
func linkedFormat(c *gin.Context) (Format, error) {
	if name := c.Query("format"); name != "" {
		return formatOf(name)
	}
	best, quality := "", 0.0
	for _, spec := range accepted(c) {
		for _, name := range linked {
			f, err := formatOf(name)
			if err != nil {
				return Format{}, err
			}
			if spec.q > quality && matches(spec.value, f.MediaType) {
				best, quality = name, spec.q
			}
		}
	}
	if best == "" {
		return Format{}, fmt.Errorf("%w: things are had as text/turtle, application/ld+json, application/n-quads or application/trig", errNotAcceptable)
	}
	return formatOf(best)
}

// matches reports whether a media range takes a media type. N-Triples and JSON
// are near enough to N-Quads and JSON-LD for who asks for them.
func matches(pattern, media string) bool {
	switch {
	case pattern == media || pattern == "*/*":
		return true
	case pattern == "application/json":
		return media == "application/ld+json"
	case pattern == "text/html" || pattern == "application/xhtml+xml":
		return media == "text/turtle" // a browser where there is no page
	}
	return strings.HasSuffix(pattern, "/*") && strings.HasPrefix(media, strings.TrimSuffix(pattern, "*"))
}

// A preference is a part of a header Accept.
type preference struct {
	value string  // in lower case
	q     float64 // 0 to 1
}

func accepted(c *gin.Context) []preference { return preferences(c.Request.Header.Values("Accept")) }

// preferences reads headers such as Accept. No header takes all.
func preferences(headers []string) []preference {
	header := strings.Join(headers, ",")
	if header == "" {
		return []preference{{"*/*", 1}}
	}
	var out []preference
	for part := range strings.SplitSeq(header, ",") {
		value, params, _ := strings.Cut(part, ";")
		p := preference{strings.ToLower(strings.TrimSpace(value)), 1}
		for param := range strings.SplitSeq(params, ";") {
			if q, ok := strings.CutPrefix(strings.TrimSpace(param), "q="); ok {
				p.q, _ = strconv.ParseFloat(q, 64) // 0, not wanted, where it is no number
			}
		}
		out = append(out, p)
	}
	return out
}

// prefersHTML reports whether HTML is asked for before any RDF.
func prefersHTML(c *gin.Context) bool {
	html, rdf := 0.0, 0.0
	for _, spec := range accepted(c) {
		switch spec.value {
		case "text/html", "application/xhtml+xml":
			html = max(html, spec.q)
		case "text/turtle", "application/ld+json", "application/n-quads", "application/trig", "application/json":
			rdf = max(rdf, spec.q)
		}
	}
	return html > rdf
}

// iriOf returns the IRI of ours that an escaped path below the base spells. A
// browser escapes more than an IRI does, so each segment is brought back to
// the form that [schema.IRIs] gives it.
func iriOf(m schema.IRIs, escaped string) (string, error) {
	segments := strings.Split(escaped, "/")
	minted := schema.IRIs{}
	for i, segment := range segments {
		text, err := url.PathUnescape(segment)
		if err != nil {
			return "", fmt.Errorf("%w path: %w", schema.ErrInvalid, err)
		}
		segments[i] = strings.TrimPrefix(minted.Vocabulary(text), minted.Vocabulary(""))
	}
	return m.Base + strings.Join(segments, "/"), nil
}
