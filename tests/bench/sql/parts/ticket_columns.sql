select t.id, t.number, t.subject, t.description, t.status, t.priority, t.category, t.requester_id,
  r.name as requester_name, r.email as requester_email, t.organization_id, o.name as
  organization_name, t.assignee_id, a.name as assignee_name, t.service_id, sv.name as service_name,
  t.service_version, t.answers, t.follow_up_of, f.number as follow_up_of_number, t.resolutions,
  t.score, rt.comment as rating_comment, rt.reasons as rating_reasons, rt.created_at as rated_at,
  rt.updated_at as rating_updated_at, t.first_response_at, t.resolved_at, t.closed_at,
  t.waiting_since, t.reopened_at, t.created_at, t.updated_at, t.version, t.customer_updated_at,
  t.customer_version
