-- The headings under which services and articles stand. Services and articles name theirs by its
-- name; what existed before this table gets its rows when the server starts, because names are
-- folded in Rust.
create table categories (
    id uuid primary key,
    kind text not null check (kind in ('service', 'article')),
    name text not null,
    name_key text not null, -- the name folded
    icon text not null,
    place bigint not null,  -- where it stands among its kind, the first is 1
    version bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    unique (kind, name_key)
);
create index categories_place on categories (kind, place, id);

-- Renaming a category and asking whether it is in use look for it by its name.
create index service_versions_category on service_versions (category);
create index article_revisions_category on article_revisions (category);
