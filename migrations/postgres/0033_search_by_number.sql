-- A search gives the newest tickets first: their numbers stand beside the words, so that the newest
-- can be looked at one after the other.
alter table ticket_search add column number bigint;
update ticket_search s set number = t.number from tickets t where t.id = s.ticket_id;
alter table ticket_search alter column number set not null;
create unique index ticket_search_number on ticket_search (number);
