// Reads an exported file with two independent RDF libraries, and checks it
// against SHACL shapes where a second file holds some.
//
//	node check.mjs sample.nq [shapes.ttl]
//
// Prints one line of JSON: {"n3": 4116, "oxigraph": 4116, "violations": 0}. n3 is
// null for JSON-LD, which it does not read; violations is null without shapes. The
// exit status is 1 where the counts differ or there is a violation, with the first
// ones on standard error.
import { readFileSync } from "node:fs";
import { extname } from "node:path";
import N3 from "n3";
import oxigraph from "oxigraph";
import SHACLValidator from "rdf-validate-shacl";

const mediaTypes = {
  ".nq": "application/n-quads",
  ".trig": "application/trig",
  ".ttl": "text/turtle",
  ".jsonld": "application/ld+json",
};

function countN3(text, format) {
  if (format === "application/ld+json") return null;
  return new N3.Store(new N3.Parser({ format }).parse(text)).size;
}

function countOxigraph(text, format) {
  const store = new oxigraph.Store();
  store.load(text, { format, base_iri: "https://example.org/" });
  return store.size;
}

// What two graphs state is one triple for the shapes.
function triples(text, format) {
  const store = new N3.Store();
  for (const q of new N3.Parser({ format }).parse(text)) {
    store.addQuad(q.subject, q.predicate, q.object);
  }
  return store;
}

async function violations(text, format, shapesFile) {
  const shapes = triples(readFileSync(shapesFile, "utf8"), "text/turtle");
  const report = await new SHACLValidator(shapes).validate(triples(text, format));
  for (const r of report.results.slice(0, 10)) {
    const why = r.message.map((m) => m.value).join("; ");
    console.error(`${r.focusNode?.value} ${r.path?.value ?? ""}: ${why || r.sourceConstraintComponent?.value}`);
  }
  return report.results.length;
}

const [file, shapesFile] = process.argv.slice(2);
const format = mediaTypes[extname(file ?? "")];
if (!format) {
  console.error("usage: node check.mjs FILE.nq|.trig|.ttl|.jsonld [SHAPES.ttl]");
  process.exit(2);
}
const text = readFileSync(file, "utf8");
const result = {
  n3: countN3(text, format),
  oxigraph: countOxigraph(text, format),
  violations: shapesFile ? await violations(text, format, shapesFile) : null,
};
console.log(JSON.stringify(result));
if ((result.n3 ?? result.oxigraph) !== result.oxigraph || result.violations) process.exitCode = 1;
