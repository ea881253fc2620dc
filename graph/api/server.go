package api

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/klauspost/compress/gzhttp"
	"golang.org/x/net/netutil"

	"github.com/districtkg/districtkg/graph/api/gizmo"
	"github.com/districtkg/districtkg/schema"
)

// A Server serves one graph. It is an [http.Handler]; [Server.Serve] runs it.
type Server struct {
	cfg     Config
	limits  Limits
	log     *slog.Logger
	runner  *gizmo.Runner
	metrics *metrics
	clients *clients
	answers *answers
	places  chan struct{} // one for each request that may be answered at once
	drain   chan struct{} // closed when the server stops
	handler http.Handler
}

// New returns a server for cfg.
func New(cfg Config) (*Server, error) {
	if cfg.Graph == nil {
		return nil, fmt.Errorf("%w server: it has no graph", schema.ErrInvalid)
	}
	if (cfg.CertFile == "") != (cfg.KeyFile == "") {
		return nil, fmt.Errorf("%w server: TLS needs a certificate and its key", schema.ErrInvalid)
	}
	limits := cfg.Limits.withDefaults()
	s := &Server{
		cfg:     cfg,
		limits:  limits,
		log:     cfg.Log,
		runner:  gizmo.New(cfg.Graph, Prefixes(cfg.Graph.IRIs()), limits.Gizmo, cfg.Sandbox),
		metrics: newMetrics(),
		clients: newClients(limits.Rate, limits.Burst),
		answers: newAnswers(),
		places:  make(chan struct{}, limits.Requests),
		drain:   make(chan struct{}),
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	engine, err := s.routes()
	if err != nil {
		return nil, err
	}
	zip, err := gzhttp.NewWrapper(gzhttp.MinSize(1024), gzhttp.ExceptContentTypes([]string{"text/event-stream", "application/gzip"}))
	if err != nil {
		return nil, fmt.Errorf("set up compression: %w", err)
	}
	s.handler = zip(engine)
	return s, nil
}

// Prefixes are the prefixes that queries may use: those of the graph and of
// the common vocabularies that its ontology refers to.
func Prefixes(m schema.IRIs) gizmo.Prefixes {
	return gizmo.Prefixes{
		"dkg":     m.Vocabulary(""),
		"id":      m.Base + "id/",
		"rdf":     "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
		"rdfs":    "http://www.w3.org/2000/01/rdf-schema#",
		"xsd":     "http://www.w3.org/2001/XMLSchema#",
		"owl":     "http://www.w3.org/2002/07/owl#",
		"schema":  "https://schema.org/",
		"prov":    "http://www.w3.org/ns/prov#",
		"skos":    "http://www.w3.org/2004/02/skos/core#",
		"dcterms": "http://purl.org/dc/terms/",
		"qb":      "http://purl.org/linked-data/cube#",
		"oa":      "http://www.w3.org/ns/oa#",
	}
}

// ServeHTTP answers one request. HEAD is GET without the body, which net/http
// leaves out.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodHead {
		get := *r
		get.Method = http.MethodGet
		r = &get
	}
	s.handler.ServeHTTP(w, r)
}

// Serve listens on addr until ctx ends, then lets the answers under way
// finish. ready, where it is not nil, is told the address that is listened on.
func (s *Server) Serve(ctx context.Context, addr string, ready func(net.Addr)) error {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if err != nil {
		return fmt.Errorf("listen on %s: %w", addr, err)
	}
	if ready != nil {
		ready(listener.Addr())
	}
	return s.ServeListener(ctx, listener)
}

// ServeListener is [Server.Serve] on a listener, which it closes.
func (s *Server) ServeListener(ctx context.Context, listener net.Listener) error {
	server := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: s.limits.ReadHeader,
		ReadTimeout:       s.limits.Read,
		WriteTimeout:      s.limits.Write,
		IdleTimeout:       s.limits.Idle,
		MaxHeaderBytes:    s.limits.Header,
		TLSConfig:         &tls.Config{MinVersion: tls.VersionTLS12},
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelDebug), // broken handshakes and the like are the clients' affair
	}
	listener = netutil.LimitListener(listener, s.limits.Connections)
	done := make(chan error, 1)
	go func() {
		if s.cfg.CertFile != "" {
			done <- server.ServeTLS(listener, s.cfg.CertFile, s.cfg.KeyFile)
			return
		}
		done <- server.Serve(listener)
	}()
	select {
	case err := <-done:
		return fmt.Errorf("serve on %s: %w", listener.Addr(), err)
	case <-ctx.Done():
	}
	return s.stop(server)
}

// stop says on /readyz that no more should come, and waits for the answers under way.
func (s *Server) stop(server *http.Server) error {
	close(s.drain)
	ctx, cancel := context.WithTimeout(context.Background(), s.limits.Drain)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		if errors.Is(err, context.DeadlineExceeded) {
			err = fmt.Errorf("answers were still under way after %v", s.limits.Drain)
		}
		return errors.Join(fmt.Errorf("stop the server: %w", err), server.Close())
	}
	return nil
}

// routes builds the table of all routes with what every request passes through.
func (s *Server) routes() (*gin.Engine, error) {
	gin.SetMode(gin.ReleaseMode)
	e := gin.New()
	e.HandleMethodNotAllowed = true
	e.RedirectTrailingSlash = false
	e.UseRawPath, e.UnescapePathValues = true, true // an id in a path has its slashes encoded
	e.Use(s.identify, s.logged, s.recovered, s.headers, s.cors, legible)
	s.health(e)
	guarded := e.Group("", s.limitRate, s.limitRequests, s.authorise, s.limitBody)
	s.rest(e, guarded)
	s.cayley(guarded)
	s.linkedData(guarded)
	if err := s.agents(guarded); err != nil {
		return nil, err
	}
	s.reconciliation(guarded)
	s.page(e, guarded)
	e.NoMethod(func(c *gin.Context) { fail(c, fmt.Errorf("%w: %s", errMethod, c.Request.Method)) })
	return e, nil
}

// health mounts what watches the server: never limited, never authorised but
// for metrics where asking is private.
func (s *Server) health(e *gin.Engine) {
	e.GET("/healthz", func(c *gin.Context) { c.String(http.StatusOK, "ok\n") })
	e.GET("/readyz", s.ready)
	e.GET("/metrics", s.authoriseMetrics, gin.WrapH(s.metrics.handler()))
}

// ready tells whether requests should be sent here: the graph answers and the
// server does not stop.
func (s *Server) ready(c *gin.Context) {
	select {
	case <-s.drain:
		c.String(http.StatusServiceUnavailable, "stopping\n")
		return
	default:
	}
	ctx, cancel := context.WithTimeout(c.Request.Context(), 2*time.Second)
	defer cancel()
	if _, err := s.cfg.Graph.Stats(ctx); err != nil {
		note(c, err)
		c.String(http.StatusServiceUnavailable, "the graph does not answer\n")
		return
	}
	c.String(http.StatusOK, "ok\n")
}
