package graph

import (
	"encoding/json"

	"github.com/districtkg/districtkg/schema"
)

// Options say how to open a graph.
type Options struct {
	ReadOnly bool   // refuse AddDocument, Build, RemoveDocument and Import
	Base     string // base of the IRIs that are minted; "" means schema.DefaultBase
}

// A List is a page of an ordered answer.
type List[T any] struct {
	Items []T    `json:"items"`
	Total int    `json:"total"` // of all pages, exact
	Next  string `json:"next,omitempty"`
	// Next is the After of the next page, "" on the last.
}

// A Page asks for a part of a list.
type Page struct {
	Limit int    // 0 means DefaultLimit; more than MaxLimit means MaxLimit
	After string // the Next of the page before, "" for the first
}

// How many items a page has.
const (
	DefaultLimit = 50
	MaxLimit     = 1000
)

// A Ref names a thing: an entity, an indicator or a document.
type Ref struct {
	ID    string       `json:"id"` // full IRI
	Name  string       `json:"name"`
	Class schema.Class `json:"class"`
}

// A DocumentRef is what a citation of a document shows.
type DocumentRef struct {
	ID      string      `json:"id"`
	Title   string      `json:"title"` // its file name where it has no title
	Kind    schema.Kind `json:"kind"`
	Subject Ref         `json:"subject"` // the entity that it is about
	Code    string      `json:"code,omitempty"`
	Period  string      `json:"period,omitempty"`
	Date    string      `json:"date,omitempty"`
	Path    string      `json:"path"`
}

// An Evidence is a place in a document's original text.
type Evidence struct {
	ID       string      `json:"id"`
	Quote    string      `json:"quote"`
	Start    int         `json:"start"` // Unicode code points of the original
	End      int         `json:"end"`
	Document DocumentRef `json:"document"`
}

// A Support is an evidence with what it supports: what the evidence of a
// statement, figure, mention or quote is asked for by id answers.
type Support struct {
	Evidence
	Relations []Relation `json:"relations"`
	Figures   []Figure   `json:"figures"`
	Mentions  []Mention  `json:"mentions"`
}

// A Hit is an entity that a search found.
type Hit struct {
	Ref
	Aliases   []string `json:"aliases,omitempty"`
	Code      string   `json:"code,omitempty"` // GB/T 2260, of a division
	Match     string   `json:"match"`          // how: exact, alias, prefix, substring, pinyin; "" where no text was asked for
	Documents int      `json:"documents"`      // that tell of it
	Degree    int      `json:"degree"`         // relations that it is part of
	Figures   int      `json:"figures"`        // that are about it
}

// A SearchQuery says which entities to list. Empty fields do not filter.
type SearchQuery struct {
	Text     string       // of a name or alias: the whole, a part, or its pinyin initials
	Class    schema.Class //
	Division string       // id or code: entities of the division, those below it, and documents about them
	Page
}

// A Relation is a statement with what it was read from.
type Relation struct {
	ID        string           `json:"id"` // of the statement
	Subject   Ref              `json:"subject"`
	Predicate schema.Predicate `json:"predicate"`
	Object    Ref              `json:"object"`
	Rule      string           `json:"rule"`
	Trigger   string           `json:"trigger,omitempty"` // the words that say it
	Date      string           `json:"date,omitempty"`    // of the document
	Evidence  Evidence         `json:"evidence"`
}

// A Figure is a number with all that it needs to be understood alone.
type Figure struct {
	ID        string         `json:"id"`
	Subject   Ref            `json:"subject"`
	Indicator Ref            `json:"indicator"`
	Worded    string         `json:"worded"` // the indicator in the words of the text
	Measure   schema.Measure `json:"measure"`
	Value     json.Number    `json:"value"`          // exact, in the base unit
	High      json.Number    `json:"high,omitempty"` // upper end of a printed range
	Unit      string         `json:"unit,omitempty"`
	Period    string         `json:"period,omitempty"`
	Start     string         `json:"start,omitempty"` // first day of the period, 2023-01-01
	End       string         `json:"end,omitempty"`   // last day
	Status    schema.Status  `json:"status"`
	Bound     schema.Bound   `json:"bound"`
	Of        string         `json:"of,omitempty"` // of a growth: id of the level that it belongs to
	Printed   Place          `json:"printed"`
	Rule      string         `json:"rule,omitempty"`
	Evidence  Evidence       `json:"evidence"`
}

// A Place is a slice of a document's original text.
type Place struct {
	Start int    `json:"start"` // Unicode code points
	End   int    `json:"end"`
	Text  string `json:"text"`
}

// A Mention is a place where a document names an entity.
type Mention struct {
	ID     string `json:"id"`
	Entity Ref    `json:"entity"`
	Place
	Rule     string `json:"rule,omitempty"`
	Document string `json:"document"` // id
}

// A Card is all that the graph knows of an entity. Its lists are first pages.
type Card struct {
	Ref
	Aliases   []string       `json:"aliases,omitempty"`
	Code      string         `json:"code,omitempty"`
	Scope     string         `json:"scope,omitempty"` // GB/T 2260 code within which the name is unique
	Relations List[Relation] `json:"relations"`       // both ways: the entity is subject or object
	Figures   List[Figure]   `json:"figures"`
	Mentions  List[Mention]  `json:"mentions"`
	Documents []DocumentRef  `json:"documents"`
}

// A RelationQuery says which relations of an entity to list.
type RelationQuery struct {
	Entity     string
	Predicates []schema.Predicate
	Page
}

// A NeighbourQuery bounds a walk from an entity along relations, both ways.
type NeighbourQuery struct {
	Depth      int // 1 to MaxDepth; 0 means 1
	Classes    []schema.Class
	Predicates []schema.Predicate
	Limit      int // of nodes: nearest and best connected first
}

// MaxDepth is how far neighbours and paths are looked for.
const MaxDepth = 6

// A Node is an entity in a network.
type Node struct {
	Ref
	Depth  int `json:"depth"`  // relations between it and the middle
	Degree int `json:"degree"` // its relations in the whole graph
}

// An Edge is a relation in a network, however many documents state it.
type Edge struct {
	Source    string           `json:"source"`
	Predicate schema.Predicate `json:"predicate"`
	Target    string           `json:"target"`
	Documents int              `json:"documents"` // that state it
}

// A Network is a part of the graph around an entity.
type Network struct {
	Nodes []Node `json:"nodes"` // the middle first
	Edges []Edge `json:"edges"` // between Nodes
	Total int    `json:"total"` // nodes within reach, had there been no limit
}

// A Path leads from one entity to another: Edges[i] joins Nodes[i] and Nodes[i+1], in either direction.
type Path struct {
	Nodes []Node `json:"nodes"`
	Edges []Edge `json:"edges"`
}

// A FigureQuery says which figures to list. Empty fields do not filter.
type FigureQuery struct {
	Subject   string // id or division code
	Indicator string // id, or words: an indicator of that name, else those that contain it
	Period    string // exactly this one
	From, To  string // periods that overlap those: From 2022, To 2025
	Measure   schema.Measure
	Status    schema.Status
	Document  string // id
	Page
}

// An IndicatorCount tells how many figures an indicator has.
type IndicatorCount struct {
	Ref
	Figures  int      `json:"figures"`
	Subjects int      `json:"subjects"`
	Units    []string `json:"units"` // most frequent first
}

// A CompareQuery asks for a table of subjects by periods.
type CompareQuery struct {
	Subjects  []string // ids or division codes
	Indicator string   // id or words
	Measure   schema.Measure
	From, To  string
}

// A Comparison is a table: a row a subject, a column a period.
type Comparison struct {
	Indicators []Ref           `json:"indicators"` // that answer to what was asked for
	Measure    schema.Measure  `json:"measure"`
	Periods    []string        `json:"periods"` // in order of time
	Rows       []ComparisonRow `json:"rows"`    // in the order asked for
}

// A ComparisonRow is a subject with a cell a period.
type ComparisonRow struct {
	Subject Ref    `json:"subject"`
	Cells   []Cell `json:"cells"` // Cells[i] is for Periods[i]
}

// A Cell holds the figures of one subject, indicator and period. Where
// documents disagree all are there: actual before preliminary before target,
// then the newer document.
type Cell struct {
	Figures []Figure `json:"figures"`
}

// A DocumentQuery says which documents to list. Empty fields do not filter.
type DocumentQuery struct {
	Division string // id or code: documents about the division or one below it
	Kind     schema.Kind
	Period   string
	Page
}

// A DocumentItem is a document with the numbers of its finds.
type DocumentItem struct {
	DocumentRef
	SHA256    string `json:"sha256"`
	Entities  int    `json:"entities"`
	Relations int    `json:"relations"`
	Figures   int    `json:"figures"`
	Warnings  int    `json:"warnings"`
}

// A Document is a document with its text and all that was read from it.
type Document struct {
	DocumentItem
	Publisher    string         `json:"publisher,omitempty"`
	Text         string         `json:"text"` // the original; all places count its code points
	MentionList  []Mention      `json:"mentionList"`
	RelationList []Relation     `json:"relationList"`
	FigureList   []Figure       `json:"figureList"`
	WarningList  []Warning      `json:"warningList"` // the repairs made in cleaning among them
	Identity     []IdentitySlot `json:"identity"`    // where the document says what it is
}

// An IdentitySlot is where a document says its subject, kind, period, title, date or publisher.
type IdentitySlot struct {
	Slot string `json:"slot"`
	Place
}

// A Warning tells of something in a document that was repaired, left out or in doubt.
type Warning struct {
	Kind    string `json:"kind"`
	Start   int    `json:"start"`
	End     int    `json:"end"`
	Text    string `json:"text"` // the original slice
	Message string `json:"message"`
}

// A Count is a number of things of a kind.
type Count struct {
	Name  string `json:"name"`
	Count int    `json:"count"`
}

// Stats are the numbers of a graph.
type Stats struct {
	Documents  int     `json:"documents"`
	Quads      int     `json:"quads"`
	Entities   int     `json:"entities"`
	Relations  int     `json:"relations"` // statements
	Figures    int     `json:"figures"`
	Indicators int     `json:"indicators"`
	Mentions   int     `json:"mentions"`
	Warnings   int     `json:"warnings"`
	Classes    []Count `json:"classes"`    // entities, in the order of schema.Classes
	Predicates []Count `json:"predicates"` // statements, in the order of schema.Predicates
	Kinds      []Count `json:"kinds"`      // documents by kind
	Divisions  []Count `json:"divisions"`  // documents by subject, most first
}

// An Added tells what became of a document that was added.
type Added struct {
	ID       string // its IRI, the name of its graph
	Quads    int
	Replaced bool // it was there already
}

// A Built tells what Build loaded.
type Built struct {
	Documents int
	Quads     int
	Repeated  []string // paths of documents left out since another of the same bytes came before
}

// A Filter picks a part of the graph. The zero Filter is the whole.
type Filter struct {
	Document string // id: one document
	Division string // id or code: the documents about the division and those below it
}
