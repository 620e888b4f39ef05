-- What only PostgreSQL needs: ticket numbers, the order of events, full-text search by tsvector.
create sequence ticket_numbers;

-- The order of insertion, which numbering follows among the rows it finds committed.
alter table events add column seq bigint generated always as identity;
create index events_unnumbered on events (seq) where position is null;

create table ticket_search (
    ticket_id uuid primary key references tickets (id),
    public tsvector not null,    -- what the customer may read
    everything tsvector not null -- the same and internal notes
);
create index ticket_search_public on ticket_search using gin (public);
create index ticket_search_everything on ticket_search using gin (everything);

create table content_search (
    kind text not null,
    scope text not null,
    id uuid not null,
    words tsvector not null,
    primary key (kind, scope, id)
);
create index content_search_words on content_search using gin (words);
