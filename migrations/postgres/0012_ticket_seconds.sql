-- Whole seconds from the opening to the first response, and to the resolution that stands: what
-- percentiles are taken of.
alter table tickets add column first_response_seconds bigint;
alter table tickets add column resolution_seconds bigint;

update tickets set first_response_seconds =
    greatest(0, floor(extract(epoch from first_response_at - created_at)))::bigint
where first_response_at is not null;

update tickets set resolution_seconds =
    greatest(0, floor(extract(epoch from resolved_at - created_at)))::bigint
where resolved_at is not null;
