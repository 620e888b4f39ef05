-- The oldest schema whose binaries may work with this one: a migration that they could not live
-- with raises it to its own version, any other leaves it.
alter table installation add column schema_floor bigint not null default 0;

-- Readers of the event log inside the product, each with the position it has read to: what one of
-- them has not read yet is not forgotten.
create table event_readers (
    name text primary key,
    position bigint not null
);
