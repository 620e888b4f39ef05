#!/usr/bin/env bash
# The long form of what tests/reliability promises, on a release build: `make soak`. It kills, stops and
# fills up only what it made itself. The figures go into docs/reliability.md when nothing failed.
#
# BSM_OLD_REF names the version before, which is built to run beside this one (default: the newest tag,
# or the commit before the lists of migrations last changed). BSM_SEED repeats a run.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$root"

is_root || fail "a small disk is mounted for this: run it as root"
need_rust
apt_install postgresql strace
scripts/install-tools.sh
ulimit -n "$(ulimit -H -n)"

target=${CARGO_TARGET_DIR:-$root/target}
cluster=$root/.tools/soak-postgres
before=$root/.tools/version-before
page=$root/docs/reliability.md
figures=$target/reliability-figures.md

clean_up() {
  local status=$?
  trap '' INT TERM HUP
  "$root/scripts/postgres.sh" stop "$cluster" || true
  exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

old=${BSM_OLD_REF:-$(git describe --tags --abbrev=0 2>/dev/null || git log -n 1 --skip 1 --format=%H -- migrations)}
say "the version before: $(git log -n 1 --format='%h %s' "$old")"
# Kept for the next time: files that were not written anew are not built anew.
if [ "$(git -C "$before" rev-parse HEAD 2>/dev/null)" != "$(git rev-parse "$old^{commit}")" ]; then
  git worktree remove --force "$before" 2>/dev/null || git worktree prune
  git worktree add --quiet --detach "$before" "$old"
fi
(cd "$before" && CARGO_TARGET_DIR="$target/before" cargo build --release --locked -p bsm-api)

cargo build --release --locked -p bsm-api
cargo build --locked --workspace --tests
"$root/scripts/postgres.sh" stop "$cluster"
"$root/scripts/postgres.sh" start "$cluster" >/dev/null
TEST_DATABASE_URL=$("$root/scripts/postgres.sh" url "$cluster")
export TEST_DATABASE_URL
export BSM_SOAK=1 BSM_BIN="$target/release/bsm" BSM_OLD_BIN="$target/before/release/bsm"
export BSM_FIGURES="$figures"
rm -f -- "$figures"
# Each role asks all that the documents allow and forbid, in every phase, and follows what was answered.
say "schemathesis, at length (hours)"
"$root/.tools/python/bin/python" tests/schemathesis/run.py --bsm "$BSM_BIN" --examples 200 \
  --roles anonymous,customer,agent,admin,key --phases examples,coverage,fuzzing,stateful
cargo nextest run --workspace --locked --no-fail-fast --run-ignored all \
  -E 'binary(=reliability)' "$@"

{
  sed '/<!-- figures -->/q' "$page"
  printf '\n%s, %s cores, %s. Commit %s.\n\n' "$(date -u +%F)" "$(nproc)" \
    "$(awk '/MemTotal/ { printf "%d GiB", $2 / 1048576 }' /proc/meminfo)" "$(git rev-parse --short HEAD)"
  printf '| what | measured |\n| --- | --- |\n'
  cat "$figures"
} >"$page.new"
mv -- "$page.new" "$page"
npx --no-install prettier --write --log-level warn "$page"
cat "$figures"
