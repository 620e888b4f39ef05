-- One ticket by its number, with all that its page shows of it.
select id from tickets where number = :number \gset
{ticket} where t.id = :id;
select id, number from tickets where follow_up_of = :id order by +number limit 100;
{settings};
