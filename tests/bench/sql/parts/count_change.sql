insert into ticket_count_moves (id, status, priority, assignee_id, tickets, waiting, reopened)
select m.id, m.status, m.priority, m.assignee_id, m.tickets, m.waiting, m.reopened from
  (select {new id} as id, status, priority, coalesce(assignee_id, {nobody}) as assignee_id, -1 as tickets,
  case when waiting_since is null then 0 else -1 end as waiting,
  case when reopened_at is null then 0 else -1 end as reopened from tickets where id = :id
  union all select {new id}, {status}, priority, coalesce(assignee_id, {nobody}), 1,
  case when waiting_since is null then 0 else 1 end, case when reopened_at is null then 0 else 1 end
  from tickets where id = :id) m
where exists (select 1 from tickets t where t.id = :id and t.status <> {status of t})
