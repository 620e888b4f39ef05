-- Since when the customer waits for an answer; null where they do not.
alter table tickets add column waiting_since timestamptz;
-- When the customer undid the last resolution; null again once it is resolved or closed.
alter table tickets add column reopened_at timestamptz;

update tickets set waiting_since = case
    when not exists (
        select 1 from ticket_messages m join users u on u.id = m.author_id
        where m.ticket_id = tickets.id and m.visibility = 'public' and u.role <> 'customer'
    ) then created_at
    else (
        select min(m.created_at) from ticket_messages m join users u on u.id = m.author_id
        where m.ticket_id = tickets.id and m.visibility = 'public' and u.role = 'customer'
        and m.created_at > (
            select max(a.created_at) from ticket_messages a join users s on s.id = a.author_id
            where a.ticket_id = tickets.id and a.visibility = 'public' and s.role <> 'customer'
        )
    )
end where status in ('new', 'open', 'on_hold');

update tickets set reopened_at = (
    select max(h.at) from ticket_history h join users u on u.id = h.actor_id
    where h.ticket_id = tickets.id and h.field = 'status' and h.from_value = 'resolved'
    and u.role = 'customer' and not exists (
        select 1 from ticket_history l where l.ticket_id = tickets.id and l.field = 'status'
        and l.from_value = 'resolved' and l.at > h.at
    )
) where status in ('open', 'pending', 'on_hold');

-- What staff look for now: small parts of the table, whatever its size.
create index tickets_waiting on tickets (waiting_since, id) where waiting_since is not null;
create index tickets_reopened on tickets (updated_at desc, id desc) where reopened_at is not null;
create index tickets_backlog on tickets (created_at, id)
    where status in ('new', 'open', 'pending', 'on_hold');
create index tickets_unassigned on tickets (created_at, id)
    where status in ('new', 'open', 'pending', 'on_hold') and assignee_id is null;
create index tickets_ordered on tickets (updated_at desc, id desc) where service_id is not null;
-- What happened in a time.
create index tickets_resolved on tickets (resolved_at desc, id desc) where resolved_at is not null;
create index tickets_answered on tickets (first_response_at desc, id desc)
    where first_response_at is not null;
-- Percentiles of one customer: the n-th value is found without looking at a ticket.
create index tickets_requester_response on tickets (requester_id, first_response_seconds)
    where first_response_seconds is not null;
create index tickets_requester_resolution on tickets (requester_id, resolution_seconds)
    where resolution_seconds is not null;
create index tickets_requester_service on tickets (requester_id, service_id)
    where service_id is not null;
create index ratings_customer_created on ratings (customer_id, created_at desc, id desc);
create index events_requester on events (requester_id, occurred_at desc, id desc);

-- How each customer fares, of all time: kept in the transaction of what changes it, so that
-- reading it costs the same however many tickets there are.
create table customer_figures (
    customer_id uuid primary key references users (id),
    tickets_total bigint not null,
    tickets_new bigint not null,
    tickets_open bigint not null,
    tickets_pending bigint not null,
    tickets_on_hold bigint not null,
    tickets_resolved bigint not null,
    tickets_closed bigint not null,
    -- Tickets with a first response and with a resolution that stands: what the percentiles are of.
    answered bigint not null,
    solved bigint not null,
    first_response_median bigint,
    first_response_p90 bigint,
    resolution_median bigint,
    resolution_p90 bigint,
    ratings bigint not null,
    score_sum bigint not null,
    rating_hundredths bigint, -- the average score, rounded
    services_requested bigint not null,
    -- When something last happened that the customer sees; their being added where nothing did.
    moved_at timestamptz not null
);

insert into customer_figures (customer_id, tickets_total, tickets_new, tickets_open, tickets_pending,
    tickets_on_hold, tickets_resolved, tickets_closed, answered, solved, first_response_median,
    first_response_p90, resolution_median, resolution_p90, ratings, score_sum, rating_hundredths,
    services_requested, moved_at)
select u.id, coalesce(t.total, 0), coalesce(t.n_new, 0), coalesce(t.n_open, 0), coalesce(t.n_pending, 0),
    coalesce(t.n_on_hold, 0), coalesce(t.n_resolved, 0), coalesce(t.n_closed, 0),
    coalesce(t.answered, 0), coalesce(t.solved, 0), f.median, f.p90, s.median, s.p90,
    coalesce(r.n, 0), coalesce(r.score_sum, 0), (200 * r.score_sum + r.n) / (2 * r.n),
    coalesce(t.ordered, 0), coalesce(t.moved_at, u.created_at)
from users u
left join (
    select requester_id, count(*) as total,
        count(case when status = 'new' then 1 end) as n_new,
        count(case when status = 'open' then 1 end) as n_open,
        count(case when status = 'pending' then 1 end) as n_pending,
        count(case when status = 'on_hold' then 1 end) as n_on_hold,
        count(case when status = 'resolved' then 1 end) as n_resolved,
        count(case when status = 'closed' then 1 end) as n_closed,
        count(first_response_seconds) as answered, count(resolution_seconds) as solved,
        count(service_id) as ordered, max(customer_updated_at) as moved_at
    from tickets group by requester_id
) t on t.requester_id = u.id
left join (
    select requester_id, max(case when n = (k * 50 + 99) / 100 then seconds end) as median,
        max(case when n = (k * 90 + 99) / 100 then seconds end) as p90
    from (
        select requester_id, first_response_seconds as seconds,
            row_number() over (partition by requester_id order by first_response_seconds) as n,
            count(*) over (partition by requester_id) as k
        from tickets where first_response_seconds is not null
    ) ranked group by requester_id
) f on f.requester_id = u.id
left join (
    select requester_id, max(case when n = (k * 50 + 99) / 100 then seconds end) as median,
        max(case when n = (k * 90 + 99) / 100 then seconds end) as p90
    from (
        select requester_id, resolution_seconds as seconds,
            row_number() over (partition by requester_id order by resolution_seconds) as n,
            count(*) over (partition by requester_id) as k
        from tickets where resolution_seconds is not null
    ) ranked group by requester_id
) s on s.requester_id = u.id
left join (
    select customer_id, count(*) as n, cast(sum(score) as bigint) as score_sum
    from ratings group by customer_id
) r on r.customer_id = u.id
where u.role = 'customer' or t.total > 0;

-- One index for each figure the list is ordered by. Nothing to measure comes before everything.
create index customer_figures_total on customer_figures (tickets_total, customer_id);
create index customer_figures_new on customer_figures (tickets_new, customer_id);
create index customer_figures_open on customer_figures (tickets_open, customer_id);
create index customer_figures_pending on customer_figures (tickets_pending, customer_id);
create index customer_figures_on_hold on customer_figures (tickets_on_hold, customer_id);
create index customer_figures_resolved on customer_figures (tickets_resolved, customer_id);
create index customer_figures_closed on customer_figures (tickets_closed, customer_id);
create index customer_figures_response_median
    on customer_figures (coalesce(first_response_median, -1), customer_id);
create index customer_figures_response_p90
    on customer_figures (coalesce(first_response_p90, -1), customer_id);
create index customer_figures_resolution_median
    on customer_figures (coalesce(resolution_median, -1), customer_id);
create index customer_figures_resolution_p90
    on customer_figures (coalesce(resolution_p90, -1), customer_id);
create index customer_figures_rating on customer_figures (coalesce(rating_hundredths, -1), customer_id);
create index customer_figures_ratings on customer_figures (ratings, customer_id);
create index customer_figures_services on customer_figures (services_requested, customer_id);
create index customer_figures_moved on customer_figures (moved_at, customer_id);
