-- What only SQLite needs: full-text search by FTS5. Texts arrive folded, so `unicode61` has
-- nothing left to fold; `prefix` serves the search while typing.
create virtual table ticket_search using fts5 (
    public, internal,
    tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3'
);

create virtual table content_search using fts5 (
    kind unindexed, scope unindexed, id unindexed,
    title, headings, body,
    tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3'
);
