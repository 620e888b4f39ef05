-- What authors need to know: why an article did not help, how often it is read, what was searched for
-- in vain, which ticket it was written from.

-- The share of votes against an article in ten-thousandths, as if three more had found it helpful
-- and one had not: one vote alone says little. Zero where nobody voted against it.
alter table knowledge_base add column unhelpfulness bigint not null default 0;
update knowledge_base set unhelpfulness = 10000 * (not_helpful + 1) / (helpful + not_helpful + 4)
    where not_helpful > 0;
create index knowledge_base_unhelpfulness on knowledge_base (unhelpfulness desc, id desc);

-- How many of those whom an article did not help gave each reason.
create table article_vote_reasons (
    article_id uuid not null references knowledge_base (id),
    reason text not null,
    votes bigint not null,
    primary key (article_id, reason)
);
insert into article_vote_reasons (article_id, reason, votes)
    select v.article_id, r.reason, count(*) from article_votes v
    join (select 'outdated' as reason union all select 'unclear' union all select 'incomplete'
        union all select 'did_not_work' union all select 'other_topic') r
        on cast(v.reasons as text) like '%"' || r.reason || '"%'
    where v.helpful = false
    group by v.article_id, r.reason;

-- The ticket whose answer an article began as.
alter table knowledge_base add column ticket_id uuid references tickets (id);
create index knowledge_base_ticket on knowledge_base (ticket_id, updated_at desc, id desc)
    where ticket_id is not null;

-- How often readers opened an article, by day.
create table article_views (
    article_id uuid not null references knowledge_base (id),
    day timestamptz not null, -- its first moment, in UTC
    views bigint not null,
    primary key (article_id, day)
);

-- Who was counted already: not the reader, but a mark that only this installation can make of one.
-- Kept for some hours.
create table article_readers (
    article_id uuid not null references knowledge_base (id),
    mark text not null,
    seen_at timestamptz not null,
    primary key (article_id, mark)
);
create index article_readers_seen on article_readers (seen_at);

-- What was searched for and not found. Nothing tells by whom.
create table empty_searches (
    id uuid primary key,
    words text not null unique, -- folded
    searches bigint not null,
    first_at timestamptz not null,
    last_at timestamptz not null,
    dismissed boolean not null
);
create index empty_searches_last on empty_searches (dismissed, last_at desc, id desc);
create index empty_searches_count on empty_searches (dismissed, searches desc, id desc);
