-- Staff's list with two filters, of which the last touched of this desk pass only one: all that pass both
-- are put in order.
select count(*) from (select t.id from (select * from (select t.* from tickets t where 1 = 1
  and t.status = :status order by t.updated_at desc, t.id desc limit 2001) part) t
  where 1 = 1 and t.status = :status and t.priority = :priority limit 6) found;
{ticket columns} from (select t.id from (select t.* from tickets t where 1 = 1 and t.status = :status
and {by row} t.priority = :priority {fence}) t where 1 = 1
order by t.updated_at desc, t.id desc limit 26) page left join tickets t on t.id = page.id
{ticket around}
order by t.updated_at desc, t.id desc;
