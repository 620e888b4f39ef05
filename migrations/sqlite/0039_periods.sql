-- What happened on a day or in a month, in the order of the list (`ticket_periods.rs`): days and months of
-- UTC, as far as the text of a time names them.
create index tickets_created_day on tickets (substr(created_at, 1, 10), updated_at desc, id desc);
create index tickets_created_month on tickets (substr(created_at, 1, 7), updated_at desc, id desc);
create index tickets_answered_day on tickets (substr(first_response_at, 1, 10), updated_at desc, id desc)
    where first_response_at is not null;
create index tickets_answered_month on tickets (substr(first_response_at, 1, 7), updated_at desc, id desc)
    where first_response_at is not null;
create index tickets_resolved_day on tickets (substr(resolved_at, 1, 10), updated_at desc, id desc)
    where resolved_at is not null;
create index tickets_resolved_month on tickets (substr(resolved_at, 1, 7), updated_at desc, id desc)
    where resolved_at is not null;
