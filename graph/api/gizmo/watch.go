package gizmo

import (
	"fmt"
	"runtime"
	"runtime/metrics"
	"sync"
	"time"

	"github.com/districtkg/districtkg/schema"
)

// A watch stops the costliest query where queries together make the heap grow
// beyond a cap. Iterators hold what they have seen (unique, order,
// followRecursive), some hundred bytes a step, so a look every few
// milliseconds comes in time: no single step allocates much.
type watch struct {
	cap int64 // bytes of growth since the first of the running queries began

	mu      sync.Mutex
	running map[*meter]struct{}
	base    int64
}

// watchEvery is how often the heap is looked at while queries run.
const watchEvery = 10 * time.Millisecond

func newWatch(cap int64) *watch { return &watch{cap: cap, running: map[*meter]struct{}{}} }

// enter begins to watch a query; leave ends it.
func (w *watch) enter(m *meter) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.running[m] = struct{}{}
	if len(w.running) == 1 {
		w.base = heap()
		go w.look()
	}
}

func (w *watch) leave(m *meter) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.running, m)
}

// look samples the heap until no query runs.
func (w *watch) look() {
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	for range tick.C {
		w.mu.Lock()
		idle := len(w.running) == 0
		over := !idle && heap()-w.base > w.cap
		w.mu.Unlock()
		if idle {
			return
		}
		if over {
			w.relieve()
		}
	}
}

// relieve collects garbage, which the heap's size counts too, and stops the
// costliest query if that was not enough.
func (w *watch) relieve() {
	runtime.GC()
	w.mu.Lock()
	defer w.mu.Unlock()
	if heap()-w.base <= w.cap {
		return
	}
	var worst *meter
	for m := range w.running {
		if m.err() == nil && (worst == nil || m.steps.Load() > worst.steps.Load()) {
			worst = m
		}
	}
	if worst != nil {
		worst.halt(fmt.Errorf("%w: the query needs more than %d MB of memory", schema.ErrLimit, w.cap>>20))
	}
}

// heap returns the bytes of objects on the heap, garbage that is not yet swept included.
func heap() int64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return int64(sample[0].Value.Uint64())
}
