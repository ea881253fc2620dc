// Package rule is the language in which seeds/rules says how Chinese states a
// relation: a trigger word, and where subject and object stand around it. In
// goes a sentence with the entities that stand in it, out come the pairs that
// a rule relates. A Set never changes once loaded, so goroutines share it.
//
// A rule file (*.rules) is UTF-8, one definition a line; # begins a comment.
// A line is either a named list of words, which later lines use as @NAME,
//
//	word attract = 引进|引入|招引|@lure
//
// or a rule: its name, its predicate, and fields KEY=VALUE in any order.
//
//	settle-attract settledIn trigger=@attract subject=right*:Enterprise,Zone object=doc block=拟|洽谈
//
// The fields:
//
//	trigger=W|W    words of which one must stand outside every entity (obligatory)
//	subject=SLOT   where the subject stands (obligatory)
//	object=SLOT    where the object stands (obligatory)
//	scope=clause   how far left, right, any and block look: clause (unless
//	               said otherwise) or sentence
//	within=N       Chinese characters between the trigger and what a slot takes, at most
//	block=W|W      the rule is silent where one of the words stands in the scope
//	need=W|W       … and where none of these does
//	kind=K|K       … and in documents of other kinds
//	unless=P|P     the result yields to one of predicate P on the same subject
//	fallback=END   the result yields to one of the same predicate by an earlier
//	               rule on the same END: subject or object
//
// A SLOT is one or more of these, parted by "/": the first that finds something counts.
//
//	doc            the division that the document is about
//	self           … where its clause has no subject: between its begin and the
//	               trigger stand only words of the lists lead and adverb, after
//	               a word of the list reset anything
//	document       the document itself
//	left:C         the nearest entity of class C that ends before the trigger
//	near:C         the entity right before the trigger, if it is of class C
//	right:C        the nearest entity of class C that begins after the trigger
//	before:C       … that ends before it with nothing but marks between
//	after:C        … that begins after it with nothing but marks between
//	alone:C        … and with nothing behind it in its clause
//	in:C           the entity in whose name the trigger stands
//	any:C          every entity of the scope
//	later:C        every entity of the scope after the trigger
//	topic:C        the entity that the clause, or else an earlier one of the sentence, begins with
//	bearer:C       … with nothing between it and the trigger, or between the begin of the
//	               trigger's clause and the trigger, that could be a subject of its own
//	agent:C        the topic of the same clause where it is of class C and no organ
//	               of doc, which reaches no farther than its clause, else doc;
//	               nothing where the topic is a company, a school or a hospital
//
// C is a list of classes parted by "," or Any. A star (left*) takes the
// entities coordinated with the one found: 引进A、B和C等企业. Of two such lists
// that 分别 joins, the first goes with the first and so on. Braces keep the
// entities whose name ends with one of the words: left:Agency{统计局,调查队};
// with ^ in front, begins with it: left:Agency{^省}; with ~, holds it; with !
// before that, those whose name does not: any:Event{!^党的}. @LIST stands for
// each word of a list: any:Program{!~@formula}.
//
// Some lists of words have a meaning of their own: reset begins a clause that
// speaks of the district at large (全区, 我县), so that no topic is carried
// into it, as none is into a clause that begins with a number; lead may stand between the begin of a clause and its topic (其中), attribute
// begins what is said of the topic before its name (位于), beside ends it (境内的);
// bearing begins what may stand between a bearer and its trigger (再次), belongings ends it (的产品).
// Others are for the packages that use a Set: see [Set.Words].
package rule

import (
	"slices"
	"strings"

	"github.com/districtkg/districtkg/schema"
)

// A Rule is one rule of a file.
type Rule struct {
	Name      string // unique within a Set, in lower-kebab-case
	Predicate schema.Predicate
	Kinds     []schema.Kind      // of documents; none means all
	Unless    []schema.Predicate // stronger statements about the same subject
	Fallback  string             // the end on which an earlier rule's result stands instead: subject, object or ""
	File      string             // where it is written
	Line      int

	subject, object slot
	wants           [2]classSet // of the items that subject and object can be; all where an end need be none
	inItem          bool        // the trigger stands in the name of an item
	sentence        bool        // the scope is the sentence
	within          int         // characters; 0 means no limit
	block, need     map[int]bool
	order           int // among all rules
}

// Before reports whether r is written before o: among two rules that say the
// same, the earlier one counts.
func (r *Rule) Before(o *Rule) bool { return r.order < o.order }

// A classSet is a set of classes: bits by their place in the ontology.
type classSet uint32

const allClasses = ^classSet(0)

// setOf returns the set of the class c.
func setOf(c schema.Class) classSet {
	for i, n := range classOrder {
		if n == c {
			return 1 << i
		}
	}
	return 0
}

// classOrder lists the classes that entities of texts are of.
var classOrder = [...]schema.Class{
	schema.Division, schema.Enterprise, schema.Agency, schema.Organization, schema.Hospital, schema.School, schema.Project,
	schema.Zone, schema.Place, schema.Road, schema.Program, schema.Event, schema.Honor, schema.Person,
}

// wants returns the classes of which a sentence must have one for the slot to
// be filled.
func (s slot) wants() classSet {
	var set classSet
	for _, o := range s {
		if o.place == placeDoc || o.place == placeSelf || o.place == placeDocument || o.place == placeAgent {
			return allClasses
		}
		set |= o.set
	}
	return set
}

// A slot is where a rule looks for an end of its relation.
type slot []option

// An option is one alternative of a slot.
type option struct {
	place place
	list  bool     // with a star
	set   classSet // the classes that can stand there
	ends  []affix  // the name must have one of them
	not   []affix  // … and none of these
}

// An affix is a part of a name.
type affix struct {
	text  string
	where byte // '^' begins the name, '~' stands anywhere in it, 0 ends it
}

func (a affix) of(name string) bool {
	switch a.where {
	case '^':
		return strings.HasPrefix(name, a.text)
	case '~':
		return strings.Contains(name, a.text)
	default:
		return strings.HasSuffix(name, a.text)
	}
}

// A place is where an option looks.
type place string

const (
	placeDoc      place = "doc"
	placeSelf     place = "self"
	placeDocument place = "document"
	placeLeft     place = "left"
	placeNear     place = "near"
	placeRight    place = "right"
	placeBefore   place = "before"
	placeAfter    place = "after"
	placeAlone    place = "alone"
	placeIn       place = "in"
	placeAny      place = "any"
	placeLater    place = "later"
	placeTopic    place = "topic"
	placeBearer   place = "bearer"
	placeAgent    place = "agent"
)

// places lists the places that take classes.
var places = [...]place{placeLeft, placeNear, placeRight, placeBefore, placeAfter, placeAlone, placeIn, placeAny, placeLater, placeTopic, placeBearer, placeAgent}

// fits reports whether a name has the affixes of the option.
func (o *option) fits(name string) bool {
	has := func(a affix) bool { return a.of(name) }
	return (len(o.ends) == 0 || slices.ContainsFunc(o.ends, has)) && !slices.ContainsFunc(o.not, has)
}

// An Item is an entity where it stands in a sentence.
type Item struct {
	schema.Span
	Class  schema.Class
	Name   string
	Entity int  // the caller's number
	Organ  bool // acts for the division that the document is about
}

// A Sentence is what rules are matched against.
type Sentence struct {
	Text  string // of the document
	Span  schema.Span
	Items []Item // in order of Start; where two overlap, the longer counts
	Kind  schema.Kind
}

// What stands for an Item's index in a Match.
const (
	Doc      = -1 // the division that the document is about
	Document = -2 // the document
)

// A Match is what a rule says of a sentence. Subject and Object are indices
// of Items, or Doc, or Document.
type Match struct {
	Rule            *Rule
	Subject, Object int
	Trigger         schema.Span
	Evidence        schema.Span // the clauses from the first end to the last, the trigger among them
}

// A Set is the rules of a folder, compiled.
type Set struct {
	rules     []*Rule
	words     *Finder
	triggered [][]*Rule // by word
	reset     map[int]bool
	lead      openers
	adverb    openers // with lead
	attribute openers
	beside    openers
	bearing   openers
	lists     map[string][]string
}

// Words returns the list of words of that name, in order; none where no file
// has it.
func (s *Set) Words(list string) []string { return slices.Clone(s.lists[list]) }

// Rules returns the rules in order.
func (s *Set) Rules() []*Rule { return slices.Clone(s.rules) }
