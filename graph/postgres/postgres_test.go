package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	cayleytest "github.com/cayleygraph/cayley/graph/graphtest"
	"github.com/cayleygraph/cayley/graph/graphtest/testutil"
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/quad"
	"github.com/jackc/pgx/v5"

	"github.com/districtkg/districtkg/graph/graphtest"
	"github.com/districtkg/districtkg/graph/postgres"
)

// server returns the DSN of a real server; without one the test is skipped.
func server(t testing.TB) string {
	t.Helper()
	dsn := os.Getenv("DISTRICTKG_TEST_POSTGRES")
	if dsn == "" {
		t.Skip("needs a PostgreSQL server: set DISTRICTKG_TEST_POSTGRES to its DSN (see testserver.sh)")
	}
	return dsn
}

// database makes an empty database that goes with the test.
func database(t testing.TB) string {
	t.Helper()
	dsn := server(t)
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("districtkg_test_%d_%s", os.Getpid(), strings.Map(alnum, strings.ToLower(t.Name())))
	name = name[:min(len(name), 55)] + fmt.Sprintf("_%p", new(int))[6:]
	if _, err := conn.Exec(ctx, "CREATE DATABASE "+name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := conn.Exec(ctx, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Error(err)
		}
		if err := conn.Close(ctx); err != nil {
			t.Error(err)
		}
	})
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	return u.String()
}

func alnum(r rune) rune {
	if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
		return r
	}
	return -1
}

func open(t testing.TB, dsn string) *postgres.Store {
	t.Helper()
	s, err := postgres.Open(context.Background(), dsn, postgres.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestPostgres(t *testing.T) {
	server(t)
	graphtest.Run(t, func(t testing.TB) graph.QuadStore { return open(t, database(t)) })
}

// TestCayley runs Cayley's own cases that need no other files. Cayley's tables keep microseconds.
func TestCayley(t *testing.T) {
	server(t)
	gen := func(t testing.TB) (graph.QuadStore, graph.Options) {
		s := open(t, database(t))
		t.Cleanup(func() { _ = s.Close() }) // some of the cases have closed it
		return s, nil
	}
	conf := &cayleytest.Config{TimeInMcs: true}
	for _, c := range []struct {
		name string
		run  func(testing.TB, testutil.DatabaseFunc, *cayleytest.Config)
	}{
		{"load one quad", cayleytest.TestLoadOneQuad}, {"load dup", cayleytest.TestLoadDup},
		{"load dup single", cayleytest.TestLoadDupSingle}, {"load dup raw", cayleytest.TestLoadDupRaw},
		{"delete quad", cayleytest.TestDeleteQuad}, {"sizes", cayleytest.TestSizes},
		{"iterator", cayleytest.TestIterator}, {"hasa", cayleytest.TestHasA},
		{"deleted from iterator", cayleytest.TestDeletedFromIterator},
		{"load typed quads", cayleytest.TestLoadTypedQuads}, {"add and remove", cayleytest.TestAddRemove},
		{"node delete", cayleytest.TestNodeDelete}, {"compare typed values", cayleytest.TestCompareTypedValues},
		{"schema", cayleytest.TestSchema}, {"delete reinserted", cayleytest.TestDeleteReinserted},
		{"delete reinserted dup", cayleytest.TestDeleteReinsertedDup},
	} {
		t.Run(c.name, func(t *testing.T) { c.run(t, gen, conf) })
	}
}

func TestOpen(t *testing.T) {
	dsn := database(t)
	ctx := context.Background()
	if _, err := postgres.Open(ctx, dsn, postgres.Options{}); !errors.Is(err, postgres.ErrNotFound) {
		t.Errorf("empty database: got %v, want %v", err, postgres.ErrNotFound)
	}
	s := open(t, dsn)
	q := quad.Make(quad.IRI("a"), quad.IRI("b"), quad.IRI("c"), quad.IRI("d"))
	if err := s.ApplyDeltas([]graph.Delta{{Quad: q, Action: graph.Add}}, graph.IgnoreOpts{}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := graph.NewQuadStore(postgres.Name, dsn, nil)
	if err != nil {
		t.Fatal(err)
	}
	if st, err := again.Stats(ctx, true); err != nil || st.Quads.Value != 1 {
		t.Errorf("after opening again: %+v, %v; want one quad", st, err)
	}
	queries, err := again.(*postgres.Store).Queries()
	if err != nil {
		t.Fatal(err)
	}
	got, err := path.StartPath(queries, quad.IRI("a")).Out().In().Iterate(ctx).AllValues(queries)
	if err != nil || len(got) != 1 || got[0] != quad.IRI("a") {
		t.Errorf("found %v, %v; want a", got, err)
	}
	if err := errors.Join(queries.Close(), again.Close()); err != nil {
		t.Fatal(err)
	}
}
