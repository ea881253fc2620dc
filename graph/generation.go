package graph

import (
	"context"
	"errors"
	"sync"

	cayley "github.com/cayleygraph/cayley/graph"

	"github.com/districtkg/districtkg/graph/quads"
	"github.com/districtkg/districtkg/schema"
)

// errClosed is returned by reads of a graph that was closed.
var errClosed = errors.New("graph is closed")

// A generation is the graph between two changes: a view of the store, and the
// index made from it when first asked for. Readers share it; the last one to
// leave one that is outdated closes its view.
type generation struct {
	version uint64
	view    cayley.QuadStore // nil where the store has no views
	scan    Scanner
	vocab   *quads.Vocabulary

	readers int // guarded by Graph.mu, as is stale
	stale   bool

	making sync.Mutex
	made   *index
}

func (n *generation) drop() {
	if n.view != nil {
		_ = n.view.Close() // a view is only read: closing it cannot lose anything
	}
}

// index returns the index, which the first caller makes while others wait.
func (n *generation) index(ctx context.Context) (*index, error) {
	n.making.Lock()
	defer n.making.Unlock()
	if n.made != nil {
		return n.made, nil
	}
	x, err := newIndex(ctx, n.scan, n.vocab)
	if err != nil {
		return nil, err
	}
	n.made = x
	return x, nil
}

// A reader is one question's hold on a generation. Release it.
type reader struct {
	*generation
	release func()
}

// read returns a hold on the graph as it is now.
func (g *Graph) read() (*reader, error) {
	_, views := g.qs.(Viewer)
	if !views {
		g.writing.RLock()
	}
	n, err := g.enter()
	if err != nil {
		if !views {
			g.writing.RUnlock()
		}
		return nil, err
	}
	return &reader{n, func() {
		g.leave(n)
		if !views {
			g.writing.RUnlock()
		}
	}}, nil
}

func (g *Graph) enter() (*generation, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return nil, errClosed
	}
	if version := g.version.Load(); g.gen == nil || g.gen.version != version {
		g.retire()
		g.gen = g.newGeneration(version)
	}
	g.gen.readers++
	g.readers++
	return g.gen, nil
}

// newGeneration takes a view. A change that was made after version was read is
// in it already, and makes a new generation all the same.
func (g *Graph) newGeneration(version uint64) *generation {
	n := &generation{version: version, vocab: g.vocab}
	if v, ok := g.qs.(Viewer); ok {
		n.view = v.View()
		n.scan = scanner(n.view)
		return n
	}
	n.scan = scanner(g.qs)
	return n
}

// retire outdates the current generation. The mutex is held.
func (g *Graph) retire() {
	if g.gen == nil {
		return
	}
	g.gen.stale = true
	if g.gen.readers == 0 {
		g.gen.drop()
	}
	g.gen = nil
}

func (g *Graph) leave(n *generation) {
	g.mu.Lock()
	defer g.mu.Unlock()
	n.readers--
	g.readers--
	if n.stale && n.readers == 0 {
		n.drop()
	}
	if g.readers == 0 {
		g.idle.Broadcast()
	}
}

// Warm makes the index, so that the next question need not wait for it.
func (g *Graph) Warm(ctx context.Context) error {
	r, err := g.read()
	if err != nil {
		return err
	}
	defer r.release()
	_, err = r.index(ctx)
	return err
}

// change runs a change of the store, and makes readers see it. ErrReadOnly is
// returned before anything is done.
func (g *Graph) change(apply func() error) error {
	if g.readOnly {
		return schema.ErrReadOnly
	}
	if _, views := g.qs.(Viewer); !views {
		g.writing.Lock()
		defer g.writing.Unlock()
	}
	defer g.version.Add(1)
	return apply()
}
