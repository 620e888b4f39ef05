-- Work in the background: which replica does it, and until when it may believe so.
create table jobs (
    name text primary key,
    holder uuid not null,
    held_until timestamptz not null
);
-- Resolved tickets, those that wait longest first, for the job that closes them.
create index tickets_to_close on tickets (status, resolved_at, id) where status = 'resolved';

-- Who asked for a new password and was not handed a link yet: at most one open row a person.
create table password_requests (
    id uuid primary key,
    user_id uuid not null references users (id),
    asked bigint not null, -- how often
    created_at timestamptz not null,
    asked_at timestamptz not null,
    closed_at timestamptz,
    closed_by uuid references users (id)
);
create unique index password_requests_open on password_requests (user_id) where closed_at is null;
create index password_requests_waiting on password_requests (created_at, id) where closed_at is null;
