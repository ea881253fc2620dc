// Package graph is the knowledge graph as the rest of the program sees it: open
// it, put documents in, take them out, ask.
//
// It keeps quads (see graph/quads for their shapes) in a Cayley store: a
// directory on disk, memory, or PostgreSQL. It knows Cayley's interface of a
// store, and a few small ones of its own for what a store may do better:
// [Scanner], [Replacer], [Loader], [Viewer].
//
// Reads answer from one moment of the graph, however long they take and
// whatever is written meanwhile, and their order is stable: the same graph
// gives the same answer, and pages fit together. What has to be found by name,
// number or connection is found in an index in memory, made from the store when
// it is first needed after a change (about a second for a million quads, some
// 20 MB); texts and evidence are read from the store each time.
//
// A graph in PostgreSQL may be changed by other processes. What they change is
// read at once where the store is asked, and found by name or number after the
// next change made through this Graph, or when it is opened again.
//
// An id in a question is a full IRI, the path below the base
// (id/division/220102), the path below base/id/ (division/220102), or the code
// of a division. Ids in answers are full IRIs.
package graph

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/memstore"

	"github.com/districtkg/districtkg/graph/quads"
	"github.com/districtkg/districtkg/schema"
)

// A Graph is an open graph. It may be used by several goroutines at once.
type Graph struct {
	qs       cayley.QuadStore
	vocab    *quads.Vocabulary
	readOnly bool
	version  atomic.Uint64

	writing sync.RWMutex // where the store has no views: held by readers, and by the writer alone

	mu      sync.Mutex // guards what follows
	idle    *sync.Cond // readers fell to 0
	gen     *generation
	readers int
	closed  bool
}

// Names under which Cayley knows the stores.
const (
	diskStore     = "pebble"
	postgresStore = "districtkg-postgres"
)

// Open opens the graph at dsn: a directory, which is made unless opt.ReadOnly
// is set, "mem:" for one in memory, or "postgres://…". Another scheme is
// [schema.ErrInvalid]. The program must import the package of the store.
func Open(ctx context.Context, dsn string, opt Options) (*Graph, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if opt.Base == "" {
		opt.Base = schema.DefaultBase
	}
	if base, err := url.Parse(opt.Base); err != nil || !base.IsAbs() || !strings.ContainsAny(opt.Base[len(opt.Base)-1:], "/#") {
		return nil, fmt.Errorf("%w base %q: want an absolute IRI that ends with / or #", schema.ErrInvalid, opt.Base)
	}
	qs, err := openStore(dsn, opt.ReadOnly)
	if err != nil {
		return nil, fmt.Errorf("open graph %s: %w", dsn, err)
	}
	return newGraph(qs, opt), nil
}

func newGraph(qs cayley.QuadStore, opt Options) *Graph {
	g := &Graph{qs: qs, vocab: quads.NewVocabulary(schema.IRIs{Base: opt.Base}), readOnly: opt.ReadOnly}
	g.idle = sync.NewCond(&g.mu)
	g.version.Store(uint64(time.Now().UnixNano())) // so that no two openings share a version
	return g
}

func openStore(dsn string, readOnly bool) (cayley.QuadStore, error) {
	scheme, _, ok := strings.Cut(dsn, ":")
	switch {
	case dsn == "mem:":
		return newLocked(memstore.New()), nil
	case ok && (scheme == "postgres" || scheme == "postgresql"):
		return cayley.NewQuadStore(postgresStore, dsn, nil)
	case dsn == "" || ok && len(scheme) > 1 && !strings.ContainsAny(scheme, `./\`):
		return nil, fmt.Errorf("%w: want a directory, mem: or postgres://user@host/database", schema.ErrInvalid)
	}
	if _, err := os.Stat(dsn); readOnly && errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%w: there is no such directory", schema.ErrNotFound)
	}
	return cayley.NewQuadStore(diskStore, dsn, cayley.Options{"read_only": readOnly})
}

// Close waits for reads that are under way and closes the store.
func (g *Graph) Close() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return nil
	}
	g.closed = true
	for g.readers > 0 {
		g.idle.Wait()
	}
	if g.gen != nil {
		g.gen.drop()
	}
	if err := g.qs.Close(); err != nil {
		return fmt.Errorf("close graph: %w", err)
	}
	return nil
}

// QuadStore returns the store, for Cayley's own handlers and Gizmo sessions.
// They see changes as they are made; [Graph.View] holds one moment. Write
// through [Graph.Apply] only.
func (g *Graph) QuadStore() cayley.QuadStore { return g.qs }

// View returns the store as it is now, for a query that takes several scans.
// Close it. A store in memory has no views: there it is the store itself, safe
// to use but not held still.
func (g *Graph) View() cayley.QuadStore {
	if v, ok := g.qs.(Viewer); ok {
		return v.View()
	}
	if q, ok := g.qs.(Querier); ok {
		if qs, err := q.Queries(); err == nil {
			return qs
		}
		// Without a connection to spare, the store itself answers, more slowly.
	}
	return unclosed{g.qs}
}

// An unclosed store outlives those who close it.
type unclosed struct{ cayley.QuadStore }

func (unclosed) Close() error { return nil }

// Vocabulary returns the IRIs of the terms that the graph uses.
func (g *Graph) Vocabulary() *quads.Vocabulary { return g.vocab }

// IRIs mints the IRIs of the graph.
func (g *Graph) IRIs() schema.IRIs { return g.vocab.IRIs }

// Version changes whenever the graph does, and differs between two openings:
// an answer with the same version is the same.
func (g *Graph) Version() uint64 { return g.version.Load() }

// ReadOnly reports whether the graph refuses changes.
func (g *Graph) ReadOnly() bool { return g.readOnly }

// ID returns the full IRI of an id in any of the forms that questions may use.
// It may be percent-encoded or not.
func (g *Graph) ID(id string) string {
	base := g.IRIs().Base
	rest, ours := strings.CutPrefix(id, base)
	switch {
	case !ours && strings.Contains(id, "://"):
		return id
	case strings.HasPrefix(rest, "ns#"):
		return base + rest
	case isCode(rest):
		return g.IRIs().Division(rest)
	}
	rest = strings.TrimPrefix(strings.TrimPrefix(rest, "/"), "id/")
	segments := strings.Split(rest, "/")
	for i, s := range segments {
		segments[i] = g.escape(s)
	}
	return base + "id/" + strings.Join(segments, "/")
}

// isCode reports whether s looks like a code of GB/T 2260 or below.
func isCode(s string) bool {
	return len(s) >= 2 && len(s) <= 12 && strings.Trim(s, "0123456789") == ""
}

// escape returns a segment of a path as [schema.IRIs] would mint it, whether
// it comes percent-encoded or not.
func (g *Graph) escape(segment string) string {
	if plain, err := url.PathUnescape(segment); err == nil {
		segment = plain
	}
	return strings.TrimPrefix(g.IRIs().Vocabulary(segment), g.IRIs().Vocabulary(""))
}
