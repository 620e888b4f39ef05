-- What is urgent and unsolved is read in order: of one state or of one priority alone there may be many,
-- of both together none. Closed tickets, which are most, are not in it.
create index tickets_priority_status on tickets (priority, status, updated_at desc, id desc)
    where status <> 'closed';
