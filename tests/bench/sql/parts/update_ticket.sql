update tickets set subject = subject, status = {status}, priority = priority, category = category,
  assignee_id = assignee_id, resolutions = resolutions, score = score,
  first_response_at = first_response_at, resolved_at = resolved_at, closed_at = closed_at,
  updated_at = :at, version = version + 1, customer_updated_at = :at,
  customer_version = customer_version + 1, waiting_since = waiting_since, reopened_at = reopened_at,
  first_response_seconds = first_response_seconds, resolution_seconds = resolution_seconds
where id = :id
