package api

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"runtime/debug"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"github.com/districtkg/districtkg/graph/api/auth"
	"github.com/districtkg/districtkg/schema"
)

// Keys under which the steps of the chain leave what later ones need.
const (
	keyRequestID = "request id"
	keyError     = "error"
	keyKind      = "kind of query"
	keyToken     = "token"
)

// identify gives the request an id, the caller's if it looks like one.
func (s *Server) identify(c *gin.Context) {
	id := c.GetHeader("X-Request-Id")
	if !plainID(id) {
		var random [8]byte
		_, _ = rand.Read(random[:]) // never fails: it ends the program instead
		id = hex.EncodeToString(random[:])
	}
	c.Set(keyRequestID, id)
	c.Header("X-Request-Id", id)
}

// plainID reports whether id may go into a log and a header as it is.
func plainID(id string) bool {
	return id != "" && len(id) <= 64 && strings.Trim(id, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_") == ""
}

func requestID(c *gin.Context) string { return c.GetString(keyRequestID) }

// note keeps an error for the log line of the request.
func note(c *gin.Context, err error) { c.Set(keyError, err) }

// logged writes a line a request and counts it.
func (s *Server) logged(c *gin.Context) {
	start := time.Now()
	s.metrics.inFlight.Inc()
	c.Next()
	s.metrics.inFlight.Dec()
	took := time.Since(start)
	route := c.FullPath()
	if route == "" {
		route = "none" // not the path: anybody can make as many as they like
	}
	s.metrics.request(c.Request.Method, route, c.Writer.Status(), took)
	s.log.LogAttrs(c.Request.Context(), level(c.Writer.Status()), "request", s.attributes(c, route, took)...)
}

func level(status int) slog.Level {
	switch {
	case status >= 500 && status != http.StatusServiceUnavailable:
		return slog.LevelError
	case status >= 400:
		return slog.LevelWarn
	}
	return slog.LevelInfo
}

func (s *Server) attributes(c *gin.Context, route string, took time.Duration) []slog.Attr {
	out := []slog.Attr{
		slog.String("id", requestID(c)),
		slog.String("method", c.Request.Method),
		slog.String("path", c.Request.URL.Path),
		slog.String("route", route),
		slog.Int("status", c.Writer.Status()),
		slog.Int("bytes", max(0, c.Writer.Size())),
		slog.Float64("ms", float64(took.Microseconds())/1000),
		slog.String("client", s.client(c)),
	}
	if kind := c.GetString(keyKind); kind != "" {
		out = append(out, slog.String("query", kind))
	}
	if t, ok := c.Get(keyToken); ok {
		out = append(out, slog.String("token", t.(auth.Token).Name))
	}
	if err, ok := c.Get(keyError); ok {
		out = append(out, slog.Any("error", err))
	}
	return out
}

// recovered turns a panic into a 500 that tells nothing; the log has the stack.
func (s *Server) recovered(c *gin.Context) {
	defer func() {
		p := recover()
		if p == nil {
			return
		}
		if err, ok := p.(error); ok && errors.Is(err, http.ErrAbortHandler) {
			panic(p) // asks the HTTP server to cut the connection
		}
		s.log.Error("panic", "id", requestID(c), "value", fmt.Sprint(p), "stack", string(debug.Stack()))
		if c.Writer.Written() {
			panic(http.ErrAbortHandler) // the client must not take half an answer for the whole
		}
		fail(c, fmt.Errorf("panic: %v", p))
	}()
	c.Next()
}

// policy lets the page load nothing from elsewhere and run no inline script.
const policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; worker-src 'self' blob:; " +
	"frame-ancestors 'none'; base-uri 'self'; form-action 'self'"

// headers sets what every answer has, and bounds the time to make it.
func (s *Server) headers(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Content-Security-Policy", policy)
	ctx, cancel := context.WithTimeoutCause(c.Request.Context(), s.limits.Answer, errLate)
	defer cancel()
	if !streams(c.Request.URL.Path) {
		c.Request = c.Request.WithContext(ctx)
	}
	c.Next()
}

// streams reports whether answers at path may take as long as the client reads
// on: they are cut by the write deadline instead.
func streams(path string) bool {
	return strings.HasPrefix(path, "/api/v1/export") || strings.HasPrefix(path, "/api/v2/read") ||
		strings.HasPrefix(path, "/api/v2/write") || strings.HasPrefix(path, "/mcp")
}

// cors lets browsers ask from the listed origins and answers their preflights.
func (s *Server) cors(c *gin.Context) {
	origin := c.GetHeader("Origin")
	if origin == "" || len(s.cfg.Origins) == 0 {
		return
	}
	h := c.Writer.Header()
	h.Add("Vary", "Origin")
	if !slices.Contains(s.cfg.Origins, origin) && !slices.Contains(s.cfg.Origins, "*") {
		return
	}
	h.Set("Access-Control-Allow-Origin", origin)
	h.Set("Access-Control-Expose-Headers", "ETag, X-Request-Id, X-Result-Truncated, Retry-After, Mcp-Session-Id")
	if c.Request.Method == http.MethodOptions && c.GetHeader("Access-Control-Request-Method") != "" {
		h.Set("Access-Control-Allow-Methods", "GET, HEAD, POST, DELETE")
		h.Set("Access-Control-Allow-Headers", "Accept, Authorization, Content-Type, Content-Encoding, If-None-Match, Mcp-Session-Id, Mcp-Protocol-Version, Last-Event-Id, X-Request-Id")
		h.Set("Access-Control-Max-Age", "3600")
		c.AbortWithStatus(http.StatusNoContent)
	}
}

// legible refuses addresses whose parameters are no text: nothing behind this
// need think of them.
func legible(c *gin.Context) {
	params, err := url.ParseQuery(c.Request.URL.RawQuery)
	if err == nil && !isText(c.Request.URL.Path) {
		err = errors.New("the path is not text in UTF-8")
	}
	for name, values := range params {
		if !isText(name) || slices.ContainsFunc(values, func(v string) bool { return !isText(v) }) {
			err = errors.New("a parameter is not text in UTF-8")
		}
	}
	if err != nil {
		fail(c, fmt.Errorf("%w address: %w", schema.ErrInvalid, err))
	}
}

func isText(s string) bool { return utf8.ValidString(s) && !strings.Contains(s, "\x00") }

// client returns the address that the request comes from.
func (s *Server) client(c *gin.Context) string {
	if s.cfg.TrustProxy {
		hops := strings.Split(c.GetHeader("X-Forwarded-For"), ",")
		if ip := net.ParseIP(strings.TrimSpace(hops[len(hops)-1])); ip != nil {
			return ip.String()
		}
	}
	host, _, err := net.SplitHostPort(c.Request.RemoteAddr)
	if err != nil {
		return c.Request.RemoteAddr
	}
	return host
}

// limitRate turns away clients that ask too often.
func (s *Server) limitRate(c *gin.Context) {
	if !s.clients.allow(s.client(c)) {
		fail(c, errRateLimited)
	}
}

// limitRequests turns away what comes while too many answers are under way.
func (s *Server) limitRequests(c *gin.Context) {
	select {
	case s.places <- struct{}{}:
		defer func() { <-s.places }()
		c.Next()
	default:
		fail(c, fmt.Errorf("%w: %d answers are under way", schema.ErrBusy, s.limits.Requests))
	}
}

// limitBody refuses bodies over their size: at once where the header says so.
func (s *Server) limitBody(c *gin.Context) {
	most := s.limits.Body
	if writes(c.Request.URL.Path) {
		most = s.limits.WriteBody
	}
	if c.Request.ContentLength > most {
		fail(c, fmt.Errorf("%w: a request here may have %d bytes", schema.ErrTooLarge, most))
		return
	}
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, most)
}

// writes reports whether the route at path takes quads.
func writes(path string) bool { return path == "/api/v2/write" || path == "/api/v2/delete" }

// authorise finds the token of a request and asks for one where reading is private.
func (s *Server) authorise(c *gin.Context) {
	secret, ok := strings.CutPrefix(c.GetHeader("Authorization"), "Bearer ")
	if ok && s.cfg.Tokens != nil {
		token, good := s.cfg.Tokens.Find(strings.TrimSpace(secret))
		if !good {
			c.Header("WWW-Authenticate", `Bearer error="invalid_token"`)
			fail(c, errUnauthorized)
			return
		}
		c.Set(keyToken, token)
	}
	if s.cfg.PrivateRead {
		s.require(c, auth.Read)
	}
}

// require ends the request unless its token has the scope.
func (s *Server) require(c *gin.Context, scope auth.Scope) bool {
	if t, ok := c.Get(keyToken); ok && t.(auth.Token).Allows(scope) {
		return true
	}
	c.Header("WWW-Authenticate", `Bearer scope="`+string(scope)+`"`)
	fail(c, fmt.Errorf("%w: this needs a token with the scope %s", schema.ErrDenied, scope))
	return false
}

func (s *Server) authoriseMetrics(c *gin.Context) {
	if !s.cfg.PrivateRead {
		return
	}
	if s.authorise(c); !c.IsAborted() {
		s.require(c, auth.Admin)
	}
}
