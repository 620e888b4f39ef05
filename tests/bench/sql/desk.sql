-- Staff's list with two filters, once it is known that they leave many.
select count(*) from (select t.id from tickets t where 1 = 1 and t.status = :status
  and t.priority = :priority limit 2001) few;
{ticket columns} from (select t.* from tickets t where 1 = 1 and t.status = :status
and {by row} t.priority = :priority
order by t.updated_at desc, t.id desc limit :rows) t
{ticket around}
order by t.updated_at desc, t.id desc;
