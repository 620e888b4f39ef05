#!/usr/bin/env bash
# Installs what `make test` needs and this machine lacks; says what. Nothing is done twice.
#
# PostgreSQL, Chromium, nginx, wget and Python come from Debian, cargo-nextest from crates.io, the front
# ends' packages from npm, Schemathesis and the generator of the Python client from PyPI. PostgreSQL is needed beside the one that TEST_DATABASE_URL may name, because the
# parts of docker-compose.yml are started with a database of their own.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# Debian's package makes and starts a cluster named main when it is installed. Ours are private,
# so it is told not to; the note goes away again afterwards, as it is no business of ours.
install_postgresql() {
  local note=/etc/postgresql-common/createcluster.d/bsm-no-main-cluster.conf
  as_root mkdir -p "$(dirname "$note")"
  printf 'create_main_cluster = false\n' | as_root tee "$note" >/dev/null
  # shellcheck disable=SC2064 # the path is known now and local
  trap "as_root rm -f -- '$note'" EXIT
  apt_install postgresql
  as_root rm -f -- "$note"
  trap - EXIT
}

# Debian's package starts a server and has it started with the machine; ours are started by tests.
install_nginx() {
  local policy=/usr/sbin/policy-rc.d
  [ -x /usr/sbin/nginx ] && return 0
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
    as_root chmod +x "$policy"
    # shellcheck disable=SC2064 # the path is known now and local
    trap "as_root rm -f -- '$policy'" EXIT
    apt_install nginx
    as_root rm -f -- "$policy"
    trap - EXIT
  else
    apt_install nginx
  fi
  if [ -d /run/systemd/system ]; then as_root systemctl disable --quiet nginx; fi
}

has_postgresql() {
  local program
  for program in /usr/lib/postgresql/*/bin/initdb; do
    [ ! -x "$program" ] || return 0
  done
  have initdb
}

has_postgresql || install_postgresql
install_nginx
have wget || apt_install wget
# The quick starts of docs/integrations are run as they stand.
for tool in curl jq openssl xxd; do have "$tool" || apt_install "$tool"; done

browser=/usr/bin/chromium-headless-shell
[ -x "$browser" ] || apt_install chromium-headless-shell
"$browser" --version >/dev/null 2>&1 || fail "$browser does not start"

need_rust
if ! cargo nextest --version >/dev/null 2>&1; then
  say "cargo install --locked cargo-nextest (several minutes)"
  cargo install --locked cargo-nextest
fi

ensure_node_modules
ensure_python_tools
