package export

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/districtkg/districtkg/graph/quads"
	"github.com/districtkg/districtkg/schema"
)

// tables returns a writer of Turtle for what is made of the tables of the ontology.
func tables(w io.Writer, m schema.IRIs) *turtle {
	t := newTurtle(&writer{Writer: bufio.NewWriter(w), ctx: context.Background(), opt: Options{IRIs: m}, vocab: quads.NewVocabulary(m)})
	t.prefixes()
	return t
}

// Ontology writes the classes, relations and properties of the graph as
// Turtle, with Chinese and English labels and the common terms that they specialise.
func Ontology(w io.Writer, m schema.IRIs) error {
	t := tables(w, m)
	t.put("\n<", strings.TrimSuffix(m.Vocabulary(""), "#"), "> a owl:Ontology ;\n",
		"\trdfs:label \"区域知识图谱词汇\"@zh , \"districtkg vocabulary\"@en .\n")
	for _, c := range quads.Classes() {
		t.term(string(c.Class), "owl:Class", c.Chinese, c.English, "rdfs:subClassOf", c.SubOf)
		t.put(" .\n")
	}
	for _, p := range schema.Predicates() {
		kind := "owl:ObjectProperty"
		if p.Symmetric {
			kind += " , owl:SymmetricProperty"
		}
		t.term(string(p.Predicate), kind, p.Chinese, p.English, "rdfs:subPropertyOf", p.SubOf)
		t.put(" ;\n\tschema:domainIncludes ", names(p.Domain), " ;\n\tschema:rangeIncludes ", names(p.Range), " .\n")
	}
	for _, p := range quads.Properties() {
		if !strings.Contains(p.Name, ":") { // others belong to their own vocabularies
			t.property(p)
		}
	}
	if err := t.Flush(); err != nil {
		return fmt.Errorf("write ontology: %w", err)
	}
	return nil
}

// term writes what all terms have.
func (t *turtle) term(name, kind, chinese, english, above, parent string) {
	t.put("\ndkg:", name, " a ", kind, " ;\n\trdfs:label ", string(appendString(nil, chinese)), "@zh , ", string(appendString(nil, english)), "@en")
	if parent != "" {
		t.put(" ;\n\t", above, " ", parent)
	}
}

func (t *turtle) property(p quads.PropertyInfo) {
	kind := "owl:ObjectProperty"
	if isDatatype(p.Range) {
		kind = "owl:DatatypeProperty"
	}
	t.term(p.Name, kind, p.Chinese, p.English, "rdfs:subPropertyOf", p.SubOf)
	if len(p.Domain) > 0 {
		t.put(" ;\n\tschema:domainIncludes ", names(p.Domain))
	}
	if r := rangeName(p.Range); r != "" {
		t.put(" ;\n\trdfs:range ", r)
	}
	t.put(" .\n")
}

func isDatatype(r string) bool { return strings.HasPrefix(r, "xsd:") || r == "rdfs:Literal" }

// rangeName returns the name of a range, "" where any thing will do.
func rangeName(r string) string {
	if r == "" || r == quads.AnyEntity || strings.Contains(r, ":") {
		return strings.TrimPrefix(r, quads.AnyEntity)
	}
	return "dkg:" + r
}

// names lists classes.
func names(classes []schema.Class) string {
	out := make([]string, len(classes))
	for i, c := range classes {
		out[i] = "dkg:" + string(c)
	}
	return strings.Join(out, " , ")
}

// Shapes writes SHACL shapes for the graph as Turtle: what each class must have and may have,
// and between what classes each relation may hold.
func Shapes(w io.Writer, m schema.IRIs) error {
	t := tables(w, m)
	for _, c := range quads.Classes() {
		t.classShape(c)
	}
	for _, p := range schema.Predicates() {
		t.endShape(p.Predicate, "Subject", p.Domain)
		t.endShape(p.Predicate, "Object", p.Range)
	}
	if err := t.Flush(); err != nil {
		return fmt.Errorf("write shapes: %w", err)
	}
	return nil
}

// classShape writes the shape of a class's instances.
func (t *turtle) classShape(c schema.ClassInfo) {
	var properties []quads.PropertyInfo
	if c.Named || c.Class == schema.IndicatorClass || c.Class == schema.DocumentClass {
		properties = append(properties, quads.PropertyInfo{Name: "rdfs:label", Range: "xsd:string", Required: true, Many: c.Class != schema.DocumentClass})
	}
	for _, p := range quads.Properties() {
		if slices.Contains(p.Domain, c.Class) {
			properties = append(properties, p)
		}
	}
	t.put("\n<", t.opt.IRIs.Base, "shapes#", string(c.Class), "> a sh:NodeShape ;\n\tsh:targetClass dkg:", string(c.Class), " ;\n\tsh:nodeKind sh:IRI")
	for _, p := range properties {
		t.put(" ;\n\tsh:property ", t.shapeOf(c.Class, p))
	}
	t.put(" .\n")
	for _, p := range properties {
		t.propertyShape(c.Class, p)
	}
}

func (t *turtle) shapeOf(c schema.Class, p quads.PropertyInfo) string {
	return "<" + t.opt.IRIs.Base + "shapes#" + string(c) + "-" + strings.ReplaceAll(p.Name, ":", "-") + ">"
}

func (t *turtle) propertyShape(c schema.Class, p quads.PropertyInfo) {
	path := p.Name
	if !strings.Contains(path, ":") {
		path = "dkg:" + path
	}
	t.put(t.shapeOf(c, p), " sh:path ", path)
	if p.Required {
		t.put(" ; sh:minCount 1")
	}
	if !p.Many {
		t.put(" ; sh:maxCount 1")
	}
	switch {
	case p.Name == "rdf:predicate":
		t.put(" ; sh:in (")
		for _, info := range schema.Predicates() {
			t.put(" dkg:", string(info.Predicate))
		}
		t.put(" )")
	case p.Range == "rdfs:Literal":
		t.put(" ; sh:nodeKind sh:Literal")
	case isDatatype(p.Range):
		t.put(" ; sh:datatype ", p.Range)
	case p.Range == "" || p.Range == quads.AnyEntity:
		t.put(" ; sh:nodeKind sh:IRI")
	default:
		t.put(" ; sh:class ", rangeName(p.Range))
	}
	if len(p.Values) > 0 {
		t.put(" ; sh:in (")
		for _, v := range p.Values {
			t.put(" ", string(appendString(nil, v)))
		}
		t.put(" )")
	}
	t.put(" .\n")
}

// endShape writes of what classes the subjects or objects of a relation are.
func (t *turtle) endShape(p schema.Predicate, end string, classes []schema.Class) {
	t.put("\n<", t.opt.IRIs.Base, "shapes#", string(p), "-", end, "> a sh:NodeShape ;\n\tsh:target", end, "sOf dkg:", string(p), " ;\n\tsh:or (")
	for _, c := range classes {
		t.put(" [ sh:class dkg:", string(c), " ]")
	}
	t.put(" ) .\n")
}
