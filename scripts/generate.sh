# shellcheck shell=bash
# What is generated, and how; sourced by gen.sh and check-generated.sh.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# The generated files that exist now, one a line, relative to the root.
generated_files() {
  (cd "$root" && find openapi clients/typescript/src -maxdepth 1 \
    \( -path 'openapi/*.json' -o -name customer.ts -o -name admin.ts \) 2>/dev/null | sort) || true
}

# Writes the OpenAPI documents from the routes, then the TypeScript client's types from the documents.
# BSM_BIN names a built binary; without one it is built here.
generate() {
  cd "$root" || exit
  if [ -n "${BSM_BIN:-}" ] && [ -x "$BSM_BIN" ]; then
    "$BSM_BIN" openapi --out openapi
  else
    cargo run --quiet --locked -p bsm-api --bin bsm -- openapi --out openapi
  fi
  npm run --silent gen
  # The documents are left as the server writes them; the types follow the house style.
  npx --no-install prettier --write --log-level warn --no-error-on-unmatched-pattern \
    clients/typescript/src/customer.ts clients/typescript/src/admin.ts
}
