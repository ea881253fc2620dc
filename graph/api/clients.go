package api

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// clients holds how often each client may still ask.
type clients struct {
	rate  rate.Limit
	burst int

	mu   sync.Mutex
	seen map[string]*client
}

type client struct {
	limiter *rate.Limiter
	last    time.Time
}

// Clients that were away for forgetAfter are forgotten when more than manyClients are known.
const (
	manyClients = 10_000
	forgetAfter = time.Minute
)

// newClients returns the limits of clients that may ask perSecond times; a
// negative number is no limit.
func newClients(perSecond float64, burst int) *clients {
	limit := rate.Limit(perSecond)
	if perSecond < 0 {
		limit = rate.Inf
	}
	return &clients{rate: limit, burst: burst, seen: map[string]*client{}}
}

// allow reports whether the client at the address may ask now.
func (cs *clients) allow(address string) bool {
	if cs.rate == rate.Inf {
		return true
	}
	now := time.Now()
	cs.mu.Lock()
	c := cs.seen[address]
	if c == nil {
		cs.forget(now)
		c = &client{limiter: rate.NewLimiter(cs.rate, cs.burst)}
		cs.seen[address] = c
	}
	c.last = now
	cs.mu.Unlock()
	return c.limiter.AllowN(now, 1)
}

// forget drops clients that were away, whose limiters are full again. Where
// all were there just now, some are dropped all the same: memory comes first.
func (cs *clients) forget(now time.Time) {
	if len(cs.seen) < manyClients {
		return
	}
	for address, c := range cs.seen {
		if now.Sub(c.last) > forgetAfter || len(cs.seen) >= 2*manyClients {
			delete(cs.seen, address)
		}
	}
}
