package gizmo

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph/memstore"
	"github.com/cayleygraph/quad"

	"github.com/districtkg/districtkg/schema"
)

// dense is a graph in which everybody knows everybody.
func dense(n int) []quad.Quad {
	var out []quad.Quad
	for i := range n {
		for j := range n {
			out = append(out, quad.MakeIRI(fmt.Sprint("n", i), "knows", fmt.Sprint("n", j), ""))
		}
	}
	return out
}

// hang is how long the tests wait for what ought to end by itself. It only
// parts what stops from what does not: the limits are in the runners.
const hang = time.Minute

// TestHostileScripts runs scripts that loop or fill memory and, beside each,
// queries of good people, which must not wait for them.
func TestHostileScripts(t *testing.T) {
	r := newRunner(t, small(), Limits{Time: 3 * time.Second, ScriptMemory: 48 << 20, Wait: hang})
	for _, tt := range []struct{ name, text string }{
		{"loop", `for (;;) {}`},
		{"loop of calls", `while (true) g.V("<a>").count()`},
		{"strings", `var s = "x"; for (;;) s += s`},
		{"one large string", `"x".repeat(2e9)`},
		{"padded string", `"x".padStart(1e9)`},
		{"one large buffer", `new ArrayBuffer(8e9)`},
		{"many buffers", `var a = []; for (;;) a.push(new Uint8Array(1e6))`},
		{"array", `var a = []; for (;;) a.push([1, 2, 3])`},
		{"sparse array", `new Array(4294967295).join("x")`},
		{"native loop", `Array.prototype.indexOf.call({length: 1e15}, 1)`},
		{"back-tracking", `/^(?=(a+)+$)(a+)+\1$/.test("` + strings.Repeat("a", 60) + `b")`},
		{"path that grows", `var p = g.V(); for (;;) p = p.out()`},
		{"rows without end", `var x = new Array(1e5).join("x"); for (;;) g.emit(x)`},
		{"error without end", `for (;;) try { g.V().tag({}) } catch (e) {}`},
		{"sort", `var n = 0; [1,2,3].sort(function () { for (;;) n++ })`},
		{"getter", `g.emit({get x() { for (;;); }})`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			done := make(chan error, 1)
			go func() {
				_, err := r.Run(t.Context(), Query{Lang: "gizmo", Text: tt.text, Limit: 1 << 20})
				done <- err
			}()
			meanwhile, err := goodQueriesUntil(t, r, done)
			if !errors.Is(err, schema.ErrLimit) && !errors.Is(err, schema.ErrInvalid) && !errors.Is(err, schema.ErrTooLarge) {
				t.Errorf("ended with %v", err)
			}
			if err != nil && strings.Contains(err.Error(), "runs longer") && meanwhile == 0 {
				t.Error("no good query was answered while it ran")
			}
		})
	}
}

// goodQueriesUntil runs good queries until the hostile one has ended. It
// returns how many were answered before, and how the hostile one ended.
func goodQueriesUntil(t *testing.T, r *Runner, done chan error) (answered int, hostile error) {
	t.Helper()
	end := time.After(hang)
	for {
		got, err := r.Run(t.Context(), Query{Lang: "gizmo", Text: `g.V("<b>").in("<follows>").all()`})
		if err != nil || len(got.Rows) != 3 {
			t.Errorf("good query: %d rows, %v", len(got.Rows), err)
		}
		select {
		case hostile = <-done:
			return answered, hostile
		case <-end:
			t.Fatal("never stopped")
		default:
			answered++
		}
	}
}

// TestHostilePaths runs path expressions that cost too much.
func TestHostilePaths(t *testing.T) {
	quads := dense(120)
	for _, tt := range []struct {
		name, lang, text string
		limits           Limits
	}{
		{"many paths", "gizmo", `g.V().out().out().out().out().out().count()`, Limits{Time: 300 * time.Millisecond}},
		{"filter that finds nothing", "gizmo", `g.V().out().out().out().filter(like("%nobody%")).all()`, Limits{Time: 300 * time.Millisecond}},
		{"set that fills memory", "gizmo", `g.emit(g.V().tag("a").out().tag("b").out().tag("c").out().tag("d").tagArray())`, Limits{ValueBytes: 1 << 20}},
		{"order that fills memory", "gizmo", `g.V().out().out().out().out().order().all()`, Limits{Memory: 8 << 20, ValueBytes: 1 << 40, Time: 5 * time.Second}},
		{"graphql", "graphql", `{ a { id, knows { id, knows { id, knows { id, knows { id } } } } } }`, Limits{Time: 300 * time.Millisecond}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := newRunner(t, quads, tt.limits)
			start := time.Now()
			got, err := r.Run(t.Context(), Query{Lang: tt.lang, Text: tt.text})
			if !errors.Is(err, schema.ErrLimit) {
				t.Errorf("%d rows, error %v", len(got.Rows), err)
			}
			if took := time.Since(start); took > hang {
				t.Errorf("took %v, limit %v", took, r.Limits().Time)
			}
		})
	}
}

// TestLargestPlans runs paths whose plans are as large as may be: Cayley, which
// does not look at the clock while it makes a plan, must be able to make them.
func TestLargestPlans(t *testing.T) {
	r := newRunner(t, small(), Limits{Time: hang})
	for _, tt := range []struct {
		name, text string
		refused    bool
	}{
		{"both", `g.V("<nobody>")` + strings.Repeat(".both()", 8) + `.count()`, false},
		{"too many both", `g.V("<nobody>")` + strings.Repeat(".both()", 30) + `.count()`, true},
		{"both in a morphism", `var m = g.M()` + strings.Repeat(".both()", 5) + `; g.V().follow(m).follow(m).follow(m).count()`, true},
		{"recursion", `g.V().followRecursive(g.M()` + strings.Repeat(".both()", 30) + `).count()`, true},
		{"long", `g.V("<nobody>")` + strings.Repeat(".out()", 20) + `.count()`, false},
		{"too long", `g.V("<nobody>")` + strings.Repeat(".out()", 21) + `.count()`, true},
		{"long with tags", `g.V()` + strings.Repeat(`.tag("x").out("<follows>")`, 20) + `.count()`, false},
		{"many conditions", `g.V()` + strings.Repeat(`.has("<follows>")`, 400) + `.count()`, false},
		{"many saves", `g.V()` + strings.Repeat(`.save("<follows>", "x")`, 12) + `.getLimit(1)`, false},
		{"many joins", `g.V()` + strings.Repeat(`.and(g.V().out())`, 200) + `.count()`, false},
		{"many unions", `g.V()` + strings.Repeat(`.or(g.V().out())`, 200) + `.count()`, false},
		{"many exceptions", `g.V()` + strings.Repeat(`.except(g.V().out())`, 100) + `.count()`, false},
		{"labels", `var l = g.V()` + strings.Repeat(`.has("<follows>")`, 90) + `; g.V("<nobody>").labelContext(l)` + strings.Repeat(".out()", 8) + `.count()`, false},
		{"too many labels", `var l = g.V()` + strings.Repeat(`.has("<follows>")`, 90) + `; g.V("<nobody>").labelContext(l)` + strings.Repeat(".out()", 20) + `.count()`, true},
	} {
		start := time.Now()
		_, err := r.Run(t.Context(), Query{Lang: "gizmo", Text: tt.text})
		if refused := errors.Is(err, schema.ErrInvalid); refused != tt.refused || !refused && err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
		if took := time.Since(start); took > hang {
			t.Errorf("%s: %v", tt.name, took)
		}
	}
}

func TestBusy(t *testing.T) {
	r := newRunner(t, dense(100), Limits{Queries: 2, Scripts: 1, Wait: 10 * time.Millisecond, Time: 3 * time.Second})
	var long sync.WaitGroup
	var stopped, busy atomic.Int64
	for range 8 {
		long.Go(func() {
			_, err := r.Run(t.Context(), Query{Lang: "gizmo", Text: `g.V().out().out().out().out().count()`})
			switch {
			case errors.Is(err, schema.ErrBusy):
				busy.Add(1)
			case errors.Is(err, schema.ErrLimit):
				stopped.Add(1)
			default:
				t.Errorf("a long query ended with %v", err)
			}
		})
	}
	long.Wait()
	if busy.Load() == 0 || stopped.Load() == 0 || stopped.Load() > 3 {
		t.Errorf("%d were turned away, %d stopped", busy.Load(), stopped.Load())
	}
}

// TestShortBesideLong checks that short queries are answered while as many long
// ones as may be are under way.
func TestShortBesideLong(t *testing.T) {
	r := newRunner(t, dense(100), Limits{Queries: 2, Time: 3 * time.Second, Wait: hang})
	var long sync.WaitGroup
	var ended atomic.Bool
	for range 4 {
		long.Go(func() {
			_, _ = r.Run(t.Context(), Query{Lang: "gizmo", Text: `g.V().out().out().out().out().count()`})
			ended.Store(true)
		})
	}
	beside := 0
	for range 50 {
		if _, err := r.Run(t.Context(), Query{Lang: "gizmo", Text: `g.V("<n1>").all()`}); err != nil {
			t.Errorf("a short query: %v", err)
		}
		if !ended.Load() {
			beside++
		}
	}
	if beside == 0 {
		t.Error("every short query waited for a long one")
	}
	long.Wait()
}

// FuzzParse checks that what is taken for a path script has no words but
// those of the grammar, and that nothing makes the parser panic.
func FuzzParse(f *testing.F) {
	for _, tt := range sameAsCayley {
		f.Add(tt.text)
	}
	f.Add("g.V('\\u0000').all(-1.5e)")
	f.Fuzz(func(t *testing.T, text string) {
		script, err := parse(text)
		if err != nil {
			return
		}
		for _, s := range script {
			checkCalls(t, s.expr)
		}
	})
}

func checkCalls(t *testing.T, e expr) {
	if e.kind == callExpr && !(e.recv == nil && functionNames[e.text] || e.recv != nil && methodNames[e.text]) {
		t.Errorf("calls %q", e.text)
	}
	if e.recv != nil {
		checkCalls(t, *e.recv)
	}
	for _, a := range e.args {
		checkCalls(t, a)
	}
}

// FuzzRun checks that no query makes the runner panic or run on.
func FuzzRun(f *testing.F) {
	f.Add("gizmo", `g.V("<a>").out().tag("x").all()`)
	f.Add("graphql", `{ nodes(id: <a>) { id, follows { * } } }`)
	f.Add("mql", `[{"id": null, "<follows>": []}]`)
	f.Add("sexp", `($a (:can "win"))`)
	r := New(storeOf{memstore.New(small()...)}, testPrefixes, Limits{Time: time.Second}, nil)
	f.Fuzz(func(t *testing.T, lang, text string) {
		done := make(chan error, 1)
		go func() {
			_, err := r.Run(context.Background(), Query{Lang: lang, Text: text})
			done <- err
		}()
		select {
		case err := <-done:
			if err != nil && !known(err) {
				t.Errorf("%s %q: %v", lang, text, err)
			}
		case <-time.After(hang):
			t.Fatalf("%s %q does not stop", lang, text)
		}
	})
}

func known(err error) bool {
	return errors.Is(err, schema.ErrInvalid) || errors.Is(err, schema.ErrUnsupported) || errors.Is(err, schema.ErrLimit) || errors.Is(err, schema.ErrTooLarge)
}
