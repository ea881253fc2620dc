package gizmo

import (
	"regexp"

	"github.com/cayleygraph/cayley/graph/iterator"
	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/cayley/query/shape"
	cayley "github.com/cayleygraph/cayley/schema"
	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/voc"
)

// functionNames are the functions of a path script that need no object.
var functionNames = map[string]bool{
	"iri": true, "str": true, "raw": true, "bnode": true, "lang": true, "typed": true,
	"lt": true, "lte": true, "gt": true, "gte": true, "regex": true, "like": true,
}

func (x *execution) function(name string, args []any) (any, error) {
	switch name {
	case "lang", "typed":
		return x.literal(name, args)
	case "lt", "lte", "gt", "gte":
		return compare(name, args)
	case "regex":
		return regex(args)
	}
	s, err := one[string](args)
	if err != nil {
		return nil, err
	}
	switch name {
	case "iri":
		return x.iri(s), nil
	case "str":
		return quad.String(s), nil
	case "bnode":
		return quad.BNode(s), nil
	case "raw":
		if len(s) >= 2 && s[0] == '"' && s[len(s)-1] == '"' {
			return quad.String(s[1 : len(s)-1]), nil
		}
		return quad.StringToValue(s), nil
	default: // like
		return filterVal{shape.Wildcard{Pattern: s}}, nil
	}
}

// iri returns the IRI that s is or is short for.
func (x *execution) iri(s string) quad.IRI {
	if full, ok := x.prefixes.full(s); ok {
		return quad.IRI(full)
	}
	return quad.IRI(s)
}

func (x *execution) literal(name string, args []any) (any, error) {
	texts, err := texts(args)
	if err != nil || len(texts) != 2 {
		return nil, invalid("%s wants two strings", name)
	}
	if name == "lang" {
		return quad.LangString{Value: quad.String(texts[0]), Lang: texts[1]}, nil
	}
	return quad.TypedString{Value: quad.String(texts[0]), Type: x.iri(texts[1])}, nil
}

func compare(name string, args []any) (any, error) {
	if len(args) != 1 {
		return nil, invalid("%s wants one value", name)
	}
	v, err := node(args[0])
	ops := map[string]iterator.Operator{"lt": iterator.CompareLT, "lte": iterator.CompareLTE, "gt": iterator.CompareGT, "gte": iterator.CompareGTE}
	return filterVal{shape.Comparison{Op: ops[name], Val: v}}, err
}

// regex is a filter by a regular expression of Go's, which takes linear time.
// A second argument, true, lets it match IRIs.
func regex(args []any) (any, error) {
	if len(args) == 0 || len(args) > 2 {
		return nil, invalid("regex wants a pattern")
	}
	refs := false
	if len(args) == 2 {
		refs, _ = args[1].(bool)
	}
	var pattern string
	switch p := args[0].(type) {
	case string:
		pattern = p
	case quad.String:
		pattern = string(p)
	default:
		return nil, invalid("regex wants a string, not %s", kindName(p))
	}
	re, err := regexp.Compile(pattern)
	if err != nil {
		return nil, invalid("%v", err)
	}
	return filterVal{shape.Regexp{Re: re, Refs: refs}}, nil
}

// graphMethods are the methods of g, by name.
var graphMethods = map[string]func(x *execution, args []any) (any, error){
	"v":        vertex,
	"vertex":   vertex,
	"m":        morphism,
	"morphism": morphism,
	"iRI":      graphIRI,
	"uri":      graphIRI,
	"emit":     emit,

	"addNamespace":         addNamespace,
	"addDefaultNamespaces": addDefaultNamespaces,
	"loadNamespaces":       loadNamespaces,
}

func vertex(x *execution, args []any) (any, error) {
	for i := range args {
		args[i] = x.expand(args[i])
	}
	vals, err := nodes(args)
	return &pathVal{path.StartMorphism(vals...), startSize()}, err
}

func morphism(*execution, []any) (any, error) {
	return &pathVal{path.StartMorphism(), startSize()}, nil
}

func graphIRI(x *execution, args []any) (any, error) {
	s, err := one[string](args)
	return quad.IRI(x.ns.FullIRI(string(x.iri(s)))), err
}

func emit(x *execution, args []any) (any, error) {
	if len(args) == 0 || args[0] == nil {
		return nil, nil
	}
	if _, ok := args[0].(*pathVal); ok {
		return nil, invalid("emit wants a value, not a path")
	}
	x.emit(x.style.tidy(args[0]))
	return nil, nil
}

func addNamespace(x *execution, args []any) (any, error) {
	words, err := texts(args)
	if err != nil || len(words) != 2 {
		return nil, invalid("addNamespace wants a prefix and an IRI")
	}
	x.ns.Register(voc.Namespace{Prefix: words[0] + ":", Full: words[1]})
	return nil, nil
}

func addDefaultNamespaces(x *execution, _ []any) (any, error) {
	voc.CloneTo(&x.ns)
	return nil, nil
}

func loadNamespaces(x *execution, _ []any) (any, error) {
	return nil, x.done(cayley.NewConfig().LoadNamespaces(x.ctx, x.qs, &x.ns))
}
