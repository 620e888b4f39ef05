-- All tickets by status, priority and assignee, and the names of the assignees: there are three.
select status, priority, assignee_id, count(*) as tickets from
  (select t.status, t.priority, t.assignee_id from tickets t where 1 = 1) c
group by status, priority, assignee_id;
{user};
{user};
{user};
