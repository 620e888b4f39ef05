#!/usr/bin/env bash
# Builds the clients from openapi/*.json and uses each against a running server: `make clients`.
#
# BSM_BIN names a built server; without one it is built here.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$root"
need_rust
ensure_node_modules
ensure_python_tools
if [ ! -x "${BSM_BIN:-}" ]; then
  cargo build --workspace --locked --bin bsm
  BSM_BIN="${CARGO_TARGET_DIR:-$root/target}/debug/bsm"
fi
python=$root/.tools/python/bin
export PYTHONDONTWRITEBYTECODE=1
# The lints of the server's crates are not those of what a generator writes.
unset RUSTC_WORKSPACE_WRAPPER CLIPPY_ARGS
# Beside the server's own: the same compiler, other dependencies.
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$root/target}/clients"

# with_server COMMAND…: runs it with BSM_URL, the address of a server with demo data.
with_server() { "$python/python" tests/clients/run.py "$BSM_BIN" "$@"; }

say "typescript"
npm run --silent build -w @bsm-platform/client
with_server node --test clients/typescript/test/

say "python"
for audience in customer admin; do
  # A warning is an operation, or an answer, that the client lacks.
  "$python/openapi-python-client" generate --meta none --overwrite --fail-on-warning \
    --config clients/python/generator.yml --path "openapi/$audience.json" \
    --output-path "clients/python/src/bsm_platform/$audience"
done
"$python/pip" install --quiet --disable-pip-version-check --no-deps --no-build-isolation \
  --force-reinstall ./clients/python
with_server "$python/python" -m pytest -q -p no:cacheprovider clients/python/tests

say "rust"
with_server cargo test --quiet --locked --manifest-path clients/rust/Cargo.toml

say "the quick starts"
with_server "$python/python" tests/clients/quick_starts.py
