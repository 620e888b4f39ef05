-- One of staff answers in public.
select {new id} as message, {new id} as event, {new text} as key, {now} as at \gset
select body_hash, answer from answered_calls
where caller_id = :agent and route = 'POST /api/admin/tickets/TKT-1/messages' and key = :key
  and answer is not null;
{begin};
insert into answered_calls (caller_id, route, key, body_hash, at)
values (:agent, 'POST /api/admin/tickets/TKT-1/messages', :key, {hash}, :at)
on conflict (caller_id, route, key) do nothing;
select id from tickets where number = :number \gset
select id from tickets where id = :id {for update};
{ticket} where t.id = :id;
insert into ticket_messages (id, ticket_id, author_id, visibility, body, created_at, key_id)
values (:message, :id, :agent, 'public', 'We are on it, please wait.', :at, null);
{append words};
{count change};
{update ticket};
{next position}
{event} values (:event, {position}, 'ticket.message_added', :at, :agent, 'ticket', :id, :number,
  {customer}, {organization}, '{"message": {"to": "01a22c58-005e-7705-9136-d575821eb868", "from": null}}');
select m.id, m.author_id, u.name as author_name, u.role as author_role, m.key_id, k.name as key_name,
  m.visibility, m.body, m.created_at
from ticket_messages m join users u on u.id = m.author_id left join api_keys k on k.id = m.key_id
where m.id = :message;
select user_id, ticket_id, visibility, reply, note, version, updated_at from reply_drafts
where user_id = :agent and ticket_id = :id;
{move figures};
update answered_calls set answer = {sealed answer}
where caller_id = :agent and route = 'POST /api/admin/tickets/TKT-1/messages' and key = :key;
commit;
