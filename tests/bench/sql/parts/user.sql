select u.id, u.email, u.name, u.role, u.organization_id, o.name as organization_name,
  u.organization_role, u.active, u.language, u.time_zone, u.theme, u.last_seen_at, u.created_at,
  u.updated_at, u.version from users u left join organizations o on o.id = u.organization_id
where u.id = :agent
