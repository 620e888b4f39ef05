-- All tickets by status, priority and assignee, as they are kept, and the names of the assignees: there
-- are three.
select status, priority, assignee_id, cast(sum(tickets) as bigint) as tickets from
  (select status, priority, assignee_id, tickets, waiting, reopened from ticket_counts
  union all select status, priority, assignee_id, tickets, waiting, reopened from ticket_count_moves) c
where 1 = 1 group by status, priority, assignee_id having sum(tickets) <> 0;
{user};
{user};
{user};
