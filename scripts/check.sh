#!/usr/bin/env bash
# The quick checks before a commit: format, lints, types. `make check`.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$root"
need_rust
ensure_node_modules

failed=()
check() {
  local started=$SECONDS
  say "$*"
  "$@" || failed+=("$*")
  printf '    %d s\n' "$((SECONDS - started))"
}

check cargo fmt --all --check
check npm run --silent check
check cargo clippy --workspace --all-targets --locked -- -D warnings
# Most machines have no shellcheck; where there is one it is heeded.
if have shellcheck; then check shellcheck .ci/run scripts/*.sh deploy/portal/start.sh; fi

[ "${#failed[@]}" -eq 0 ] || fail "failed: $(printf '%s; ' "${failed[@]}")"
say "all checks passed"
