// Package postgres keeps a graph in PostgreSQL, in the tables of Cayley's own
// SQL store, so that Cayley can be used on it as well. It adds what that store
// lacks: a bulk load by COPY, replacement of a named graph in one transaction, scans in
// one statement, and counts of references that stay right when a quad is added twice.
//
// Each change is one transaction under a lock that lets readers through and
// other writers wait. A scan is one statement, and so sees one moment. It has not been
// tried on CockroachDB, whose documentation lists neither LOCK TABLE nor temporary
// tables that go with their transaction.
//
// Cayley identifies a value by the hash of its text. So two times that
// differ by less than a second are one value here, as are an integer and a typed
// string that print alike; in a string, the character NUL comes back, but not the
// four characters \x00.
package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/refs"
	csql "github.com/cayleygraph/cayley/graph/sql"
	_ "github.com/cayleygraph/cayley/graph/sql/postgres" // tells Cayley the dialect
	"github.com/cayleygraph/quad"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Name is what Cayley calls this kind of store. Cayley's own is "postgres".
const Name = "districtkg-postgres"

// What can be wrong.
var (
	ErrNotFound = errors.New("the database has no graph")
	ErrLabel    = errors.New("quad of another graph")
)

// Importing this package is what makes cayley.NewGraph("districtkg-postgres", dsn, nil) work,
// as with Cayley's own stores: its registry can be filled in no other way.
var _ = register()

func register() bool {
	graph.RegisterQuadStore(Name, graph.QuadStoreRegistration{
		NewFunc: func(dsn string, _ graph.Options) (graph.QuadStore, error) {
			s, err := Open(context.Background(), dsn, Options{Create: true})
			if err != nil {
				return nil, err // not a nil *Store in an interface
			}
			return s, nil
		},
		IsPersistent: true,
	})
	return true
}

// Options say how to open a store.
type Options struct {
	Create bool // make the tables if there are none
}

// A Store is a graph in a database. It implements [graph.QuadStore]; several
// goroutines and processes may use it.
type Store struct {
	// An interface, so that Cayley's SQL optimizer, which wants its own type, is not
	// promoted: Cayley's generic iterators run on the Store.
	graph.QuadStore
	pool *pgxpool.Pool
	dsn  string
}

var _ graph.QuadStore = (*Store)(nil)

// Open connects to the database at dsn, postgres://user@host/database.
func Open(ctx context.Context, dsn string, opt Options) (*Store, error) {
	pool, err := pgxpool.New(ctx, dsn)
	if err != nil {
		return nil, fmt.Errorf("open graph in PostgreSQL: %w", err)
	}
	s := &Store{pool: pool, dsn: dsn}
	if err := s.prepare(ctx, dsn, opt); err != nil {
		pool.Close()
		return nil, fmt.Errorf("open graph in PostgreSQL: %w", err)
	}
	return s, nil
}

// prepare makes the tables, and lets Cayley in.
func (s *Store) prepare(ctx context.Context, dsn string, opt Options) error {
	there, err := s.exists(ctx, "quads")
	if err != nil {
		return err
	}
	if !there && !opt.Create {
		return ErrNotFound
	}
	if !there {
		// Another process may be making them now.
		if err := csql.Init("postgres", dsn, nil); err != nil && !errors.Is(err, graph.ErrDatabaseExists) {
			return err
		}
	}
	if there, err = s.exists(ctx, labelIndex); err == nil && !there {
		_, err = s.pool.Exec(ctx, "CREATE INDEX IF NOT EXISTS "+labelIndex+" ON quads (label_hash)")
	}
	if err != nil {
		return err
	}
	s.QuadStore, err = csql.New("postgres", dsn, nil)
	return err
}

// labelIndex finds the quads of a document, for which Cayley has no index.
const labelIndex = "districtkg_label"

func (s *Store) exists(ctx context.Context, relation string) (ok bool, err error) {
	err = s.pool.QueryRow(ctx, "SELECT to_regclass($1) IS NOT NULL", relation).Scan(&ok)
	return ok, err
}

// Queries returns Cayley's own store over the same tables, which turns paths into
// SQL, as the Store itself cannot. It has connections of its own: close it.
func (s *Store) Queries() (graph.QuadStore, error) {
	qs, err := csql.New("postgres", s.dsn, nil)
	if err != nil {
		return nil, fmt.Errorf("connect to PostgreSQL: %w", err)
	}
	return qs, nil
}

// Close closes the connections.
func (s *Store) Close() error {
	s.pool.Close()
	if err := s.QuadStore.Close(); err != nil {
		return fmt.Errorf("close graph in PostgreSQL: %w", err)
	}
	return nil
}

// Stats returns the numbers of nodes and quads: counted, or, if exact is not
// set, as the planner estimates them. Cayley's own remembers them when the store
// changes behind its back.
func (s *Store) Stats(ctx context.Context, exact bool) (graph.Stats, error) {
	ask := "SELECT (SELECT count(*) FROM nodes), (SELECT count(*) FROM quads)"
	if !exact {
		ask = `SELECT greatest(0, (SELECT reltuples FROM pg_class WHERE oid = 'nodes'::regclass))::bigint,
			greatest(0, (SELECT reltuples FROM pg_class WHERE oid = 'quads'::regclass))::bigint`
	}
	st := graph.Stats{Nodes: refs.Size{Exact: exact}, Quads: refs.Size{Exact: exact}}
	if err := s.pool.QueryRow(ctx, ask).Scan(&st.Nodes.Value, &st.Quads.Value); err != nil {
		return graph.Stats{}, fmt.Errorf("count quads: %w", err)
	}
	return st, nil
}

// NewQuadWriter returns a writer that adds quads and ignores those that are there.
func (s *Store) NewQuadWriter() (quad.WriteCloser, error) { return &writer{s}, nil }

type writer struct{ s *Store }

func (w *writer) WriteQuad(q quad.Quad) error {
	_, err := w.WriteQuads([]quad.Quad{q})
	return err
}

func (w *writer) WriteQuads(quads []quad.Quad) (int, error) {
	_, err := w.s.BulkLoad(context.Background(), func(yield func(quad.Quad, error) bool) {
		for _, q := range quads {
			if !yield(q, nil) {
				return
			}
		}
	})
	if err != nil {
		return 0, err
	}
	return len(quads), nil
}

func (w *writer) Close() error { return nil }

// change runs do in a transaction that no other writer runs beside.
func (s *Store) change(ctx context.Context, do func(*change) error) error {
	return pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		c := &change{ctx: ctx, tx: tx, seen: map[csql.NodeHash]struct{}{}}
		if err := c.begin(); err != nil {
			return err
		}
		return do(c)
	})
}
