-- The catalog. What a service says stands in its versions: one live, one draft beside it.
create table customer_services (
    id uuid primary key,
    status text not null check (status in ('draft', 'active', 'retired')),
    live_version bigint,  -- the newest published version
    draft_version bigint, -- the version being written, if any
    version bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    published_at timestamptz
);
create index customer_services_created on customer_services (created_at desc, id desc);
create index customer_services_status_created on customer_services (status, created_at desc, id desc);

create table service_versions (
    service_id uuid not null references customer_services (id),
    n bigint not null,
    name text not null,
    summary text not null,
    description text not null,
    icon text not null,
    category text not null,
    price_kind text not null check (price_kind in ('free', 'fixed', 'on_request')),
    price_minor bigint, -- in the currency's minor unit
    currency text,      -- ISO 4217
    delivery_days bigint,
    owner_id uuid references users (id),
    form jsonb not null,
    author_id uuid references users (id),
    created_at timestamptz not null,
    published_at timestamptz,
    primary key (service_id, n)
);
