#!/usr/bin/env bash
# Keeps the OpenAPI documents of a release: `make release-openapi`. Part of making one; what is kept is what
# later documents are compared with (docs/api-stability.md).
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$root"

version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
[ -n "$version" ] || fail "Cargo.toml names no version"
scripts/check-generated.sh
mkdir -p "openapi/released/$version"
cp -- openapi/customer.json openapi/admin.json "openapi/released/$version/"
say "openapi/released/$version"
