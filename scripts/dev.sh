#!/usr/bin/env bash
# Watch mode: `make dev`. The server is rebuilt and restarted when Rust or SQL changes, the portals
# reload by themselves (Vite prints their addresses). PORT (default 3000) is the server's.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$root"
need_rust
ensure_node_modules

port=${PORT:-3000}
port_is_free "$port" || fail "port $port is taken. Choose another one: make dev PORT=$((port + 1))"
export BSM_DEMO=true
export BSM_BIND="127.0.0.1:$port"
export BSM_DATA_DIR="${BSM_DATA_DIR:-./data/dev}"
unset DATABASE_URL
stamp=$(mktemp)
server=''
portals=()

stop_server() {
  [ -n "$server" ] || return 0
  kill -TERM "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  server=''
}

clean_up() {
  local portal
  trap '' INT TERM
  stop_server
  for portal in "${portals[@]}"; do kill -TERM -- "-$portal" 2>/dev/null || true; done
  rm -f -- "$stamp"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

changed() {
  [ -n "$(find Cargo.toml Cargo.lock crates migrations -newer "$stamp" -type f -print -quit)" ]
}

# The portals' folders must exist when the server is compiled.
if [ ! -d frontend-customer/dist ] || [ ! -d frontend-admin/dist ]; then
  npm run --silent build
fi

# Where the portals find the API.
export BSM_API="http://127.0.0.1:$port"
# In process groups of their own: npm does not pass every signal on to what it started.
set -m
for portal in customer admin; do
  npm run --silent "dev:$portal" </dev/null &
  portals+=($!)
done
set +m

touch -d @0 "$stamp"
while :; do
  if changed; then
    touch "$stamp"
    if cargo build -p bsm-api --bin bsm; then
      stop_server
      "${CARGO_TARGET_DIR:-target}/debug/bsm" serve &
      server=$!
    else
      say "the build failed; what ran before runs on"
    fi
  fi
  sleep 1
done
