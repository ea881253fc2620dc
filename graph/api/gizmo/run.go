package gizmo

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/query"
	"github.com/cayleygraph/cayley/query/graphql"
	"github.com/cayleygraph/cayley/query/mql"
	"github.com/cayleygraph/cayley/query/sexp"

	"github.com/districtkg/districtkg/schema"
)

// watched runs f with a guarded store under the watch of the heap. If it turns
// out to be long it gives its place up, by release, and goes on in the lane of
// the long ones.
func (r *Runner) watched(ctx context.Context, release func(), f func(graph.QuadStore, *meter) error) error {
	leave := func() {}
	m := &meter{ctx: ctx, maxBytes: r.limits.ValueBytes, start: time.Now(), making: &r.making}
	m.slow = func() (err error) {
		release()
		out, err := r.long.enter(ctx)
		if err == nil {
			leave = out
		}
		return err
	}
	defer func() { leave() }()
	r.watch.enter(m)
	defer r.watch.leave(m)
	err := f(newGuard(r.store.QuadStore(), m), m)
	if stop := m.err(); stop != nil {
		return stop
	}
	return err
}

// path runs a path script.
func (r *Runner) path(ctx context.Context, q Query, release func()) (*rows, error) {
	out := &rows{max: r.limits.Rows}
	last, err := r.evaluate(ctx, q, out, release)
	if err != nil {
		return nil, err
	}
	finish(q, out, last)
	return out, nil
}

// finish makes a row of the value at the end of a script. Cayley gives null
// for any such value.
func finish(q Query, out *rows, last any) {
	_, isPath := last.(*pathVal)
	_, isGraph := last.(graphVal)
	switch {
	case last == nil:
	case !q.Values:
		out.add(nil)
	case isPath || isGraph:
	default:
		if list, ok := last.([]any); ok {
			for _, row := range list {
				out.add(row)
			}
			return
		}
		out.add(last)
	}
}

// evaluate runs a path script, adds its rows to out and returns the value of
// its last statement.
func (r *Runner) evaluate(ctx context.Context, q Query, out *rows, release func()) (last any, err error) {
	script, err := parse(q.Text)
	if err != nil {
		return nil, invalid("%v", err)
	}
	err = r.watched(ctx, release, func(qs graph.QuadStore, m *meter) error {
		x := &execution{
			ctx: ctx, qs: qs, m: m,
			prefixes: r.prefixes, style: style{r.prefixes, q.Short, q.JSONLD},
			vars: map[string]any{}, out: out, limit: q.Limit,
		}
		last, err = x.run(script)
		return err
	})
	return last, err
}

// other runs a query in a language that cannot loop.
func (r *Runner) other(ctx context.Context, q Query, release func()) (out *rows, err error) {
	out = &rows{max: q.Limit}
	err = r.watched(ctx, release, func(qs graph.QuadStore, m *meter) (err error) {
		defer func() {
			// Cayley's parsers panic on some malformed input.
			if p := recover(); p != nil {
				err = invalid("%v", p)
			}
		}()
		return r.language(ctx, q, qs, m, out)
	})
	return out, err
}

func (r *Runner) language(ctx context.Context, q Query, qs graph.QuadStore, m *meter, out *rows) error {
	if q.Lang == "graphql" {
		return r.graphQL(ctx, q, qs, out)
	}
	var session query.Session = mql.NewSession(qs)
	collation := query.JSON
	if q.Lang == "sexp" {
		session, collation = sexp.NewSession(qs), query.Raw
	}
	it, err := session.Execute(ctx, r.prefixes.expandQuoted(q.Text), query.Options{Limit: q.Limit + 1, Collation: collation})
	if err != nil {
		return fmt.Errorf("%w query: %w", schema.ErrInvalid, err)
	}
	defer it.Close()
	x := &execution{ctx: ctx, qs: qs, m: m, style: style{r.prefixes, q.Short, q.JSONLD}}
	for it.Next(ctx) {
		row, err := x.shown(it.Result())
		if err != nil {
			return err
		}
		if !out.add(row) {
			break
		}
	}
	return x.done(it.Err())
}

// shown returns a result of a language as JSON has it.
func (x *execution) shown(result any) (any, error) {
	if tags, ok := result.(map[string]graph.Ref); ok {
		return x.row(tags)
	}
	return x.style.tidy(result), nil
}

// graphQL runs a GraphQL query; its one row is the data.
func (r *Runner) graphQL(ctx context.Context, q Query, qs graph.QuadStore, out *rows) error {
	parsed, err := graphql.Parse(bytes.NewReader([]byte(r.prefixes.expandGraphQL(q.Text))))
	if err != nil {
		return fmt.Errorf("%w query: %w", schema.ErrInvalid, err)
	}
	data, err := parsed.Execute(ctx, qs)
	if err != nil {
		return err
	}
	if q.Short {
		out.add(style{prefixes: r.prefixes, short: true}.tidy(map[string]any(data)))
		return nil
	}
	// Cayley's own encoding, which shows values as JSON strings of N-Quads.
	text, err := json.Marshal(data)
	if err != nil {
		return fmt.Errorf("write answer: %w", err)
	}
	out.add(json.RawMessage(text))
	return nil
}
