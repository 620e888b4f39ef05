-- Of `is null` PostgreSQL does not know that it leaves the rest of an index in order: what nobody
-- resolved, and what was no order, have an index without the column.
create index resolutions_unassigned on resolutions (resolved_at desc, id desc) where assignee_id is null;
create index resolutions_unordered on resolutions (resolved_at desc, id desc) where service_id is null;
create index ratings_unassigned on ratings (created_at desc, id desc) where assignee_id is null;
create index ratings_unordered on ratings (created_at desc, id desc) where service_id is null;
