#!/usr/bin/env bash
# Measures the release build from outside, on both engines: `make bench`. Builds and loads first, which
# is timed apart. The table goes to the terminal and, with all figures, to target/bench/bench.json.
#
#   scripts/bench.sh           everything
#   scripts/bench.sh process   start, memory and streams only
#   scripts/bench.sh growth    lists, searches and figures on desks of each size only
#   scripts/bench.sh ratios    the API beside the bare engine only
#   scripts/bench.sh clicks    from one screen to the other only: target/bench/click.json
#
# BSM_BENCH_SIZES are the numbers of tickets (10000,100000,1000000; none where it is empty), BSM_BENCH_MILLIS
# how long each thing is asked for (700), BSM_BENCH_ENGINES one of SQLite and PostgreSQL. BSM_BENCH_RATIO_TICKETS is the desk on which the API is compared
# with the bare engine (100000, at least 3200; 0 for none), BSM_BENCH_RATIO_SECONDS (1) and
# BSM_BENCH_RATIO_ROUNDS (5) how long and how often each side does each operation.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$root"

scripts/install-tools.sh
for name in DATABASE_URL $(compgen -e BSM_ || true); do
  case $name in BSM_BENCH_*) ;; *) unset "$name" ;; esac
done

target=${CARGO_TARGET_DIR:-$root/target}
cluster=$root/.tools/bench-postgres

clean_up() {
  local status=$?
  trap '' INT TERM HUP
  "$root/scripts/postgres.sh" stop "$cluster" || true
  exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

started=$SECONDS
npm run build
cargo build --release --locked -p bsm-api -p bsm-bench
say "built in $((SECONDS - started)) s"

"$root/scripts/postgres.sh" stop "$cluster"
"$root/scripts/postgres.sh" start "$cluster" >/dev/null
BSM_BENCH_POSTGRES=$("$root/scripts/postgres.sh" url "$cluster")
export BSM_BENCH_POSTGRES
export BSM_BIN="$target/release/bsm" BSM_BENCH_DIR="$target/bench"
export BSM_BENCH_SIZES="${BSM_BENCH_SIZES-10000,100000,1000000}"
mkdir -p "$BSM_BENCH_DIR"

started=$SECONDS
part=${1:-}
if [ "$part" != clicks ]; then "$target/release/bsm-bench" "$@"; fi
if [ -z "$part" ] || [ "$part" = clicks ]; then
  # The cluster's own database is empty: the others are made beside it.
  npx --no-install playwright test -c tests/e2e/bench/playwright.config.ts
fi
say "loaded and measured in $((SECONDS - started)) s"
