#!/usr/bin/env bash
# export-checks.sh BINARY exports the sample documents and has other tools read
# them. RDF: npm's n3, oxigraph and rdf-validate-shacl, and rapper where it is
# installed; every tool must count as many quads as there are lines. Networks:
# npm's graphology, which must find in GEXF and GraphML what the N-Quads say.
set -euo pipefail
bin=$1 checks=graph/export/check
[ "$checks/node_modules/.package-lock.json" -nt "$checks/package-lock.json" ] || npm --prefix "$checks" ci --no-audit --no-fund --loglevel=error
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
"$bin" build --db "$out/db" >/dev/null 2>"$out/notes" || { cat "$out/notes"; exit 1; }
"$bin" export --format shapes -o "$out/shapes.ttl"
for format in nq:nquads trig:trig jsonld:jsonld gexf:gexf graphml:graphml; do
	"$bin" export --db "$out/db" --format "${format#*:}" -o "$out/graph.${format%:*}"
done
quads=$(wc -l <"$out/graph.nq")
fail() { echo "$1" >&2; exit 1; }
for file in graph.nq graph.trig graph.jsonld; do
	shapes=
	[ "$file" = graph.nq ] && shapes=$out/shapes.ttl
	said=$(node "$checks/check.mjs" "$out/$file" $shapes) || fail "$file: $said"
	echo "$file, $quads quads: $said"
	[[ $said == *"\"oxigraph\":$quads"* || $said == *"\"oxigraph\": $quads"* ]] || fail "$file: oxigraph does not count $quads quads"
done
said=$(node "$checks/networks.mjs" "$out"/graph.{nq,gexf,graphml}) || fail "networks: $said"
echo "$said"
if command -v rapper >/dev/null; then
	said=$(rapper -q -i nquads -o ntriples "$out/graph.nq" 2>&1 >/dev/null) && [ -z "$said" ] || fail "rapper complains: $said"
	counted=$(rapper -i nquads -c "$out/graph.nq" 2>&1 | sed -n 's/.*returned \([0-9]*\) triples.*/\1/p')
	[ "$counted" = "$quads" ] || fail "rapper counts $counted quads of $quads"
	echo "graph.nq: rapper reads $counted quads without a complaint"
elif [ -n "${CI:-}" ]; then
	fail "rapper is not installed (Debian: raptor2-utils)"
fi
