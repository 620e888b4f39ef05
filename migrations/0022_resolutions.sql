-- A row for each time a ticket entered `resolved`: what figures count, and what a list shows behind
-- them. People and service are those of the moment. A withdrawn ticket never has one.
create table resolutions (
    id uuid primary key,
    ticket_id uuid not null references tickets (id),
    n bigint not null, -- the ticket's first, second, … resolution; ratings.resolution
    requester_id uuid not null references users (id),
    organization_id uuid references organizations (id),
    assignee_id uuid references users (id),
    service_id uuid references customer_services (id),
    resolved_at timestamptz not null,
    undone_at timestamptz,
    undone_by uuid references users (id),
    reopened boolean not null, -- undone by a customer, so that it counts as not solved
    score bigint, -- of its rating
    unique (ticket_id, n)
);

-- What happened before this table was there stands in the history.
insert into resolutions (id, ticket_id, n, requester_id, organization_id, assignee_id, service_id,
    resolved_at, undone_at, undone_by, reopened, score)
select s.id, s.ticket_id, s.n, t.requester_id, t.organization_id,
    case
        when exists (select 1 from ticket_history a
            where a.ticket_id = s.ticket_id and a.field = 'assignee' and a.at <= s.at)
        then (select a.to_user from ticket_history a
            where a.ticket_id = s.ticket_id and a.field = 'assignee' and a.at <= s.at
            order by a.at desc, a.id desc limit 1)
        when exists (select 1 from ticket_history a
            where a.ticket_id = s.ticket_id and a.field = 'assignee')
        then (select a.from_user from ticket_history a
            where a.ticket_id = s.ticket_id and a.field = 'assignee'
            order by a.at, a.id limit 1)
        else t.assignee_id
    end,
    t.service_id, s.at,
    case when s.next_value = 'open' then s.next_at end,
    case when s.next_value = 'open' then s.next_by end,
    s.next_value = 'open' and u.id is not null,
    (select r.score from ratings r where r.ticket_id = s.ticket_id and r.resolution = s.n)
from (
    select h.id, h.ticket_id, h.at,
        (select count(*) from ticket_history p where p.ticket_id = h.ticket_id and p.field = 'status'
            and p.to_value = 'resolved' and (p.at, p.id) <= (h.at, h.id)) as n,
        (select x.to_value from ticket_history x where x.ticket_id = h.ticket_id and x.field = 'status'
            and (x.at, x.id) > (h.at, h.id) order by x.at, x.id limit 1) as next_value,
        (select x.at from ticket_history x where x.ticket_id = h.ticket_id and x.field = 'status'
            and (x.at, x.id) > (h.at, h.id) order by x.at, x.id limit 1) as next_at,
        (select x.actor_id from ticket_history x where x.ticket_id = h.ticket_id and x.field = 'status'
            and (x.at, x.id) > (h.at, h.id) order by x.at, x.id limit 1) as next_by
    from ticket_history h
    where h.field = 'status' and h.to_value = 'resolved'
) s
join tickets t on t.id = s.ticket_id
left join users u on u.id = s.next_by and u.role = 'customer';

-- Tickets that came without a history.
insert into resolutions (id, ticket_id, n, requester_id, organization_id, assignee_id, service_id,
    resolved_at, reopened, score)
select t.id, t.id, t.resolutions, t.requester_id, t.organization_id, t.assignee_id, t.service_id,
    t.resolved_at, false, t.score
from tickets t
where t.resolved_at is not null and not exists (
    select 1 from resolutions r where r.ticket_id = t.id and r.n = t.resolutions);

-- A rating speaks of whoever had the ticket when it was resolved, not when it was rated.
update ratings set assignee_id = (
    select r.assignee_id from resolutions r
    where r.ticket_id = ratings.ticket_id and r.n = ratings.resolution)
where exists (
    select 1 from resolutions r
    where r.ticket_id = ratings.ticket_id and r.n = ratings.resolution);

create index resolutions_resolved on resolutions (resolved_at desc, id desc);
create index resolutions_assignee_resolved on resolutions (assignee_id, resolved_at desc, id desc);
create index resolutions_service_resolved on resolutions (service_id, resolved_at desc, id desc);
create index resolutions_rated_resolved on resolutions (resolved_at desc, id desc) where score is not null;
create index resolutions_reopened_resolved on resolutions (resolved_at desc, id desc) where reopened;

-- Who of staff has looked at a rating.
alter table ratings add column seen_at timestamptz;
alter table ratings add column seen_by uuid references users (id);
create index ratings_unseen on ratings (created_at desc, id desc) where seen_at is null;
create index ratings_seen on ratings (created_at desc, id desc) where seen_at is not null;
create index ratings_low_unseen on ratings (created_at desc, id desc) where seen_at is null and score <= 2;

-- The reasons of ratings once more, for the list of those with one reason.
create table rating_reasons (
    reason text not null,
    created_at timestamptz not null, -- of the rating
    rating_id uuid not null references ratings (id),
    primary key (reason, created_at, rating_id)
);
create index rating_reasons_rating on rating_reasons (rating_id);

-- Roll-ups, kept in the transaction of what they count, so that figures of years do not read
-- years of rows. A quarter of an hour, in seconds since 1970 divided by 900, because the days of
-- every time zone begin with one.
create table figure_quarters (
    quarter bigint primary key,
    resolutions bigint not null,
    reopened bigint not null,
    rated bigint not null, -- of those resolutions, whenever they were rated
    score_1 bigint not null, -- ratings given in this quarter
    score_2 bigint not null,
    score_3 bigint not null,
    score_4 bigint not null,
    score_5 bigint not null
);

-- The same a day of universal time, by agent and by service; the nil id stands for none.
create table figure_days (
    dimension text not null check (dimension in ('assignee', 'service')),
    day bigint not null,
    subject_id uuid not null,
    resolutions bigint not null,
    reopened bigint not null,
    rated bigint not null,
    score_1 bigint not null,
    score_2 bigint not null,
    score_3 bigint not null,
    score_4 bigint not null,
    score_5 bigint not null,
    primary key (dimension, day, subject_id)
);

create table reason_days (
    day bigint not null,
    reason text not null,
    ratings bigint not null,
    primary key (day, reason)
);
