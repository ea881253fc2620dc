package eval

import (
	"bufio"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// A gold is the annotation of one document.
type gold struct {
	about     map[string]string // of the D record: subject, code, kind, period
	entities  []goldEntity
	relations []goldRelation
	figures   []goldFigure
}

// A record is what all records of a gold file share. An optional one is
// neither rewarded nor punished.
type record struct {
	optional bool
	raw      string // the line, for the list of errors
}

type goldEntity struct {
	record
	class string
	names []string // squashed
}

type goldRelation struct {
	record
	subject, object []string // names, squashed
	predicate       string
}

type goldFigure struct {
	record
	subject    []string // names, squashed
	indicators []string // squashed, without filler
	measure    string
	values     []quantity
	periods    []string // "*" stands for any
}

// readGold reads a gold file. Its format is one record a line, fields parted by
// one tab, alternatives by a bar, and comments after #:
//
//	D	subject=…	code=…	kind=…	period=…
//	E	TYPE	NAME|ALIAS
//	R	SUBJECT	PREDICATE	OBJECT
//	F	SUBJECT	INDICATOR	MEASURE	VALUE	PERIOD
//
// A record that begins with ? is optional. Errors tell file:line: why.
func readGold(fsys fs.FS, name string) (*gold, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	g, err := parseGold(f)
	if err != nil {
		return nil, fmt.Errorf("%s:%w", name, err)
	}
	return g, nil
}

// parseGold is readGold without the name of the file in its errors.
func parseGold(r io.Reader) (*gold, error) {
	g := &gold{}
	var figures, relations [][]string // their subjects and objects need all entities first
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	n := 0
	for lines.Scan() {
		n++
		line := strings.TrimSuffix(lines.Text(), "\r")
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		if err := wellFormed(f); err != nil {
			return nil, fmt.Errorf("%d: %w", n, err)
		}
		switch f[0] {
		case "D":
			if g.about != nil {
				return nil, fmt.Errorf("%d: %w: a second D record", n, schema.ErrInvalid)
			}
			g.about = slots(f[1:])
		case "E", "?E":
			g.entities = append(g.entities, goldEntity{newRecord(f), f[1], squashAll(alternatives(f[2]))})
		case "R", "?R":
			relations = append(relations, f)
		case "F", "?F":
			figures = append(figures, f)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%d: %w", n+1, err)
	}
	if g.about == nil {
		return nil, fmt.Errorf("%d: %w: no D record", n, schema.ErrInvalid)
	}
	g.link(relations, figures)
	return g, nil
}

// wellFormed reports what is wrong with the fields of a record.
func wellFormed(f []string) error {
	want, known := map[string]int{"E": 3, "R": 4, "F": 6}[strings.TrimPrefix(f[0], "?")]
	switch {
	case f[0] == "D":
		return nil
	case !known:
		return fmt.Errorf("%w record %q: want D, E, R or F, with ? where it is optional", schema.ErrInvalid, f[0])
	case len(f) != want:
		return fmt.Errorf("%w record: %d fields, want %d parted by tabs", schema.ErrInvalid, len(f), want)
	}
	for i, x := range f {
		if x == "" {
			return fmt.Errorf("%w record: field %d is empty", schema.ErrInvalid, i+1)
		}
	}
	return nil
}

// link completes relations and figures: an end that is a name of an entity
// stands for all its names.
func (g *gold) link(relations, figures [][]string) {
	names := map[string][]string{}
	for _, e := range g.entities {
		for _, n := range e.names {
			if _, ok := names[n]; !ok {
				names[n] = e.names
			}
		}
	}
	all := func(field []string) []string {
		var out []string
		for _, x := range field {
			if family, ok := names[squash(x)]; ok {
				out = append(out, family...)
			} else {
				out = append(out, squash(x))
			}
		}
		return out
	}
	for _, f := range relations {
		g.relations = append(g.relations, goldRelation{newRecord(f), all(f[1:2]), all(f[3:4]), f[2]})
	}
	for _, f := range figures {
		x := goldFigure{record: newRecord(f), subject: all(alternatives(f[1])), measure: f[3], periods: alternatives(f[5])}
		for _, i := range alternatives(f[2]) {
			x.indicators = append(x.indicators, core(i))
		}
		for _, v := range alternatives(f[4]) {
			if q, ok := parseQuantity(v); ok {
				x.values = append(x.values, q)
			}
		}
		g.figures = append(g.figures, x)
	}
}

func newRecord(f []string) record {
	return record{strings.HasPrefix(f[0], "?"), strings.Join(f, "\t")}
}

// slots reads name=value fields.
func slots(fields []string) map[string]string {
	out := map[string]string{}
	for _, f := range fields {
		if name, value, ok := strings.Cut(f, "="); ok {
			out[name] = value
		}
	}
	return out
}

// alternatives splits a field at its bars.
func alternatives(field string) []string {
	var out []string
	for _, x := range strings.Split(field, "|") {
		if x != "" {
			out = append(out, x)
		}
	}
	return out
}
