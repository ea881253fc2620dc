package postgres

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"time"

	csql "github.com/cayleygraph/cayley/graph/sql"
	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/pquads"
	"github.com/jackc/pgx/v5"
)

// Quads returns the quads that have the values of want where it is not nil,
// graph by graph and subject by subject in the order of their hashes, as of one moment. An error is
// the last thing that it yields.
func (s *Store) Quads(ctx context.Context, want quad.Quad) iter.Seq2[quad.Quad, error] {
	return func(yield func(quad.Quad, error) bool) {
		if err := s.scan(ctx, want, yield); err != nil {
			yield(quad.Quad{}, fmt.Errorf("read quads: %w", err))
		}
	}
}

func (s *Store) scan(ctx context.Context, want quad.Quad, yield func(quad.Quad, error) bool) error {
	ask, args := selectQuads(want)
	rows, err := s.pool.Query(ctx, ask, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	var values [4]node
	var targets []any
	for i := range values {
		targets = append(targets, values[i].targets()...)
	}
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		var q quad.Quad
		for i, d := range quad.Directions {
			v, err := values[i].value()
			if err != nil {
				return err
			}
			if v != nil {
				q.Set(d, v)
			}
		}
		if !yield(q, nil) {
			return nil
		}
	}
	return rows.Err()
}

// selectQuads returns the statement for a pattern, with the values of all four positions.
func selectQuads(want quad.Quad) (string, []any) {
	var columns, joins, where []string
	var args []any
	for _, d := range quad.Directions {
		table := "n_" + d.String()
		for _, c := range valueColumns() {
			columns = append(columns, table+"."+c)
		}
		joins = append(joins, fmt.Sprintf("LEFT JOIN nodes %s ON %s.hash = q.%s_hash", table, table, d))
		if v := want.Get(d); v != nil {
			args = append(args, csql.HashOf(v).SQLValue())
			where = append(where, fmt.Sprintf("q.%s_hash = $%d", d, len(args)))
		}
	}
	ask := "SELECT " + strings.Join(columns, ", ") + " FROM quads q " + strings.Join(joins, " ")
	if len(where) > 0 {
		ask += " WHERE " + strings.Join(where, " AND ")
	}
	return ask + " ORDER BY q.label_hash NULLS FIRST, q.subject_hash, q.predicate_hash, q.object_hash", args
}

// A node is a row of Cayley's table of nodes, of which the columns of one kind
// are set; none, where there is no row.
type node struct {
	raw            []byte
	text, typ, tag *string
	iri, bnode     *bool
	integer        *int64
	boolean        *bool
	float          *float64
	time           *time.Time
}

// targets returns where to scan valueColumns to.
func (n *node) targets() []any {
	return []any{&n.raw, &n.text, &n.typ, &n.tag, &n.iri, &n.bnode, &n.integer, &n.boolean, &n.float, &n.time}
}

// value reads the row as Cayley does.
func (n *node) value() (quad.Value, error) {
	switch {
	case n.text != nil:
		return n.textValue(), nil
	case n.integer != nil:
		return quad.Int(*n.integer), nil
	case n.boolean != nil:
		return quad.Bool(*n.boolean), nil
	case n.float != nil:
		return quad.Float(*n.float), nil
	case n.time != nil:
		return quad.Time(n.time.UTC()), nil
	case n.raw != nil:
		return pquads.UnmarshalValue(n.raw)
	}
	return nil, nil
}

func (n *node) textValue() quad.Value {
	// Cayley writes NUL, which PostgreSQL does not take, as four characters.
	text := quad.String(strings.ReplaceAll(*n.text, `\x00`, "\x00"))
	switch {
	case n.iri != nil && *n.iri:
		return quad.IRI(*n.text)
	case n.bnode != nil && *n.bnode:
		return quad.BNode(*n.text)
	case n.tag != nil:
		return quad.LangString{Value: text, Lang: *n.tag}
	case n.typ != nil:
		return quad.TypedString{Value: text, Type: quad.IRI(*n.typ)}
	}
	return text
}

// Labels returns the named graphs and how many quads each has. Quads without
// a label are counted under nil, if there are any.
func (s *Store) Labels(ctx context.Context) (map[quad.Value]int64, error) {
	rows, err := s.pool.Query(ctx, "SELECT x.count, "+strings.Join(valueColumns(), ", ")+
		" FROM (SELECT label_hash, count(*) FROM quads GROUP BY label_hash) x LEFT JOIN nodes n ON n.hash = x.label_hash")
	if err != nil {
		return nil, fmt.Errorf("read labels: %w", err)
	}
	out := map[quad.Value]int64{}
	var n node
	var count int64
	_, err = pgx.ForEachRow(rows, append([]any{&count}, n.targets()...), func() error {
		v, err := n.value()
		out[v] = count
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read labels: %w", err)
	}
	return out, nil
}
