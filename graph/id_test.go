package graph_test

import (
	"net/url"
	"testing"

	"github.com/districtkg/districtkg/graph"
)

func FuzzID(f *testing.F) {
	for _, s := range []string{"220102", "division/220102", "program/cn/1+4工程", "enterprise/cn/100%", "https://w3id.org/districtkg/id/a%2", "ns#x", "a//b", "\xff"} {
		f.Add(s)
	}
	g, err := graph.Open(f.Context(), "mem:", graph.Options{})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, in string) {
		id := g.ID(in)
		if again := g.ID(id); again != id {
			t.Errorf("%q is %q, then %q", in, id, again)
		}
		if id == in { // another's IRI, which is left as it is
			return
		}
		if _, err := url.Parse(id); err != nil {
			t.Errorf("%q: %v", in, err)
		}
	})
}
