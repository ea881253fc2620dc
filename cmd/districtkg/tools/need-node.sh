#!/usr/bin/env bash
# Says in one line whether Node.js is new enough to build the page.
set -eu
missing() { echo "districtkg: $1" >&2; exit 1; }
command -v node >/dev/null && command -v npm >/dev/null || missing "Node.js is not installed; install Node.js 20.19 or newer with npm"
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || a === 20 && b >= 19 ? 0 : 1)' ||
	missing "Node.js $(node --version) is too old to build the page; install 20.19 or newer"
