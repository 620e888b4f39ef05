insert into events (id, position, kind, occurred_at, actor_id, subject_kind, subject_id,
  subject_number, requester_id, organization_id, changes)
