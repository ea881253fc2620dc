package api

import (
	"bytes"
	"container/list"
	"net/http"
	"strings"
	"sync"

	"github.com/gin-gonic/gin"
)

// answers keeps what was answered of late. An answer depends on the graph's
// version and the request alone, so it is good until the graph changes.
type answers struct {
	most int // bytes

	mu      sync.Mutex
	version uint64
	bytes   int
	byKey   map[string]*list.Element
	order   *list.List // of *answer, the last used first
}

type answer struct {
	key    string
	header http.Header // the part that differs between answers
	body   []byte
}

// What is kept: in all, and of one answer.
const (
	keptBytes   = 64 << 20
	keptAnswer  = 256 << 10
	keptAddress = 2 << 10
)

func newAnswers() *answers {
	return &answers{most: keptBytes, byKey: map[string]*list.Element{}, order: list.New()}
}

// get returns the answer to a request of this version of the graph, or nil.
func (a *answers) get(version uint64, key string) *answer {
	a.mu.Lock()
	defer a.mu.Unlock()
	if version != a.version {
		a.version, a.bytes = version, 0
		clear(a.byKey)
		a.order.Init()
	}
	e, ok := a.byKey[key]
	if !ok {
		return nil
	}
	a.order.MoveToFront(e)
	return e.Value.(*answer)
}

// put keeps an answer, in place of those that were not asked for the longest.
func (a *answers) put(version uint64, kept *answer) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if _, ok := a.byKey[kept.key]; ok || version != a.version {
		return
	}
	a.byKey[kept.key] = a.order.PushFront(kept)
	for a.bytes += kept.size(); a.bytes > a.most; {
		last := a.order.Remove(a.order.Back()).(*answer)
		delete(a.byKey, last.key)
		a.bytes -= last.size()
	}
}

func (k *answer) size() int { return len(k.body) + 2*len(k.key) + 512 }

// keptHeaders are what the handlers set of their own.
var keptHeaders = []string{"Content-Type", "X-Total-Count", "X-Next-Cursor"}

// cached answers what was answered before, and keeps what is answered now.
func (s *Server) cached(c *gin.Context) {
	key := c.GetHeader("Accept") + " " + c.Request.URL.RequestURI()
	if c.Request.Method != http.MethodGet || len(key) > keptAddress || !keeps(c.Request.URL.Path) {
		return
	}
	version := s.cfg.Graph.Version()
	if kept := s.answers.get(version, key); kept != nil {
		for name, values := range kept.header {
			c.Writer.Header()[name] = values
		}
		c.Abort()
		c.Data(http.StatusOK, kept.header.Get("Content-Type"), kept.body)
		return
	}
	w := &copyingWriter{ResponseWriter: c.Writer}
	c.Writer = w
	c.Next()
	if w.Status() != http.StatusOK || w.over {
		return
	}
	kept := &answer{key: key, header: http.Header{}, body: bytes.Clone(w.body.Bytes())}
	for _, name := range keptHeaders {
		if v := w.Header().Get(name); v != "" {
			kept.header.Set(name, v)
		}
	}
	s.answers.put(version, kept)
}

// keeps reports whether answers at path are kept: not those that are long, nor
// those that tell how long they took.
func keeps(path string) bool {
	return strings.HasPrefix(path, "/api/v1/") && !strings.HasPrefix(path, "/api/v1/export") && !strings.HasPrefix(path, "/api/v1/gizmo")
}

// A copyingWriter keeps a copy of an answer that is not too long.
type copyingWriter struct {
	gin.ResponseWriter
	body bytes.Buffer
	over bool
}

func (w *copyingWriter) Write(p []byte) (int, error) {
	if w.over = w.over || w.body.Len()+len(p) > keptAnswer; !w.over {
		w.body.Write(p)
	}
	return w.ResponseWriter.Write(p)
}

func (w *copyingWriter) WriteString(s string) (int, error) { return w.Write([]byte(s)) }
