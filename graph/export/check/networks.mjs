// Reads an exported network, GEXF or GraphML, with graphology and compares it
// with the N-Quads of the same graph, read with N3: every thing of a class that
// the network shows is a node with one of its labels, every relation between
// two of them an edge, and each class has a colour that no other has.
//
//	node networks.mjs sample.nq sample.gexf sample.graphml
//
// Prints one line of JSON a network: {"file": "sample.gexf", "nodes": 305, "edges": 277,
// "colours": 13}. The exit status is 1 where one differs, with the first
// differences on standard error.
import { readFileSync } from "node:fs";
import { basename, extname } from "node:path";
import Graph from "graphology";
import gexf from "graphology-gexf";
import graphml from "graphology-graphml";
import N3 from "n3";

const vocabulary = "https://w3id.org/districtkg/ns#";
const rdfType = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const rdfsLabel = "http://www.w3.org/2000/01/rdf-schema#label";

const readers = { ".gexf": gexf, ".graphml": graphml };

// local returns the name of a term of our vocabulary, "" for any other.
const local = (iri) => (iri.startsWith(vocabulary) ? iri.slice(vocabulary.length) : "");

const add = (map, key, value) => map.set(key, (map.get(key) ?? new Set()).add(value));

// readQuads returns what the N-Quads say: classes and labels by IRI, and the
// distinct triples whose predicate and object can make an edge.
function readQuads(file) {
  const said = { classes: new Map(), labels: new Map(), triples: new Map() };
  for (const { subject, predicate, object } of new N3.Parser().parse(readFileSync(file, "utf8"))) {
    if (predicate.value === rdfType && local(object.value)) add(said.classes, subject.value, local(object.value));
    else if (predicate.value === rdfsLabel) add(said.labels, subject.value, object.value);
    else if (object.termType === "NamedNode" && local(predicate.value)) {
      const triple = [subject.value, local(predicate.value), object.value];
      said.triples.set(triple.join(" "), triple);
    }
  }
  return said;
}

// A colour as both formats have it: "rgb(228,87,86)" from GEXF, "#E45756" from GraphML.
function hex(colour = "") {
  const parts = colour.match(/^rgb\((\d+),\s*(\d+),\s*(\d+)\)$/);
  if (!parts) return colour.toLowerCase();
  return `#${parts.slice(1).map((n) => Number(n).toString(16).padStart(2, "0")).join("")}`;
}

// readNetwork returns nodes by IRI and edges as triples: GraphML demands short
// ids and has the IRI beside them, GEXF has it as the id.
function readNetwork(file) {
  const graph = readers[extname(file)].parse(Graph, readFileSync(file, "utf8"));
  const iri = (id) => graph.getNodeAttribute(id, "iri") ?? id;
  const nodes = new Map(graph.mapNodes((id, a) => [iri(id), { label: a.label, class: a.class, colour: hex(a.color) }]));
  const edges = new Set(graph.mapEdges((_, a, from, to) => `${iri(from)} ${a.predicate} ${iri(to)}`));
  if (graph.type !== "directed" || nodes.size !== graph.order || edges.size !== graph.size) throw new Error(`${file}: nodes or edges that are equal`);
  return { nodes, edges, predicates: new Set(graph.mapEdges((_, a) => a.predicate)) };
}

// differences yields what a network has that the quads have not, and the reverse.
function* differences(network, said) {
  const colours = new Map();
  for (const [iri, n] of network.nodes) {
    if (!said.classes.get(iri)?.has(n.class)) yield `${iri}: class ${n.class}`;
    if (!(said.labels.get(iri)?.has(n.label) ?? n.label === iri)) yield `${iri}: label ${n.label}`;
    add(colours, n.class, n.colour);
  }
  for (const [iri, classes] of said.classes) {
    if (!network.nodes.has(iri) && [...classes].some((c) => colours.has(c))) yield `${iri}: no node`;
  }
  const triples = [...said.triples].filter(([, [from, predicate, to]]) => network.predicates.has(predicate) && network.nodes.has(from) && network.nodes.has(to));
  const wanted = new Set(triples.map(([key]) => key));
  for (const key of wanted) if (!network.edges.has(key)) yield `${key}: no edge`;
  for (const key of network.edges) if (!wanted.has(key)) yield `${key}: an edge of its own`;
  yield* badColours(colours);
}

function* badColours(colours) {
  const classOf = new Map();
  for (const [c, own] of colours) {
    if (own.size !== 1) yield `class ${c} has colours ${[...own]}`;
    for (const colour of own) {
      if (!/^#[0-9a-f]{6}$/.test(colour)) yield `class ${c}: colour ${colour}`;
      if (classOf.has(colour)) yield `classes ${classOf.get(colour)} and ${c} have one colour`;
      classOf.set(colour, c);
    }
  }
}

const [quads, ...files] = process.argv.slice(2);
if (!quads || !files.length || files.some((f) => !readers[extname(f)])) {
  console.error("usage: node networks.mjs FILE.nq FILE.gexf|.graphml …");
  process.exit(2);
}
const said = readQuads(quads);
const shown = files.map((file) => [file, readNetwork(file)]);
for (const [file, network] of shown) {
  const found = [...differences(network, said)];
  const colours = new Set([...network.nodes.values()].map((n) => n.colour));
  console.log(JSON.stringify({ file: basename(file), nodes: network.nodes.size, edges: network.edges.size, colours: colours.size }));
  for (const line of found.slice(0, 10)) console.error(`${basename(file)}: ${line}`);
  if (found.length || !network.nodes.size || !network.edges.size) process.exitCode = 1;
}
