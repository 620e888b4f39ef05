-- People, the companies they belong to, and where they are signed in.
create table organizations (
    id uuid primary key,
    name text not null,
    name_key text not null unique, -- the name folded: two organizations never differ by case only
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version bigint not null
);
create index organizations_created on organizations (created_at desc, id desc);

create table users (
    id uuid primary key,
    email text not null unique, -- lower case
    name text not null,
    role text not null check (role in ('customer', 'agent', 'admin')),
    organization_id uuid references organizations (id),
    organization_role text check (organization_role in ('member', 'manager')),
    active boolean not null,
    password_hash text, -- null until the person has set one
    language text,
    time_zone text,
    theme text not null,
    last_seen_at timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version bigint not null,
    check ((organization_id is null) = (organization_role is null))
);
create index users_created on users (created_at desc, id desc);
create index users_role_created on users (role, created_at desc, id desc);
create index users_organization_created on users (organization_id, created_at desc, id desc);
-- Who was never here counts from being added: nulls have no place in a keyset.
create index users_last_seen on users (coalesce(last_seen_at, created_at) desc, id desc);

-- One sign-in of one person. A refresh token names its session and its generation; one of a
-- generation below `used_generation` has been replaced and used: presenting it ends the session.
create table sessions (
    id uuid primary key,
    user_id uuid not null references users (id),
    portal text not null check (portal in ('customer', 'admin')),
    used_generation bigint not null,
    user_agent text not null,
    address text not null,
    created_at timestamptz not null,
    last_used_at timestamptz not null,
    expires_at timestamptz not null,
    ended_at timestamptz
);
create index sessions_user on sessions (user_id, created_at desc);

create table password_links (
    id uuid primary key,
    user_id uuid not null references users (id),
    token_hash text not null unique, -- SHA-256, hexadecimal
    created_by uuid references users (id),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz
);
create index password_links_user on password_links (user_id, created_at desc);
