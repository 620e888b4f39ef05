-- A customer changes what they say of a resolution.
select {new id} as rating, {new id} as history, {new id} as event, {new text} as comment, {now} as at \gset
{begin};
select id from tickets where number = :number \gset
select id from tickets where id = :id {for update};
{ticket} where t.id = :id;
{settings};
{rating};
select id, ticket_id, n, assignee_id, service_id, resolved_at, undone_at, undone_by, reopened, score
from resolutions where ticket_id = :id and n = 1;
insert into rating_revisions (rating_id, n, score, comment, reasons, written_at)
select r.id, (select count(*) + 1 from rating_revisions v where v.rating_id = r.id), r.score, r.comment,
  r.reasons, r.updated_at from ratings r where r.ticket_id = :id and r.resolution = 1;
insert into ratings (id, ticket_id, resolution, score, comment, reasons, customer_id, organization_id,
  assignee_id, service_id, resolved_at, created_at, updated_at)
values (:rating, :id, 1, 5, :comment, '[]', {customer}, {organization}, null, null, :at, :at, :at)
on conflict (ticket_id, resolution) do update set score = excluded.score, comment = excluded.comment,
  reasons = excluded.reasons, updated_at = excluded.updated_at, seen_at = null, seen_by = null;
delete from rating_reasons where rating_id = :id;
update resolutions set score = 5 where ticket_id = :id and n = 1;
{count change};
{update ticket};
{history} values (:history, :id, :at, {customer}, 'portal', 'rating', '5', '5', null, null, null);
{next position}
{event} values (:event, {position}, 'ticket.rated', :at, {customer}, 'ticket', :id, :number,
  {customer}, {organization}, '{"score": {"to": 5, "from": 5}}');
{move figures};
{rating};
commit;
