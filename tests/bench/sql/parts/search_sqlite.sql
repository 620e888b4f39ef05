with recursive w (word, n) as (
select (select term from ticket_words where term >= :term and term < :beyond order by term limit 1), 1
union all
select (select term from ticket_words where term >= w.word || '!' and term < :beyond
order by term limit 1), w.n + 1 from w where w.word is not null and w.n <= 32)
select word from w where word is not null;
{ticket columns} from (select t.* from ticket_search s cross join tickets t on t.number = s.rowid
where ticket_search match :terms order by s.rowid desc limit 26) t
{ticket around}
order by t.number desc
