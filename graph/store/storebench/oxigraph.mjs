// Measures Oxigraph as storebench measures the other stores.
import { readFileSync } from "node:fs";
import oxigraph from "oxigraph";

const job = JSON.parse(process.argv[2]);
const values = {}, counts = {};
const now = () => performance.now();
const iri = (text) => oxigraph.namedNode(text);
const entity = (i) => iri(`${job.base}e/${String((i * 7919) % job.entities).padStart(6, "0")}`);

function time(row, perMs, ask) {
  const times = [];
  for (const begin = now(); times.length === 0 || (now() - begin < 1000 && times.length < 1000); ) {
    const start = now();
    const n = ask(times.length);
    if (times.length === 0) counts[row] = n;
    times.push(now() - start);
  }
  times.sort((a, b) => a - b);
  values[row] = times[times.length >> 1] * perMs;
}

const store = new oxigraph.Store();
let start = now();
store.load(readFileSync(job.file, "utf8"), { format: "application/n-quads", unchecked: true, no_transaction: true });
values["load s"] = (now() - start) / 1000;
values["quads/s"] = job.quads / values["load s"];
values["memory MB"] = process.memoryUsage().rss / 1e6;

time("lookup µs", 1000, (i) => store.match(entity(i), null, null, null).length);
time("two hops µs", 1000, (i) => {
  let n = 0;
  for (const q of store.match(entity(i), null, null, null))
    if (q.object.termType === "NamedNode") n += store.match(q.object, null, null, null).length;
  return n;
});
time("scan ms", 1, () => store.match(null, iri(job.predicate), null, null).length);
time("count ms", 1, () =>
  Number(store.query(`SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s <${job.predicate}> ?o } }`)[0].get("n").value));
time("document ms", 1, () => store.match(null, null, null, iri(job.document)).length);
time("greater ms", 1, () =>
  store.query(`SELECT ?s WHERE { GRAPH ?g { ?s <${job.integers}> ?o FILTER(?o > ${job.than}) } }`).length);

const remove = (label) => { for (const q of store.match(null, null, null, iri(label))) store.delete(q); };
const old = store.match(null, null, null, iri(job.replace));
start = now();
remove(job.replace);
old.forEach((q, i) => store.add(i % 2 ? q : oxigraph.quad(q.subject, q.predicate, oxigraph.literal(`第${i}版 ${q.object.value}`), q.graph)));
values["replace ms"] = now() - start;
start = now();
remove(job.remove);
values["delete ms"] = now() - start;

start = now();
store.dump({ format: "application/n-quads" });
values["dump s"] = (now() - start) / 1000;
console.log(JSON.stringify({ Store: "oxigraph", Values: values, Counts: counts }));
