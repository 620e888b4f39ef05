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

-- FTS5 finds a row by its words or its rowid, by nothing else: this is where a text's rowid stands,
-- so that replacing it does not read the whole table.
create table content_keys (
    key integer primary key,
    kind text not null,
    scope text not null,
    id uuid not null,
    unique (kind, scope, id)
);
