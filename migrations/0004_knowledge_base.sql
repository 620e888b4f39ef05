-- Articles. Every save is a revision; one of them is live.
create table knowledge_base (
    id uuid primary key,
    status text not null check (status in ('draft', 'published', 'archived')),
    latest_revision bigint not null,
    live_revision bigint, -- the revision last published
    helpful bigint not null,
    not_helpful bigint not null,
    version bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    published_at timestamptz, -- when it first went live
    live_at timestamptz       -- when the live revision did
);
create index knowledge_base_updated on knowledge_base (updated_at desc, id desc);
create index knowledge_base_status_updated on knowledge_base (status, updated_at desc, id desc);
create index knowledge_base_published on knowledge_base (status, published_at desc, id desc);

create table article_revisions (
    article_id uuid not null references knowledge_base (id),
    n bigint not null,
    title text not null,
    slug text not null,
    summary text not null,
    body text not null,
    category text not null,
    tags jsonb not null,
    visibility text not null check (visibility in ('public', 'customers')),
    note text,
    author_id uuid references users (id),
    created_at timestamptz not null,
    primary key (article_id, n)
);

-- The slug of an article's working copy and every slug it was ever published under: those lead
-- readers to the one it has now.
create table article_slugs (
    slug text primary key,
    article_id uuid not null references knowledge_base (id),
    was_live boolean not null
);
create index article_slugs_article on article_slugs (article_id);

create table article_votes (
    article_id uuid not null references knowledge_base (id),
    user_id uuid not null references users (id),
    helpful boolean not null,
    reasons jsonb not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (article_id, user_id)
);

-- The words that searches with a typo are mended from: folded, of letters only.
create table search_words (
    kind text not null,
    scope text not null,
    id uuid not null,
    word text not null,
    letters bigint not null,
    primary key (kind, scope, id, word)
);
create index search_words_letters on search_words (kind, scope, letters, word);
