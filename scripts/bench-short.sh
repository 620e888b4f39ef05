#!/usr/bin/env bash
# Measures this commit beside its parent, on both engines: `make bench-short`. Builds both first; what is
# measured then takes less than five minutes. Says which ratios moved by more than a fifth and fails by
# none of them: figures of a machine that does other things besides are what they are.
#
# BSM_BENCH_BASE is another commit to compare with (HEAD^).
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$root"

scripts/install-tools.sh
base=${BSM_BENCH_BASE:-HEAD^}
for name in DATABASE_URL $(compgen -e BSM_ || true); do unset "$name"; done
parent=$(git rev-parse --verify --quiet "$base^{commit}") ||
  fail "there is no commit $base to compare with"

target=${CARGO_TARGET_DIR:-$root/target}
sources=$target/bench-parent-sources
cluster=$root/.tools/bench-short-postgres

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
# The portals are not measured: whether they are built in makes no difference.
cargo build --release --locked -p bsm-api -p bsm-bench

# Kept between runs, so that only what differs is built.
if [ -e "$sources/.git" ]; then
  git -C "$sources" checkout --quiet --force --detach "$parent"
else
  git worktree add --quiet --force --detach "$sources" "$parent"
fi
[ -e "$sources/tests/bench/src/short.rs" ] || fail "$base is too old: it cannot fill a desk by itself"
(cd "$sources" &&
  CARGO_TARGET_DIR="$target/bench-parent" cargo build --release --locked -p bsm-api -p bsm-bench)
say "built in $((SECONDS - started)) s"

"$root/scripts/postgres.sh" stop "$cluster"
"$root/scripts/postgres.sh" start "$cluster" >/dev/null
BSM_BENCH_POSTGRES=$("$root/scripts/postgres.sh" url "$cluster")
export BSM_BENCH_POSTGRES
export BSM_BIN="$target/release/bsm" BSM_BENCH_DIR="$target/bench-short"
export BSM_BENCH_PARENT_BIN="$target/bench-parent/release/bsm"
export BSM_BENCH_PARENT="$target/bench-parent/release/bsm-bench"
mkdir -p "$BSM_BENCH_DIR"

started=$SECONDS
say "$(git rev-parse --short HEAD) beside $(git rev-parse --short "$parent")"
"$target/release/bsm-bench" short
say "loaded and measured in $((SECONDS - started)) s"
