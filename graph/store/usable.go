package store

import (
	"errors"
	"fmt"

	"github.com/cockroachdb/pebble/v2/vfs"
)

// reserve is how much room must be left on the disk beside what a change
// writes. Pebble cannot go on after a failed write to its log or manifest, so a
// change that might not fit is refused before it begins.
const reserve = 4 * memTable

// usable says why the store cannot take a change of so many bytes, if so.
// The mutex is held.
func (s *Store) usable(size int64) error {
	switch {
	case s.closed:
		return fmt.Errorf("%w: it is closed", ErrFailed)
	case s.failed != nil:
		return fmt.Errorf("%w: %w", ErrFailed, s.failed)
	case s.opts.ReadOnly:
		return ErrReadOnly
	}
	use, err := s.fs.GetDiskUsage(s.path)
	if errors.Is(err, vfs.ErrUnsupported) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("ask for room on disk: %w", err)
	}
	if need := reserve + 2*uint64(size); use.AvailBytes < need {
		return fmt.Errorf("%w: %d MB available to %s, %d MB needed", ErrDiskFull, use.AvailBytes>>20, s.path, need>>20)
	}
	return nil
}

// changed makes a change seen, or remembers that Pebble stopped in it.
func (s *Store) changed(err error) {
	if errors.Is(err, ErrFailed) {
		s.failed = err
		return
	}
	s.idle.renew()
}
