insert into ticket_count_moves (id, status, priority, assignee_id, tickets, waiting, reopened)
values ({new id}, 'new', 'normal', {nobody}, 1, 1, 0)
