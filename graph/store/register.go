package store

import (
	"errors"

	"github.com/cayleygraph/cayley/graph"
)

// Name is what Cayley calls this kind of store.
const Name = "pebble"

// Importing this package is what makes cayley.NewGraph("pebble", path, nil) work,
// as with Cayley's own stores: its registry can be filled in no other way.
var _ = register()

func register() bool {
	graph.RegisterQuadStore(Name, graph.QuadStoreRegistration{
		NewFunc:      newQuadStore,
		InitFunc:     initQuadStore,
		IsPersistent: true,
	})
	return true
}

// newQuadStore opens the store at path, which it makes if there is none. The options are those
// of Cayley's configuration: "read_only" and "cache_bytes".
func newQuadStore(path string, opt graph.Options) (graph.QuadStore, error) {
	readOnly, err := opt.BoolKey("read_only", false)
	if err != nil {
		return nil, err
	}
	cache, err := opt.IntKey("cache_bytes", 0)
	if err != nil {
		return nil, err
	}
	s, err := Open(path, Options{Create: !readOnly, ReadOnly: readOnly, CacheBytes: int64(cache)})
	if err != nil {
		return nil, err
	}
	return s, nil
}

func initQuadStore(path string, _ graph.Options) error {
	s, err := Open(path, Options{})
	if err == nil {
		return errors.Join(graph.ErrDatabaseExists, s.Close())
	}
	if !errors.Is(err, ErrNotFound) {
		return err
	}
	if s, err = Open(path, Options{Create: true}); err != nil {
		return err
	}
	return s.Close()
}
