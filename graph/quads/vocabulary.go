package quads

import (
	"slices"
	"strings"

	"github.com/cayleygraph/quad"

	"github.com/districtkg/districtkg/schema"
)

// Classes that the graph has beside those of [schema.Classes].
const (
	Mention schema.Class = "Mention"
	Warning schema.Class = "Warning"
)

// Classes returns the classes of the graph in order of presentation.
func Classes() []schema.ClassInfo {
	return append(schema.Classes(),
		schema.ClassInfo{Class: Mention, Chinese: "提及", English: "mention", SubOf: "oa:Annotation"},
		schema.ClassInfo{Class: Warning, Chinese: "提示", English: "warning", SubOf: "oa:Annotation"},
	)
}

// A Namespace is a prefix with what it stands for.
type Namespace struct{ Prefix, IRI string }

// Namespaces returns the namespaces of common vocabularies that the graph and
// its exports use, sorted by prefix.
func Namespaces() []Namespace { return slices.Clone(namespaces[:]) }

var namespaces = [...]Namespace{
	{"dcterms", "http://purl.org/dc/terms/"},
	{"oa", "http://www.w3.org/ns/oa#"},
	{"owl", "http://www.w3.org/2002/07/owl#"},
	{"prov", "http://www.w3.org/ns/prov#"},
	{"qb", "http://purl.org/linked-data/cube#"},
	{"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
	{"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
	{"schema", "https://schema.org/"},
	{"sdmx-attribute", "http://purl.org/linked-data/sdmx/2009/attribute#"},
	{"sdmx-dimension", "http://purl.org/linked-data/sdmx/2009/dimension#"},
	{"sh", "http://www.w3.org/ns/shacl#"},
	{"skos", "http://www.w3.org/2004/02/skos/core#"},
	{"xsd", "http://www.w3.org/2001/XMLSchema#"},
}

// Expand returns the full IRI of a prefixed name (rdfs:label). A name whose
// prefix is none of [Namespaces] is returned as it is.
func Expand(name string) string {
	prefix, local, ok := strings.Cut(name, ":")
	if !ok {
		return name
	}
	for _, n := range namespaces {
		if n.Prefix == prefix {
			return n.IRI + local
		}
	}
	return name
}

// Datatypes, as full IRIs. Cayley's own constants are short forms.
const (
	xsd            = "http://www.w3.org/2001/XMLSchema#"
	XSDString      = quad.IRI(xsd + "string")
	XSDDecimal     = quad.IRI(xsd + "decimal")
	XSDDate        = quad.IRI(xsd + "date")
	XSDInteger     = quad.IRI(xsd + "integer")
	XSDDouble      = quad.IRI(xsd + "double")
	XSDBoolean     = quad.IRI(xsd + "boolean")
	XSDDateTime    = quad.IRI(xsd + "dateTime")
	XSDNonNegative = quad.IRI(xsd + "nonNegativeInteger")
	RDFType        = quad.IRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
	RDFSLabel      = quad.IRI("http://www.w3.org/2000/01/rdf-schema#label")
	SKOSAltLabel   = quad.IRI("http://www.w3.org/2004/02/skos/core#altLabel")
	RDFSubject     = quad.IRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#subject")
	RDFPredicate   = quad.IRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate")
	RDFObject      = quad.IRI("http://www.w3.org/1999/02/22-rdf-syntax-ns#object")
	OAExact        = quad.IRI("http://www.w3.org/ns/oa#exact")
	OAStart        = quad.IRI("http://www.w3.org/ns/oa#start")
	OAEnd          = quad.IRI("http://www.w3.org/ns/oa#end")
	DerivedFrom    = quad.IRI("http://www.w3.org/ns/prov#wasDerivedFrom")
	DCTermsTitle   = quad.IRI("http://purl.org/dc/terms/title")
	DCTermsPublish = quad.IRI("http://purl.org/dc/terms/publisher")
)

// slotSuffix ends the names of the properties that say where a document says what it is.
const slotSuffix = "Evidence"

// A Vocabulary holds the IRIs of our terms below one base.
type Vocabulary struct {
	IRIs schema.IRIs

	// Terms that queries start from.
	About, Mentions, Subject, Indicator, Evidence, Trigger, Printed quad.IRI

	terms      map[string]quad.IRI
	classes    map[quad.IRI]schema.Class
	predicates map[quad.IRI]schema.Predicate
}

// NewVocabulary returns the vocabulary below the base of m.
func NewVocabulary(m schema.IRIs) *Vocabulary {
	v := &Vocabulary{
		IRIs:       m,
		terms:      map[string]quad.IRI{},
		classes:    map[quad.IRI]schema.Class{},
		predicates: map[quad.IRI]schema.Predicate{},
	}
	for _, c := range Classes() {
		v.classes[v.add(string(c.Class))] = c.Class
	}
	for _, p := range schema.Predicates() {
		v.predicates[v.add(string(p.Predicate))] = p.Predicate
	}
	for _, p := range Properties() {
		v.add(p.Name)
	}
	v.About, v.Mentions, v.Evidence, v.Trigger = v.terms[about], v.terms[mentions], v.terms[evidence], v.terms[trigger]
	v.Subject, v.Indicator, v.Printed = v.terms[subject], v.terms[indicator], v.terms[printed]
	return v
}

func (v *Vocabulary) add(name string) quad.IRI {
	iri := quad.IRI(Expand(name))
	if !strings.Contains(name, ":") {
		iri = quad.IRI(v.IRIs.Vocabulary(name))
	}
	v.terms[name] = iri
	return iri
}

// Term returns the IRI of a property by its name in [Properties].
func (v *Vocabulary) Term(name string) quad.IRI { return v.terms[name] }

// Class returns the IRI of a class.
func (v *Vocabulary) Class(c schema.Class) quad.IRI { return v.terms[string(c)] }

// Predicate returns the IRI of a relation.
func (v *Vocabulary) Predicate(p schema.Predicate) quad.IRI { return v.terms[string(p)] }

// ClassOf returns the class that an IRI stands for, "" for none.
func (v *Vocabulary) ClassOf(value quad.Value) schema.Class {
	iri, _ := value.(quad.IRI)
	return v.classes[iri]
}

// PredicateOf returns the relation that an IRI stands for, "" for none.
func (v *Vocabulary) PredicateOf(value quad.Value) schema.Predicate {
	iri, _ := value.(quad.IRI)
	return v.predicates[iri]
}
