package store

import (
	"errors"
	"fmt"
	"syscall"

	"github.com/cockroachdb/pebble/v2"
)

// translate adds our sentinels to Pebble's errors.
func translate(err error) error {
	switch {
	case err == nil:
		return nil
	case pebble.IsCorruptionError(err) && !errors.Is(err, ErrCorrupt):
		return fmt.Errorf("%w: %w", ErrCorrupt, err)
	case errors.Is(err, syscall.ENOSPC) && !errors.Is(err, ErrDiskFull):
		return fmt.Errorf("%w: %w", ErrDiskFull, err)
	}
	return err
}

// A fatal is what logger.Fatalf panics with.
type fatal struct{ err error }

// logger keeps Pebble quiet, and turns its exits into panics that
// recoverFatal catches. In a background goroutine of Pebble's nobody catches
// it and the process ends with the message, as it would by Pebble's own
// logger: what was committed is on disk.
type logger struct{}

func (logger) Infof(string, ...any)  {}
func (logger) Errorf(string, ...any) {}
func (logger) Fatalf(f string, args ...any) {
	err := fmt.Errorf(f, args...)
	for _, a := range args {
		if cause, ok := a.(error); ok {
			err = fmt.Errorf("%s (%w)", err, translate(cause))
		}
	}
	panic(fatal{err})
}

// recoverFatal turns a fatal into an error. It is deferred directly.
func recoverFatal(err *error) {
	switch r := recover().(type) {
	case nil:
	case fatal:
		*err = fmt.Errorf("%w: %w", ErrFailed, r.err)
	default:
		panic(r)
	}
}
