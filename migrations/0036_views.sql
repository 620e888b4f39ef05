-- What is open of one's own, and of nobody's, is read in order however much is closed.
create index tickets_assignee_status on tickets (assignee_id, status, updated_at desc, id desc);
-- What this one counted stands in the counts.
drop index tickets_unassigned;
