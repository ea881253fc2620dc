package store

import "github.com/cayleygraph/cayley/graph"

// View is [Store.Snapshot] for callers that know a store by Cayley's interfaces
// only. Close it.
func (s *Store) View() graph.QuadStore { return s.Snapshot() }
