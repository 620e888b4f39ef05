#!/usr/bin/env bash
# Pictures of every screen and state of both portals, in two widths, light and dark, for people to
# look at: `make pictures`. They are in test-results/screens.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$root"
"$root/scripts/install-tools.sh"
npm run build
cargo build --workspace --bins --locked
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
export BSM_BIN="${CARGO_TARGET_DIR:-$root/target}/debug/bsm"
BSM_PICTURES=1 npx --no-install playwright test -c tests/e2e/playwright.config.ts \
  --project=screens
