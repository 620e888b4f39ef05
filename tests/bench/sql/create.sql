-- A customer opens a ticket: the call that is done once, the row, its words, history, event and
-- figures, and what the answer shows.
select {new id} as id, {new id} as history, {new id} as event, {new text} as key, {now} as at \gset
select body_hash, answer from answered_calls
where caller_id = {customer} and route = 'POST /api/customer/tickets' and key = :key and answer is not null;
{begin};
insert into answered_calls (caller_id, route, key, body_hash, at)
values ({customer}, 'POST /api/customer/tickets', :key, {hash}, :at)
on conflict (caller_id, route, key) do nothing;
{next number} \gset
{count new};
insert into tickets (id, number, subject, description, status, priority, category, requester_id,
  organization_id, service_id, service_version, answers, follow_up_of, resolutions, waiting_since,
  created_at, updated_at, version, customer_updated_at, customer_version)
values (:id, :number, 'The printer is silent', 'Since this morning it prints nothing.', 'new', 'normal',
  'customer_request', {customer}, {organization}, null, null, '[]', null, 0, :at, :at, :at, 1, :at, 1);
{insert words};
{ticket} where t.id = :id;
{history} values (:history, :id, :at, {customer}, 'portal', 'created', null, 'new', null, null, null);
{next position}
{event} values (:event, {position}, 'ticket.created', :at, {customer}, 'ticket', :id, :number,
  {customer}, {organization}, '{}');
{move figures: one more};
select id, number from tickets where follow_up_of = :id order by +number limit 100;
{settings};
update answered_calls set answer = {sealed answer}
where caller_id = {customer} and route = 'POST /api/customer/tickets' and key = :key;
commit;
