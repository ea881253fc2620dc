package gizmo

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad/voc"

	"github.com/districtkg/districtkg/schema"
)

// An execution evaluates one path script. Its values are graphVal, *pathVal,
// quad.Value, filterVal, string, int64, float64, bool, nil, []any and
// map[string]any.
type execution struct {
	ctx      context.Context
	qs       graph.QuadStore
	m        *meter
	prefixes Prefixes
	style    style
	ns       voc.Namespaces
	vars     map[string]any

	out      *rows
	limit    int  // of rows a final may add, as in Cayley; at most 0 for none
	ownLimit bool // the script asked for that limit
	count    int  // of rows since the last final began
}

// graphVal is the value of g.
type graphVal struct{}

// A pathVal is a path with the size of the plan that Cayley makes of it.
type pathVal struct {
	*path.Path
	size planSize
}

// A filterVal is what lt, regex and the like return.
type filterVal struct{ shape.ValueFilter }

// run evaluates the statements and returns the value of the last, where it is
// an expression.
func (x *execution) run(script []stmt) (last any, err error) {
	defer func() {
		// Cayley panics on some malformed arguments.
		if p := recover(); p != nil {
			err = invalid("%v", p)
		}
	}()
	for _, s := range script {
		v, err := x.eval(s.expr)
		if err != nil {
			return nil, err
		}
		last = v
		if s.name != "" {
			x.vars[s.name] = v
			last = nil
		}
	}
	return last, nil
}

func invalid(format string, args ...any) error {
	return fmt.Errorf("%w query: %s", schema.ErrInvalid, fmt.Sprintf(format, args...))
}

func isInvalid(err error) bool { return errors.Is(err, schema.ErrInvalid) }

func (x *execution) eval(e expr) (any, error) {
	switch e.kind {
	case stringExpr:
		return e.text, nil
	case plainExpr:
		return plain(e.text)
	case listExpr:
		return x.evalAll(e.args)
	case nameExpr:
		if e.text == "g" || e.text == "graph" {
			return graphVal{}, nil
		}
		return x.vars[e.text], nil
	default:
		return x.call(e)
	}
}

func plain(text string) (any, error) {
	switch text {
	case "true", "false":
		return text == "true", nil
	case "null":
		return nil, nil
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		return n, nil
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return nil, invalid("number %.40s", text)
	}
	return f, nil
}

func (x *execution) evalAll(args []expr) ([]any, error) {
	out := make([]any, len(args))
	for i, a := range args {
		v, err := x.eval(a)
		if err != nil {
			return nil, err
		}
		out[i] = v
	}
	return out, nil
}

func (x *execution) call(e expr) (any, error) {
	var recv any
	if e.recv != nil {
		var err error
		if recv, err = x.eval(*e.recv); err != nil {
			return nil, err
		}
	}
	args, err := x.evalAll(e.args)
	if err != nil {
		return nil, err
	}
	switch recv := recv.(type) {
	case nil:
		if e.recv == nil {
			return x.function(e.text, args)
		}
	case graphVal:
		if f, ok := graphMethods[lower(e.text)]; ok {
			return f(x, args)
		}
	case *pathVal:
		if m, ok := pathMethods[lower(e.text)]; ok {
			return x.method(lower(e.text), m, recv, args)
		}
	}
	return nil, invalid("%s is not a method of %s", e.text, kindName(recv))
}

// method calls a method of a path with prefixed names in its arguments expanded.
func (x *execution) method(name string, m method, recv *pathVal, args []any) (any, error) {
	for i, a := range args {
		if m.expand(i) {
			args[i] = x.expand(a)
		}
	}
	v, err := m.call(x, recv, args)
	if p, ok := v.(*pathVal); ok && err == nil {
		p.size = recv.size.after(name, args)
		err = p.size.check()
	}
	return v, err
}

// expand returns a with prefixed names as IRIs.
func (x *execution) expand(a any) any {
	switch a := a.(type) {
	case string:
		return x.prefixes.Expand(a)
	case []any:
		out := make([]any, len(a))
		for i := range a {
			out[i] = x.expand(a[i])
		}
		return out
	}
	return a
}

func lower(name string) string { return strings.ToLower(name[:1]) + name[1:] }

func kindName(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case *pathVal:
		return "a path"
	case graphVal:
		return "g"
	case []any:
		return "a list"
	default:
		return fmt.Sprintf("a value (%T)", v)
	}
}
