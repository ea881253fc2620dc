// Package ui serves the web page of a graph: search, networks, documents with
// their finds, comparisons and a Gizmo console. The page is written in
// TypeScript and Vue (see src), built by Vite into dist, and embedded here, so
// that the program is one file and the page asks nothing of any other host.
//
// The page has routes of its own (/entity, /document, /compare, /gizmo), for
// which the handler answers with index.html. What graph/api serves (/api,
// /docs, …) must be routed before this handler.
package ui

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"time"
)

//go:embed all:dist
var dist embed.FS

//go:embed unbuilt.html
var unbuilt []byte

// Handler returns a handler that serves the page that the program was built
// with, or one that tells how to build it where there is none.
func Handler() http.Handler {
	built, err := fs.Sub(dist, "dist")
	if err != nil { // cannot happen: "dist" is a valid path
		return page{unbuilt, http.StatusServiceUnavailable}
	}
	return handler(built)
}

// handler serves the built page in files.
func handler(files fs.FS) http.Handler {
	index, err := fs.ReadFile(files, "index.html")
	if err != nil {
		return secure(page{unbuilt, http.StatusServiceUnavailable})
	}
	return secure(&site{files: files, index: page{index, http.StatusOK}})
}

// policy lets the page load what it needs from its own origin and nothing from
// anywhere else; there are no inline scripts or styles.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"font-src 'self'; connect-src 'self'; manifest-src 'self'; " +
	"base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// secure adds the security headers and refuses methods that change something.
func secure(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			h.Set("Allow", "GET, HEAD")
			http.Error(w, "the page answers GET and HEAD only", http.StatusMethodNotAllowed)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// A site is a built page: its files, and index.html for its routes.
type site struct {
	files fs.FS
	index page
}

// ServeHTTP answers with the file at the path, else with index.html, whose
// script knows the page's routes. A missing asset is 404: index.html in its
// place would be taken for a script.
func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
	if name == "" || name == "index.html" {
		s.index.ServeHTTP(w, r)
		return
	}
	kind, known := contentTypes[path.Ext(name)]
	body, err := fs.ReadFile(s.files, name)
	switch {
	case err == nil && known:
		serveFile(w, r, name, kind, body)
	case known && !isRoute(name), strings.HasPrefix(name, "assets/"):
		w.Header().Set("Cache-Control", "no-store")
		http.NotFound(w, r)
	default:
		s.index.ServeHTTP(w, r)
	}
}

// contentTypes are the types of the files that Vite writes, by extension. The
// table of the operating system is not asked: it differs between machines.
var contentTypes = map[string]string{
	".css":   "text/css; charset=utf-8",
	".html":  "text/html; charset=utf-8",
	".ico":   "image/x-icon",
	".js":    "text/javascript; charset=utf-8",
	".json":  "application/json",
	".png":   "image/png",
	".svg":   "image/svg+xml",
	".txt":   "text/plain; charset=utf-8",
	".woff2": "font/woff2",
}

// isRoute reports whether the path belongs to a route that ends in an id,
// which may look like a file name.
func isRoute(name string) bool {
	first, _, deeper := strings.Cut(name, "/")
	return deeper && (first == "entity" || first == "document" || first == "id")
}

// serveFile sends a file of the page. Vite puts a hash of the content into the
// names of assets, so these never change.
func serveFile(w http.ResponseWriter, r *http.Request, name, kind string, body []byte) {
	h := w.Header()
	h.Set("Content-Type", kind)
	if strings.HasPrefix(name, "assets/") {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		h.Set("Cache-Control", "no-cache")
		h.Set("ETag", tag(body))
	}
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(body))
}

// A page is one HTML page that is asked for anew every time.
type page struct {
	body   []byte
	status int
}

// ServeHTTP sends the page; a browser that has it already is told so.
func (p page) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Type", contentTypes[".html"])
	h.Set("Cache-Control", "no-cache")
	if p.status == http.StatusOK {
		h.Set("ETag", tag(p.body))
		http.ServeContent(w, r, "index.html", time.Time{}, bytes.NewReader(p.body))
		return
	}
	w.WriteHeader(p.status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(p.body) // the client has gone: nobody is left to tell
	}
}

// tag returns an entity tag of the content.
func tag(body []byte) string {
	sum := sha256.Sum256(body)
	return `"` + hex.EncodeToString(sum[:12]) + `"`
}
