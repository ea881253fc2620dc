// Package reconcile matches names in a spreadsheet with entities of the graph:
// the Reconciliation Service API 0.2 that OpenRefine and others speak
// (https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/).
//
// In: queries of a name, perhaps with a class and a division. Out: candidates
// with scores from 0 to 100, of which at most one is a sure match: the only
// one whose name or alias is the asked one.
package reconcile

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/districtkg/districtkg/graph"
	"github.com/districtkg/districtkg/schema"
)

// A Searcher finds entities by name. [graph.Graph] is one.
type Searcher interface {
	Search(context.Context, graph.SearchQuery) (graph.List[graph.Hit], error)
}

// A Manifest describes the service.
type Manifest struct {
	Versions        []string `json:"versions"`
	Name            string   `json:"name"`
	IdentifierSpace string   `json:"identifierSpace"`
	SchemaSpace     string   `json:"schemaSpace"`
	DefaultTypes    []Type   `json:"defaultTypes"`
	View            View     `json:"view"`
	Preview         Preview  `json:"preview"`
	Suggest         Suggest  `json:"suggest"`
	BatchSize       int      `json:"batchSize"`
}

// A Type is a class of entities.
type Type struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// A View is where an entity is seen.
type View struct {
	URL string `json:"url"`
}

// A Preview is where a small picture of an entity is seen.
type Preview struct {
	URL    string `json:"url"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
}

// Suggest tells where names are completed.
type Suggest struct {
	Entity   Suggester `json:"entity"`
	Type     Suggester `json:"type"`
	Property Suggester `json:"property"`
}

// A Suggester is one service that completes names.
type Suggester struct {
	ServiceURL  string `json:"service_url"`
	ServicePath string `json:"service_path"`
}

// MaxBatch is how many queries may come at once.
const MaxBatch = 50

// NewManifest describes the service at url (without a slash at its end) for
// the graph of m.
func NewManifest(m schema.IRIs, url string) Manifest {
	suggester := func(kind string) Suggester { return Suggester{url, "/suggest/" + kind} }
	return Manifest{
		Versions: []string{"0.2"}, Name: "districtkg",
		IdentifierSpace: m.Base + "id/", SchemaSpace: m.Vocabulary(""),
		DefaultTypes: Types(""),
		View:         View{m.Base + "id/{{id}}"},
		Preview:      Preview{url + "/preview?id={{id}}", 400, 220},
		Suggest:      Suggest{suggester("entity"), suggester("type"), suggester("property")},
		BatchSize:    MaxBatch,
	}
}

// Types returns the classes that entities may have whose name or label begins
// with prefix.
func Types(prefix string) []Type {
	out := []Type{}
	for _, c := range schema.Classes() {
		if c.Named && (startsWith(string(c.Class), prefix) || startsWith(c.Chinese, prefix) || startsWith(c.English, prefix)) {
			out = append(out, Type{string(c.Class), c.Chinese})
		}
	}
	return out
}

func startsWith(s, prefix string) bool {
	return strings.HasPrefix(strings.ToLower(s), strings.ToLower(prefix))
}

// Division is the property by which a query names the division of its entity.
const Division = "division"

// Properties returns the properties that queries may use and whose name begins
// with prefix.
func Properties(prefix string) []Type {
	if startsWith(Division, prefix) || startsWith("行政区划", prefix) {
		return []Type{{Division, "行政区划"}}
	}
	return []Type{}
}

// A Query asks for the entities of a name.
type Query struct {
	Query      string     `json:"query"`
	Type       any        `json:"type,omitempty"` // a class, or a list of them, of which the first counts
	Limit      int        `json:"limit,omitempty"`
	Properties []Property `json:"properties,omitempty"`
}

// A Property is what else is known of the entity.
type Property struct {
	PID string `json:"pid"`
	V   any    `json:"v"`
}

// A Candidate is an entity that a query may mean.
type Candidate struct {
	ID          string    `json:"id"`
	Name        string    `json:"name"`
	Description string    `json:"description,omitempty"`
	Type        []Type    `json:"type"`
	Score       float64   `json:"score"`
	Match       bool      `json:"match"`
	Features    []Feature `json:"features,omitempty"`
}

// A Feature is a part of a score.
type Feature struct {
	ID    string  `json:"id"`
	Value float64 `json:"value"`
}

// A Result is the candidates of one query, the best first.
type Result struct {
	Result []Candidate `json:"result"`
}

// Candidates answers one query.
func Candidates(ctx context.Context, g Searcher, m schema.IRIs, q Query) (Result, error) {
	search := graph.SearchQuery{Text: strings.TrimSpace(q.Query), Class: classOf(q.Type), Page: graph.Page{Limit: min(max(q.Limit, 0), 50)}}
	if search.Text == "" {
		return Result{[]Candidate{}}, nil
	}
	if search.Limit == 0 {
		search.Limit = 5
	}
	division, err := resolve(ctx, g, q.Properties)
	if err != nil {
		return Result{}, err
	}
	search.Division = division
	hits, err := g.Search(ctx, search)
	if err != nil {
		return Result{}, fmt.Errorf("reconcile %.40q: %w", search.Text, err)
	}
	out := Result{[]Candidate{}}
	sure := 0
	for _, h := range hits.Items {
		c := candidate(m, search.Text, h)
		if c.Score >= sureScore {
			sure++
		}
		out.Result = append(out.Result, c)
	}
	slices.SortStableFunc(out.Result, func(a, b Candidate) int { return cmp.Compare(b.Score, a.Score) })
	if sure == 1 {
		out.Result[0].Match = true
	}
	return out, nil
}

// sureScore is that of a name or alias which is the asked one.
const sureScore = 95

// candidate gives a hit its score: by how it was found, then by how much of
// its name was asked for.
func candidate(m schema.IRIs, text string, h graph.Hit) Candidate {
	share := 100 * float64(min(len(text), len(h.Name))) / float64(max(len(text), len(h.Name), 1))
	score := map[string]float64{"exact": 100, "alias": sureScore, "prefix": 40 + share/2, "substring": 30 + share/2, "pinyin": 30}[h.Match]
	name, _ := labels(h.Class)
	return Candidate{
		ID: strings.TrimPrefix(h.ID, m.Base+"id/"), Name: h.Name, Description: describe(h),
		Type: []Type{{string(h.Class), name}}, Score: score,
		Features: []Feature{{"share_of_name", share}, {"documents", float64(h.Documents)}},
	}
}

func labels(class schema.Class) (chinese, english string) {
	for _, c := range schema.Classes() {
		if c.Class == class {
			return c.Chinese, c.English
		}
	}
	return string(class), string(class)
}

func describe(h graph.Hit) string {
	name, _ := labels(h.Class)
	parts := []string{name}
	if h.Code != "" {
		parts = append(parts, h.Code)
	}
	if len(h.Aliases) > 0 {
		parts = append(parts, strings.Join(h.Aliases[:min(3, len(h.Aliases))], "、"))
	}
	return strings.Join(append(parts, fmt.Sprintf("%d 篇文档", h.Documents)), " · ")
}

// classOf reads a type: a name, {"id": name}, or a list of these. An unknown
// class finds nothing, which is what it should.
func classOf(t any) schema.Class {
	switch t := t.(type) {
	case string:
		return schema.Class(t)
	case map[string]any:
		return classOf(t["id"])
	case []any:
		if len(t) > 0 {
			return classOf(t[0])
		}
	}
	return ""
}

// resolve returns the id or code of the division that the properties name, ""
// for none. Of several of one name the first is taken, which is the best known.
func resolve(ctx context.Context, g Searcher, properties []Property) (string, error) {
	for _, p := range properties {
		if p.PID != Division {
			continue
		}
		name := text(p.V)
		if name == "" || strings.Contains(name, "/") || strings.Trim(name, "0123456789") == "" {
			return name, nil
		}
		hits, err := g.Search(ctx, graph.SearchQuery{Text: name, Class: schema.Division, Page: graph.Page{Limit: 1}})
		if err != nil {
			return "", fmt.Errorf("reconcile division %.40q: %w", name, err)
		}
		if len(hits.Items) > 0 {
			return hits.Items[0].ID, nil
		}
	}
	return "", nil
}

// text reads a value of a property: a string, a number such as a division's
// code, {"id": …}, {"name": …}, or a list.
func text(v any) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case map[string]any:
		if id := text(v["id"]); id != "" {
			return id
		}
		return text(v["name"])
	case []any:
		if len(v) > 0 {
			return text(v[0])
		}
	}
	return ""
}
