-- What happened on a day or in a month, in the order of the list (`ticket_periods.rs`): days and months of UTC.
create index tickets_created_day on tickets (((created_at at time zone 'UTC')::date), updated_at desc, id desc);
create index tickets_created_month on tickets
    ((date_trunc('month', created_at at time zone 'UTC')::date), updated_at desc, id desc);
create index tickets_answered_day on tickets
    (((first_response_at at time zone 'UTC')::date), updated_at desc, id desc)
    where first_response_at is not null;
create index tickets_answered_month on tickets
    ((date_trunc('month', first_response_at at time zone 'UTC')::date), updated_at desc, id desc)
    where first_response_at is not null;
create index tickets_resolved_day on tickets (((resolved_at at time zone 'UTC')::date), updated_at desc, id desc)
    where resolved_at is not null;
create index tickets_resolved_month on tickets
    ((date_trunc('month', resolved_at at time zone 'UTC')::date), updated_at desc, id desc)
    where resolved_at is not null;
