-- Addresses of other systems that are told what happens.
create table webhooks (
    id uuid primary key,
    url text not null,
    description text not null,
    event_types jsonb not null, -- an array of types of events; empty for all
    secret bytea not null, -- sealed
    old_secret bytea, -- the one before, sealed: signs beside the new one for a while
    old_secret_until timestamptz,
    state text not null,
    disabled_reason text, -- why it is disabled
    disabled_at timestamptz,
    failing_since timestamptz, -- the first failure after which nothing was delivered
    position bigint not null, -- the last event that was looked at for it
    created_by uuid references users (id),
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version bigint not null
);
create index webhooks_created_at on webhooks (created_at desc, id desc);
