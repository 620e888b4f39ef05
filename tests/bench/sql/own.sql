-- A customer's tickets, last touched first: 25 and one that tells whether more follow.
{ticket columns} from (select t.* from tickets t where 1 = 1 and t.requester_id = {customer}
order by t.customer_updated_at desc, t.id desc limit 26) t
{ticket around}
order by t.customer_updated_at desc, t.id desc;
