# shellcheck shell=bash
# Helpers shared by the scripts of this folder. Source it after `set -euo pipefail`.

# shellcheck disable=SC2034 # read by the scripts that source this file
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '==> %s\n' "$*"; }

warn() { printf 'warning: %s\n' "$*" >&2; }

fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# need COMMAND HINT: stops with the hint when the command is not there.
need() { have "$1" || fail "$1 was not found. $2"; }

is_root() { [ "$(id -u)" -eq 0 ]; }

# Runs a command as root: directly, or through sudo when that asks for no password.
as_root() {
  if is_root; then
    "$@"
  elif have sudo && sudo -n true 2>/dev/null; then
    sudo -n "$@"
  else
    fail "root is needed for: $* (run as root, or allow sudo without a password)"
  fi
}

# apt_install PACKAGE…: installs from Debian what is not installed yet.
apt_install() {
  local package missing=()
  for package in "$@"; do
    dpkg-query -W -f='${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed ||
      missing+=("$package")
  done
  [ "${#missing[@]}" -gt 0 ] || return 0
  have apt-get || fail "please install by hand: ${missing[*]} (apt-get was not found)"
  say "installing from Debian: ${missing[*]}"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

# port_is_free PORT: true when nothing answers there on the loopback address.
port_is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Prints a free port below the range that the kernel hands to outgoing connections.
free_port() {
  local port tries
  for tries in {1..50}; do
    port=$((20000 + (RANDOM * 32768 + RANDOM) % 10000))
    if port_is_free "$port"; then
      printf '%s\n' "$port"
      return 0
    fi
  done
  fail "no free port found after $tries tries"
}

# Runs `npm ci` unless node_modules was made from this very package-lock.json by this Node.
ensure_node_modules() {
  local stamp="$root/node_modules/.installed-from" want
  need node "Node 20.19 or newer is needed: https://nodejs.org/"
  need npm "npm comes with Node: https://nodejs.org/"
  want="$(node --version) $(sha256sum <"$root/package-lock.json")"
  [ "$(cat "$stamp" 2>/dev/null || true)" != "$want" ] || return 0
  say "npm ci (about a minute)"
  (cd "$root" && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund)
  printf '%s\n' "$want" >"$stamp"
}

# Makes .tools/python from scripts/python-tools.txt unless it was made from this very file.
ensure_python_tools() {
  local venv="$root/.tools/python" pinned="$root/scripts/python-tools.txt" want
  want=$(sha256sum <"$pinned")
  [ "$(cat "$venv/.installed-from" 2>/dev/null || true)" != "$want" ] || return 0
  # Debian has venv in a package of its own.
  python3 -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null ||
    apt_install python3 python3-venv
  say "python tools (half a minute)"
  rm -rf -- "$venv"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check --only-binary :all: \
    --require-hashes -r "$pinned"
  printf '%s\n' "$want" >"$venv/.installed-from"
}

need_rust() {
  need cargo "Rust is needed: https://rustup.rs/"
  have cc || fail "a C compiler is needed (Debian: apt-get install gcc)"
}
