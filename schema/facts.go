package schema

import "github.com/shopspring/decimal"

// A Mention is a place where a text names an entity.
type Mention struct {
	Span
	Class Class
	Name  string // the name without quotation marks and line breaks; completed where the text shares parts (地铁7、8号线 → 地铁8号线)
	Code  string // of a Division: its GB/T 2260 code, "" where unknown or ambiguous
	Rule  string // which rule or lexicon found it, in lower-kebab-case
}

// An Entity is a named thing of one document with all its mentions.
type Entity struct {
	ID       string // within the document: e1, e2, … in order of first mention
	Class    Class
	Name     string   // canonical: the fullest form the document gives
	Aliases  []string // other forms, sorted by first mention
	Code     string   // of a Division: its GB/T 2260 code, "" where unknown
	Scope    string   // the GB/T 2260 code within which the name is unique; "" for names known nationwide
	Mentions []Mention
}

// A Relation is a statement about two entities of one document.
type Relation struct {
	Subject   string // an entity's ID
	Predicate Predicate
	Object    string // an entity's ID, or DocumentID
	Rule      string
	Trigger   Span // the words that say it; within Evidence
	Evidence  Span // the sentence or clause
}

// DocumentID stands for the document itself as the object of providesData.
const DocumentID = "Document"

// A Measure tells what kind of number a figure is.
type Measure string

// The measures.
const (
	Level  Measure = "level"  // an amount, count, rate or share
	Growth Measure = "growth" // a relative change in per cent, negative for a fall
	Change Measure = "change" // an absolute change
	Rank   Measure = "rank"   // a position
)

// A Status tells how sure a figure is.
type Status string

// The statuses.
const (
	Actual      Status = "actual"
	Preliminary Status = "preliminary" // 初步核算
	Estimate    Status = "estimate"    // 预计
	Target      Status = "target"      // 计划, 力争, 目标
)

// A Bound tells how the printed number bounds the true one.
type Bound string

// The bounds.
const (
	Exact Bound = "exact"
	About Bound = "about" // 左右, 约, 近
	Over  Bound = "over"  // 超, 突破, 余, 以上
	Under Bound = "under" // 不足, 低于, 以下
)

// A Figure is one number with all that it needs to be understood alone.
type Figure struct {
	ID        string // within the document: f1, f2, … in order of the text
	Subject   string // an entity's ID
	Indicator string // what is measured, complete from context
	Canonical string // id of the indicator in the lexicon, "" for the long tail
	Measure   Measure
	Value     decimal.Decimal // in the base unit: 521.92亿元 is 52192000000
	High      decimal.Decimal // upper end where a range is printed (5%~6%), else equal to Value
	Unit      string          // 元, 人, %, ‰, 个百分点, 平方米, …; "" where none is printed
	Period    string          // 2023, 2025-H1, 2023-Q1..Q3, 2016..2020, 2024-01-11; "" where unknown
	Status    Status
	Bound     Bound
	Of        string // a growth: the ID of the level that it belongs to, "" where not in the text
	Rule      string
	Span      Span // the number with its unit as printed
	Evidence  Span // the sentence
}

// Facts is all that was read from one document.
type Facts struct {
	Doc       *Doc
	SubjectID string // the entity that the document is about
	Entities  []Entity
	Relations []Relation
	Figures   []Figure
}

// Entity returns the entity with the id, or nil.
func (f *Facts) Entity(id string) *Entity {
	for i := range f.Entities {
		if f.Entities[i].ID == id {
			return &f.Entities[i]
		}
	}
	return nil
}
