package store_test

import (
	"context"
	"errors"
	"iter"
	"path/filepath"
	"sync"
	"testing"

	"github.com/cayleygraph/cayley"
	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/quad"

	"github.com/districtkg/districtkg/graph/store"
)

func quadOf(s, p, o, l string) quad.Quad {
	return quad.Make(quad.IRI(s), quad.IRI(p), quad.IRI(o), quad.IRI(l))
}

func of(quads ...quad.Quad) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		for _, q := range quads {
			if !yield(q, nil) {
				return
			}
		}
	}
}

func replace(t testing.TB, s *store.Store, label string, quads ...quad.Quad) {
	t.Helper()
	if _, _, err := s.ReplaceGraph(context.Background(), quad.IRI(label), of(quads...)); err != nil {
		t.Fatal(err)
	}
}

func count(t testing.TB, s interface {
	Quads(context.Context, quad.Quad) iter.Seq2[quad.Quad, error]
}) (n int) {
	t.Helper()
	for _, err := range s.Quads(context.Background(), quad.Quad{}) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	return n
}

// TestRegistered opens a store as Cayley's users do.
func TestRegistered(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "graph")
	for want := 1; want <= 2; want++ {
		g, err := cayley.NewGraph(store.Name, dir, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := g.AddQuad(quadOf("a", "b", string(rune('c'+want)), "g")); err != nil {
			t.Fatal(err)
		}
		var got []quad.Value
		if got, err = path.StartPath(g, quad.IRI("a")).Out().Iterate(context.Background()).AllValues(g); err != nil || len(got) != want {
			t.Errorf("found %v, %v; want %d values", got, err, want)
		}
		if err := g.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := graph.InitQuadStore(store.Name, dir, nil); !errors.Is(err, graph.ErrDatabaseExists) {
		t.Errorf("got %v, want %v", err, graph.ErrDatabaseExists)
	}
	if err := graph.InitQuadStore(store.Name, filepath.Join(dir, "..", "new"), nil); err != nil {
		t.Error(err)
	}
	for _, opt := range []graph.Options{{"read_only": 1}, {"cache_bytes": "x"}} {
		if _, err := graph.NewQuadStore(store.Name, dir, opt); err == nil {
			t.Errorf("took the options %v", opt)
		}
	}
}

// TestRefused changes what may not be changed.
func TestRefused(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	s := open(t, dir)
	q := quadOf("a", "b", "c", "g")
	replace(t, s, "g", q)
	snap := s.Snapshot()
	if err := snap.ApplyDeltas(nil, graph.IgnoreOpts{}); !errors.Is(err, store.ErrReadOnly) {
		t.Errorf("snapshot: got %v", err)
	}
	if _, err := snap.NewQuadWriter(); !errors.Is(err, store.ErrReadOnly) {
		t.Errorf("snapshot: got %v", err)
	}
	for range 2 {
		if err := errors.Join(snap.Close(), s.Close()); err != nil {
			t.Fatal(err)
		}
	}
	readOnly, err := store.Open(dir, store.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	if n := count(t, readOnly); n != 1 {
		t.Errorf("read %d quads", n)
	}
	for _, tt := range []struct {
		s    *store.Store
		want error
	}{{s, store.ErrFailed}, {readOnly, store.ErrReadOnly}} {
		_, _, replaced := tt.s.ReplaceGraph(ctx, quad.IRI("g"), of(q))
		_, loaded := tt.s.BulkLoad(ctx, of(q))
		applied := tt.s.ApplyDeltas([]graph.Delta{{Quad: q, Action: graph.Add}}, graph.IgnoreOpts{})
		for _, err := range []error{replaced, loaded, applied} {
			if !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		}
	}
	if err := readOnly.Close(); err != nil {
		t.Fatal(err)
	}
	again := open(t, dir) // reading did not break the seal
	if err := again.Check(ctx); err != nil {
		t.Error(err)
	}
}

// TestSnapshot holds a store still while it changes.
func TestSnapshot(t *testing.T) {
	s := open(t, t.TempDir())
	replace(t, s, "g", quadOf("a", "b", "c", "g"), quadOf("a", "b", "d", "g"))
	snap := s.Snapshot()
	defer func() {
		if err := snap.Close(); err != nil {
			t.Error(err)
		}
	}()
	// A node that the snapshot must find after it is gone, and one that it must not.
	replace(t, s, "g", quadOf("e", "b", "f", "g"))
	if n := count(t, snap); n != 2 {
		t.Errorf("read %d quads, want 2", n)
	}
	refs, err := snap.RefsOf(context.Background(), []quad.Value{quad.IRI("a"), quad.IRI("c")})
	if err != nil {
		t.Fatal(err)
	}
	values, err := snap.ValuesOf(context.Background(), refs)
	if err != nil || len(values) != 2 || values[0] != quad.IRI("a") || values[1] != quad.IRI("c") {
		t.Errorf("got %v, %v", values, err)
	}
	if _, err := snap.RefsOf(context.Background(), []quad.Value{quad.IRI("e")}); !errors.Is(err, graph.ErrNodeNotExists) {
		t.Errorf("got %v, want %v", err, graph.ErrNodeNotExists)
	}
	if labels, err := snap.Labels(context.Background()); err != nil || labels[quad.IRI("g")] != 2 {
		t.Errorf("got %v, %v", labels, err)
	}
	if ref, err := s.ValueOf(quad.IRI("a")); ref != nil || err != nil {
		t.Errorf("the store still has %v, %v", ref, err)
	}
}

// TestCheckpoint opens a copy while the store goes on.
func TestCheckpoint(t *testing.T) {
	s := open(t, t.TempDir())
	replace(t, s, "g", quadOf("a", "b", "c", "g"))
	dir := filepath.Join(t.TempDir(), "copy")
	if err := s.Checkpoint(dir); err != nil {
		t.Fatal(err)
	}
	replace(t, s, "g")
	if n := count(t, open(t, dir)); n != 1 {
		t.Errorf("the copy has %d quads, want 1", n)
	}
	if n := count(t, s); n != 0 {
		t.Errorf("the store has %d quads, want none", n)
	}
}

// TestForgottenScan closes a store under a scan that was never closed.
func TestForgottenScan(t *testing.T) {
	s := open(t, t.TempDir())
	replace(t, s, "g", quadOf("a", "b", "c", "g"), quadOf("a", "b", "d", "g"))
	if it := s.QuadsAllIterator().Iterate(); !it.Next(context.Background()) {
		t.Fatal(it.Err())
	}
	if it := s.NodesAllIterator().Iterate(); !it.Next(context.Background()) {
		t.Fatal(it.Err())
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// TestTogether lets writers and readers run at once; the race detector watches.
func TestTogether(t *testing.T) {
	ctx := context.Background()
	s := open(t, t.TempDir())
	var wg sync.WaitGroup
	for w := range 2 {
		wg.Go(func() {
			label := string(rune('g' + w))
			for i := range 30 {
				o := string(rune('a' + i%5))
				if _, _, err := s.ReplaceGraph(ctx, quad.IRI(label), of(quadOf("a", "b", o, label))); err != nil {
					t.Error(err)
				}
				if i%10 == 0 {
					if _, err := s.BulkLoad(ctx, of(quadOf("a", "b", o, "bulk"))); err != nil {
						t.Error(err)
					}
				}
			}
		})
		wg.Go(func() {
			for range 60 {
				v := s.View()
				if _, err := path.StartPath(v, quad.IRI("a")).Out().In().Iterate(ctx).AllValues(v); err != nil {
					t.Error(err)
				}
				if err := v.Close(); err != nil {
					t.Error(err)
				}
				if _, err := path.StartPath(s).Out(quad.IRI("b")).Iterate(ctx).AllValues(s); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if err := s.Check(ctx); err != nil {
		t.Error(err)
	}
}

// TestWriter imports more than one batch, with duplicates across batches.
func TestWriter(t *testing.T) {
	s := open(t, t.TempDir())
	replace(t, s, "g", quadOf("a", "b", "c", "g"))
	w, err := s.NewQuadWriter()
	if err != nil {
		t.Fatal(err)
	}
	const n = 140_000
	for i := range n {
		if _, err := w.WriteQuads([]quad.Quad{quad.Make(quad.Int(i%(n-10)), quad.IRI("b"), quad.IRI("c"), quad.IRI("g"))}); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := w.WriteQuads([]quad.Quad{quadOf("a", "b", "c", "g"), {Subject: quad.IRI("a")}}); got != 1 || !errors.Is(err, quad.ErrInvalid) {
		t.Errorf("an invalid quad: got %d, %v", got, err)
	}
	for range 2 {
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if got := count(t, s); got != n-10+1 {
		t.Errorf("there are %d quads, want %d", got, n-10+1)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	late, _ := s.NewQuadWriter()
	if _, err := late.WriteQuads([]quad.Quad{quadOf("a", "b", "d", "g")}); errors.Join(err, late.Close()) == nil {
		t.Error("wrote to a closed store")
	}
}
