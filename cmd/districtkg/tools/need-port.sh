#!/usr/bin/env bash
# need-port.sh HOST:PORT says in one line when something listens there already.
set -eu
host=${1%:*} port=${1##*:}
if (exec 3<>"/dev/tcp/${host:-127.0.0.1}/$port") 2>/dev/null; then
	echo "districtkg: port $port is in use; stop what listens there or choose another: make run ADDR=127.0.0.1:8081" >&2
	exit 1
fi
