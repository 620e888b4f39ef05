-- Calls that came with a key and were answered: whoever sends the same again gets the same answer.
-- A row is written in the transaction of what the call did.
create table answered_calls (
    caller_id uuid not null references users (id),
    route text not null, -- method and path
    key text not null, -- as the client chose it
    body_hash bytea not null, -- SHA-256
    at timestamptz not null,
    answer bytea, -- sealed; null only inside the transaction that makes it
    primary key (caller_id, route, key)
);
create index answered_calls_at on answered_calls (at);
