package api

import (
	"context"
	"iter"
	"log/slog"
	"net/http"
	"time"

	cayley "github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/quad"

	"github.com/districtkg/districtkg/graph"
	"github.com/districtkg/districtkg/graph/api/auth"
	"github.com/districtkg/districtkg/graph/api/gizmo"
	"github.com/districtkg/districtkg/graph/search"
	"github.com/districtkg/districtkg/schema"
)

// An entityReader answers about entities and what joins them.
type entityReader interface {
	Search(context.Context, graph.SearchQuery) (graph.List[graph.Hit], error)
	Entity(ctx context.Context, id string) (graph.Card, error)
	Relations(context.Context, graph.RelationQuery) (graph.List[graph.Relation], error)
	Mentions(ctx context.Context, entity string, p graph.Page) (graph.List[graph.Mention], error)
}

// A networkReader answers about the surroundings of entities.
type networkReader interface {
	Neighbours(ctx context.Context, id string, q graph.NeighbourQuery) (graph.Network, error)
	Paths(ctx context.Context, from, to string, maxDepth, limit int) ([]graph.Path, error)
	Edge(ctx context.Context, source string, p schema.Predicate, target string) ([]graph.Relation, error)
}

// A figureReader answers about numbers.
type figureReader interface {
	Figures(context.Context, graph.FigureQuery) (graph.List[graph.Figure], error)
	Figure(ctx context.Context, id string) (graph.Figure, error)
	Indicators(ctx context.Context, text string, p graph.Page) (graph.List[graph.IndicatorCount], error)
	Compare(context.Context, graph.CompareQuery) (graph.Comparison, error)
}

// A documentReader answers about documents and what was read from them.
type documentReader interface {
	Documents(context.Context, graph.DocumentQuery) (graph.List[graph.DocumentItem], error)
	Document(ctx context.Context, id string) (graph.Document, error)
	Evidence(ctx context.Context, id string) (graph.Support, error)
	Stats(context.Context) (graph.Stats, error)
}

// A quadReader gives the graph as quads.
type quadReader interface {
	Quads(ctx context.Context, f graph.Filter) iter.Seq2[quad.Quad, error]
	Describe(ctx context.Context, id string) iter.Seq2[quad.Quad, error]
	QuadStore() cayley.QuadStore
}

// A Graph is what the server asks of a graph. [graph.Graph] is one.
type Graph interface {
	entityReader
	networkReader
	figureReader
	documentReader
	quadReader
	Apply(ctx context.Context, deltas []cayley.Delta, opts cayley.IgnoreOpts) error
	ID(id string) string
	IRIs() schema.IRIs
	Version() uint64
}

// A SentenceSearcher finds sentences by their words.
type SentenceSearcher interface {
	Search(context.Context, search.Query) (search.Result, error)
}

// Config says what a server serves and to whom. Graph must be set.
type Config struct {
	Graph     Graph
	Sentences SentenceSearcher // nil: no full-text search
	Page      http.Handler     // the web page; nil: none
	TempDir   string           // for what an export has to sort; "" means the system's
	Sandbox   *gizmo.Sandbox   // where Gizmo scripts run; nil: path expressions only
	Version   string           // of the program
	Log       *slog.Logger     // nil: no log

	Writable    bool       // Cayley's write routes work, for tokens that allow it
	Tokens      *auth.File // nil: there are no tokens, so nobody may write
	PrivateRead bool       // asking needs a token too
	Origins     []string   // that browsers may ask from (CORS); "*" is all
	TrustProxy  bool       // the client's address is the last of X-Forwarded-For

	CertFile, KeyFile string // TLS, where both are set

	Limits Limits
}

// Limits bound what clients may cost. The zero value of a field means its default.
type Limits struct {
	ReadHeader time.Duration // to send the header of a request: 5 s
	Read       time.Duration // to send a request: 30 s
	Write      time.Duration // to take an answer, from the request on: 60 s; an export: between two pieces of it
	Idle       time.Duration // between two requests of a connection: 2 min
	Answer     time.Duration // to make an answer: 30 s
	Drain      time.Duration // for answers under way when the server stops: 20 s

	Body        int64   // bytes of a request: 1 MiB
	WriteBody   int64   // bytes of a request that writes quads, unpacked too: 256 MiB
	Header      int     // bytes of a header: 32 KiB
	Connections int     // open at once: 4096
	Requests    int     // answered at once, those beyond get 429: 64
	Rate        float64 // requests a second of one client, those beyond get 429: 200; negative: no limit
	Burst       int     // requests of one client at once before Rate holds: 400

	Gizmo gizmo.Limits
}

func (l Limits) withDefaults() Limits {
	set(&l.ReadHeader, 5*time.Second)
	set(&l.Read, 30*time.Second)
	set(&l.Write, 60*time.Second)
	set(&l.Idle, 2*time.Minute)
	set(&l.Answer, 30*time.Second)
	set(&l.Drain, 20*time.Second)
	set(&l.Body, 1<<20)
	set(&l.WriteBody, 256<<20)
	set(&l.Header, 32<<10)
	set(&l.Connections, 4096)
	set(&l.Requests, 64)
	set(&l.Rate, 200)
	set(&l.Burst, 400)
	return l
}

// set gives a field its default.
func set[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}
