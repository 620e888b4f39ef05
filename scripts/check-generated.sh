#!/usr/bin/env bash
# Fails when a generated file is not what the sources give now. Leaves the working copy as it was.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/generate.sh"
need_rust
ensure_node_modules

work=$(mktemp -d)

# copy_to FOLDER: the generated files as they are now.
copy_to() {
  local file
  mkdir -p "$1"
  while IFS= read -r file; do
    mkdir -p "$1/$(dirname "$file")"
    cp -p -- "$root/$file" "$1/$file"
  done < <(generated_files)
}

put_back() {
  local file
  while IFS= read -r file; do
    [ -e "$work/kept/$file" ] || rm -f -- "${root:?}/$file"
  done < <(generated_files)
  cp -Rp -- "$work/kept/." "$root/"
  rm -rf -- "$work"
}

copy_to "$work/kept"
trap put_back EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

(generate)
copy_to "$work/made"
if ! diff -ru "$work/kept" "$work/made"; then
  fail "generated files are out of date. Mend with: make gen"
fi
say "generated files are up to date"
