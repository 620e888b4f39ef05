#!/usr/bin/env bash
# A private PostgreSQL cluster for tests and measurements. It lives in a temporary folder of its
# own, listens on a free loopback port and never touches a cluster that is already there.
#
#   scripts/postgres.sh start [STATE]   starts it, prints its address
#   scripts/postgres.sh url   [STATE]   prints its address
#   scripts/postgres.sh stop  [STATE]   stops it and deletes its folder
#
# STATE is a file that remembers the folder (default .tools/postgres); one file, one cluster.
# Settings that make commits durable stay on: what is slow in production is slow here too.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

action=${1:-}
state=${2:-$root/.tools/postgres}

# The newest server on this machine. Debian keeps its programs out of PATH.
find_programs() {
  local folder
  folder=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
  if [ ! -x "$folder/initdb" ] && have initdb; then
    folder=$(dirname "$(command -v initdb)")
  fi
  [ -x "$folder/initdb" ] ||
    fail "no PostgreSQL server was found (Debian: apt-get install postgresql)"
  printf '%s\n' "$folder"
}

# The server refuses to run as root: it then runs as the user that Debian made for it.
as_server() {
  if is_root; then
    (cd / && exec runuser -u postgres -- "$@")
  else
    "$@"
  fi
}

start() {
  local programs folder port try
  [ ! -e "$state" ] || fail "$state says that a cluster is running; stop it first"
  programs=$(find_programs)
  if is_root && ! id postgres >/dev/null 2>&1; then
    fail "initdb refuses root and there is no user postgres to run it as"
  fi
  mkdir -p "$(dirname "$state")"
  # Directly below /tmp: the path of a unix socket may have no more than 107 characters, and the
  # user postgres must be able to reach it whatever TMPDIR says.
  folder=$(mktemp -d /tmp/bsm-postgres.XXXXXX)
  printf '%s\n' "$folder" >"$state"
  trap 'stop' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  if is_root; then chown postgres "$folder"; fi
  as_server "$programs/initdb" -D "$folder/data" -A trust -U postgres -E UTF8 \
    --locale=C.UTF-8 >"$folder/initdb.log" 2>&1 ||
    { cat "$folder/initdb.log" >&2 && fail "initdb failed"; }
  as_server tee -a "$folder/data/postgresql.conf" >/dev/null <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = '$folder'
max_connections = 200
fsync = on
synchronous_commit = on
full_page_writes = on
CONF
  # Somebody may take the port between the look and the start: then another one.
  for try in 1 2 3 4 5; do
    port=$(free_port)
    if as_server "$programs/pg_ctl" start -s -w -t 60 -D "$folder/data" -l "$folder/server.log" \
      -o "-p $port" </dev/null >/dev/null 2>&1; then
      printf 'postgres://postgres@127.0.0.1:%s/postgres\n' "$port" >"$folder/url"
      trap - EXIT INT TERM
      url
      return 0
    fi
    grep -q 'Address already in use' "$folder/server.log" || break
  done
  cat "$folder/server.log" >&2
  fail "PostgreSQL did not start (try $try)"
}

url() {
  [ -f "$state" ] || fail "no cluster is running ($state does not exist)"
  cat "$(cat "$state")/url"
}

stop() {
  local folder pid
  [ -f "$state" ] || return 0
  folder=$(cat "$state")
  # The folder is deleted below: refuse anything that `start` cannot have made.
  case $folder in
    /tmp/bsm-postgres.??????) ;;
    *) fail "$state does not name a private cluster: $folder" ;;
  esac
  pid=$(head -n 1 "$folder/data/postmaster.pid" 2>/dev/null || true)
  if [ -n "$pid" ]; then
    # Nothing of it is kept, so there is no need for a clean shutdown.
    as_server "$(find_programs)/pg_ctl" stop -s -w -t 30 -m immediate -D "$folder/data" \
      >/dev/null 2>&1 || kill -KILL "$pid" 2>/dev/null || true
  fi
  rm -rf -- "$folder"
  rm -f -- "$state"
}

case $action in
  start | url | stop) "$action" ;;
  *) fail "usage: scripts/postgres.sh start|url|stop [STATE]" ;;
esac
