#!/usr/bin/env bash
# Checks the OpenAPI documents against the official schema of OpenAPI 3.1, which the Python package
# openapi-spec-validator carries. The package is installed once, into a folder of its own; from then
# on nothing is fetched.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$root"

version=0.9.0
tools=$root/.tools/openapi-$version
if [ ! -x "$tools/bin/openapi-spec-validator" ]; then
  rm -rf -- "$tools"
  python3 -m venv "$tools"
  "$tools/bin/pip" install --quiet --disable-pip-version-check "openapi-spec-validator==$version"
fi
exec "$tools/bin/openapi-spec-validator" --schema 3.1 openapi/customer.json openapi/admin.json
