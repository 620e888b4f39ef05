-- Where the log of events begins anew, because the database was put back to an earlier state: positions
-- up to the highest of these may have been given to events that are no more, so nobody resumes from
-- before it. The last position before an epoch's first event.
create table event_epochs (
    position bigint primary key
);
