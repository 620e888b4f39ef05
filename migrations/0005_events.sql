-- What happened, in one order for all readers. On PostgreSQL a row is written without a position
-- and numbered once its transaction has committed (docs/adr/0001-event-order.md); on SQLite, with
-- its one writer, it gets its position as it is written.
create table events (
    id uuid primary key,
    position bigint unique,
    kind text not null,
    occurred_at timestamptz not null,
    actor_id uuid,
    subject_kind text not null,
    subject_id uuid not null,
    subject_number bigint,
    requester_id uuid,
    organization_id uuid,
    changes jsonb not null
);

-- The highest position ever given; it outlives the rows.
create table event_head (
    id bigint primary key check (id = 1),
    position bigint not null
);
insert into event_head (id, position) values (1, 0);

-- Every security-relevant write. Append-only.
create table audit (
    id uuid primary key,
    at timestamptz not null,
    actor_id uuid,
    via text not null,
    action text not null,
    subject_kind text not null,
    subject_id uuid,
    detail jsonb not null
);
create index audit_at on audit (at desc, id desc);

create table settings (
    id bigint primary key check (id = 1),
    registration_open boolean not null,
    auto_close_days bigint not null,
    version bigint not null
);
insert into settings (id, registration_open, auto_close_days, version) values (1, true, 4, 1);

-- What kind of installation this is: one filled with demo data carries the mark.
create table installation (
    id bigint primary key check (id = 1),
    demo boolean not null,
    demo_complete boolean not null
);
insert into installation (id, demo, demo_complete) values (1, false, false);
