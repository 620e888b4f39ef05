-- Tickets that have a word which is in one of a thousand.
{ticket} where 1 = 1 and {has terms}
order by t.created_at desc, t.id desc limit :rows;
