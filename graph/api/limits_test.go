package api

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/districtkg/districtkg/graph"
	"github.com/districtkg/districtkg/graph/api/gizmo"
)

func TestLimits(t *testing.T) {
	s := newServer(t, func(c *Config) { c.Limits = Limits{Rate: 1, Burst: 3, Body: 1000} })
	if w := ask(t, s, "POST", "/api/v1/gizmo", strings.Repeat("x", 1001)); w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("large body: %d %s", w.Code, w.Body)
	}
	r, body := io.Pipe()
	go func() { // a body whose length nobody tells
		_, err := io.WriteString(body, `{"query": "`+strings.Repeat("x", 5000))
		body.CloseWithError(err)
	}()
	req, err := http.NewRequestWithContext(t.Context(), "POST", "/api/v1/gizmo", r)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	w := &recorder{header: http.Header{}}
	s.ServeHTTP(w, req)
	_ = r.Close()
	if w.code != http.StatusRequestEntityTooLarge {
		t.Errorf("large body of unknown length: %d %s", w.code, w.body.String())
	}
	var last int
	for range 5 {
		w := ask(t, s, "GET", "/api/v1/stats", "")
		if last = w.Code; last == http.StatusTooManyRequests && w.Header().Get("Retry-After") == "" {
			t.Error("no Retry-After")
		}
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("a client that asks too often: %d", last)
	}
	if w := ask(t, s, "GET", "/healthz", ""); w.Code != 200 {
		t.Errorf("health is limited: %d", w.Code)
	}
}

// A recorder is a response writer without what httptest's knows of readers.
type recorder struct {
	header http.Header
	code   int
	body   bytes.Buffer
}

func (r *recorder) Header() http.Header { return r.header }
func (r *recorder) WriteHeader(code int) {
	if r.code == 0 {
		r.code = code
	}
}
func (r *recorder) Write(p []byte) (int, error) {
	r.WriteHeader(http.StatusOK)
	return r.body.Write(p)
}

// slowGraph answers when it is let.
type slowGraph struct {
	Graph
	begun chan struct{}
	let   chan struct{}
}

func (g slowGraph) Stats(ctx context.Context) (graph.Stats, error) {
	g.begun <- struct{}{}
	select {
	case <-g.let:
		return g.Graph.Stats(ctx)
	case <-ctx.Done():
		return graph.Stats{}, context.Cause(ctx)
	}
}

func TestTooManyAtOnce(t *testing.T) {
	slow := slowGraph{begun: make(chan struct{}), let: make(chan struct{})}
	s := newServer(t, func(c *Config) {
		slow.Graph, c.Graph = c.Graph, slow
		c.Graph = slow
		c.Limits.Requests = 2
	})
	var wait sync.WaitGroup
	for range 2 {
		wait.Go(func() {
			if w := ask(t, s, "GET", "/api/v1/stats", ""); w.Code != 200 {
				t.Errorf("one under way: %d", w.Code)
			}
		})
		<-slow.begun
	}
	if w := ask(t, s, "GET", "/api/v1/schema", ""); w.Code != http.StatusTooManyRequests || !strings.Contains(w.Body.String(), `"busy"`) {
		t.Errorf("one too many: %d %s", w.Code, w.Body)
	}
	close(slow.let)
	wait.Wait()
	if w := ask(t, s, "GET", "/api/v1/schema", ""); w.Code != 200 {
		t.Errorf("afterwards: %d", w.Code)
	}
}

func TestAnswersThatTakeTooLong(t *testing.T) {
	slow := slowGraph{begun: make(chan struct{}, 1), let: make(chan struct{})}
	s := newServer(t, func(c *Config) {
		slow.Graph = c.Graph
		c.Graph = slow
		c.Limits.Answer = 20 * time.Millisecond
	})
	if w := ask(t, s, "GET", "/api/v1/stats", ""); w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), `"limit"`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// running is a server on a port of its own.
func running(t *testing.T, s *Server) (address string, stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ready, done := make(chan string, 1), make(chan error, 1)
	go func() { done <- s.Serve(ctx, "127.0.0.1:0", func(a net.Addr) { ready <- a.String() }) }()
	stopped := sync.OnceValue(func() error { cancel(); return <-done })
	t.Cleanup(func() { _ = stopped() })
	select {
	case address = <-ready:
	case err := <-done:
		t.Fatal(err)
	}
	return address, stopped
}

func TestDrain(t *testing.T) {
	slow := slowGraph{begun: make(chan struct{}), let: make(chan struct{})}
	s := newServer(t, func(c *Config) { slow.Graph = c.Graph; c.Graph = slow })
	address, stop := running(t, s)
	answered := make(chan error, 1)
	go func() {
		resp, err := http.Get("http://" + address + "/api/v1/stats")
		if err == nil {
			_, err = io.ReadAll(resp.Body)
			err = errors.Join(err, resp.Body.Close())
			if resp.StatusCode != 200 {
				err = fmt.Errorf("status %d", resp.StatusCode)
			}
		}
		answered <- err
	}()
	<-slow.begun
	stopped := make(chan error, 1)
	go func() { stopped <- stop() }()
	for { // until nobody is let in any more
		conn, err := net.Dial("tcp", address)
		if err != nil {
			break
		}
		_ = conn.Close()
		runtime.Gosched()
	}
	close(slow.let)
	if err := <-answered; err != nil {
		t.Errorf("an answer under way was lost: %v", err)
	}
	if err := <-stopped; err != nil {
		t.Errorf("stopped with %v", err)
	}
}

func TestPortInUse(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	if err := newServer(t, nil).Serve(t.Context(), listener.Addr().String(), nil); err == nil || !strings.Contains(err.Error(), "listen on") {
		t.Errorf("%v", err)
	}
}

func TestLogAndMetrics(t *testing.T) {
	var log bytes.Buffer
	s := newServer(t, func(c *Config) { c.Log = slog.New(slog.NewJSONHandler(&log, nil)) })
	ask(t, s, "GET", "/api/v1/entities/nobody", "", "X-Request-Id", "r1")
	ask(t, s, "GET", "/api/v1/gizmo?query="+url.QueryEscape("g.V().all()"), "")
	for _, want := range []string{`"id":"r1"`, `"route":"/api/v1/entities/:id"`, `"status":404`, `"error":"entity`, `"query":"path"`} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log has no %s: %s", want, log.String())
		}
	}
	metrics := ask(t, s, "GET", "/metrics", "").Body.String()
	for _, want := range []string{
		`districtkg_request_seconds_count{method="GET",route="/api/v1/entities/:id",status="404"} 1`,
		`districtkg_query_seconds_count{class="path",outcome="cut"} 1`, `go_goroutines`,
	} {
		if !strings.Contains(metrics, want) {
			t.Errorf("the metrics have no %s", want)
		}
	}
}

// hostile are requests that want too much, never end or are no requests.
var hostile = []struct {
	name string
	send func(address string) error
}{
	{"loop", post("/api/v2/query?lang=gizmo", `for (;;) {}`)},
	{"memory", post("/api/v2/query?lang=gizmo", `var a = []; for (;;) a.push(new Uint8Array(1e6))`)},
	{"large string", post("/api/v2/query?lang=gizmo", `"x".repeat(1e9)`)},
	{"many paths", post("/api/v2/query?lang=gizmo", `g.V().both().both().both().both().both().both().count()`)},
	{"recursion", post("/api/v2/query?lang=gizmo", `g.V().followRecursive(g.M().both()).order().count()`)},
	{"nesting", post("/api/v1/gizmo", strings.Repeat("[", 500_000))},
	{"huge body", post("/api/v1/gizmo", strings.Repeat("x", 3<<20))},
	{"huge graphql", post("/api/v2/query?lang=graphql", strings.Repeat("{a", 30_000))},
	{"half a request", raw("GET /api/v1/stats HTTP/1.1\r\nHost: x\r\nX-Slow: ")},
	{"half a body", raw("POST /api/v1/gizmo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")},
	{"no HTTP", raw("\x16\x03\x01\x00\xff\xfe nonsense\r\n\r\n")},
	{"huge header", raw("GET / HTTP/1.1\r\nHost: x\r\nX: " + strings.Repeat("x", 100_000) + "\r\n\r\n")},
	{"wrong length", raw("POST /api/v2/query HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n")},
}

// post sends a body and does not care for the answer.
func post(path, body string) func(string) error {
	return func(address string) error {
		resp, err := http.Post("http://"+address+path, "application/json", strings.NewReader(body))
		if err != nil {
			return nil //nolint:nilerr // the server may hang up on such a client
		}
		defer resp.Body.Close()
		if _, err := io.Copy(io.Discard, resp.Body); err != nil {
			return nil //nolint:nilerr // as above
		}
		if resp.StatusCode == http.StatusInternalServerError || resp.StatusCode == http.StatusOK && !strings.Contains(body, "count()") && !strings.Contains(path, "graphql") {
			return fmt.Errorf("status %d", resp.StatusCode)
		}
		return nil
	}
}

// raw opens a connection, says some words, and waits until the server hangs up.
func raw(words string) func(string) error {
	return func(address string) error {
		conn, err := net.Dial("tcp", address)
		if err != nil {
			return err
		}
		defer conn.Close()
		if _, err := io.WriteString(conn, words); err != nil {
			return nil //nolint:nilerr // it hung up already
		}
		if err := conn.SetReadDeadline(time.Now().Add(time.Minute)); err != nil {
			return err
		}
		_, err = io.Copy(io.Discard, bufio.NewReader(conn))
		if errors.Is(err, context.DeadlineExceeded) || err != nil && strings.Contains(err.Error(), "timeout") {
			return errors.New("the server waits for ever")
		}
		return nil
	}
}

// TestGoodAmongHostile sends requests of which a tenth are hostile: no good one
// may be lost.
func TestGoodAmongHostile(t *testing.T) {
	total := 2000
	if raceDetector {
		total = 500
	}
	if n, err := strconv.Atoi(os.Getenv("HOSTILE_REQUESTS")); err == nil {
		total = n // 10000 for the whole measurement
	}
	s := newServer(t, func(c *Config) {
		c.Limits = Limits{Rate: -1, ReadHeader: 2 * time.Second, Read: 3 * time.Second, Gizmo: gizmo.Limits{Time: 3 * time.Second, Wait: 10 * time.Second, ScriptMemory: 32 << 20}}
	})
	address, _ := running(t, s)
	id := someIDs(t, s.cfg.Graph)
	good := []string{"/api/v1/stats", "/api/v1/entities?q=" + url.QueryEscape("启明"), "/api/v1/figures?subject=220102", "/api/v1/entities/" + inPath(id["enterprise"]),
		"/api/v1/gizmo?query=" + url.QueryEscape(`g.V("第220102区").in("rdfs:label").all()`), "/api/v1/sentences?q=" + url.QueryEscape("落户")}
	var lost, sent atomic.Int64
	var work sync.WaitGroup
	bad := make(chan int, total)
	for i := range total / 10 {
		bad <- i
	}
	close(bad)
	for range 16 {
		work.Go(func() {
			for i := range bad {
				h := hostile[i%len(hostile)]
				if err := h.send(address); err != nil {
					t.Errorf("%s: %v", h.name, err)
				}
			}
		})
	}
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 8}, Timeout: time.Minute}
	for n := range 4 {
		work.Go(func() {
			for i := n; i < total*9/10; i += 4 {
				sent.Add(1)
				if err := fetch(client, "http://"+address+good[i%len(good)]); err != nil {
					lost.Add(1)
					t.Errorf("good request lost: %v", err)
				}
			}
		})
	}
	work.Wait()
	t.Logf("%d good requests, %d lost, beside %d hostile", sent.Load(), lost.Load(), total/10)
}

func fetch(client *http.Client, target string) error {
	resp, err := client.Get(target)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %d %.200s", target, resp.StatusCode, body)
	}
	return err
}
