package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
)

func openTest(t testing.TB, path string) *Store {
	t.Helper()
	s, err := Open(path, Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// keys returns all keys and values of a store.
func keys(t testing.TB, s *Store) map[string]string {
	t.Helper()
	out := map[string]string{}
	it, err := s.db.NewIter(nil)
	if err != nil {
		t.Fatal(err)
	}
	for ok := it.First(); ok; ok = it.Next() {
		out[string(it.Key())] = string(it.Value())
	}
	if err := errors.Join(it.Error(), it.Close()); err != nil {
		t.Fatal(err)
	}
	return out
}

// compareKeys reports keys and values that differ.
func compareKeys(t *testing.T, got, want map[string]string) {
	t.Helper()
	all := maps.Clone(got)
	maps.Copy(all, want)
	for _, k := range slices.Sorted(maps.Keys(all)) {
		g, has := got[k]
		w, wants := want[k]
		if g != w || has != wants {
			t.Errorf("key %q: %q (there: %v), want %q (there: %v)", k, g, has, w, wants)
		}
	}
}

func seq(quads []quad.Quad) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		for _, q := range quads {
			if !yield(q, nil) {
				return
			}
		}
	}
}

// document returns random quads of a small world, so that documents share values and
// triples. Some values are used as predicate, as label and as object.
func document(r *rand.Rand, label quad.Value, n int) (out []quad.Quad) {
	term := func(n int) quad.Value { return quad.IRI(fmt.Sprintf("e%d", r.IntN(n))) }
	for range n {
		q := quad.Quad{Subject: term(12), Predicate: term(4), Object: term(12), Label: label}
		switch r.IntN(4) {
		case 0:
			q.Object = quad.Int(r.IntN(5))
		case 1:
			q.Object = quad.String(fmt.Sprintf("值 %d", r.IntN(5)))
		}
		out = append(out, q)
	}
	return out
}

// TestNoTrace replaces and removes documents at random, by every way there is to change
// the store, and compares it key by key with one that only ever had the documents that are left.
func TestNoTrace(t *testing.T) {
	ctx := context.Background()
	for seed := range uint64(30) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 0))
			s, docs := openTest(t, t.TempDir()), map[quad.Value][]quad.Quad{}
			for range 20 {
				changeAtRandom(ctx, t, r, s, docs)
			}
			fresh := openTest(t, t.TempDir())
			var all []quad.Quad
			for _, d := range docs {
				all = append(all, d...)
			}
			if _, err := fresh.BulkLoad(ctx, seq(all)); err != nil {
				t.Fatal(err)
			}
			compareKeys(t, keys(t, s), keys(t, fresh))
			if err := s.Check(ctx); err != nil {
				t.Error(err)
			}
		})
	}
}

func changeAtRandom(ctx context.Context, t *testing.T, r *rand.Rand, s *Store, docs map[quad.Value][]quad.Quad) {
	t.Helper()
	// A label that is also a node of other documents.
	label := quad.IRI(fmt.Sprintf("e%d", r.IntN(5)))
	var err error
	switch r.IntN(5) {
	case 0:
		delete(docs, label)
		_, _, err = s.ReplaceGraph(ctx, label, seq(nil))
	case 1:
		more := document(r, label, r.IntN(20))
		docs[label] = append(docs[label], more...)
		_, err = s.BulkLoad(ctx, seq(more))
	case 2:
		more := document(r, label, r.IntN(20))
		docs[label] = append(docs[label], more...)
		err = s.ApplyDeltas(deltas(graph.Add, more), graph.IgnoreOpts{IgnoreDup: true})
	case 3:
		err = s.ApplyDeltas(deltas(graph.Delete, docs[label]), graph.IgnoreOpts{IgnoreMissing: true})
		delete(docs, label)
	default:
		docs[label] = document(r, label, r.IntN(30))
		_, _, err = s.ReplaceGraph(ctx, label, seq(docs[label]))
	}
	if err != nil {
		t.Fatal(err)
	}
}

func deltas(p graph.Procedure, quads []quad.Quad) (out []graph.Delta) {
	for _, q := range quads {
		out = append(out, graph.Delta{Quad: q, Action: p})
	}
	return out
}

// TestSpill loads with so little memory that the sorters write runs.
func TestSpill(t *testing.T) {
	ctx := context.Background()
	r := rand.New(rand.NewPCG(1, 1))
	var all []quad.Quad
	for i := range 20 {
		all = append(all, document(r, quad.IRI(fmt.Sprintf("d%d", i)), 300)...)
	}
	want := openTest(t, t.TempDir())
	if err := want.ApplyDeltas(deltas(graph.Add, all), graph.IgnoreOpts{IgnoreDup: true}); err != nil {
		t.Fatal(err)
	}
	got := openTest(t, t.TempDir())
	got.limits = limits{quads: 700, terms: 10, bytes: 200}
	for i := 0; i < len(all); i += 2500 { // into an empty store, then into one that has some
		if _, err := got.BulkLoad(ctx, seq(all[max(0, i-500):min(len(all), i+2500)])); err != nil {
			t.Fatal(err)
		}
	}
	compareKeys(t, keys(t, got), keys(t, want))
}

// TestCollision plants another value under the id of one, since two values
// that collide cannot be found.
func TestCollision(t *testing.T) {
	ctx := context.Background()
	s := openTest(t, t.TempDir())
	q := quad.Make(quad.IRI("a"), quad.IRI("b"), quad.IRI("c"), quad.IRI("d"))
	enc, _ := appendValue(nil, quad.IRI("a"))
	other, _ := appendValue(nil, quad.IRI("other"))
	n := node{counts: [4]int64{1}, value: other}
	if err := s.db.Set(appendNodeKey(nil, idOf(enc)), n.appendTo(nil), nil); err != nil {
		t.Fatal(err)
	}
	before := keys(t, s)
	if ref, err := s.ValueOf(quad.IRI("a")); ref != nil || err != nil {
		t.Errorf("found %v, %v", ref, err)
	}
	_, bulk := s.BulkLoad(ctx, seq([]quad.Quad{q}))
	_, _, replace := s.ReplaceGraph(ctx, quad.IRI("d"), seq([]quad.Quad{q}))
	apply := s.ApplyDeltas(deltas(graph.Add, []quad.Quad{q}), graph.IgnoreOpts{})
	for _, err := range []error{bulk, replace, apply} {
		if !errors.Is(err, ErrCollision) {
			t.Errorf("got %v, want %v", err, ErrCollision)
		}
	}
	compareKeys(t, keys(t, s), before)
}

// FuzzValue checks that values survive, and that what is read of foreign bytes is written the same.
func FuzzValue(f *testing.F) {
	for _, v := range []quad.Value{
		quad.IRI("a"), quad.BNode("b"), quad.String("中"), quad.TypedString{Value: "1", Type: "t"},
		quad.LangString{Value: "x", Lang: "en"}, quad.Int(-5), quad.Float(1.5), quad.Bool(true),
	} {
		enc, err := appendValue(nil, v)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(enc)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		v, err := decodeValue(b)
		if err != nil {
			return
		}
		enc, err := appendValue(nil, v)
		if err != nil {
			t.Fatal(err)
		}
		again, err := decodeValue(enc)
		if err != nil {
			t.Fatal(err)
		}
		if enc2, _ := appendValue(nil, again); !bytes.Equal(enc, enc2) {
			t.Errorf("%q: %v, then %v", b, v, again)
		}
	})
}

// FuzzKeyOrder checks that rows of columns compare as the bytes of keys do, also
// with what is a part of a key or goes beyond it.
func FuzzKeyOrder(f *testing.F) {
	f.Add(uint64(1), uint64(2), uint64(0), uint64(4), []byte("s\x00\x00"))
	f.Add(uint64(0), uint64(0), uint64(0), uint64(0), []byte("n\x00\x00\x00\x00\x00\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, a, b, c, d uint64, key []byte) {
		o := orders()[bySubject]
		for _, k := range [][]byte{o.appendKey(nil, ids{a, b, c, d}), appendNodeKey(nil, a), metaKey(a)} {
			r := parseRow(k)
			if got := r.appendKey(nil); !bytes.Equal(got, k) {
				t.Fatalf("%x: came back as %x", k, got)
			}
			other := parseRow(key)
			got := slices.Compare(r[:], other[:])
			if got == 0 {
				got = compareLen(len(k), len(key))
			}
			if want := bytes.Compare(k, key); got != want {
				t.Errorf("%x and %x compare as %d, want %d", k, key, got, want)
			}
		}
	})
}

func compareLen(a, b int) int { return max(-1, min(1, a-b)) }
