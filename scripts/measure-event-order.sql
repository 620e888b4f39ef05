-- Tables, tailing readers and the sequencer of scripts/measure-event-order.sh.
-- One event table for each way of ordering; each carries the indexes that its way needs.
-- Fifty thousand old events stand in each, so that plans are those of a table in use.

create table control (writing boolean not null, numbering boolean not null);
insert into control values (true, true);
create table ticket (id bigserial primary key, subject text not null);
create table history (id bigserial primary key, ticket bigint not null, field text not null);
create table result (way text, clients bigint, round bigint, writes_per_second numeric,
  written bigint, missed bigint, repeated bigint, p50_ms numeric, p99_ms numeric);

create table event_sequence (
  id bigserial primary key,
  created_at timestamptz not null default clock_timestamp(),
  data jsonb not null);

create table event_horizon (
  id bigserial primary key,
  xid xid8 not null default pg_current_xact_id(),
  created_at timestamptz not null default clock_timestamp(),
  data jsonb not null);
create index on event_horizon (xid, id);

create table event_lock (like event_sequence including all);

create table event_number (
  id bigserial primary key,
  position bigint unique,
  created_at timestamptz not null default clock_timestamp(),
  data jsonb not null);
create index event_number_waiting on event_number (id) where position is null;
create table event_counter (last bigint not null);
insert into event_counter values (50000);

insert into event_sequence (data) select '{"type": "ticket.created"}' from generate_series(1, 50000);
insert into event_horizon (data) select data from event_sequence;
insert into event_lock (id, data) select id, data from event_sequence;
insert into event_number (position, data) select id, data from event_sequence;

-- What readers were given, and when.
create unlogged table seen (way text not null, id bigint not null, at timestamptz not null);

-- Readers look again after 2 ms without news. Each pass is a transaction of its own; the last
-- pass comes after the writers (and the sequencer) have ended.
create procedure tail_sequence() language plpgsql as $$
declare last bigint; news bigint; ended boolean;
begin
  select max(id) into last from event_sequence;
  loop
    select not writing into ended from control;
    with news as (
      insert into seen select 'sequence', id, clock_timestamp()
        from event_sequence where id > last order by id returning id)
    select max(id) into news from news;
    last := coalesce(news, last);
    commit;
    exit when ended and news is null;
    if news is null then perform pg_sleep(0.002); end if;
  end loop;
end $$;

create procedure tail_lock() language plpgsql as $$
declare last bigint; news bigint; ended boolean;
begin
  select max(id) into last from event_lock;
  loop
    select not writing into ended from control;
    with news as (
      insert into seen select 'lock', id, clock_timestamp()
        from event_lock where id > last order by id returning id)
    select max(id) into news from news;
    last := coalesce(news, last);
    commit;
    exit when ended and news is null;
    if news is null then perform pg_sleep(0.002); end if;
  end loop;
end $$;

create procedure tail_horizon() language plpgsql as $$
declare last_xid xid8; last_id bigint; news_xid xid8; news_id bigint; ended boolean;
begin
  select xid, id into last_xid, last_id from event_horizon order by xid desc, id desc limit 1;
  loop
    select not writing into ended from control;
    select xid, id into news_xid, news_id from event_horizon
      where (xid, id) > (last_xid, last_id) and xid < pg_snapshot_xmin(pg_current_snapshot())
      order by xid desc, id desc limit 1;
    if news_id is not null then
      insert into seen select 'horizon', id, clock_timestamp() from event_horizon
        where (xid, id) > (last_xid, last_id) and (xid, id) <= (news_xid, news_id) order by xid, id;
      last_xid := news_xid;
      last_id := news_id;
    end if;
    commit;
    exit when ended and news_id is null;
    if news_id is null then perform pg_sleep(0.002); end if;
  end loop;
end $$;

create procedure tail_number() language plpgsql as $$
declare last bigint; news bigint; ended boolean;
begin
  select max(position) into last from event_number;
  loop
    select not writing and not numbering into ended from control;
    with found as materialized (
      select id, position from event_number where position > last order by position),
    kept as (insert into seen select 'number', id, clock_timestamp() from found)
    select max(position) into news from found;
    last := coalesce(news, last);
    commit;
    exit when ended and news is null;
    if news is null then perform pg_sleep(0.002); end if;
  end loop;
end $$;

-- The sequencer: numbers what has committed, in the order of insertion, in a transaction of its
-- own. The counter's row is written in that same transaction, so positions have no gaps.
create procedure number_events() language plpgsql as $$
declare numbered bigint; ended boolean;
begin
  loop
    select not writing into ended from control;
    numbered := 0;
    if pg_try_advisory_xact_lock(1)
      and exists (select from event_number where position is null) then
      with waiting as materialized (
        select id, row_number() over (order by id) as n from (
          select id from event_number where position is null order by id limit 1000) w),
      counter as (
        update event_counter set last = last + (select count(*) from waiting)
          returning last - (select count(*) from waiting) as base)
      update event_number e set position = counter.base + waiting.n
        from waiting, counter where e.id = waiting.id;
      get diagnostics numbered = row_count;
    end if;
    commit;
    exit when ended and numbered = 0;
    if numbered = 0 then perform pg_sleep(0.002); end if;
  end loop;
  update control set numbering = false;
end $$;
