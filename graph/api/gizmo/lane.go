package gizmo

import (
	"context"
	"fmt"
	"runtime"
	"sync/atomic"

	"golang.org/x/sync/semaphore"

	"github.com/districtkg/districtkg/schema"
)

// A lane is where long queries go on, all but one processor between them, so
// that short ones find a processor and a place whatever is asked beside them.
type lane struct {
	running *semaphore.Weighted
	most    int64 // that may wait or run
	inside  atomic.Int64
}

// newLane returns a lane for so many queries, of which a few run at once.
func newLane(most int) *lane {
	return &lane{running: semaphore.NewWeighted(int64(max(1, runtime.GOMAXPROCS(0)-1))), most: int64(most)}
}

// enter waits for a place to run and returns how to leave.
func (l *lane) enter(ctx context.Context) (leave func(), err error) {
	if l.inside.Add(1) > l.most {
		l.inside.Add(-1)
		return nil, fmt.Errorf("%w: as many long queries run as may run at once", schema.ErrBusy)
	}
	if err := l.running.Acquire(ctx, 1); err != nil {
		l.inside.Add(-1)
		return nil, err
	}
	return func() { l.running.Release(1); l.inside.Add(-1) }, nil
}
