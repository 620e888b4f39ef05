-- How many tickets there are of each status, priority and assignee, how many of their customers wait
-- for an answer, and how many were reopened. The assignee without a digit stands for nobody.
create table ticket_counts (
    status text not null,
    priority text not null,
    assignee_id uuid not null,
    tickets bigint not null,
    waiting bigint not null,
    reopened bigint not null,
    primary key (status, priority, assignee_id)
);
-- What came since and is not in the counts yet. Rows are only added and, by one at a time, folded into
-- the counts: a row a status would make every change of a ticket wait for the one before.
create table ticket_count_moves (
    id uuid primary key,
    status text not null,
    priority text not null,
    assignee_id uuid not null,
    tickets bigint not null,
    waiting bigint not null,
    reopened bigint not null
);
