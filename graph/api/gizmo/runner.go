package gizmo

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"golang.org/x/sync/semaphore"

	"github.com/districtkg/districtkg/schema"
)

// Limits bound what a query may cost. The zero value of a field means its
// default.
type Limits struct {
	QueryBytes   int           // of the text of a query: 64 KiB
	Time         time.Duration // of one query: 10 s
	Rows         int           // that any query gets, whatever it asks for: 10,000
	ValueBytes   int64         // of the values that a query looks up: 64 MiB
	Memory       int64         // by which all queries together may make the heap grow: 512 MiB
	ScriptMemory int64         // of the child process that runs a script: 128 MiB
	Queries      int           // in this process at once: 8
	Scripts      int           // in child processes at once: 2
	Wait         time.Duration // for a free place before a query is turned away: 250 ms
}

func (l Limits) withDefaults() Limits {
	return Limits{
		QueryBytes:   orElse(l.QueryBytes, 64<<10),
		Time:         orElse(l.Time, 10*time.Second),
		Rows:         orElse(l.Rows, 10_000),
		ValueBytes:   orElse(l.ValueBytes, 64<<20),
		Memory:       orElse(l.Memory, 512<<20),
		ScriptMemory: orElse(l.ScriptMemory, 128<<20),
		Queries:      orElse(l.Queries, 8),
		Scripts:      orElse(l.Scripts, 2),
		Wait:         orElse(l.Wait, 250*time.Millisecond),
	}
}

func orElse[T comparable](v, other T) T {
	var zero T
	if v == zero {
		return other
	}
	return v
}

// DefaultLimit is how many rows a query gets that asks for no number, as in Cayley.
const DefaultLimit = 100

// A Store gives the quad store as it is now.
type Store interface{ QuadStore() graph.QuadStore }

// A Runner runs queries within limits. It may be used by several goroutines at once.
type Runner struct {
	store    Store
	prefixes Prefixes
	limits   Limits
	sandbox  *Sandbox // nil: scripts are refused
	watch    *watch
	queries  *semaphore.Weighted
	scripts  *semaphore.Weighted
	long     *lane
	making   sync.Mutex // held while an iterator over the whole store is made
}

// New returns a Runner. Without a sandbox it runs path expressions only.
func New(store Store, prefixes Prefixes, limits Limits, sandbox *Sandbox) *Runner {
	limits = limits.withDefaults()
	return &Runner{
		store:    store,
		prefixes: prefixes,
		limits:   limits,
		sandbox:  sandbox,
		watch:    newWatch(limits.Memory),
		queries:  semaphore.NewWeighted(int64(limits.Queries)),
		scripts:  semaphore.NewWeighted(int64(limits.Scripts)),
		long:     newLane(limits.Queries + limits.Scripts),
	}
}

// Limits returns the limits that hold, defaults filled in.
func (r *Runner) Limits() Limits { return r.limits }

// Prefixes returns the prefixes that queries may use.
func (r *Runner) Prefixes() Prefixes { return r.prefixes }

// A Query is what to run and how to give the answer.
type Query struct {
	Lang   string // gizmo, graphql, mql or sexp
	Text   string
	Limit  int  // of rows; 0 means DefaultLimit
	Short  bool // prefixed names in place of IRIs in the answer
	JSONLD bool // values as in JSON-LD: {"@id": …}
	Values bool // a value at the end of a gizmo script, as of count(), is a row; Cayley gives null
}

// An Answer is the rows of a query.
type Answer struct {
	Rows      []any // nil where there are none
	Truncated bool  // there were more rows than Limit
	Limit     int   // at which the rows were cut, or would have been
	Kind      Kind
	Elapsed   time.Duration
}

// A Kind tells how a query was run, for metrics.
type Kind string

// The kinds.
const (
	Path    Kind = "path"    // a gizmo path expression, in this process
	Script  Kind = "script"  // a gizmo script, in a child process
	GraphQL Kind = "graphql" //
	MQL     Kind = "mql"     //
	Sexp    Kind = "sexp"    //
)

// Kind tells how the query would be run; "" for an unknown language.
func (q Query) Kind() Kind {
	switch q.Lang {
	case "gizmo":
		if _, err := parse(q.Text); err != nil {
			return Script
		}
		return Path
	case "graphql", "mql", "sexp":
		return Kind(q.Lang)
	}
	return ""
}

// Run runs a query. Where it is stopped at its time or memory, the error wraps
// [schema.ErrLimit] and there is no part of an answer.
func (r *Runner) Run(ctx context.Context, q Query) (Answer, error) {
	if err := r.check(&q); err != nil {
		return Answer{}, err
	}
	answer := Answer{Kind: q.Kind(), Limit: q.Limit}
	start := time.Now()
	rows, err := r.run(ctx, q, answer.Kind)
	if err != nil {
		return Answer{Kind: answer.Kind}, err
	}
	answer.Rows, answer.Truncated = rows.list, rows.cutAt > 0
	if answer.Truncated {
		answer.Limit = rows.cutAt
	}
	answer.Elapsed = time.Since(start)
	return answer, nil
}

func (r *Runner) timeUp() error {
	return fmt.Errorf("%w: the query runs longer than %v", schema.ErrLimit, r.limits.Time)
}

// explain gives an error of the context its cause.
func explain(ctx context.Context, err error) error {
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		if cause := context.Cause(ctx); cause != nil {
			return cause
		}
	}
	return err
}

// check refuses what need not be run and fills in the limit of rows.
func (r *Runner) check(q *Query) error {
	switch {
	case q.Text == "":
		return fmt.Errorf("%w query: it is empty", schema.ErrInvalid)
	case len(q.Text) > r.limits.QueryBytes:
		return fmt.Errorf("%w: a query may have %d bytes, this one has %d", schema.ErrTooLarge, r.limits.QueryBytes, len(q.Text))
	}
	if q.Limit <= 0 {
		q.Limit = DefaultLimit
	}
	q.Limit = min(q.Limit, r.limits.Rows)
	return CheckNesting(q.Text)
}

// run takes a place of the right kind and runs the query there.
func (r *Runner) run(ctx context.Context, q Query, kind Kind) (*rows, error) {
	if kind == "" {
		return nil, fmt.Errorf("%w query language %q", schema.ErrUnsupported, q.Lang)
	}
	places := r.queries
	if kind == Script {
		places = r.scripts
	}
	if err := r.take(ctx, places); err != nil {
		return nil, err
	}
	release := sync.OnceFunc(func() { places.Release(1) })
	defer release()
	ctx, cancel := context.WithTimeoutCause(ctx, r.limits.Time, r.timeUp())
	defer cancel()
	var out *rows
	var err error
	switch kind {
	case Path:
		out, err = r.path(ctx, q, release)
	case Script:
		out, err = r.script(ctx, q)
	default:
		out, err = r.other(ctx, q, release)
	}
	return out, explain(ctx, err)
}

// take waits a short while for a place.
func (r *Runner) take(ctx context.Context, places *semaphore.Weighted) error {
	if places.TryAcquire(1) {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, r.limits.Wait)
	defer cancel()
	if err := places.Acquire(ctx, 1); err != nil {
		return fmt.Errorf("%w: as many queries run as may run at once", schema.ErrBusy)
	}
	return nil
}
