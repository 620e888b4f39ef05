-- One event for one webhook. A row is written when the log is read, and says what to do next: whoever
-- attempts it moves `next_attempt_at` to the end of their lease, so that another replica takes it then.
create table webhook_deliveries (
    id uuid primary key,
    webhook_id uuid not null references webhooks (id) on delete cascade,
    event_id uuid, -- null for a test
    event_type text not null,
    payload text not null, -- the body, as it is sent and sent again
    status text not null,
    attempts bigint not null, -- how many were begun
    tries bigint not null, -- those of them since it was last queued
    next_attempt_at timestamptz, -- while it waits
    holder uuid, -- who attempts it
    created_at timestamptz not null,
    ended_at timestamptz, -- when it was delivered or given up
    unique (webhook_id, event_id)
);
create index webhook_deliveries_due on webhook_deliveries (webhook_id, next_attempt_at, id)
    where next_attempt_at is not null;
create index webhook_deliveries_held on webhook_deliveries (holder) where holder is not null;
create index webhook_deliveries_listed on webhook_deliveries (webhook_id, created_at desc, id desc);
create index webhook_deliveries_by_status on webhook_deliveries (webhook_id, status, created_at desc, id desc);
create index webhook_deliveries_by_type on webhook_deliveries (webhook_id, event_type, created_at desc, id desc);

-- What was sent and what came back.
create table webhook_attempts (
    delivery_id uuid not null references webhook_deliveries (id) on delete cascade,
    n bigint not null,
    at timestamptz not null,
    url text not null,
    signature text not null,
    status bigint, -- of the answer; null where none came
    answer text, -- the beginning of its body
    latency_ms bigint not null,
    error text, -- a code; null where it was delivered
    error_detail text, -- in words
    primary key (delivery_id, n)
);
