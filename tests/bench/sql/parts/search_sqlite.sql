{ticket columns} from (select t.* from ticket_search s cross join tickets t on t.number = s.rowid
where ticket_search match :terms order by s.rowid desc limit 26) t
{ticket around}
order by t.number desc
