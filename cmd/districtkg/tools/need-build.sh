#!/usr/bin/env bash
# Says in one line what is missing for a build, and how to get it.
set -eu
missing() { echo "districtkg: $1" >&2; exit 1; }
command -v go >/dev/null || missing "Go is not installed; install Go $(sed -n 's/^go //p' go.mod) or newer from https://go.dev/dl/"
command -v g++ >/dev/null || command -v c++ >/dev/null || command -v clang++ >/dev/null ||
	missing "no C++ compiler found (the word segmenter needs one); on Debian: apt-get install g++, on macOS: xcode-select --install"
exec "$(dirname "$0")/need-node.sh"
