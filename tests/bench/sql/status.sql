-- One of staff changes the status.
select {new id} as history, {new id} as event, {now} as at \gset
{begin};
select id from tickets where number = :number \gset
select id from tickets where id = :id {for update};
{ticket} where t.id = :id;
{count change: other status};
{update ticket: other status};
{history} values (:history, :id, :at, :agent, 'portal', 'status', 'open', 'pending', null, null, null);
{next position}
{event} values (:event, {position}, 'ticket.updated', :at, :agent, 'ticket', :id, :number,
  {customer}, {organization}, '{"status": {"to": "pending", "from": "open"}}');
{move figures};
{ticket} where t.id = :id;
select id, number from tickets where follow_up_of = :id order by +number limit 100;
{settings};
commit;
