-- The words that tickets have, read out of the search: it stores nothing of its own.
create virtual table ticket_words using fts5vocab ('ticket_search', 'instance');
