-- What admins decide for the whole desk: how it looks, and how long ratings can be given. An
-- `auto_close_days` of 0 says never.
alter table settings add column rating_window_days bigint not null default 28;
alter table settings add column brand_name text;
alter table settings add column accent_colour text; -- #rrggbb, lower case
alter table settings add column logo text; -- the hash of a row of `logos`
alter table settings add column logo_width bigint;
alter table settings add column logo_height bigint;

-- The logo lives in the database, so that all replicas share it. At most one row.
create table logos (
    hash text primary key, -- SHA-256, hexadecimal
    kind text not null check (kind in ('png', 'jpeg', 'webp')),
    content bytea not null
);
