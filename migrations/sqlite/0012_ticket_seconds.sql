-- Whole seconds from the opening to the first response, and to the resolution that stands: what
-- percentiles are taken of. Times are text here, with microseconds or without.
alter table tickets add column first_response_seconds bigint;
alter table tickets add column resolution_seconds bigint;

update tickets set first_response_seconds = max(0, (
    strftime('%s', substr(first_response_at, 1, 19)) * 1000000
    + cast(substr(substr(first_response_at, 21, max(0, instr(first_response_at, '+') - 21)) || '000000', 1, 6) as integer)
    - strftime('%s', substr(created_at, 1, 19)) * 1000000
    - cast(substr(substr(created_at, 21, max(0, instr(created_at, '+') - 21)) || '000000', 1, 6) as integer)
) / 1000000) where first_response_at is not null;

update tickets set resolution_seconds = max(0, (
    strftime('%s', substr(resolved_at, 1, 19)) * 1000000
    + cast(substr(substr(resolved_at, 21, max(0, instr(resolved_at, '+') - 21)) || '000000', 1, 6) as integer)
    - strftime('%s', substr(created_at, 1, 19)) * 1000000
    - cast(substr(substr(created_at, 21, max(0, instr(created_at, '+') - 21)) || '000000', 1, 6) as integer)
) / 1000000) where resolved_at is not null;
