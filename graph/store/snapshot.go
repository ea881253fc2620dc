package store

import (
	"fmt"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/cockroachdb/pebble/v2"
)

// A Snapshot is a store as it was at one moment. A query that runs on it sees no
// change that is made meanwhile. It implements [graph.QuadStore] and refuses changes.
// Close it, or the space of what is removed is not given back.
type Snapshot struct {
	reads
	snap *pebble.Snapshot
}

var _ graph.QuadStore = (*Snapshot)(nil)

// Snapshot returns the store as it is now.
func (s *Store) Snapshot() *Snapshot {
	snap := s.db.NewSnapshot()
	// An id says what its value is, at any moment, so the names are shared.
	return &Snapshot{reads: newReads(snap, s.names), snap: snap}
}

// ApplyDeltas returns [ErrReadOnly].
func (s *Snapshot) ApplyDeltas([]graph.Delta, graph.IgnoreOpts) error {
	return fmt.Errorf("change a snapshot: %w", ErrReadOnly)
}

// NewQuadWriter returns [ErrReadOnly].
func (s *Snapshot) NewQuadWriter() (quad.WriteCloser, error) {
	return nil, fmt.Errorf("write to a snapshot: %w", ErrReadOnly)
}

// Close releases the snapshot and the scans of it that were not closed.
func (s *Snapshot) Close() error {
	if s.snap == nil {
		return nil
	}
	s.close()
	err := s.snap.Close()
	s.snap = nil
	return translate(err)
}
