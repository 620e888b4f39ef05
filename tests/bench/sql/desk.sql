-- Staff's list with two filters, which an index of unsolved tickets serves.
{ticket columns} from (select t.* from tickets t where 1 = 1 and t.status = :status and t.priority = :priority
and t.status <> 'closed' order by t.updated_at desc, t.id desc limit 26) t
{ticket around}
order by t.updated_at desc, t.id desc;
