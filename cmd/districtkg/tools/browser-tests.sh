#!/usr/bin/env bash
# browser-tests.sh UI_FOLDER BINARY drives the page in headless Chromium. On a
# machine without Chromium it says so and leaves them out, but never in CI.
set -eu
for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
	if [ -n "$name" ] && command -v "$name" >/dev/null; then
		CHROMIUM=$(command -v "$name") DISTRICTKG_BIN=$2 exec npm --prefix "$1" run --silent test:browser
	fi
done
echo "LEFT OUT: the browser tests need Chromium (on Debian: apt-get install chromium), or CHROMIUM=/path/to/it" >&2
[ -z "${CI:-}" ]
