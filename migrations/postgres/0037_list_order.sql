-- As in 0024: of `is null` PostgreSQL does not know that it leaves the rest of an index in order.
create index tickets_unassigned_status on tickets (status, updated_at desc, id desc)
    where assignee_id is null;
