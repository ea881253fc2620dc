// Package mcp lets language-model agents ask the graph, by the Model Context
// Protocol: tools search_entities, entity, neighbours, figures, compare,
// evidence and gizmo.
//
// An agent must be able to cite: every answer carries the quotes that it rests
// on with their documents. And it must know what it has not seen: every list
// is bounded and tells its total.
package mcp

import (
	"context"
	"fmt"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/districtkg/districtkg/graph"
	"github.com/districtkg/districtkg/graph/api/gizmo"
	"github.com/districtkg/districtkg/schema"
)

// An entityReader answers about entities and what joins them.
type entityReader interface {
	Search(context.Context, graph.SearchQuery) (graph.List[graph.Hit], error)
	Entity(ctx context.Context, id string) (graph.Card, error)
	Relations(context.Context, graph.RelationQuery) (graph.List[graph.Relation], error)
	Neighbours(ctx context.Context, id string, q graph.NeighbourQuery) (graph.Network, error)
	Edge(ctx context.Context, source string, p schema.Predicate, target string) ([]graph.Relation, error)
}

// A factReader answers about numbers and about what facts rest on.
type factReader interface {
	Figures(context.Context, graph.FigureQuery) (graph.List[graph.Figure], error)
	Compare(context.Context, graph.CompareQuery) (graph.Comparison, error)
	Evidence(ctx context.Context, id string) (graph.Support, error)
}

// A Graph is what the tools ask.
type Graph interface {
	entityReader
	factReader
}

// A QueryRunner runs queries within limits. [gizmo.Runner] is one.
type QueryRunner interface {
	Run(context.Context, gizmo.Query) (gizmo.Answer, error)
}

// A Limit is how many items a list of an answer has where nothing else is
// asked for, and at most.
const (
	DefaultLimit = 20
	MaxLimit     = 100
)

const instructions = `A knowledge graph read from documents of Chinese local governments (work reports, statistical bulletins, news). ` +
	`Find ids with search_entities first (names are Chinese: 南关区, 长春市); then use entity, neighbours, figures, compare. ` +
	`Values are in base units: 52192000000 元 is 521.92亿元. Every fact has a quote and its document: cite them. ` +
	`"total" is the true number where a list is cut.`

// New returns a server of the tools. version is the program's.
func New(g Graph, queries QueryRunner, version string) *sdk.Server {
	s := sdk.NewServer(&sdk.Implementation{Name: "districtkg", Title: "districtkg", Version: version}, &sdk.ServerOptions{Instructions: instructions})
	t := tools{g, queries}
	add(s, "search_entities", "Find entities by name, alias, part of a name or pinyin initials; optionally of a class or a division. Returns ids for the other tools, each with a quote.", t.search)
	add(s, "entity", "All about one entity: relations, figures, documents, each with the quote it was read from.", t.entity)
	add(s, "neighbours", "The network around an entity: nodes up to some relations away, and the edges between them, each with a quote.", t.neighbours)
	add(s, "figures", "Numbers by subject, indicator and period, each with its quote. Indicators are Chinese: 地区生产总值, 社会消费品零售总额.", t.figures)
	add(s, "compare", "One indicator of several divisions side by side over periods, with the quote of each number.", t.compare)
	add(s, "evidence", "The quote behind a statement, figure or mention, by its id, with all that rests on it.", t.evidence)
	add(s, "gizmo", `Query the graph in Gizmo (Cayley's JavaScript): g.V("南关区").in("rdfs:label").in("dkg:locatedIn").all(). Prefixes: dkg (vocabulary), id (things), rdf, rdfs, schema.`, t.gizmo)
	return s
}

// add adds a tool that only reads.
func add[I, O any](s *sdk.Server, name, description string, f func(context.Context, I) (O, error)) {
	closed := false
	tool := &sdk.Tool{
		Name: name, Description: description,
		Annotations: &sdk.ToolAnnotations{ReadOnlyHint: true, IdempotentHint: true, OpenWorldHint: &closed},
	}
	sdk.AddTool(s, tool, func(ctx context.Context, _ *sdk.CallToolRequest, in I) (*sdk.CallToolResult, O, error) {
		out, err := f(ctx, in)
		if err != nil {
			err = fmt.Errorf("%s: %w", name, err) // the SDK makes it an answer that the agent reads
		}
		return nil, out, err
	})
}

// limit returns how many items to give.
func limit(asked int) int {
	if asked <= 0 {
		return DefaultLimit
	}
	return min(asked, MaxLimit)
}
