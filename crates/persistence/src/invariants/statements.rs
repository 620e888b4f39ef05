//! The product's rules, each as a statement that finds the rows which break it.

/// How a row that breaks a rule is named.
pub(super) enum Named {
    /// By its id, or that of what it belongs to.
    Id,
    /// By a number.
    Number,
    /// In words.
    Text,
}

/// One rule.
pub(super) struct Check {
    pub(super) rule: &'static str,
    pub(super) named: Named,
    /// Selects one column: the names of rows that break it. A limit is put behind it.
    pub(super) wrong: &'static str,
}

const fn ids(rule: &'static str, wrong: &'static str) -> Check {
    Check {
        rule,
        named: Named::Id,
        wrong,
    }
}

const fn numbers(rule: &'static str, wrong: &'static str) -> Check {
    Check {
        rule,
        named: Named::Number,
        wrong,
    }
}

const fn texts(rule: &'static str, wrong: &'static str) -> Check {
    Check {
        rule,
        named: Named::Text,
        wrong,
    }
}

pub(super) const CHECKS: &[Check] = &[
    texts(
        "there is one row of settings, of the installation and of the event log's head",
        "select t.name from (select 'settings' as name, count(*) as n from settings \
         union all select 'installation', count(*) from installation \
         union all select 'event_head', count(*) from event_head) t where t.n <> 1",
    ),
    numbers(
        "positions of the events kept have no gap within an epoch",
        "select e.position from events e where e.position > (select min(position) from events) \
         and not exists (select 1 from events p where p.position = e.position - 1) \
         and not exists (select 1 from event_epochs b where b.position = e.position - 1)",
    ),
    numbers(
        "no event and no epoch stands behind the head of the event log",
        "select e.position from (select position from events union all select position from event_epochs) e \
         where e.position > (select position from event_head)",
    ),
    ids(
        "versions begin at 1",
        "select v.id from (select id, version from tickets \
         union all select id, customer_version from tickets union all select id, version from users \
         union all select id, version from organizations \
         union all select id, version from customer_services \
         union all select id, version from knowledge_base \
         union all select id, version from categories \
         union all select id, version from api_keys) v where v.version < 1",
    ),
    ids(
        "each API key opens something, and what names one in the audit names one that is there",
        "select w.id from (select id from api_keys where scopes = '' \
         union all select a.id from audit a where a.key_id is not null \
         and not exists (select 1 from api_keys k where k.id = a.key_id)) w",
    ),
    texts(
        "tickets counted by status, priority and assignee are those there are",
        "select d.status from (select c.status from (\
         select status, priority, assignee_id, tickets, waiting, reopened from ticket_counts \
         union all select status, priority, assignee_id, tickets, waiting, reopened from ticket_count_moves \
         union all select status, priority, assignee_id, -1, case when waiting_since is null then 0 else -1 end, \
         case when reopened_at is null then 0 else -1 end from tickets) c \
         group by c.status, c.priority \
         having sum(c.tickets) <> 0 or sum(c.waiting) <> 0 or sum(c.reopened) <> 0 \
         union all select c.status from (\
         select status, priority, assignee_id, tickets, waiting, reopened from ticket_counts \
         union all select status, priority, assignee_id, tickets, waiting, reopened from ticket_count_moves \
         union all select status, priority, assignee_id, -1, case when waiting_since is null then 0 else -1 end, \
         case when reopened_at is null then 0 else -1 end from tickets) c \
         where c.assignee_id in (select id from users) group by c.status, c.priority, c.assignee_id \
         having sum(c.tickets) <> 0 or sum(c.waiting) <> 0 or sum(c.reopened) <> 0) d group by d.status",
    ),
    ids(
        "counts of each customer are those of their tickets",
        "select f.customer_id from customer_figures f left join (select requester_id, \
         count(*) as total, count(case when status = 'new' then 1 end) as n_new, \
         count(case when status = 'open' then 1 end) as n_open, \
         count(case when status = 'pending' then 1 end) as n_pending, \
         count(case when status = 'on_hold' then 1 end) as n_on_hold, \
         count(case when status = 'resolved' then 1 end) as n_resolved, \
         count(case when status = 'closed' then 1 end) as n_closed, \
         count(first_response_seconds) as answered, count(resolution_seconds) as solved, \
         count(service_id) as ordered from tickets group by requester_id) t \
         on t.requester_id = f.customer_id where f.tickets_total <> coalesce(t.total, 0) \
         or f.tickets_new <> coalesce(t.n_new, 0) or f.tickets_open <> coalesce(t.n_open, 0) \
         or f.tickets_pending <> coalesce(t.n_pending, 0) \
         or f.tickets_on_hold <> coalesce(t.n_on_hold, 0) \
         or f.tickets_resolved <> coalesce(t.n_resolved, 0) \
         or f.tickets_closed <> coalesce(t.n_closed, 0) or f.answered <> coalesce(t.answered, 0) \
         or f.solved <> coalesce(t.solved, 0) or f.services_requested <> coalesce(t.ordered, 0)",
    ),
    ids(
        "each customer has figures",
        "select u.id from users u where (u.role = 'customer' \
         or exists (select 1 from tickets t where t.requester_id = u.id)) \
         and not exists (select 1 from customer_figures f where f.customer_id = u.id)",
    ),
    ids(
        "ratings in each customer's figures are those they gave",
        "select f.customer_id from customer_figures f left join (select customer_id, count(*) as n, \
         cast(sum(score) as bigint) as score_sum from ratings group by customer_id) r \
         on r.customer_id = f.customer_id where f.ratings <> coalesce(r.n, 0) \
         or f.score_sum <> coalesce(r.score_sum, 0) \
         or f.rating_hundredths is distinct from (200 * r.score_sum + r.n) / (2 * r.n)",
    ),
    numbers(
        "a resolved ticket has the resolution it counts",
        "select t.number from tickets t where t.resolved_at is not null and not exists (\
         select 1 from resolutions r where r.ticket_id = t.id and r.n = t.resolutions \
         and r.resolved_at = t.resolved_at)",
    ),
    numbers(
        "no ticket has more resolutions than it counts",
        "select t.number from tickets t join resolutions r on r.ticket_id = t.id \
         where r.n > t.resolutions or r.n < 1 group by t.number",
    ),
    ids(
        "each rating belongs to a resolution, which has its score",
        "select g.id from ratings g left join resolutions r \
         on r.ticket_id = g.ticket_id and r.n = g.resolution where r.score is distinct from g.score",
    ),
    ids(
        "a resolution with a score has its rating",
        "select r.id from resolutions r where r.score is not null and not exists (\
         select 1 from ratings g where g.ticket_id = r.ticket_id and g.resolution = r.n)",
    ),
    texts(
        "roll-ups by agent and by service are the sums of resolutions",
        "select d.dimension from (select c.dimension, c.subject_id, sum(c.n) as n, sum(c.rated) as rated, \
         sum(c.reopened) as reopened from (\
         select dimension, subject_id, resolutions as n, rated, reopened from figure_days \
         union all select 'assignee', assignee_id, -1, -(case when score is null then 0 else 1 end), \
         -(case when reopened then 1 else 0 end) from resolutions where assignee_id is not null \
         union all select 'service', service_id, -1, -(case when score is null then 0 else 1 end), \
         -(case when reopened then 1 else 0 end) from resolutions where service_id is not null) c \
         where c.subject_id in (select id from users union all select id from customer_services) \
         group by c.dimension, c.subject_id) d where d.n <> 0 or d.rated <> 0 or d.reopened <> 0 \
         group by d.dimension",
    ),
    texts(
        "roll-ups by quarter of an hour are the sums of resolutions and ratings",
        "select q.what from (\
         select 'resolutions' as what, sum(resolutions) as kept, (select count(*) from resolutions) as rows_now from figure_quarters \
         union all select 'reopened', sum(reopened), (select count(*) from resolutions where reopened) from figure_quarters \
         union all select 'rated', sum(rated), (select count(score) from resolutions) from figure_quarters \
         union all select 'score 1', sum(score_1), (select count(*) from ratings where score = 1) from figure_quarters \
         union all select 'score 2', sum(score_2), (select count(*) from ratings where score = 2) from figure_quarters \
         union all select 'score 3', sum(score_3), (select count(*) from ratings where score = 3) from figure_quarters \
         union all select 'score 4', sum(score_4), (select count(*) from ratings where score = 4) from figure_quarters \
         union all select 'score 5', sum(score_5), (select count(*) from ratings where score = 5) from figure_quarters\
         ) q where coalesce(q.kept, 0) <> q.rows_now",
    ),
    numbers(
        "roll-ups by day are those by quarter of an hour",
        "select d.day from (select c.day, c.dimension, sum(c.n) as n, sum(c.s) as s from (\
         select day, dimension, resolutions as n, score_1 + score_2 + score_3 + score_4 + score_5 as s \
         from figure_days union all \
         select quarter / 96, 'assignee', -resolutions, -(score_1 + score_2 + score_3 + score_4 + score_5) \
         from figure_quarters union all \
         select quarter / 96, 'service', -resolutions, -(score_1 + score_2 + score_3 + score_4 + score_5) \
         from figure_quarters) c group by c.day, c.dimension) d where d.n <> 0 or d.s <> 0 group by d.day",
    ),
    texts(
        "counts of reasons are those of ratings",
        "select c.reason from (select reason, ratings as n from reason_days \
         union all select reason, -1 from rating_reasons) c group by c.reason having sum(c.n) <> 0",
    ),
    ids(
        "what a service shows is there, and what is live was published",
        "select s.id from customer_services s where (s.draft_version is not null and not exists (\
         select 1 from service_versions v where v.service_id = s.id and v.n = s.draft_version)) \
         or (s.live_version is not null and not exists (\
         select 1 from service_versions v where v.service_id = s.id and v.n = s.live_version \
         and v.published_at is not null)) or (s.status <> 'draft' and s.live_version is null)",
    ),
    ids(
        "the revisions that an article shows are there",
        "select k.id from knowledge_base k where not exists (select 1 from article_revisions r \
         where r.article_id = k.id and r.n = k.latest_revision) \
         or (k.live_revision is not null and not exists (select 1 from article_revisions r \
         where r.article_id = k.id and r.n = k.live_revision)) \
         or (k.status = 'published' and k.live_revision is null)",
    ),
    ids(
        "each article has its slugs, alone",
        "select k.id from knowledge_base k join article_revisions r on r.article_id = k.id \
         and (r.n = k.latest_revision or (k.status = 'published' and r.n = k.live_revision)) \
         where not exists (select 1 from article_slugs s where s.slug = r.slug and s.article_id = k.id)",
    ),
    texts(
        "categories that services and articles stand under are there",
        "select c.name from (select 'service' as kind, draft_category as name from customer_services \
         union select 'service', live_category from customer_services \
         union select 'article', draft_category from knowledge_base \
         union select 'article', live_category from knowledge_base) c where c.name is not null \
         and not exists (select 1 from categories k where k.kind = c.kind and k.name = c.name)",
    ),
    ids(
        "votes of an article are counted",
        "select k.id from knowledge_base k left join (select article_id, \
         sum(case when helpful then 1 else 0 end) as yes, sum(case when helpful then 0 else 1 end) as no \
         from article_votes group by article_id) v on v.article_id = k.id \
         where k.helpful <> coalesce(v.yes, 0) or k.not_helpful <> coalesce(v.no, 0)",
    ),
    numbers(
        // Whoever was staff once may still stand there: a change of role leaves the audit of it.
        "tickets are assigned to people of staff",
        "select t.number from tickets t join users u on u.id = t.assignee_id \
         where u.role = 'customer' and not exists (select 1 from audit a \
         where a.subject_id = u.id and a.action = 'user.updated')",
    ),
    ids(
        "webhooks are disabled for a reason, and active without one",
        "select id from webhooks where (state = 'active') <> (disabled_reason is null) \
         or (disabled_reason is null) <> (disabled_at is null)",
    ),
    ids(
        "deliveries that wait have a time for their next attempt, and no others",
        "select id from webhook_deliveries where (status = 'waiting') <> (next_attempt_at is not null) \
         or (status = 'waiting') <> (ended_at is null)",
    ),
    texts(
        "each call that was kept has its answer",
        "select route from answered_calls where answer is null",
    ),
];
