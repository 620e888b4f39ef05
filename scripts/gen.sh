#!/usr/bin/env bash
# Makes everything that is generated and committed: `make gen`.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/generate.sh"
need_rust
ensure_node_modules
# Always from the sources as they are now, not from a binary built before.
unset BSM_BIN
generate
cargo fmt --all
say "generated:"
generated_files
