package api

import (
	"context"
	"fmt"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"github.com/districtkg/districtkg/graph"
	"github.com/districtkg/districtkg/schema"
)

// ByID is a path that names one thing.
type ByID struct {
	ID string `path:"id" maxLength:"2000" doc:"Full IRI, or the path below the base or below base/id/, as one segment." example:"division/220102"`
}

type entitiesInput struct {
	Q        string `query:"q" maxLength:"200" doc:"A name or alias, a part of one, or its pinyin initials." example:"南关"`
	Class    string `query:"class" maxLength:"40" doc:"Entities of this class." example:"Enterprise"`
	Division string `query:"division" maxLength:"2000" doc:"Entities of this division and those below it: id or GB/T 2260 code." example:"220102"`
	Paging
}

type relationsInput struct {
	ByID
	Predicate []string `query:"predicate,explode" maxItems:"20" doc:"Relations of these predicates."`
	Paging
}

type mentionsInput struct {
	ByID
	Paging
}

func (s *Server) entityRoutes(api huma.API) {
	g := s.cfg.Graph
	get(api, route{"/api/v1/entities", "search-entities", "entities", "Search entities",
		"By name, alias, prefix, part, or pinyin initials; the best match first, then the best connected. Without q all entities."},
		func(ctx context.Context, in *entitiesInput) (graph.List[graph.Hit], error) {
			classes, err := classes(in.Class)
			if err != nil {
				return graph.List[graph.Hit]{}, err
			}
			q := graph.SearchQuery{Text: in.Q, Division: in.Division, Page: in.page()}
			if len(classes) > 0 {
				q.Class = classes[0]
			}
			return g.Search(ctx, q)
		})
	get(api, route{"/api/v1/entities/{id}", "entity", "entities", "Card of an entity", "Its names, relations, figures and mentions (first pages), and documents."},
		func(ctx context.Context, in *ByID) (graph.Card, error) { return g.Entity(ctx, in.ID) })
	get(api, route{"/api/v1/entities/{id}/relations", "relations", "entities", "Relations of an entity", "Both ways, each with its evidence."},
		func(ctx context.Context, in *relationsInput) (graph.List[graph.Relation], error) {
			predicates, err := predicates(in.Predicate...)
			if err != nil {
				return graph.List[graph.Relation]{}, err
			}
			return g.Relations(ctx, graph.RelationQuery{Entity: in.ID, Predicates: predicates, Page: in.page()})
		})
	get(api, route{"/api/v1/entities/{id}/mentions", "mentions", "entities", "Mentions of an entity", "Where documents name it."},
		func(ctx context.Context, in *mentionsInput) (graph.List[graph.Mention], error) {
			return g.Mentions(ctx, in.ID, in.page())
		})
}

// classes checks names of classes, of which empty ones do not count.
func classes(names ...string) ([]schema.Class, error) {
	var out []schema.Class
	for _, name := range names {
		known := slices.ContainsFunc(schema.Classes(), func(c schema.ClassInfo) bool { return string(c.Class) == name })
		switch {
		case name == "":
		case !known:
			return nil, fmt.Errorf("%w class %.40q", schema.ErrInvalid, name)
		default:
			out = append(out, schema.Class(name))
		}
	}
	return out, nil
}

// predicates checks names of predicates, of which empty ones do not count.
func predicates(names ...string) ([]schema.Predicate, error) {
	var out []schema.Predicate
	for _, name := range names {
		known := slices.ContainsFunc(schema.Predicates(), func(p schema.PredicateInfo) bool { return string(p.Predicate) == name })
		switch {
		case name == "":
		case !known:
			return nil, fmt.Errorf("%w predicate %.40q", schema.ErrInvalid, name)
		default:
			out = append(out, schema.Predicate(name))
		}
	}
	return out, nil
}

type neighboursInput struct {
	ByID
	Depth     int      `query:"depth" minimum:"1" maximum:"6" default:"1" doc:"How many relations away."`
	Class     []string `query:"class,explode" maxItems:"20" doc:"Nodes of these classes."`
	Predicate []string `query:"predicate,explode" maxItems:"20" doc:"Along these predicates."`
	Limit     int      `query:"limit" minimum:"1" maximum:"1000" default:"100" doc:"How many nodes at most; total tells how many there are."`
}

type pathsInput struct {
	From  string `query:"from" required:"true" minLength:"1" maxLength:"2000" doc:"Id of an entity."`
	To    string `query:"to" required:"true" minLength:"1" maxLength:"2000" doc:"Id of another."`
	Depth int    `query:"depth" minimum:"1" maximum:"6" default:"4" doc:"How many relations at most."`
	Limit int    `query:"limit" minimum:"1" maximum:"100" default:"10" doc:"How many paths at most, the shortest first."`
}

type edgeInput struct {
	Source    string `query:"source" required:"true" minLength:"1" maxLength:"2000" doc:"Id of an entity."`
	Predicate string `query:"predicate" required:"true" minLength:"1" maxLength:"40"`
	Target    string `query:"target" required:"true" minLength:"1" maxLength:"2000" doc:"Id of another."`
}

func (s *Server) networkRoutes(api huma.API) {
	g := s.cfg.Graph
	get(api, route{"/api/v1/entities/{id}/neighbours", "neighbours", "network", "Network around an entity", "The nearest and best connected nodes, and the edges between them."},
		func(ctx context.Context, in *neighboursInput) (graph.Network, error) {
			classes, err := classes(in.Class...)
			if err != nil {
				return graph.Network{}, err
			}
			predicates, err := predicates(in.Predicate...)
			if err != nil {
				return graph.Network{}, err
			}
			return g.Neighbours(ctx, in.ID, graph.NeighbourQuery{Depth: in.Depth, Classes: classes, Predicates: predicates, Limit: in.Limit})
		})
	get(api, route{"/api/v1/paths", "paths", "network", "Paths between two entities", "The shortest ones, in either direction of each relation."},
		func(ctx context.Context, in *pathsInput) (items[graph.Path], error) {
			paths, err := g.Paths(ctx, in.From, in.To, in.Depth, in.Limit)
			return listed(paths), err
		})
	get(api, route{"/api/v1/edges", "edge", "network", "Statements behind an edge", "Each with the sentence that says it."},
		func(ctx context.Context, in *edgeInput) (items[graph.Relation], error) {
			predicates, err := predicates(in.Predicate)
			if err != nil {
				return items[graph.Relation]{}, err
			}
			relations, err := g.Edge(ctx, in.Source, predicates[0], in.Target)
			return listed(relations), err
		})
}

// listed makes a list that is never null.
func listed[T any](list []T) items[T] {
	if list == nil {
		list = []T{}
	}
	return items[T]{list}
}
