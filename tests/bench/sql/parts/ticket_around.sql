left join users r on r.id = t.requester_id
left join organizations o on o.id = t.organization_id
left join users a on a.id = t.assignee_id
left join service_versions sv on sv.service_id = t.service_id and sv.n = t.service_version
left join tickets f on f.id = t.follow_up_of
left join ratings rt on rt.ticket_id = t.id and rt.resolution = t.resolutions and t.resolved_at is not null
