-- Lists of a time in the order of the last touched read the days and months instead: these need not move with
-- each touch any more.
drop index tickets_created;
create index tickets_created on tickets (created_at desc, id desc);
drop index tickets_resolved;
create index tickets_resolved on tickets (resolved_at desc, id desc) where resolved_at is not null;
drop index tickets_answered;
create index tickets_answered on tickets (first_response_at desc, id desc, first_response_seconds)
    where first_response_at is not null;
