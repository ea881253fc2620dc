// Package quads turns the facts of a document into quads and quads back into
// what they say. It mints every quad of the graph, and nothing else does.
//
// In go [schema.Facts], out come quads that are sorted, distinct and the same
// for the same facts. A [Record] stands between the two: all that the graph
// keeps of one document, with every place given in Unicode code points of the
// original text. Encoding a Record and decoding the quads gives it back.
//
// # Shapes
//
// Every quad of a document has as its label the document's IRI, which is thus
// the name of its graph. There are no blank nodes. Below, D is that IRI
// (https://w3id.org/districtkg/id/document/2c26b46b68ffc68f), dkg: is
// https://w3id.org/districtkg/ns#, d: is …/id/. Properties are the rows of
// [Properties]; classes those of [Classes].
//
// A document. Its text is a plain literal: any tool can read it, a span can be
// checked against it without the file, and the store compresses it anyway.
//
//	D rdf:type dkg:Document
//	D rdfs:label "南关区2023年国民经济和社会发展统计公报"    file name where there is no title
//	D dcterms:title "南关区2023年…"                      where it has one
//	D dkg:kind "statistical_bulletin"
//	D dkg:about d:division/220102
//	D dkg:subjectName "南关区"
//	D dkg:code "220102"
//	D dkg:period "2023"
//	D dkg:periodStart "2023-01-01"^^xsd:date
//	D dkg:periodEnd "2023-12-31"^^xsd:date
//	D dkg:date "2024-01-11"^^xsd:date                    of publication
//	D dcterms:publisher "南关区统计局"
//	D dkg:path "nanguan-2023-bulletin.txt"
//	D dkg:sha256 "2c26b46b68ffc68f…"
//	D dkg:text "2023年，全区上下…"
//	D dkg:periodEvidence D/evidence/0-5                   and subject, kind, title, date, publisher
//
// An entity. Its name and its other names are plain strings, so that a query
// starts at them. A name has its label in each document that uses it.
//
//	d:enterprise/2201/金赛药业 rdf:type dkg:Enterprise
//	d:enterprise/2201/金赛药业 rdfs:label "金赛药业"
//	d:enterprise/2201/金赛药业 skos:altLabel "金赛"
//	d:enterprise/2201/金赛药业 dkg:scope "2201"
//	d:division/220102 dkg:code "220102"
//
// A mention is where the text names an entity.
//
//	D/mention/e1.0 rdf:type dkg:Mention
//	D/mention/e1.0 dkg:mentions d:division/220102
//	D/mention/e1.0 oa:exact "南关区"
//	D/mention/e1.0 oa:start "812"^^xsd:nonNegativeInteger
//	D/mention/e1.0 oa:end "815"^^xsd:nonNegativeInteger
//	D/mention/e1.0 dkg:rule "gazetteer"
//	D/mention/e1.0 prov:wasDerivedFrom D
//
// A relation is a direct edge, for queries to walk along, and a statement that
// tells where it was read. A relation stated twice is one edge and two statements.
//
//	d:enterprise/2201/金赛药业 dkg:settledIn d:division/220102
//	D/statement/r1 rdf:type dkg:Statement
//	D/statement/r1 rdf:subject d:enterprise/2201/金赛药业
//	D/statement/r1 rdf:predicate dkg:settledIn
//	D/statement/r1 rdf:object d:division/220102
//	D/statement/r1 dkg:evidence D/evidence/100-140
//	D/statement/r1 dkg:trigger D/evidence/120-122        the words that say it
//	D/statement/r1 dkg:rule "settle-in"
//	D/statement/r1 dkg:date "2024-01-11"^^xsd:date       the document's
//	D/statement/r1 prov:wasDerivedFrom D
//
// Evidence is a slice of the original, shared by all that was read from it.
//
//	D/evidence/100-140 rdf:type dkg:Evidence
//	D/evidence/100-140 oa:exact "…金赛药业落户南关区…"
//	D/evidence/100-140 oa:start "100"^^xsd:nonNegativeInteger
//	D/evidence/100-140 oa:end "140"^^xsd:nonNegativeInteger
//	D/evidence/100-140 prov:wasDerivedFrom D
//
// A figure. dkg:value is exact. Cayley compares only its own integers and
// floats, and neither with the other, so a figure has these beside it, for
// filters in Gizmo: dkg:integer is the value rounded down, for which
// gte(100) and lt(100) mean the same as for the value; dkg:number is the
// nearest double, for thresholds with a fraction: gt(5.5). A value beyond 63
// bits has no dkg:integer.
//
//	D/figure/f1 rdf:type dkg:Figure
//	D/figure/f1 dkg:subject d:division/220102
//	D/figure/f1 dkg:indicator d:indicator/gdp
//	D/figure/f1 dkg:worded "地区生产总值"                  the words of the text
//	D/figure/f1 dkg:measure "level"
//	D/figure/f1 dkg:value "52192000000"^^xsd:decimal      canonical by XSD 1.1
//	D/figure/f1 dkg:high "52192000000"^^xsd:decimal       only where it differs from value
//	D/figure/f1 dkg:number "5.2192E10"^^xsd:double
//	D/figure/f1 dkg:integer "52192000000"^^xsd:integer
//	D/figure/f1 dkg:unit "元"
//	D/figure/f1 dkg:period "2023"
//	D/figure/f1 dkg:periodStart "2023-01-01"^^xsd:date
//	D/figure/f1 dkg:periodEnd "2023-12-31"^^xsd:date
//	D/figure/f1 dkg:status "actual"
//	D/figure/f1 dkg:bound "exact"
//	D/figure/f2 dkg:of D/figure/f1                         a growth of that level
//	D/figure/f1 dkg:printed D/evidence/120-128
//	D/figure/f1 dkg:evidence D/evidence/100-140
//	D/figure/f1 dkg:rule "level"
//	D/figure/f1 prov:wasDerivedFrom D
//
// An indicator. Where the lexicon knows it, all its wordings are names of it.
//
//	d:indicator/gdp rdf:type dkg:Indicator
//	d:indicator/gdp rdfs:label "地区生产总值"
//	d:indicator/gdp skos:altLabel "GDP"
//
// A warning tells of a repair or a doubt. One that means the whole document
// has no place.
//
//	D/warning/1 rdf:type dkg:Warning
//	D/warning/1 dkg:warningKind "ocr_repair"
//	D/warning/1 dkg:message "IL9万户 read as 11.9万户"
//	D/warning/1 oa:exact "IL9万户"
//	D/warning/1 oa:start "9"^^xsd:nonNegativeInteger
//	D/warning/1 oa:end "14"^^xsd:nonNegativeInteger
//	D/warning/1 prov:wasDerivedFrom D
package quads
