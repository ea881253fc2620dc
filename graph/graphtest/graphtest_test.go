package graphtest_test

import (
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/memstore"

	"github.com/districtkg/districtkg/graph/graphtest"
	"github.com/districtkg/districtkg/graph/store"
)

func TestMemstore(t *testing.T) {
	graphtest.Run(t, func(testing.TB) graph.QuadStore { return memstore.New() })
}

func TestStore(t *testing.T) {
	graphtest.Run(t, func(t testing.TB) graph.QuadStore {
		s, err := store.Open(t.TempDir(), store.Options{Create: true})
		if err != nil {
			t.Fatal(err)
		}
		return s
	})
}
