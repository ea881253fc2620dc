package ui

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

func built() fstest.MapFS {
	return fstest.MapFS{
		".gitkeep":               {},
		"index.html":             {Data: []byte("<!doctype html><title>page</title>")},
		"theme.js":               {Data: []byte("theme()")},
		"assets/main-a1b2c3.js":  {Data: []byte("main()")},
		"assets/main-a1b2c3.css": {Data: []byte("body{}")},
	}
}

func TestHandler(t *testing.T) {
	const html, js = "text/html; charset=utf-8", "text/javascript; charset=utf-8"
	const forever = "public, max-age=31536000, immutable"
	for _, tt := range []struct {
		method, target string
		status         int
		kind, cache    string
		body           string
	}{
		{"GET", "/", 200, html, "no-cache", "<title>page</title>"},
		{"GET", "/index.html", 200, html, "no-cache", "<title>page</title>"},
		{"GET", "/compare?district=220102", 200, html, "no-cache", "<title>page</title>"},
		{"GET", "/entity/id/division/220102", 200, html, "no-cache", "<title>page</title>"},
		{"GET", "/entity/enterprise/cn/node.js", 200, html, "no-cache", "<title>page</title>"},
		{"GET", "/id/%E5%8D%97%E5%85%B3%E5%8C%BA", 200, html, "no-cache", "<title>page</title>"},
		{"GET", "/theme.js", 200, js, "no-cache", "theme()"},
		{"GET", "/assets/main-a1b2c3.js", 200, js, forever, "main()"},
		{"GET", "/assets/main-a1b2c3.css", 200, "text/css; charset=utf-8", forever, "body{}"},
		{"GET", "/assets/main-old.js", 404, "text/plain; charset=utf-8", "no-store", "404"},
		{"GET", "/missing.png", 404, "text/plain; charset=utf-8", "no-store", "404"},
		{"GET", "/assets/../../etc/passwd", 200, html, "no-cache", "<title>page</title>"},
		{"GET", "/.gitkeep", 200, html, "no-cache", "<title>page</title>"},
		{"POST", "/", 405, "text/plain; charset=utf-8", "", "GET and HEAD"},
		{"DELETE", "/assets/main-a1b2c3.js", 405, "text/plain; charset=utf-8", "", "GET and HEAD"},
	} {
		t.Run(tt.method+" "+tt.target, func(t *testing.T) {
			res, body := ask(t, handler(built()), tt.method, tt.target, nil)
			if res.StatusCode != tt.status || !strings.Contains(body, tt.body) {
				t.Errorf("got %d %q, want %d with %q", res.StatusCode, body, tt.status, tt.body)
			}
			if got := res.Header.Get("Content-Type"); got != tt.kind {
				t.Errorf("Content-Type %q, want %q", got, tt.kind)
			}
			if got := res.Header.Get("Cache-Control"); got != tt.cache {
				t.Errorf("Cache-Control %q, want %q", got, tt.cache)
			}
		})
	}
}

func TestSecurityHeaders(t *testing.T) {
	for _, target := range []string{"/", "/assets/main-a1b2c3.js", "/assets/none.js"} {
		res, _ := ask(t, handler(built()), "GET", target, nil)
		csp := res.Header.Get("Content-Security-Policy")
		if !strings.Contains(csp, "script-src 'self'") || strings.Contains(csp, "unsafe-inline") {
			t.Errorf("%s: Content-Security-Policy %q lets inline scripts run", target, csp)
		}
		if got := res.Header.Get("X-Content-Type-Options"); got != "nosniff" {
			t.Errorf("%s: X-Content-Type-Options %q, want nosniff", target, got)
		}
	}
}

func TestUnchangedPageIsNotSentAgain(t *testing.T) {
	h := handler(built())
	for _, target := range []string{"/", "/compare", "/theme.js"} {
		first, _ := ask(t, h, "GET", target, nil)
		again, body := ask(t, h, "GET", target, http.Header{"If-None-Match": {first.Header.Get("ETag")}})
		if again.StatusCode != http.StatusNotModified || body != "" {
			t.Errorf("%s: got %d %q, want 304 without a body", target, again.StatusCode, body)
		}
	}
}

func TestUnbuiltPageTellsWhatToDo(t *testing.T) {
	h := handler(fstest.MapFS{".gitkeep": {}})
	res, body := ask(t, h, "GET", "/", nil)
	if res.StatusCode != http.StatusServiceUnavailable || !strings.Contains(body, "The page is not built: run make") {
		t.Errorf("got %d %q", res.StatusCode, body)
	}
	if res, body := ask(t, h, "HEAD", "/", nil); res.StatusCode != http.StatusServiceUnavailable || body != "" {
		t.Errorf("HEAD: got %d %q", res.StatusCode, body)
	}
}

// The handler of the program itself serves the page or says that there is none.
func TestEmbedded(t *testing.T) {
	res, body := ask(t, Handler(), "GET", "/", nil)
	page := res.StatusCode == http.StatusOK && strings.Contains(body, `id="app"`)
	none := res.StatusCode == http.StatusServiceUnavailable && strings.Contains(body, "make run")
	if !page && !none {
		t.Errorf("got %d %q", res.StatusCode, body)
	}
}

func ask(t *testing.T, h http.Handler, method, target string, header http.Header) (*http.Response, string) {
	t.Helper()
	r := httptest.NewRequest(method, target, nil)
	for name, values := range header {
		r.Header[name] = values
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	body, err := io.ReadAll(w.Result().Body)
	if err != nil {
		t.Fatal(err)
	}
	return w.Result(), string(body)
}
