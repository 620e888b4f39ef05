-- What staff have begun to write to a ticket and not sent: one a person and ticket.
create table reply_drafts (
    user_id uuid not null references users (id) on delete cascade,
    ticket_id uuid not null references tickets (id) on delete cascade,
    visibility text not null check (visibility in ('public', 'internal')), -- which was being written
    reply text not null, -- for the customer
    note text not null, -- for staff
    version bigint not null, -- rises with each change, also over a deletion
    updated_at timestamptz not null,
    primary key (user_id, ticket_id)
);
