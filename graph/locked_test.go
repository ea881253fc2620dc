package graph

import (
	"testing"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/memstore"

	"github.com/districtkg/districtkg/graph/graphtest"
)

func TestLockedMemstoreConforms(t *testing.T) {
	graphtest.Run(t, func(testing.TB) cayley.QuadStore { return newLocked(memstore.New()) })
}
