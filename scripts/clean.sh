#!/usr/bin/env bash
# Deletes what was built and installed in this folder: `make clean`. Data stays.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$root"
scripts/postgres.sh stop
rm -rf -- target node_modules openapi/lint/node_modules frontend-*/node_modules frontend-*/dist clients/typescript/dist .tools \
  test-results playwright-report clients/rust/target
git worktree prune
say "deleted what was built; demo data stays in data/"
