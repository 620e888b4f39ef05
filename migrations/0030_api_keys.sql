-- Keys with which programs call the API. What one may do is read at each call, from here and from
-- its maker: it is never wider than they are at that moment.
create table api_keys (
    id uuid primary key,
    name text not null,
    hint text not null, -- what lists show of it
    key_hash text not null, -- SHA-256, hexadecimal
    scopes text not null, -- separated by spaces
    organization_id uuid references organizations (id), -- the only one it sees
    created_by uuid not null references users (id),
    created_at timestamptz not null,
    expires_at timestamptz,
    last_used_at timestamptz, -- to the minute
    revoked_at timestamptz,
    version bigint not null
);
create index api_keys_created on api_keys (created_at desc, id desc);

-- With which key something was written, beside who made the key.
alter table ticket_history add column key_id uuid references api_keys (id);
alter table ticket_messages add column key_id uuid references api_keys (id);
alter table audit add column key_id uuid;

create index ratings_organization_created on ratings (organization_id, created_at desc, id desc);
