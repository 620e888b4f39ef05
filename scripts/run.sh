#!/usr/bin/env bash
# The whole product with demo data on the embedded database: `make run`. PORT (default 3000) says
# where. The data stays in data/demo; delete that folder to start anew.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$root"

port=${PORT:-3000}
if [[ ! $port =~ ^[1-9][0-9]{0,4}$ ]] || [ "$port" -gt 65535 ]; then
  fail "PORT must be a number from 1 to 65535, not '$port'"
fi
if ! port_is_free "$port"; then
  fail "port $port is taken. Choose another one: make run PORT=$((port < 65535 ? port + 1 : 3001))"
fi
need_rust
need node "Node 20.19 or newer is needed: https://nodejs.org/"
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
  fail "Node 20.19 or newer is needed, this is $(node --version)"
if [ -n "${DATABASE_URL:-}" ]; then
  say "DATABASE_URL is not used here: the demo has a database of its own in data/demo"
  unset DATABASE_URL
fi

say "building; the first time takes about nine minutes on two cores, later ones seconds"
ensure_node_modules
# Built portals become part of the program: built anew without need, they would have it compiled
# anew.
portals_are_fresh() {
  local built
  for built in frontend-customer/dist/index.html frontend-admin/dist/index.html; do
    [ -e "$built" ] || return 1
    [ -z "$(find package-lock.json tsconfig.base.json clients/typescript frontend-shared frontend-customer frontend-admin \
      \( -name dist -o -name node_modules \) -prune -o -type f -newer "$built" -print -quit)" ] ||
      return 1
  done
}
if portals_are_fresh; then
  say "the portals are built"
else
  say "the portals"
  npm run --silent build
fi
say "the server"
cargo build --release --locked -p bsm-api --bin bsm

export BSM_DEMO=true
export BSM_BIND="127.0.0.1:$port"
export BSM_DATA_DIR="${BSM_DATA_DIR:-./data/demo}"
say "starting; Ctrl-C stops it"
exec "${CARGO_TARGET_DIR:-target}/release/bsm" serve
