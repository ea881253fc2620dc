package gizmo

import (
	"strings"

	"github.com/cayleygraph/cayley/query/path"
	"github.com/cayleygraph/cayley/query/shape"
	"github.com/cayleygraph/quad"
)

// A method is a method of a path. Its names, arguments and results are those
// of Cayley's Gizmo.
type method struct {
	expand expander // in which arguments prefixed names are expanded
	call   func(x *execution, p *pathVal, args []any) (any, error)
}

// An expander tells in which arguments prefixed names are expanded: not in
// tags and numbers.
type expander func(arg int) bool

func never(int) bool     { return false }
func always(int) bool    { return true }
func first(arg int) bool { return arg == 0 }

// pathMethods are the methods of paths, by name. Names with a capital are the same.
var pathMethods = map[string]method{
	"is":  {always, isNodes},
	"in":  {first, along((*path.Path).InWithTags)},
	"out": {first, along((*path.Path).OutWithTags)},

	"both":         {first, along((*path.Path).BothWithTags)},
	"labelContext": {first, along((*path.Path).LabelContextWithTags)},

	"has":  {always, has(false)},
	"hasR": {always, has(true)},

	"save":     {first, save((*path.Path).Save)},
	"saveR":    {first, save((*path.Path).SaveReverse)},
	"saveOpt":  {first, save((*path.Path).SaveOptional)},
	"saveOptR": {first, save((*path.Path).SaveOptionalReverse)},

	"tag":               {never, tag},
	"as":                {never, tag},
	"back":              {never, back},
	"saveInPredicates":  {never, savePredicates(true)},
	"saveOutPredicates": {never, savePredicates(false)},

	"follow":          {never, join((*path.Path).Follow)},
	"followR":         {never, join((*path.Path).FollowReverse)},
	"followRecursive": {first, followRecursive},
	"and":             {never, join((*path.Path).And)},
	"intersect":       {never, join((*path.Path).And)},
	"or":              {never, join((*path.Path).Or)},
	"union":           {never, join((*path.Path).Or)},
	"except":          {never, join((*path.Path).Except)},
	"difference":      {never, join((*path.Path).Except)},

	"labels":        {never, plainStep((*path.Path).Labels)},
	"inPredicates":  {never, plainStep((*path.Path).InPredicates)},
	"outPredicates": {never, plainStep((*path.Path).OutPredicates)},
	"unique":        {never, plainStep((*path.Path).Unique)},
	"order":         {never, plainStep((*path.Path).Order)},
	"filter":        {never, filter},
	"limit":         {never, numbered((*path.Path).Limit)},
	"skip":          {never, numbered((*path.Path).Skip)},

	"all":      {never, all},
	"getLimit": {never, getLimit},
	"count":    {never, count},
	"toArray":  {never, toArray},
	"tagArray": {never, tagArray},
	"toValue":  {never, toValue},
	"tagValue": {never, tagValue},
}

// methodNames are the names that may follow a dot in a path script.
var methodNames = func() map[string]bool {
	out := map[string]bool{}
	for name := range pathMethods {
		out[name], out[strings.ToUpper(name[:1])+name[1:]] = true, true
	}
	for name := range graphMethods {
		out[name], out[strings.ToUpper(name[:1])+name[1:]] = true, true
	}
	return out
}()

func isNodes(_ *execution, p *pathVal, args []any) (any, error) {
	vals, err := nodes(args)
	return onPath(p.Is(vals...)), err
}

func along(move func(*path.Path, []string, ...any) *path.Path) func(*execution, *pathVal, []any) (any, error) {
	return func(_ *execution, p *pathVal, args []any) (any, error) {
		preds, tags, err := viaTags(args)
		if err != nil {
			return nil, err
		}
		return onPath(move(p.Path, tags, preds...)), nil
	}
}

func has(reverse bool) func(*execution, *pathVal, []any) (any, error) {
	return func(_ *execution, p *pathVal, args []any) (any, error) {
		if len(args) == 0 {
			return nil, invalid("has wants a predicate")
		}
		pred, err := step(args[0])
		if err != nil {
			return nil, err
		}
		if f, ok := filters(args[1:]); ok {
			return onPath(p.HasFilter(pred, reverse, f...)), nil
		}
		vals, err := nodes(args[1:])
		if err != nil {
			return nil, err
		}
		if reverse {
			return onPath(p.HasReverse(pred, vals...)), nil
		}
		return onPath(p.Has(pred, vals...)), nil
	}
}

func save(move func(*path.Path, any, string) *path.Path) func(*execution, *pathVal, []any) (any, error) {
	return func(x *execution, p *pathVal, args []any) (any, error) {
		if len(args) == 0 || len(args) > 2 {
			return nil, invalid("save wants a predicate and a tag")
		}
		pred, err := step(args[0])
		if err != nil {
			return nil, err
		}
		tag := x.tagFor(pred)
		if len(args) == 2 {
			if tag, err = one[string](args[1:]); err != nil {
				return nil, err
			}
		}
		if tag == "" {
			return nil, invalid("saving along a path wants a tag")
		}
		return onPath(move(p.Path, pred, tag)), nil
	}
}

// tagFor returns the tag under which a predicate is saved that was given none.
func (x *execution) tagFor(pred any) string {
	v, ok := pred.(quad.Value)
	if !ok {
		return ""
	}
	if iri, ok := v.(quad.IRI); ok && x.style.jsonld {
		return string(iri)
	}
	return x.style.iri(quad.StringOf(v))
}

func tag(_ *execution, p *pathVal, args []any) (any, error) {
	tags, err := texts(args)
	return onPath(p.Tag(tags...)), err
}

func back(_ *execution, p *pathVal, args []any) (any, error) {
	tag, err := one[string](args)
	if err != nil {
		return nil, err
	}
	return onPath(p.Back(tag)), nil
}

func savePredicates(in bool) func(*execution, *pathVal, []any) (any, error) {
	return func(_ *execution, p *pathVal, args []any) (any, error) {
		tag, err := one[string](args)
		return onPath(p.SavePredicates(in, tag)), err
	}
}

func join(move func(*path.Path, *path.Path) *path.Path) func(*execution, *pathVal, []any) (any, error) {
	return func(_ *execution, p *pathVal, args []any) (any, error) {
		other, err := one[*pathVal](args)
		if err != nil {
			return nil, err
		}
		return onPath(move(p.Path, other.Path)), nil
	}
}

func followRecursive(_ *execution, p *pathVal, args []any) (any, error) {
	if len(args) == 0 {
		return nil, invalid("followRecursive wants a predicate or a path")
	}
	preds, err := via(args[0])
	if err != nil {
		return nil, err
	}
	if len(preds) != 1 {
		return nil, invalid("followRecursive wants one predicate or path, not %d", len(preds))
	}
	depth, rest := 0, args[1:]
	if len(rest) > 0 {
		if n, ok := number(rest[0]); ok {
			depth, rest = n, rest[1:]
		}
	}
	tags, err := texts(rest)
	return onPath(p.FollowRecursive(preds[0], depth, tags)), err
}

func plainStep(move func(*path.Path) *path.Path) func(*execution, *pathVal, []any) (any, error) {
	return func(_ *execution, p *pathVal, _ []any) (any, error) { return onPath(move(p.Path)), nil }
}

func filter(_ *execution, p *pathVal, args []any) (any, error) {
	f, ok := filters(args)
	if !ok {
		return nil, invalid("filter wants conditions such as gt(5)")
	}
	return onPath(p.Filters([]shape.ValueFilter(f)...)), nil
}

func numbered(move func(*path.Path, int64) *path.Path) func(*execution, *pathVal, []any) (any, error) {
	return func(_ *execution, p *pathVal, args []any) (any, error) {
		if len(args) == 1 {
			if n, ok := number(args[0]); ok {
				return onPath(move(p.Path, int64(n))), nil
			}
		}
		return nil, invalid("want a number")
	}
}
