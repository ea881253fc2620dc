// Districtkg reads what Chinese local governments publish about a district and
// builds a knowledge graph in which every entity, relation and figure cites
// the sentence that it was read from.
//
// # A tour of the architecture
//
// Data flows one way:
//
//	file ─ read → text ─ clean → Doc ─ segment → tokens ─ entity → mentions ─ identity, resolve → entities
//	                                                                                                 │
//	browser, Gizmo, export ← api, ui ← graph (Cayley) ← quads ← Facts ← figure, relation ←───────────┘
//
// Between Doc and mentions a text goes in blocks of some 64 KB of sentences, on
// all cores: the tokens of a block go with it, and what grows with a document
// is its facts. The stages after that look at the whole document.
//
// The folders of the repository:
//
//   - schema: the words that everybody uses, and the ontology.
//   - seeds: what the graph grows from, as data: sample documents, gazetteer,
//     lexicons, rules, dictionaries. Knowledge lives there, mechanism in code.
//   - extract: the stages from a file to [schema.Facts], a package each; the
//     Pipeline of package extract is their order.
//   - graph: from facts to answers. graph/quads says what every quad looks
//     like, graph/store is the Cayley backend on Pebble, graph/export writes
//     the graph for other tools, graph/api serves it, graph/ui is the page.
//   - cmd/districtkg: this program: one file per verb. wiring.go is the only
//     place where extract, graph and seeds meet.
//
// imports_test.go holds the table of who may import whom, and fails on any
// import that the table does not list.
//
// # What a change costs
//
// A known name is a line in seeds/lexicon; a pattern, a line in seeds/rules
// and a test case; a predicate, a row in schema/ontology.go; a file format, a
// file and a row in extract/read; an endpoint, a handler, a route and a test
// row in graph/api.
package main
