#!/bin/sh
# Starts the web server of one portal: makes nginx's configuration and the portal's config.json
# from the environment, then becomes nginx. Writes below RUN_DIR alone.
#
#   PORTAL         customer or admin
#   CUSTOMER_URL   where people open the customer portal: https://help.example.com
#   ADMIN_URL      where people open the admin portal:    https://desk.example.com
#   API_UPSTREAM   host:port to which calls of the API are passed on
#   API_BASE       empty: pages call the API at their own address, and it is passed on. Else the
#                  API's own origin (https://api.example.com), which pages call themselves
#   LISTEN         port, or address:port (8080)
#   FILES          the folder that holds the folder of the portal's files (/srv/portal)
#   RUN_DIR        a folder that may be written (/tmp)
set -eu

fail() {
  printf 'start.sh: %s\n' "$*" >&2
  exit 1
}

# Values become part of configuration: only what cannot be anything else than it seems.
origin() {
  case $2 in
    http://?* | https://?*) ;;
    *) fail "$1 must be an address such as https://desk.example.com, not '$2'" ;;
  esac
  case ${2#*://} in
    *[!A-Za-z0-9.:-]*) fail "$1 must be an address without a path and without a slash at its end, not '$2'" ;;
  esac
}

case ${PORTAL:-} in
  customer) other="admin" ;;
  admin) other="customer" ;;
  *) fail "PORTAL must be customer or admin" ;;
esac
[ -n "${CUSTOMER_URL:-}" ] || fail "CUSTOMER_URL must say where people open the customer portal"
[ -n "${ADMIN_URL:-}" ] || fail "ADMIN_URL must say where people open the admin portal"
origin CUSTOMER_URL "$CUSTOMER_URL"
origin ADMIN_URL "$ADMIN_URL"
[ -z "${API_BASE:-}" ] || origin API_BASE "$API_BASE"
case ${API_UPSTREAM:-} in
  '') fail "API_UPSTREAM must say where the API is, such as api:3000" ;;
  *[!A-Za-z0-9.:-]*) fail "API_UPSTREAM must be host:port, not '$API_UPSTREAM'" ;;
esac
listen=${LISTEN:-8080}
files=${FILES:-/srv/portal}
run=${RUN_DIR:-/tmp}
[ -f "$files/$PORTAL/index.html" ] || fail "there is no built portal in $files/$PORTAL"

if [ "$other" = admin ]; then other_origin=$ADMIN_URL; else other_origin=$CUSTOMER_URL; fi
# The machine's own name servers; in a container, Docker's, which knows the replicas.
resolver=$(awk '$1 == "nameserver" { print (index($2, ":") ? "[" $2 "]" : $2) }' /etc/resolv.conf 2>/dev/null |
  tr '\n' ' ')
also=${API_BASE:+ $API_BASE}
templates=$(cd "$(dirname "$0")" && pwd)

umask 077
for name in nginx api headers; do
  sed -e "s|@RUN@|$run|g" -e "s|@FILES@|$files|g" -e "s|@LISTEN@|$listen|g" \
    -e "s|@PORTAL@|$PORTAL|g" -e "s|@OTHER@|$other|g" \
    -e "s|@OTHER_URL@|$other_origin/$other/|g" -e "s|@OTHER_ORIGIN@|$other_origin|g" \
    -e "s|@API_UPSTREAM@|$API_UPSTREAM|g" -e "s|@RESOLVER@|${resolver:-127.0.0.1}|g" \
    -e "s|@CONNECT_ALSO@|$also|g" -e "s|@IMG_ALSO@|$also|g" \
    "$templates/$name.conf.template" >"$run/$name.conf"
done
printf '{"api_base": "%s", "customer_url": "%s/customer/", "admin_url": "%s/admin/"}\n' \
  "${API_BASE:-}" "$CUSTOMER_URL" "$ADMIN_URL" >"$run/config.json"

exec nginx -e stderr -p "$run" -c "$run/nginx.conf"
