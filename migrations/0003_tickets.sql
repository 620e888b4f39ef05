create table tickets (
    id uuid primary key,
    number bigint not null unique,
    subject text not null,
    description text not null,
    status text not null check (status in ('new', 'open', 'pending', 'on_hold', 'resolved', 'closed')),
    priority text not null check (priority in ('low', 'normal', 'high', 'urgent')),
    category text not null,
    requester_id uuid not null references users (id),
    organization_id uuid references organizations (id),
    assignee_id uuid references users (id),
    service_id uuid references customer_services (id),
    service_version bigint,
    answers jsonb not null,
    follow_up_of uuid references tickets (id),
    -- How often it was resolved; the current resolution has this number while resolved_at is set.
    resolutions bigint not null,
    -- The score of the current resolution, for lists.
    score bigint,
    first_response_at timestamptz,
    resolved_at timestamptz, -- null again after a reopening
    closed_at timestamptz,
    created_at timestamptz not null,
    -- What staff see moves these two,
    updated_at timestamptz not null,
    version bigint not null,
    -- and only what customers see moves these two: a note leaves no trace.
    customer_updated_at timestamptz not null,
    customer_version bigint not null
);
-- One index for each way a list is filtered, in the order it is read.
create index tickets_updated on tickets (updated_at desc, id desc);
create index tickets_created on tickets (created_at desc, id desc);
create index tickets_status_updated on tickets (status, updated_at desc, id desc);
create index tickets_assignee_updated on tickets (assignee_id, updated_at desc, id desc);
create index tickets_requester_updated on tickets (requester_id, updated_at desc, id desc);
create index tickets_organization_updated on tickets (organization_id, updated_at desc, id desc);
create index tickets_service_updated on tickets (service_id, updated_at desc, id desc);
create index tickets_priority_updated on tickets (priority, updated_at desc, id desc);
create index tickets_category_updated on tickets (category, updated_at desc, id desc);
create index tickets_requester_seen on tickets (requester_id, customer_updated_at desc, id desc);
create index tickets_requester_created on tickets (requester_id, created_at desc, id desc);
create index tickets_organization_seen on tickets (organization_id, customer_updated_at desc, id desc);
create index tickets_organization_created on tickets (organization_id, created_at desc, id desc);
create index tickets_follow_up on tickets (follow_up_of);

create table ticket_messages (
    id uuid primary key,
    ticket_id uuid not null references tickets (id),
    author_id uuid not null references users (id),
    visibility text not null check (visibility in ('public', 'internal')),
    body text not null,
    created_at timestamptz not null
);
create index ticket_messages_ticket on ticket_messages (ticket_id, created_at, id);

-- Who changed which field from what to what. Values are codes and ids, never names or free text.
create table ticket_history (
    id uuid primary key,
    ticket_id uuid not null references tickets (id),
    at timestamptz not null,
    actor_id uuid references users (id),
    via text not null,
    field text not null,
    from_value text,
    to_value text,
    from_user uuid references users (id), -- instead of a value, where the field is a person
    to_user uuid references users (id)
);
create index ticket_history_ticket on ticket_history (ticket_id, at, id);

-- One rating a resolution. Copies of the ticket's fields are as of the resolution.
create table ratings (
    id uuid primary key,
    ticket_id uuid not null references tickets (id),
    resolution bigint not null,
    score bigint not null check (score between 1 and 5),
    comment text,
    reasons jsonb not null,
    customer_id uuid not null references users (id),
    organization_id uuid references organizations (id),
    assignee_id uuid references users (id),
    service_id uuid references customer_services (id),
    resolved_at timestamptz not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    unique (ticket_id, resolution)
);
create index ratings_created on ratings (created_at desc, id desc);
create index ratings_score_created on ratings (score, created_at desc, id desc);
create index ratings_assignee_created on ratings (assignee_id, created_at desc, id desc);
create index ratings_service_created on ratings (service_id, created_at desc, id desc);

-- What a rating said before it was changed.
create table rating_revisions (
    rating_id uuid not null references ratings (id),
    n bigint not null,
    score bigint not null,
    comment text,
    reasons jsonb not null,
    written_at timestamptz not null,
    primary key (rating_id, n)
);
