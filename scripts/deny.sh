#!/usr/bin/env bash
# Checks the dependencies against deny.toml: `make deny`. Known vulnerabilities are looked up when
# their database can be reached, and it is said when it cannot.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$root"
need_rust
if ! cargo deny --version >/dev/null 2>&1; then
  say "cargo install --locked cargo-deny (five minutes on two cores, once)"
  cargo install --locked cargo-deny
fi

cargo deny check bans licenses sources

database=https://github.com/RustSec/advisory-db
if GIT_TERMINAL_PROMPT=0 timeout 15 git ls-remote --exit-code "$database" HEAD >/dev/null 2>&1; then
  cargo deny check advisories
else
  say "advisories: NOT checked, $database cannot be reached from here"
fi
