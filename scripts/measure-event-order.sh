#!/usr/bin/env bash
# Measures four ways of giving events an order that a tailing reader can follow on PostgreSQL;
# docs/adr/0001-event-order.md tells what was concluded. Starts a private cluster and deletes it.
#
#   bash scripts/measure-event-order.sh          ROUNDS=4 SECONDS_EACH=8 CLIENTS="1 8 32"
#
# sequence  the reader keeps the highest id it has seen
# horizon   an xid8 column; the reader stops before the oldest transaction that is still open
# lock      an advisory lock is held from just before the insert until the commit
# number    events commit without a position; a sequencer numbers the committed ones
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

rounds=${ROUNDS:-4}
seconds=${SECONDS_EACH:-8}
read -r -a clients <<<"${CLIENTS:-1 8 32}"
ways=(sequence horizon lock number)

# Kept from our caller's settings: the address alone says where to go.
unset PGHOST PGPORT PGDATABASE PGUSER PGOPTIONS PGSERVICE
work=$(mktemp -d)
jobs_started=()

clean_up() {
  local pid
  for pid in "${jobs_started[@]}"; do kill "$pid" 2>/dev/null || true; done
  "$root/scripts/postgres.sh" stop "$work/postgres"
  rm -rf -- "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

need psql "Debian: apt-get install postgresql-client"
pgbench=$(command -v pgbench || printf '%s\n' /usr/lib/postgresql/*/bin/pgbench | tail -n 1)
[ -x "$pgbench" ] || fail "pgbench was not found (Debian: apt-get install postgresql)"

url=$("$root/scripts/postgres.sh" start "$work/postgres")
sql() { psql "$url" -X -q -At -v ON_ERROR_STOP=1 "$@"; }
sql -f "$root/scripts/measure-event-order.sql"
sql -c 'vacuum analyze'

# One write of the product: what it changes, its event, its history, each a round trip.
write_script() {
  local lock=''
  [ "$1" != lock ] || lock='select pg_advisory_xact_lock(2);'
  cat <<SQL
begin;
insert into ticket (subject) values ('The printer on the second floor is silent') returning id \\gset
$lock
insert into event_$1 (data) values ('{"type": "ticket.created", "subject": {"kind": "ticket"}}');
insert into history (ticket, field) values (:id, 'status');
commit;
SQL
}
for way in "${ways[@]}"; do write_script "$way" >"$work/$way.sql"; done

# Starts the reader of a way, and the sequencer where there is one.
start_reader() {
  sql -c 'truncate seen' -c 'update control set writing = true, numbering = true'
  last_id=$(sql -c "select max(id) from event_$1")
  jobs_started=()
  psql "$url" -X -q -c "call tail_$1()" &
  jobs_started+=($!)
  if [ "$1" = number ]; then
    psql "$url" -X -q -c 'call number_events()' &
    jobs_started+=($!)
  fi
  sleep 0.3
}

end_reader() {
  sql -c 'update control set writing = false'
  wait "${jobs_started[@]}"
  jobs_started=()
}

measure() {
  local way=$1 count=$2 round=$3 rate
  sql -c 'checkpoint'
  start_reader "$way"
  "$pgbench" "$url" -n -M prepared -f "$work/$way.sql" -c "$count" -j 2 -T "$seconds" \
    >"$work/pgbench.log" 2>&1 || { cat "$work/pgbench.log" >&2 && fail "pgbench failed"; }
  rate=$(sed -n 's/^tps = \([0-9.]*\).*/\1/p' "$work/pgbench.log")
  end_reader
  sql -c "
    insert into result
    select '$way', $count, $round, $rate, count(distinct e.id),
      count(*) filter (where s.id is null), count(s.id) - count(distinct s.id),
      1000 * extract(epoch from percentile_cont(0.5) within group (order by s.at - e.created_at)),
      1000 * extract(epoch from percentile_cont(0.99) within group (order by s.at - e.created_at))
    from event_$way e left join seen s on s.id = e.id
    where e.id > $last_id"
}

# Holds one transaction open for 5 s while one client writes 100 times a second for 7 s, and tells
# how late the others were written and delivered, and whether the held event itself arrived.
hold() {
  local way=$1 where=$2 held
  local hold_url=$url statement="insert into event_$way (data) values ('{\"held\": true}')"
  case $where in
    same) [ "$way" != lock ] || statement="select pg_advisory_xact_lock(2); $statement" ;;
    other)
      hold_url=${url%/postgres}/template1
      statement='select pg_current_xact_id()'
      ;;
  esac
  start_reader "$way"
  psql "$hold_url" -X -q -At -c "begin; $statement; select pg_sleep(5); commit" >/dev/null &
  held=$!
  sleep 0.2
  "$pgbench" "$url" -n -M prepared -f "$work/$way.sql" -c 1 -T 7 -R 100 \
    >"$work/pgbench.log" 2>&1 || { cat "$work/pgbench.log" >&2 && fail "pgbench failed"; }
  wait "$held"
  end_reader
  sql -F ' | ' -c "
    select '| $way', '$where',
      (select count(*) from event_$way where id > $last_id and not data ? 'held') as written,
      round(1000 * extract(epoch from max(gap))) as longest_pause,
      round(1000 * extract(epoch from max(late) filter (where not held))) as latest,
      case when bool_or(held) then
        case when bool_or(held and late is null) then 'lost' else 'delivered' end
        else 'none' end || ' |'
    from (
      select e.data ? 'held' as held, s.at - e.created_at as late,
        e.created_at - lag(e.created_at) over (order by e.created_at) as gap
      from event_$way e left join seen s on s.id = e.id where e.id > $last_id) t"
}

sql -c 'select version()'
say "writes, $rounds rounds of $seconds s for each way and number of clients"
for ((round = 1; round <= rounds; round++)); do
  for count in "${clients[@]}"; do
    for ((turn = 0; turn < ${#ways[@]}; turn++)); do
      # Each round begins with another way: none always has the same place in the order.
      way=${ways[(turn + round) % ${#ways[@]}]}
      measure "$way" "$count" "$round"
      sql -F ' ' -c "select way, clients, round, round(writes_per_second), written, missed,
        round(p50_ms, 1), round(p99_ms, 1) from result
        where (way, clients, round) = ('$way', $count, $round)"
    done
  done
done
# Each round is compared with the same round's `sequence`: whatever else the machine was doing then
# slowed both.
printf '\n| way | clients | writes/s (lowest to highest) | of sequence (lowest to highest) | events | missed | repeated | delivered after, p50 | p99 |\n'
printf '|---|---|---|---|---|---|---|---|---|\n'
sql -F ' | ' -c "
  with compared as (
    select r.*, 100 * r.writes_per_second / b.writes_per_second as share
    from result r join result b using (clients, round) where b.way = 'sequence'),
  summary as (
    select way, clients, percentile_cont(0.5) within group (order by writes_per_second) as rate,
      min(writes_per_second) as low, max(writes_per_second) as high,
      percentile_cont(0.5) within group (order by share) as share,
      min(share) as share_low, max(share) as share_high, sum(written) as written,
      sum(missed) as missed, sum(repeated) as repeated,
      percentile_cont(0.5) within group (order by p50_ms) as p50,
      percentile_cont(0.5) within group (order by p99_ms) as p99
    from compared group by way, clients)
  select '| ' || way, clients,
    round(rate::numeric) || ' (' || round(low) || ' to ' || round(high) || ')',
    round(share::numeric) || ' % (' || round(share_low) || ' to ' || round(share_high) || ')',
    written, missed || ' (' || round(100.0 * missed / written, 1) || ' %)', repeated,
    round(p50::numeric, 1) || ' ms', round(p99::numeric, 1) || ' ms |'
  from summary
  order by clients, array_position(array['sequence', 'horizon', 'lock', 'number'], way)"

printf '\n'
say "one transaction held open for 5 s, others writing 100 times a second for 7 s"
printf '\n| way | held in | written by others | longest pause between writes, ms | latest delivery of others, ms | the held event |\n'
printf '|---|---|---|---|---|---|\n'
for way in "${ways[@]}"; do hold "$way" same; done
for way in horizon number; do hold "$way" other; done
