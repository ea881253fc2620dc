package export

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/districtkg/districtkg/graph/quads"
)

// cubeStructure declares the data set and its structure. Each property is
// followed by what it is.
const cubeStructure = `
<%cube> a qb:DataSet ; rdfs:label "districtkg figures"@en , "区域数据"@zh ; qb:structure <%cube/structure> .

<%cube/structure> a qb:DataStructureDefinition ;
	qb:component <%cube/subject> , <%cube/indicator> , <%cube/measure> , <%cube/period> , <%cube/status> , <%cube/document> ,
		<%cube/occurrence> , <%cube/value> , <%cube/unit> , <%cube/bound> , <%cube/high> , <%cube/evidence> .
<%cube/subject> a qb:ComponentSpecification ; qb:dimension dkg:subject ; qb:order 1 .
<%cube/indicator> a qb:ComponentSpecification ; qb:dimension dkg:indicator ; qb:order 2 .
<%cube/measure> a qb:ComponentSpecification ; qb:dimension dkg:measure ; qb:order 3 .
<%cube/period> a qb:ComponentSpecification ; qb:dimension dkg:period ; qb:order 4 .
<%cube/status> a qb:ComponentSpecification ; qb:dimension dkg:status ; qb:order 5 .
<%cube/document> a qb:ComponentSpecification ; qb:dimension dkg:document ; qb:order 6 .
<%cube/occurrence> a qb:ComponentSpecification ; qb:dimension dkg:occurrence ; qb:order 7 .
<%cube/value> a qb:ComponentSpecification ; qb:measure dkg:value .
<%cube/unit> a qb:ComponentSpecification ; qb:attribute dkg:unit .
<%cube/bound> a qb:ComponentSpecification ; qb:attribute dkg:bound .
<%cube/high> a qb:ComponentSpecification ; qb:attribute dkg:high .
<%cube/evidence> a qb:ComponentSpecification ; qb:attribute dkg:evidence .

dkg:subject a rdf:Property , qb:DimensionProperty ; rdfs:range schema:Thing .
dkg:indicator a rdf:Property , qb:DimensionProperty ; rdfs:range dkg:Indicator .
dkg:measure a rdf:Property , qb:DimensionProperty ; rdfs:range xsd:string .
dkg:period a rdf:Property , qb:DimensionProperty ; rdfs:subPropertyOf sdmx-dimension:refPeriod ; rdfs:range xsd:string .
dkg:status a rdf:Property , qb:DimensionProperty ; rdfs:subPropertyOf sdmx-attribute:obsStatus ; rdfs:range xsd:string .
dkg:document a rdf:Property , qb:DimensionProperty ; rdfs:label "document"@en , "文档"@zh ; rdfs:range dkg:Document .
dkg:occurrence a rdf:Property , qb:DimensionProperty ; rdfs:label "occurrence"@en , "次序"@zh ; rdfs:range xsd:integer .
dkg:value a rdf:Property , qb:MeasureProperty ; rdfs:range xsd:decimal .
dkg:unit a rdf:Property , qb:AttributeProperty ; rdfs:subPropertyOf sdmx-attribute:unitMeasure .
dkg:bound a rdf:Property , qb:AttributeProperty .
dkg:high a rdf:Property , qb:AttributeProperty .
dkg:evidence a rdf:Property , qb:AttributeProperty .
`

// A cell is the dimensions of an observation within a document.
type cell struct{ subject, indicator, measure, period, status string }

func writeCube(w *writer) error {
	t := newTurtle(w)
	t.prefixes()
	t.structure(cubeStructure)
	for r, err := range w.documents() {
		if err != nil {
			return err
		}
		seen := map[cell]int{}
		for i := range r.Figures {
			f := &r.Figures[i]
			c := cell{string(f.Subject), string(f.Indicator), string(f.Measure), cmp.Or(f.Period, "unknown"), string(f.Status)}
			seen[c]++
			t.observation(f, c, string(r.Document.IRI), seen[c])
		}
	}
	return nil
}

// structure writes a text of Turtle in which % stands for the base.
func (t *turtle) structure(text string) { t.put(strings.ReplaceAll(text, "%", t.opt.IRIs.Base)) }

func (t *turtle) observation(f *quads.Figure, c cell, document string, occurrence int) {
	lit := func(s string) string { return string(appendString(nil, s)) }
	iri := func(s string) string { return string(appendIRI(nil, s)) }
	t.put("\n", iri(string(f.IRI)), " a qb:Observation ; qb:dataSet <", t.opt.IRIs.Base, "cube> ;\n",
		"\tdkg:subject ", iri(c.subject), " ; dkg:indicator ", iri(c.indicator), " ; dkg:measure ", lit(c.measure), " ;\n",
		"\tdkg:period ", lit(c.period), " ; dkg:status ", lit(c.status), " ; dkg:document ", iri(document), " ; dkg:occurrence ", strconv.Itoa(occurrence), " ;\n",
		"\tdkg:value ", lit(f.Value.String()), "^^xsd:decimal ; dkg:unit ", lit(f.Unit), " ; dkg:bound ", lit(string(f.Bound)))
	if !f.High.Equal(f.Value) {
		t.put(" ; dkg:high ", lit(f.High.String()), "^^xsd:decimal")
	}
	if f.Evidence.IRI != "" {
		t.put(" ; dkg:evidence ", iri(string(f.Evidence.IRI)))
	}
	t.put(" .\n")
}
