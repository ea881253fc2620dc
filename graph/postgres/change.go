package postgres

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/cayleygraph/cayley/graph"
	csql "github.com/cayleygraph/cayley/graph/sql"
	"github.com/cayleygraph/quad"
	"github.com/jackc/pgx/v5"
)

// A change is one transaction. Quads and values are copied into temporary tables,
// and go from there to Cayley's in a few statements whatever their number.
// Its context lives as long as the transaction.
type change struct {
	ctx   context.Context
	tx    pgx.Tx
	seen  map[csql.NodeHash]struct{} // values that were copied
	quads [][]any
	nodes [][]any
}

// hashes are the hashes of a quad's values; that of no label is not valid.
type hashes [4]csql.NodeHash

// valueColumns are those columns of Cayley's table of nodes that make a value.
func valueColumns() []string {
	return []string{"value", "value_string", "datatype", "language", "iri", "bnode", "value_int", "value_bool", "value_float", "value_time"}
}

const temporary = `
CREATE TEMP TABLE load_nodes ON COMMIT DROP AS SELECT hash, %s FROM nodes LIMIT 0;
CREATE TEMP TABLE load_quads (s bytea, p bytea, o bytea, l bytea) ON COMMIT DROP;
CREATE TEMP TABLE new_quads (LIKE load_quads) ON COMMIT DROP;
CREATE TEMP TABLE old_quads (LIKE load_quads) ON COMMIT DROP;
SET LOCAL work_mem = '64MB';
SET LOCAL maintenance_work_mem = '256MB';
LOCK TABLE nodes, quads IN SHARE ROW EXCLUSIVE MODE`

func (c *change) begin() error {
	return c.exec(fmt.Sprintf(temporary, strings.Join(valueColumns(), ", ")))
}

// exec runs statements without arguments.
func (c *change) exec(statements string) error {
	_, err := c.tx.Exec(c.ctx, statements, pgx.QueryExecModeSimpleProtocol)
	return err
}

const (
	// copyBatch is how many quads are held in memory before they are copied.
	copyBatch = 1 << 15
	// seenLimit bounds the memory for hashes; a value that is copied twice does no harm.
	seenLimit = 1 << 20
)

// stage copies the quads into load_quads and their values into load_nodes.
func (c *change) stage(quads iter.Seq2[quad.Quad, error]) error {
	for q, err := range quads {
		if err := errors.Join(err, c.ctx.Err()); err != nil {
			return err
		}
		h, err := c.add(q)
		if err != nil {
			return err
		}
		c.quads = append(c.quads, h.row())
		if len(c.quads) < copyBatch {
			continue
		}
		if err := c.flush("load_quads"); err != nil {
			return err
		}
	}
	return c.flush("load_quads")
}

func (h hashes) row() []any {
	return []any{h[0].SQLValue(), h[1].SQLValue(), h[2].SQLValue(), h[3].SQLValue()}
}

// add takes in the values of a quad.
func (c *change) add(q quad.Quad) (h hashes, err error) {
	if !q.IsValid() {
		return h, fmt.Errorf("%w: %v", quad.ErrInvalid, q)
	}
	for i, d := range quad.Directions {
		v := q.Get(d)
		if v == nil {
			continue
		}
		h[i] = csql.HashOf(v)
		if _, ok := c.seen[h[i]]; ok {
			continue
		}
		if len(c.seen) >= seenLimit {
			clear(c.seen)
		}
		c.seen[h[i]] = struct{}{}
		row, err := nodeRow(h[i], v)
		if err != nil {
			return h, err
		}
		c.nodes = append(c.nodes, row)
	}
	return h, nil
}

// nodeRow returns the columns of a value, as Cayley fills them.
func nodeRow(h csql.NodeHash, v quad.Value) ([]any, error) {
	kind, values, err := csql.NodeValues(h, v)
	if err != nil {
		return nil, fmt.Errorf("encode %v: %w", v, err)
	}
	row := make([]any, 1+len(valueColumns()))
	row[0] = values[0]
	for i, name := range kind.Columns() {
		for j, column := range valueColumns() {
			if column == name {
				row[1+j] = values[1+i]
			}
		}
	}
	if t, ok := v.(quad.Time); ok {
		row[len(row)-1] = time.Time(t).UTC()
	}
	return row, nil
}

// flush copies what is held.
func (c *change) flush(quads string) error {
	columns := append([]string{"hash"}, valueColumns()...)
	if _, err := c.tx.CopyFrom(c.ctx, pgx.Identifier{"load_nodes"}, columns, pgx.CopyFromRows(c.nodes)); err != nil {
		return fmt.Errorf("copy values: %w", err)
	}
	if _, err := c.tx.CopyFrom(c.ctx, pgx.Identifier{quads}, []string{"s", "p", "o", "l"}, pgx.CopyFromRows(c.quads)); err != nil {
		return fmt.Errorf("copy quads: %w", err)
	}
	c.nodes, c.quads = c.nodes[:0], c.quads[:0]
	return nil
}

// same is true of a row of Cayley's table and one of ours that are the same quad.
const same = `q.subject_hash = a.s AND q.predicate_hash = a.p AND q.object_hash = a.o AND q.label_hash IS NOT DISTINCT FROM a.l`

// findNew fills new_quads with those of load_quads that the graph does not have.
func (c *change) findNew() error {
	return c.exec(`ANALYZE load_quads;
INSERT INTO new_quads SELECT DISTINCT s, p, o, l FROM load_quads a WHERE NOT EXISTS (SELECT FROM quads q WHERE ` + same + `)`)
}

// write removes old_quads, adds new_quads and keeps the nodes in step. It returns how many there are.
func (c *change) write() (added, removed int64, err error) {
	ask := "SELECT (SELECT count(*) FROM new_quads), (SELECT count(*) FROM old_quads), EXISTS (SELECT FROM quads)"
	var any bool
	if err := c.tx.QueryRow(c.ctx, ask).Scan(&added, &removed, &any); err != nil || added+removed == 0 {
		return 0, 0, err
	}
	restore := ""
	if !any { // a first load: the indexes are made last, which takes a fraction of the time
		if restore, err = c.dropIndexes(); err != nil {
			return 0, 0, err
		}
	}
	columns := strings.Join(valueColumns(), ", ")
	err = c.exec(`ANALYZE new_quads; ANALYZE old_quads; ANALYZE load_nodes;
CREATE TEMP TABLE ref_changes ON COMMIT DROP AS SELECT h AS hash, sum(n)::int AS n FROM (` +
		references("new_quads", "1") + ` UNION ALL ` + references("old_quads", "-1") + `) x GROUP BY h;
ANALYZE ref_changes;
DELETE FROM quads q USING old_quads a WHERE ` + same + `;
UPDATE nodes n SET refs = n.refs + r.n FROM ref_changes r WHERE r.hash = n.hash AND r.n <> 0;
INSERT INTO nodes (hash, refs, ` + columns + `)
	SELECT DISTINCT ON (v.hash) v.hash, r.n, ` + columns + ` FROM load_nodes v JOIN ref_changes r ON r.hash = v.hash
	WHERE NOT EXISTS (SELECT FROM nodes n WHERE n.hash = v.hash);
INSERT INTO quads (subject_hash, predicate_hash, object_hash, label_hash, ts) SELECT s, p, o, l, now() FROM new_quads;
DELETE FROM nodes n USING ref_changes r WHERE r.hash = n.hash AND n.refs <= 0;
` + restore)
	return added, removed, err
}

// references selects the values that the quads of a table mention, with n.
func references(table, n string) string {
	var parts []string
	for _, column := range []string{"s", "p", "o", "l"} {
		parts = append(parts, fmt.Sprintf("SELECT %s AS h, %s AS n FROM %s WHERE %s IS NOT NULL", column, n, table, column))
	}
	return strings.Join(parts, " UNION ALL ")
}

// dropIndexes drops the indexes and foreign keys of the quads, and returns the
// statements that make them again.
func (c *change) dropIndexes() (restore string, err error) {
	rows, err := c.tx.Query(c.ctx, `
SELECT format('ALTER TABLE quads DROP CONSTRAINT %I', conname), format('ALTER TABLE quads ADD CONSTRAINT %I %s', conname, pg_get_constraintdef(oid)), 2 AS rank
	FROM pg_constraint WHERE conrelid = 'quads'::regclass AND contype = 'f'
UNION ALL
SELECT format('DROP INDEX %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid), 1
	FROM pg_index i WHERE i.indrelid = 'quads'::regclass AND NOT i.indisprimary
ORDER BY rank, 2`)
	if err != nil {
		return "", err
	}
	var drop, again, d, a string
	var rank int
	_, err = pgx.ForEachRow(rows, []any{&d, &a, &rank}, func() error {
		drop += d + ";\n"
		again += a + ";\n"
		return nil
	})
	if err != nil {
		return "", err
	}
	return again + "ANALYZE quads; ANALYZE nodes", c.exec(drop)
}

// BulkLoad adds quads and returns how many are new: all or, after an error, none.
// It may be repeated. Into an empty graph it is fastest.
func (s *Store) BulkLoad(ctx context.Context, quads iter.Seq2[quad.Quad, error]) (n int64, err error) {
	err = s.change(ctx, func(c *change) error {
		if err := c.stage(quads); err != nil {
			return err
		}
		if err := c.findNew(); err != nil {
			return err
		}
		n, _, err = c.write()
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("load: %w", err)
	}
	return n, nil
}

// ReplaceGraph makes quads all that the named graph label holds, in one transaction,
// and returns how many it added and removed. No quads remove the graph. A quad
// without a label gets this one; one with another is an error.
func (s *Store) ReplaceGraph(ctx context.Context, label quad.Value, quads iter.Seq2[quad.Quad, error]) (added, removed int, err error) {
	err = s.change(ctx, func(c *change) error {
		if label == nil {
			return fmt.Errorf("%w: no label", quad.ErrInvalid)
		}
		if err := c.stage(labeled(label, quads)); err != nil {
			return err
		}
		if err := c.findNew(); err != nil {
			return err
		}
		_, err := c.tx.Exec(c.ctx, `INSERT INTO old_quads SELECT subject_hash, predicate_hash, object_hash, label_hash FROM quads q
			WHERE label_hash = $1 AND NOT EXISTS (SELECT FROM load_quads a WHERE `+same+`)`, csql.HashOf(label).SQLValue())
		if err != nil {
			return err
		}
		a, r, err := c.write()
		added, removed = int(a), int(r)
		return err
	})
	if err != nil {
		return 0, 0, fmt.Errorf("replace graph %v: %w", label, err)
	}
	return added, removed, nil
}

// labeled gives quads the label.
func labeled(label quad.Value, quads iter.Seq2[quad.Quad, error]) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		for q, err := range quads {
			if err == nil && q.Label == nil {
				q.Label = label
			}
			if err == nil && q.Label != label {
				err = fmt.Errorf("%w: %v", ErrLabel, q)
			}
			if !yield(q, err) || err != nil {
				return
			}
		}
	}
}

// ApplyDeltas adds and removes quads one after the other, in one transaction:
// after an error nothing is changed. It implements [graph.QuadStore].
func (s *Store) ApplyDeltas(in []graph.Delta, opt graph.IgnoreOpts) error {
	err := s.change(context.Background(), func(c *change) error { return c.apply(in, opt) })
	var delta *graph.DeltaError
	if err != nil && !errors.As(err, &delta) {
		return fmt.Errorf("apply %d changes: %w", len(in), err)
	}
	if delta != nil {
		return delta // Cayley's writers look for this very type
	}
	return nil
}

func (c *change) apply(in []graph.Delta, opt graph.IgnoreOpts) error {
	all := make([]hashes, len(in))
	for i, d := range in {
		h, err := c.add(d.Quad)
		if err != nil {
			return &graph.DeltaError{Delta: d, Err: err}
		}
		all[i] = h
		c.quads = append(c.quads, h.row())
	}
	if err := c.flush("load_quads"); err != nil {
		return err
	}
	was, err := c.present()
	if err != nil {
		return err
	}
	is := map[hashes]bool{}
	for i, d := range in {
		if err := step(was, is, all[i], d.Action, opt); err != nil {
			return &graph.DeltaError{Delta: d, Err: err}
		}
	}
	for _, add := range []bool{true, false} {
		for h, b := range is {
			if b == add && was[h] != add {
				c.quads = append(c.quads, h.row())
			}
		}
		if err := c.flush(map[bool]string{true: "new_quads", false: "old_quads"}[add]); err != nil {
			return err
		}
	}
	_, _, err = c.write()
	return err
}

// present returns which quads of load_quads the graph has.
func (c *change) present() (map[hashes]bool, error) {
	rows, err := c.tx.Query(c.ctx, "SELECT DISTINCT a.s, a.p, a.o, a.l FROM load_quads a JOIN quads q ON "+same)
	if err != nil {
		return nil, err
	}
	was := map[hashes]bool{}
	var raw [4][]byte
	_, err = pgx.ForEachRow(rows, []any{&raw[0], &raw[1], &raw[2], &raw[3]}, func() error {
		var h hashes
		for i, b := range raw {
			copy(h[i].ValueHash[:], b)
		}
		was[h] = true
		return nil
	})
	return was, err
}

// step makes one change to what is there.
func step(was, is map[hashes]bool, h hashes, do graph.Procedure, opt graph.IgnoreOpts) error {
	there, changed := is[h]
	if !changed {
		there = was[h]
	}
	switch {
	case do != graph.Add && do != graph.Delete:
		return graph.ErrInvalidAction
	case do == graph.Add && there && !opt.IgnoreDup:
		return graph.ErrQuadExists
	case do == graph.Delete && !there && !opt.IgnoreMissing:
		return graph.ErrQuadNotExist
	}
	is[h] = do == graph.Add
	return nil
}
