#!/usr/bin/env bash
# Lints the OpenAPI documents: `make lint-openapi`. The linters are installed once, from their own lock file;
# from then on nothing is fetched and nothing is told to anybody.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$root/openapi/lint"

installed=node_modules/.package-lock.json
if [ ! -e "$installed" ] || [ package-lock.json -nt "$installed" ]; then
  say "npm ci in openapi/lint"
  npm ci --no-audit --no-fund --ignore-scripts --loglevel=error
  touch "$installed"
fi

export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true SCARF_ANALYTICS=false
# Redocly says at every start that it will not support this Node for ever; errors go to its standard output.
npx --no-install redocly lint --config redocly.yaml ../customer.json ../admin.json
npx --no-install spectral lint --ruleset spectral.yaml --fail-severity=hint ../customer.json ../admin.json
