select id, ticket_id, resolution, score, comment, reasons, resolved_at, created_at, updated_at, seen_at,
  seen_by from ratings where ticket_id = :id and resolution = 1
