-- What is open of one's own, and of nobody's, is read in order however much is closed.
create index tickets_assignee_status on tickets (assignee_id, status, updated_at desc, id desc);
-- What this one counted stands in the counts.
drop index tickets_unassigned;
-- Those who wait, in the order of the list.
create index tickets_waiting_updated on tickets (updated_at desc, id desc) where waiting_since is not null;
-- What happened in a time, with what the list is ordered by: it is put in order without a look at the rows.
drop index tickets_created;
create index tickets_created on tickets (created_at desc, id desc, updated_at);
drop index tickets_resolved;
create index tickets_resolved on tickets (resolved_at desc, id desc, updated_at) where resolved_at is not null;
drop index tickets_answered;
create index tickets_answered on tickets (first_response_at desc, id desc, updated_at, first_response_seconds)
    where first_response_at is not null;
-- People by whether they may sign in.
create index users_active_created on users (active, created_at desc, id desc);
-- Most tickets follow up on none: SQLite would believe that each ticket is followed up on by those.
drop index tickets_follow_up;
create index tickets_follow_up on tickets (follow_up_of) where follow_up_of is not null;
-- The list of a person's sessions is ordered by the id, too.
drop index sessions_user;
create index sessions_user on sessions (user_id, created_at desc, id desc);
