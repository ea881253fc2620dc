package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"
	"github.com/jackc/pgx/v5"

	"github.com/districtkg/districtkg/graph/postgres"
	"github.com/districtkg/districtkg/graph/store/nquads"
)

// serverScript starts a PostgreSQL server from Debian's packages.
const serverScript = "graph/postgres/testserver.sh"

// server returns the DSN of a new server and a function that stops it.
func server(ctx context.Context) (dsn string, stop func() error, err error) {
	if _, err := os.Stat(serverScript); err != nil {
		return "", nil, absentError("run it at the top of the source tree, where " + serverScript + " is")
	}
	parent, err := os.MkdirTemp("", "storebench-pg-")
	if err != nil {
		return "", nil, err
	}
	// The server runs as another user, who must get there.
	if err := os.Chmod(parent, 0o755); err != nil {
		return "", nil, err
	}
	dir := filepath.Join(parent, "data")
	var stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, serverScript, "start", dir)
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return "", nil, absentError(firstLine(stderr.Bytes()))
	}
	return strings.TrimSpace(string(out)), func() error {
		return errors.Join(exec.Command(serverScript, "stop", dir).Run(), os.RemoveAll(parent))
	}, nil
}

// tables is graph/postgres: Cayley's tables, with a bulk load by COPY.
type tables struct {
	ours
	dsn     string
	stopped func() error
}

func newTables(ctx context.Context) (subject, error) {
	dsn, stop, err := server(ctx)
	if err != nil {
		return nil, err
	}
	t := &tables{dsn: dsn, stopped: stop}
	t.start = func(ctx context.Context) (loader, graph.QuadStore, error) {
		s, err := postgres.Open(ctx, dsn, postgres.Options{Create: true})
		if err != nil {
			return nil, nil, err
		}
		return s, s.QuadStore, nil // Cayley's own, which turns paths into SQL
	}
	return t, nil
}

func (t *tables) size(ctx context.Context) (n int64, err error) { return databaseSize(ctx, t.dsn) }

func (t *texts) size(ctx context.Context) (n int64, err error) { return databaseSize(ctx, t.dsn) }

// databaseSize returns how many bytes the tables and indexes take.
func databaseSize(ctx context.Context, dsn string) (n int64, err error) {
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return 0, err
	}
	err = conn.QueryRow(ctx, "SELECT sum(pg_total_relation_size(relid))::bigint FROM pg_stat_user_tables").Scan(&n)
	return n, errors.Join(err, conn.Close(ctx))
}

func (t *tables) close() error { return errors.Join(t.s.Close(), t.stopped()) }

func (t *tables) lookup(ctx context.Context, entity string) (int, error) {
	return count(t.s.Quads(ctx, quad.Quad{Subject: quad.IRI(entity)}))
}

func (t *tables) document(ctx context.Context, label string) (int, error) {
	return count(t.s.Quads(ctx, quad.Quad{Label: quad.IRI(label)}))
}

func count(quads iter.Seq2[quad.Quad, error]) (n int, err error) {
	for _, err := range quads {
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// texts is the simplest way to keep quads in PostgreSQL, and a yardstick for it: one
// table of four texts and three indexes, filled by COPY.
type texts struct {
	conn    *pgx.Conn
	dsn     string
	stopped func() error
}

func newTexts(ctx context.Context) (subject, error) {
	dsn, stop, err := server(ctx)
	if err != nil {
		return nil, err
	}
	return &texts{dsn: dsn, stopped: stop}, nil
}

func (t *texts) load(ctx context.Context, file string) error {
	if err := t.open(ctx); err != nil {
		return err
	}
	if _, err := t.conn.Exec(ctx, "CREATE TABLE q (s text, p text, o text, g text)"); err != nil {
		return err
	}
	f, err := os.Open(filepath.Clean(file))
	if err != nil {
		return err
	}
	source := &copySource{}
	source.next, source.stop = iter.Pull2(nquads.Read(f))
	defer source.stop()
	if _, err := t.conn.CopyFrom(ctx, pgx.Identifier{"q"}, []string{"s", "p", "o", "g"}, source); err != nil {
		return errors.Join(err, f.Close())
	}
	_, err = t.conn.Exec(ctx, "CREATE INDEX ON q (s); CREATE INDEX ON q (p); CREATE INDEX ON q (g); ANALYZE q", pgx.QueryExecModeSimpleProtocol)
	return errors.Join(err, f.Close(), t.conn.Close(ctx))
}

func (t *texts) open(ctx context.Context) (err error) {
	t.conn, err = pgx.Connect(ctx, t.dsn)
	return err
}

func (t *texts) close() error {
	return errors.Join(t.conn.Close(context.Background()), t.stopped())
}

// ask reads all rows of a query and returns how many there are.
func (t *texts) ask(ctx context.Context, query string, args ...any) (n int, err error) {
	found, err := t.conn.Query(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	for found.Next() {
		n++
	}
	return n, found.Err()
}

func (t *texts) lookup(ctx context.Context, entity string) (int, error) {
	return t.ask(ctx, "SELECT * FROM q WHERE s = $1", quad.IRI(entity).String())
}

func (t *texts) hops(ctx context.Context, entity string) (int, error) {
	return t.ask(ctx, "SELECT b.o FROM q a JOIN q b ON b.s = a.o WHERE a.s = $1", quad.IRI(entity).String())
}

func (t *texts) scan(ctx context.Context, predicate string) (int, error) {
	return t.ask(ctx, "SELECT * FROM q WHERE p = $1", quad.IRI(predicate).String())
}

func (t *texts) count(ctx context.Context, predicate string) (n int, err error) {
	err = t.conn.QueryRow(ctx, "SELECT count(*) FROM q WHERE p = $1", quad.IRI(predicate).String()).Scan(&n)
	return n, err
}

func (t *texts) document(ctx context.Context, label string) (int, error) {
	return t.ask(ctx, "SELECT * FROM q WHERE g = $1", quad.IRI(label).String())
}

func (t *texts) greater(ctx context.Context, predicate string, than int) (int, error) {
	return t.ask(ctx, `SELECT s FROM q WHERE p = $1 AND split_part(o, '"', 2)::bigint > $2`, quad.IRI(predicate).String(), than)
}

func (t *texts) replace(ctx context.Context, label string, with []quad.Quad) error {
	tx, err := t.conn.Begin(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback(ctx) }() // it does nothing after the commit
	if _, err := tx.Exec(ctx, "DELETE FROM q WHERE g = $1", quad.IRI(label).String()); err != nil {
		return err
	}
	var all [][]any
	for _, q := range with {
		all = append(all, textRow(q))
	}
	if _, err := tx.CopyFrom(ctx, pgx.Identifier{"q"}, []string{"s", "p", "o", "g"}, pgx.CopyFromRows(all)); err != nil {
		return err
	}
	return tx.Commit(ctx)
}

func (t *texts) remove(ctx context.Context, label string) error { return t.replace(ctx, label, nil) }

func (t *texts) dump(ctx context.Context, w io.Writer) (n int, err error) {
	found, err := t.conn.Query(ctx, "SELECT s, p, o, g FROM q")
	if err != nil {
		return 0, err
	}
	var s, p, o, g string
	for found.Next() {
		if err := found.Scan(&s, &p, &o, &g); err != nil {
			return n, err
		}
		if _, err := fmt.Fprintf(w, "%s %s %s %s .\n", s, p, o, g); err != nil {
			return n, err
		}
		n++
	}
	return n, found.Err()
}

func textRow(q quad.Quad) []any {
	return []any{q.Subject.String(), q.Predicate.String(), q.Object.String(), q.Label.String()}
}

// A copySource feeds quads to COPY.
type copySource struct {
	next func() (quad.Quad, error, bool)
	stop func()
	cur  quad.Quad
	err  error
}

func (r *copySource) Next() bool {
	var ok bool
	r.cur, r.err, ok = r.next()
	return ok && r.err == nil
}

func (r *copySource) Values() ([]any, error) { return textRow(r.cur), nil }
func (r *copySource) Err() error             { return r.err }
