-- Counts the tickets that are there: nobody is written in each engine's own way.
insert into ticket_counts (status, priority, assignee_id, tickets, waiting, reopened)
select status, priority, coalesce(assignee_id, zeroblob(16)), count(*), count(waiting_since), count(reopened_at)
from tickets
group by 1, 2, 3;
