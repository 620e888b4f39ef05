#!/usr/bin/env bash
# Everything that is tested, on both engines and in a browser: `make test`.
#
# Every suite runs, whatever became of those before it; the exit code is 1 when any failed. The
# output of a failing suite is shown, that of each is kept in target/test-logs. PostgreSQL is a
# private cluster made for this run, unless TEST_DATABASE_URL names another (whose user may create
# databases). Without PostgreSQL or Chromium the run fails; nothing is skipped for the lack of them.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$root"

logs=$root/target/test-logs
cluster=$root/.tools/test-postgres
rows=()
passed=0
failed=0
suite=''
broken=''

# Settings of the caller's own installation must not reach the tests.
for name in DATABASE_URL $(compgen -e BSM_ || true); do unset "$name"; done
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
export BSM_BIN="${CARGO_TARGET_DIR:-$root/target}/debug/bsm"

# Processes that a suite started and that outlived it: each carries this folder's mark, which
# the search for them does not carry itself.
leftovers() {
  { grep -lsFxz "BSM_TEST_RUN=$root" /proc/[0-9]*/environ || true; } | cut -d/ -f3
}

# Ends those of them that do not end by themselves within five seconds.
end_leftovers() {
  local look pids
  for look in {1..25}; do
    pids=$(leftovers)
    [ -n "$pids" ] || return 0
    if [ "$look" -eq 1 ] && [ "$1" = at-once ]; then
      # shellcheck disable=SC2086 # one word a process
      kill -TERM $pids 2>/dev/null || true
    fi
    sleep 0.2
  done
  # shellcheck disable=SC2086
  warn "ending what a suite left running: $(ps -o pid=,comm= -p ${pids//$'\n'/,} | tr -s ' \n' ' ')"
  # shellcheck disable=SC2086
  kill -KILL $pids 2>/dev/null || true
}

clean_up() {
  local status=$?
  trap '' INT TERM HUP
  if [ -n "$suite" ]; then kill -TERM -- "-$suite" 2>/dev/null || true; fi
  end_leftovers at-once
  "$root/scripts/postgres.sh" stop "$cluster" || true
  exit "$status"
}

# run_suite NAME COMMAND…: runs it in a process group of its own, so that a signal to this script
# is heeded at once and reaches all that the suite started.
run_suite() {
  local name=$1 log started=$SECONDS status=0 result=passed
  shift
  log="$logs/${name// /-}.log"
  say "$name"
  set -m
  (export BSM_TEST_RUN="$root" && "$@") >"$log" 2>&1 </dev/null 9>&- &
  suite=$!
  set +m
  wait "$suite" || status=$?
  suite=''
  end_leftovers in-a-while
  if [ "$status" -eq 0 ]; then
    passed=$((passed + 1))
    # The suite's own count, in its own words.
    grep -E '^ *(Summary \[|Tests +[0-9]|[0-9]+ passed)' "$log" | tail -n 1 || true
  else
    result=failed
    failed=$((failed + 1))
    printf -- '--- %s failed (exit code %s), its output:\n' "$name" "$status"
    cat "$log"
    printf -- '--- end of %s\n' "$name"
    # The names once more, at the end of all.
    broken+=$(grep -E '^ +(FAIL|TIMEOUT|SIGKILL|ABORT) \[|^ +[0-9]+\) \[|^ FAIL ' "$log" | sort -u | head -n 20 || true)$'\n'
  fi
  rows+=("$(printf '%-24s %-8s %6d' "$name" "$result" "$((SECONDS - started))")")
}

finish() {
  printf '\n%-24s %-8s %6s\n' suite result seconds
  printf '%s\n' "${rows[@]}"
  printf '%-24s %-8s %6d\n\n' total '' "$SECONDS"
  printf 'suites: %d passed, %d failed\n' "$passed" "$failed"
  printf '%s' "$broken" | sed '/^$/d'
}

# For what all the suites need.
stop_here() {
  finish
  exit 1
}

# nextest NAME FILTER: one choice of packages and features for all, so that all is built once.
nextest() {
  run_suite "$1" cargo nextest run --workspace --locked --no-fail-fast -E "$2"
}

mkdir -p "$logs" "$(dirname "$cluster")"
exec 9>"$root/.tools/test.lock"
flock -n 9 || fail "another test run is under way in this folder"
# What an earlier run left that was killed outright: the lock says that it is gone.
end_leftovers at-once
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

run_suite 'tools' "$root/scripts/install-tools.sh"
[ "$failed" -eq 0 ] || stop_here
if [ -z "${TEST_DATABASE_URL:-}" ]; then
  "$root/scripts/postgres.sh" stop "$cluster" || rm -f -- "$cluster"
  # Without the mark: the cluster is to outlive its start.
  run_suite 'private postgresql' \
    env -u BSM_TEST_RUN "$root/scripts/postgres.sh" start "$cluster"
  [ "$failed" -eq 0 ] || stop_here
  TEST_DATABASE_URL=$("$root/scripts/postgres.sh" url "$cluster")
  export TEST_DATABASE_URL
fi

run_suite 'rust format' cargo fmt --all --check
run_suite 'front-end check' npm run check
run_suite 'portals build' npm run build
run_suite 'portals size' npm run size
if cargo deny --version >/dev/null 2>&1; then
  run_suite 'dependency rules' cargo deny check bans licenses sources
else
  say "dependency rules: not checked here, cargo-deny is not installed (make deny installs it)"
fi
# What is linted is what is tested: clippy's driver is the compiler of the workspace's own crates
# here, so that dependencies are compiled once, not once more for `cargo clippy`.
export RUSTC_WORKSPACE_WRAPPER=clippy-driver
export CLIPPY_ARGS=-Dwarnings__CLIPPY_HACKERY__
run_suite 'rust build and clippy' cargo build --workspace --all-targets --locked
# After the build: it holds the page's forms to what the server's evaluator makes of 10,000 of them.
run_suite 'front-end unit' npm run test
run_suite 'generated files' "$root/scripts/check-generated.sh"
run_suite 'openapi lint' "$root/scripts/lint-openapi.sh"
nextest 'rust unit' 'not binary(/^(conformance|http|process|contract|reliability)$/)'
nextest 'conformance' 'binary(=conformance)'
nextest 'http' 'binary(=http)'
nextest 'process' 'binary(=process)'
nextest 'contract' 'binary(=contract)'
nextest 'reliability' 'binary(=reliability)'
run_suite 'clients' "$root/scripts/clients.sh"
run_suite 'schemathesis' "$root/.tools/python/bin/python" tests/schemathesis/run.py
run_suite 'browser' npx --no-install playwright test -c tests/e2e/playwright.config.ts
finish
[ "$failed" -eq 0 ]
