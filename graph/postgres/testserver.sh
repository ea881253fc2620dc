#!/usr/bin/env bash
# Starts a PostgreSQL server for tests, from Debian's packages, in a temporary
# directory and on a free port of the loopback interface, and prints its DSN:
#
#   dsn=$(graph/postgres/testserver.sh start DIR)
#   DISTRICTKG_TEST_POSTGRES=$dsn go test ./graph/postgres
#   graph/postgres/testserver.sh stop DIR
#
# DIR is made by start and removed by stop. Root runs the server as postgres,
# because PostgreSQL refuses to run as root; postgres must be able to reach DIR.
set -euo pipefail

usage() {
	echo "usage: $0 start|stop DIR" >&2
	exit 2
}
[ $# -eq 2 ] || usage
dir=$2

as_owner() {
	if [ "$(id -u)" -eq 0 ]; then
		runuser -u postgres -- "$@"
	else
		"$@"
	fi
}

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)
if [ -z "$bin" ]; then
	echo "$0: no PostgreSQL server here: apt-get install postgresql" >&2
	exit 1
fi

case $1 in
start)
	mkdir -p "$dir"
	chmod 700 "$dir"
	[ "$(id -u)" -ne 0 ] || chown postgres "$dir"
	port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])' 2>/dev/null || echo $((20000 + RANDOM % 20000)))
	dir=$(cd "$dir" && pwd)
	cd /
	as_owner "$bin/initdb" -D "$dir/data" -U districtkg -A trust -E UTF8 --locale=C >"$dir/initdb.log" 2>&1 ||
		{ cat "$dir/initdb.log" >&2; exit 1; }
	as_owner "$bin/pg_ctl" -D "$dir/data" -w -t 60 -l "$dir/data/log" \
		-o "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$dir" start >"$dir/start.log" 2>&1 ||
		{ cat "$dir/start.log" "$dir/data/log" >&2; exit 1; }
	echo "postgres://districtkg@127.0.0.1:$port/postgres?sslmode=disable"
	;;
stop)
	cd /
	as_owner "$bin/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null 2>&1 || true
	rm -rf "$dir"
	;;
*) usage ;;
esac
