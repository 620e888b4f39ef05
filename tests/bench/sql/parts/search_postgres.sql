{ticket columns} from (select t.* from (select c.ticket_id, c.number from
  (select x.ticket_id, x.number, x.everything as words from ticket_search x where 1 = 1
  order by x.number desc limit 2000) c where c.words @@ to_tsquery('simple', :terms)
  order by c.number desc) s
cross join lateral (select * from tickets x where x.id = s.ticket_id limit 1) t where 1 = 1
order by s.number desc limit 26) t
{ticket around}
order by t.number desc;
{ticket columns} from (select t.* from (select c.ticket_id, c.number from
  (select x.ticket_id, x.number, x.everything as words from ticket_search x where 1 = 1
  and x.everything @@ to_tsquery('simple', :terms) offset 0) c order by c.number desc) s
cross join lateral (select * from tickets x where x.id = s.ticket_id limit 1) t where 1 = 1
order by s.number desc limit 26) t
{ticket around}
order by t.number desc
