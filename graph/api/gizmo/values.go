package gizmo

import (
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
)

// node returns v as a node of the graph, as Cayley reads it: a string in angle
// brackets is an IRI, a whole number an integer.
func node(v any) (quad.Value, error) {
	switch v := v.(type) {
	case quad.Value:
		return v, nil
	case string:
		return quad.StringToValue(v), nil
	case bool:
		return quad.Bool(v), nil
	case int64:
		return quad.Int(v), nil
	case float64:
		if float64(int64(v)) == v {
			return quad.Int(int64(v)), nil
		}
		return quad.Float(v), nil
	}
	return nil, invalid("%s is not a node", kindName(v))
}

func nodes(args []any) ([]quad.Value, error) {
	out := make([]quad.Value, 0, len(args))
	for _, a := range args {
		if list, ok := a.([]any); ok {
			more, err := nodes(list)
			if err != nil {
				return nil, err
			}
			out = append(out, more...)
			continue
		}
		v, err := node(a)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, nil
}

// via returns predicates (or labels) as package path wants them: nothing for
// all of them, else nodes or paths.
func via(v any) ([]any, error) {
	switch v := v.(type) {
	case nil:
		return nil, nil
	case []any:
		var out []any
		for _, a := range v {
			more, err := via(a)
			if err != nil {
				return nil, err
			}
			out = append(out, more...)
		}
		return out, nil
	}
	one, err := step(v)
	return []any{one}, err
}

// step returns one predicate: a path or a node.
func step(v any) (any, error) {
	if p, ok := v.(*pathVal); ok {
		return p.Path, nil
	}
	return node(v)
}

// viaTags reads the arguments of in, out, both and labelContext.
func viaTags(args []any) (preds []any, tags []string, err error) {
	if len(args) == 0 {
		return nil, nil, nil
	}
	if preds, err = via(args[0]); err != nil {
		return nil, nil, err
	}
	tags, err = texts(args[1:])
	return preds, tags, err
}

// texts returns strings, those in lists too.
func texts(args []any) ([]string, error) {
	var out []string
	for _, a := range args {
		switch a := a.(type) {
		case nil:
		case string:
			out = append(out, a)
		case quad.Value:
			out = append(out, quad.StringOf(a))
		case []any:
			more, err := texts(a)
			if err != nil {
				return nil, err
			}
			out = append(out, more...)
		default:
			return nil, invalid("want a string, not %s", kindName(a))
		}
	}
	return out, nil
}

// filters returns the arguments as filters, if all of them are.
func filters(args []any) ([]shape.ValueFilter, bool) {
	out := make([]shape.ValueFilter, 0, len(args))
	for _, a := range args {
		f, ok := a.(filterVal)
		if !ok {
			return nil, false
		}
		out = append(out, f.ValueFilter)
	}
	return out, len(out) > 0
}

func number(v any) (int, bool) {
	switch v := v.(type) {
	case int64:
		return int(v), true
	case float64:
		return int(v), true
	}
	return 0, false
}

// one returns the only argument.
func one[T any](args []any) (T, error) {
	var zero T
	if len(args) != 1 {
		return zero, invalid("want 1 argument, not %d", len(args))
	}
	v, ok := args[0].(T)
	if !ok {
		return zero, invalid("want %s, not %s", wanted(zero), kindName(args[0]))
	}
	return v, nil
}

func wanted(v any) string {
	switch v.(type) {
	case string:
		return "a string"
	case *pathVal:
		return "a path"
	}
	return "another kind of value"
}

func onPath(p *path.Path) *pathVal { return &pathVal{Path: p} }
