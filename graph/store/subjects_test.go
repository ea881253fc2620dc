package store

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/cayleygraph/quad"
)

// TestSubjects reads many subjects at once and one by one.
func TestSubjects(t *testing.T) {
	s := openTest(t, t.TempDir())
	r := rand.New(rand.NewPCG(3, 3))
	for _, label := range []quad.Value{quad.IRI("a"), quad.IRI("b")} {
		if _, _, err := s.ReplaceGraph(t.Context(), label, seq(document(r, label, 300))); err != nil {
			t.Fatal(err)
		}
	}
	snap := s.Snapshot()
	defer snap.Close()
	bySubject := map[quad.Value][]quad.Quad{}
	for q, err := range snap.Quads(t.Context(), quad.Quad{}) {
		if err != nil {
			t.Fatal(err)
		}
		bySubject[q.Subject] = append(bySubject[q.Subject], q)
	}
	var all []quad.Value
	for v := range bySubject {
		all = append(all, v)
	}
	for _, tt := range []struct {
		name   string
		wanted []quad.Value
	}{
		{"none", nil},
		{"one", all[:1]},
		{"all", all},
		{"one twice", []quad.Value{all[0], all[1], all[0]}},
		{"unknown ones", []quad.Value{quad.IRI("nobody"), all[0], quad.BNode("nobody")}},
		{"what cannot be stored", []quad.Value{nil, all[0]}},
	} {
		want, got := map[quad.Quad]bool{}, map[quad.Quad]bool{}
		for _, v := range tt.wanted {
			for _, q := range bySubject[v] {
				want[q] = true
			}
		}
		var order []quad.Value
		n := 0
		for q, err := range snap.Subjects(t.Context(), tt.wanted) {
			if err != nil {
				t.Fatalf("%s: %v", tt.name, err)
			}
			if n++; len(order) == 0 || order[len(order)-1] != q.Subject {
				if slices.Contains(order, q.Subject) {
					t.Errorf("%s: the quads of %v are not together", tt.name, q.Subject)
				}
				order = append(order, q.Subject)
			}
			got[q] = true
		}
		if n != len(want) || len(got) != len(want) {
			t.Errorf("%s: %d quads, %d of them different, want %d", tt.name, n, len(got), len(want))
		}
		for q := range got {
			if !want[q] {
				t.Errorf("%s: %v", tt.name, q)
			}
		}
	}
}

// TestSubjectsCancelled stops and says why.
func TestSubjectsCancelled(t *testing.T) {
	s := openTest(t, t.TempDir())
	label := quad.IRI("a")
	if _, _, err := s.ReplaceGraph(t.Context(), label, seq(document(rand.New(rand.NewPCG(3, 3)), label, 3000))); err != nil {
		t.Fatal(err)
	}
	var all []quad.Value
	for q := range s.Quads(t.Context(), quad.Quad{}) {
		all = append(all, q.Subject)
	}
	snap := s.Snapshot()
	defer snap.Close()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var last error
	for _, err := range snap.Subjects(ctx, all) {
		last = err
	}
	if !errors.Is(last, context.Canceled) {
		t.Errorf("%v", last)
	}
}

// TestSubjectsCollision plants another value under the id of one whose quads are
// asked for: they are the other's.
func TestSubjectsCollision(t *testing.T) {
	s := openTest(t, t.TempDir())
	q := quad.Make(quad.IRI("a"), quad.IRI("b"), quad.IRI("c"), quad.IRI("d"))
	if _, _, err := s.ReplaceGraph(t.Context(), q.Label, seq([]quad.Quad{q})); err != nil {
		t.Fatal(err)
	}
	id, _, ok, err := s.lookup(q.Subject)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	other, err := appendValue(nil, quad.IRI("other"))
	if err != nil {
		t.Fatal(err)
	}
	n := node{counts: [4]int64{1}, value: other}
	if err := s.db.Set(appendNodeKey(nil, id), n.appendTo(nil), nil); err != nil {
		t.Fatal(err)
	}
	snap := s.Snapshot()
	defer snap.Close()
	for q, err := range snap.Subjects(t.Context(), []quad.Value{q.Subject}) {
		t.Errorf("%v %v", q, err)
	}
}
