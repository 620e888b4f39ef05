//! Full-text search: FTS5 on SQLite, `tsvector` on PostgreSQL.

use std::slice;

use bsm_domain::ids::TicketId;
use uuid::Uuid;

use crate::{DbError, EngineKind, Query, Tx};

impl Tx {
    /// Puts a new ticket into the search. `words` are folded.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn index_ticket(
        &mut self,
        id: TicketId,
        number: i64,
        words: &str,
    ) -> Result<(), DbError> {
        match self.engine() {
            EngineKind::Sqlite => self
                .q("insert into ticket_search (rowid, public, internal) values ($1, $2, '')")
                .bind(number)
                .bind(words.to_owned()),
            EngineKind::Postgres => self
                .q(
                    "insert into ticket_search (ticket_id, number, public, everything) values \
                     ($1, $2, strip(to_tsvector('simple', $3)), strip(to_tsvector('simple', $3)))",
                )
                .bind(id)
                .bind(number)
                .bind(words.to_owned()),
        }
        .execute()
        .await
        .map(drop)
    }

    /// Adds the words of a message to its ticket; those of a note where only staff find them.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn index_message(
        &mut self,
        id: TicketId,
        number: i64,
        words: &str,
        internal: bool,
    ) -> Result<(), DbError> {
        match (self.engine(), internal) {
            (EngineKind::Sqlite, false) => self
                .q("update ticket_search set public = public || ' ' || $2 where rowid = $1")
                .bind(number),
            (EngineKind::Sqlite, true) => self
                .q("update ticket_search set internal = internal || ' ' || $2 where rowid = $1")
                .bind(number),
            // A tsvector holds at most 1 MiB: a conversation beyond 15,000 different words is
            // searched by those.
            (EngineKind::Postgres, false) => self
                .q("update ticket_search set public = public || strip(to_tsvector('simple', $2)), \
                     everything = everything || strip(to_tsvector('simple', $2)) \
                     where ticket_id = $1 and length(everything) < 15000")
                .bind(id),
            (EngineKind::Postgres, true) => self
                .q("update ticket_search set everything = everything || strip(to_tsvector('simple', $2)) \
                     where ticket_id = $1 and length(everything) < 15000")
                .bind(id),
        }
        .bind(words.to_owned())
        .execute()
        .await
        .map(drop)
    }

    /// Puts a text into the search, or replaces it. `kind` is the noun, `scope` who may find it;
    /// the three texts are folded.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn index_content(
        &mut self,
        kind: &'static str,
        scope: &'static str,
        id: Uuid,
        texts: [&str; 3],
    ) -> Result<(), DbError> {
        self.unindex_content(kind, scope, id).await?;
        if self.engine() == EngineKind::Sqlite {
            self.q(
                "insert into content_keys (kind, scope, id) values ($1, $2, $3) \
                 on conflict (kind, scope, id) do nothing",
            )
            .bind(kind.to_owned())
            .bind(scope.to_owned())
            .bind(id)
            .execute()
            .await?;
        }
        let [title, headings, body] = texts.map(str::to_owned);
        self.q_either(
            "insert into content_search (rowid, kind, scope, id, title, headings, body) \
             select key, kind, scope, id, $4, $5, $6 from content_keys \
             where kind = $1 and scope = $2 and id = $3",
            "insert into content_search (kind, scope, id, words) values ($1, $2, $3, \
             setweight(to_tsvector('simple', $4), 'A') || setweight(to_tsvector('simple', $5), 'B') \
             || setweight(to_tsvector('simple', $6), 'C'))",
        )
        .bind(kind.to_owned())
        .bind(scope.to_owned())
        .bind(id)
        .bind(title)
        .bind(headings)
        .bind(body)
        .execute()
        .await
        .map(drop)
    }

    /// Takes a text out of the search.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn unindex_content(
        &mut self,
        kind: &'static str,
        scope: &'static str,
        id: Uuid,
    ) -> Result<(), DbError> {
        self.q_either(
            "delete from content_search where rowid = \
             (select key from content_keys where kind = $1 and scope = $2 and id = $3)",
            "delete from content_search where kind = $1 and scope = $2 and id = $3",
        )
        .bind(kind.to_owned())
        .bind(scope.to_owned())
        .bind(id)
        .execute()
        .await
        .map(drop)
    }

    /// Whether some text of this kind and scope has a word that begins with the folded term.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn content_has(
        &mut self,
        kind: &'static str,
        scope: &'static str,
        term: &str,
    ) -> Result<bool, DbError> {
        let query = self.q_either(
            "select kind from content_search where kind = $1 and scope = $2 \
             and content_search match $3 limit 1",
            "select kind from content_search where kind = $1 and scope = $2 \
             and words @@ to_tsquery('simple', $3) limit 1",
        );
        let terms = [term.to_owned()];
        let wanted = if query.is_postgres() {
            tsquery(&terms)
        } else {
            fts5(&terms)
        };
        let row = query
            .bind(kind.to_owned())
            .bind(scope.to_owned())
            .bind(wanted)
            .optional::<(String,)>()
            .await?;
        Ok(row.is_some())
    }
}

/// How the tickets that have certain words are looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Way {
    /// Ticket by ticket of those that the conditions leave: for where these are few.
    Each,
    /// Among so many of the newest, one after the other. On PostgreSQL only.
    Newest(i64),
    /// From the index of words.
    Words,
    /// From the index of words by one of the terms alone, by its place among them; what it finds is looked
    /// at for the others. On PostgreSQL only.
    WordsBy(usize),
    /// From the index of words, by the words that the terms begin: what FTS5 is asked. On SQLite only.
    Spelt(String),
}

/// By so many words a term is replaced at most.
const SPELLINGS: usize = 32;

/// Of beginnings of so many letters FTS5 keeps an index of its own (`prefix` in the migration).
const INDEXED_BEGINNINGS: std::ops::RangeInclusive<usize> = 2..=3;

/// A term that so many of [`GLIMPSE`] tickets have, or fewer, is asked for alone: PostgreSQL's index makes a
/// list for each term before it compares them, which for common ones takes longer than to look at the
/// tickets that have a rare one.
const RARE: i64 = 10;

/// So many of the newest tickets tell how common a term is.
pub(crate) const GLIMPSE: i64 = 2_000;

impl Tx {
    /// The way to all tickets that have some terms: on PostgreSQL by a rare one alone where there is one,
    /// on SQLite by the words that they begin. `notes_too` as in [`push_found`].
    pub(crate) async fn way_of_words(
        &mut self,
        terms: &[String],
        notes_too: bool,
    ) -> Result<Way, DbError> {
        if self.engine() == EngineKind::Sqlite {
            let mut spelt = Vec::new();
            for term in terms {
                spelt.push(self.spelt(term).await?);
            }
            return Ok(Way::Spelt(spelt.join(" AND ")));
        }
        if terms.len() < 2 {
            return Ok(Way::Words);
        }
        let mut query = self.q("with newest as materialized (select ");
        query.push(words_of(notes_too));
        query.push(" as words from ticket_search order by number desc limit ");
        query.push_bind(GLIMPSE);
        query.push(
            ") select case when numnode(to_tsquery('simple', t.term)) > 0 then \
             (select count(*) from newest where words @@ to_tsquery('simple', t.term)) end from unnest(string_to_array(",
        );
        let each: Vec<String> = terms
            .iter()
            .map(|term| tsquery(slice::from_ref(term)))
            .collect();
        query.push_bind(each.join(" "));
        query.push(", ' ')) with ordinality t(term, n) order by t.n");
        let counts = query.all::<(Option<i64>,)>().await?;
        // What PostgreSQL takes for no word (a sign that Unicode counts among the numbers) is passed over
        // beside others; alone nothing is found by it.
        let words = counts.iter().enumerate();
        let words = words.filter_map(|(n, (count,))| count.map(|count| (n, count)));
        Ok(match words.min_by_key(|(_, count)| *count) {
            Some((n, count)) if count <= RARE => Way::WordsBy(n),
            _ => Way::Words,
        })
    }

    /// A term for FTS5, as the words that begin with it where they are few. A whole word is read from its
    /// newest ticket on, and several of them in step; of a beginning FTS5 makes the list of all tickets first.
    async fn spelt(&mut self, term: &str) -> Result<String, DbError> {
        let whole = fts5(&[term.to_owned()]);
        if INDEXED_BEGINNINGS.contains(&term.chars().count()) {
            return Ok(whole);
        }
        // From word to word: behind each the index is entered anew, since it would go on to the next
        // ticket with the same. The sign comes before all that words are made of.
        let mut query = self.q("with recursive w (word, n) as (\
             select (select term from ticket_words where term >= $1 and term < $2 order by term limit 1), 1 \
             union all \
             select (select term from ticket_words where term >= w.word || '!' and term < $2 \
             order by term limit 1), w.n + 1 from w where w.word is not null and w.n <= $3) \
             select word from w where word is not null")
            .bind(term.to_owned())
            .bind(format!("{term}{}", char::MAX));
        query = query.bind(i64::try_from(SPELLINGS).unwrap_or(i64::MAX));
        let words = query.all::<(String,)>().await?;
        if !(1..=SPELLINGS).contains(&words.len()) {
            return Ok(whole);
        }
        let words: Vec<String> = words.into_iter().map(|(word,)| quoted(&word)).collect();
        Ok(format!("({})", words.join(" OR ")))
    }
}

fn quoted(word: &str) -> String {
    format!("\"{}\"", word.replace('"', "\"\""))
}

const fn words_of(notes_too: bool) -> &'static str {
    if notes_too { "everything" } else { "public" }
}

/// Adds `<tickets t that have words beginning with all terms> where …`, to which conditions can be
/// added, and returns the order in which it gives the newest first. Customers' searches never look
/// into notes. `before` leaves out the tickets from this number on.
///
/// SQLite's index of words lists what it finds by falling number, one at a time. PostgreSQL's lists
/// all before it gives the first, and its planner cannot know how common the beginning of a word is:
/// each way leaves it no choice (`limit 1` and `offset 0` are not seen through).
pub(crate) fn push_found(
    query: &mut Query<'_>,
    way: &Way,
    terms: &[String],
    notes_too: bool,
    before: Option<i64>,
) -> &'static str {
    if query.is_postgres() {
        push_found_on_postgres(query, way, terms, notes_too, before)
    } else {
        push_found_on_sqlite(query, way, terms, notes_too, before)
    }
}

fn push_found_on_sqlite(
    query: &mut Query<'_>,
    way: &Way,
    terms: &[String],
    notes_too: bool,
    before: Option<i64>,
) -> &'static str {
    // `cross join` keeps the tables in this order.
    if *way == Way::Each {
        query.push("tickets t cross join ticket_search s on s.rowid = t.number where 1 = 1");
        push_before(query, "t.number", before);
        for term in terms {
            // Words are kept with one space between them.
            query.push(if notes_too {
                " and instr(' ' || s.public || ' ' || s.internal, ' ' || "
            } else {
                " and instr(' ' || s.public, ' ' || "
            });
            query.push_bind(term.clone()).push(") > 0");
        }
        // The sign keeps the index of numbers out: it would be walked from its end.
        return " order by +t.number desc";
    }
    let wanted = match way {
        Way::Spelt(wanted) => wanted.clone(),
        _ => fts5(terms),
    };
    query
        .push(
            "ticket_search s cross join tickets t on t.number = s.rowid where ticket_search match ",
        )
        .push_bind(if notes_too {
            wanted
        } else {
            format!("public : ({wanted})")
        });
    push_before(query, "s.rowid", before);
    " order by s.rowid desc"
}

fn push_found_on_postgres(
    query: &mut Query<'_>,
    way: &Way,
    terms: &[String],
    notes_too: bool,
    before: Option<i64>,
) -> &'static str {
    let words = words_of(notes_too);
    let wanted = tsquery(terms);
    if *way == Way::Each {
        query
            .push("tickets t cross join lateral (select x.number from ticket_search x where x.ticket_id = t.id and x.")
            .push(words)
            .push(" @@ to_tsquery('simple', ")
            .push_bind(wanted)
            .push(") limit 1) s where 1 = 1");
        push_before(query, "t.number", before);
        return " order by +t.number desc";
    }
    query
        .push("(select c.ticket_id, c.number from (select x.ticket_id, x.number, x.")
        .push(words)
        .push(" as words from ticket_search x where 1 = 1");
    push_before(query, "x.number", before);
    match way {
        Way::Newest(many) => {
            query
                .push(" order by x.number desc limit ")
                .push_bind(*many);
            query.push(") c where c.words @@ to_tsquery('simple', ");
            query.push_bind(wanted).push(")");
        }
        Way::WordsBy(n) => {
            query
                .push(" and x.")
                .push(words)
                .push(" @@ to_tsquery('simple', ");
            query.push_bind(tsquery(&terms[*n..=*n]));
            query.push(") offset 0) c where c.words @@ to_tsquery('simple', ");
            query.push_bind(wanted).push(")");
        }
        Way::Each | Way::Words | Way::Spelt(_) => {
            query
                .push(" and x.")
                .push(words)
                .push(" @@ to_tsquery('simple', ");
            query.push_bind(wanted).push(") offset 0) c");
        }
    }
    query.push(
        " order by c.number desc) s \
         cross join lateral (select * from tickets x where x.id = s.ticket_id limit 1) t where 1 = 1",
    );
    " order by s.number desc"
}

fn push_before(query: &mut Query<'_>, number: &'static str, before: Option<i64>) {
    if let Some(before) = before {
        query
            .push(" and ")
            .push(number)
            .push(" < ")
            .push_bind(before);
    }
}

/// Adds ` and <column> in (texts of this kind that have words beginning with all terms)`.
pub(crate) fn push_content_match(
    query: &mut Query<'_>,
    column: &'static str,
    kind: &'static str,
    scope: &'static str,
    terms: &[String],
) {
    query.push(" and ").push(column);
    query
        .push(" in (select id from content_search where kind = ")
        .push_bind(kind.to_owned());
    query.push(" and scope = ").push_bind(scope.to_owned());
    if query.is_postgres() {
        query
            .push(" and words @@ to_tsquery('simple', ")
            .push_bind(tsquery(terms))
            .push("))");
    } else {
        query
            .push(" and content_search match ")
            .push_bind(fts5(terms))
            .push(")");
    }
}

/// Adds a join to the text of this kind and scope that belongs to `column` and has words beginning
/// with all terms.
pub(crate) fn push_content_join(
    query: &mut Query<'_>,
    column: &'static str,
    kind: &'static str,
    scope: &'static str,
    terms: &[String],
) {
    query
        .push(" join content_search on content_search.id = ")
        .push(column)
        .push(" and content_search.kind = ")
        .push_bind(kind.to_owned());
    query
        .push(" and content_search.scope = ")
        .push_bind(scope.to_owned());
    if query.is_postgres() {
        query
            .push(" and content_search.words @@ to_tsquery('simple', ")
            .push_bind(tsquery(terms))
            .push(")");
    } else {
        query
            .push(" and content_search match ")
            .push_bind(fts5(terms));
    }
}

/// Ends a statement with [`push_content_join`]: the engine's best first, at most 100.
pub(crate) fn push_content_order(query: &mut Query<'_>, terms: &[String]) {
    if query.is_postgres() {
        query
            .push(" order by ts_rank(content_search.words, to_tsquery('simple', ")
            .push_bind(tsquery(terms))
            .push(")) desc limit 100");
    } else {
        query.push(" order by bm25(content_search, 0, 0, 0, 10.0, 4.0, 1.0) limit 100");
    }
}

/// Terms are folded words: letters and digits only, so neither syntax can be broken out of.
fn tsquery(terms: &[String]) -> String {
    terms
        .iter()
        .map(|t| format!("'{t}':*"))
        .collect::<Vec<_>>()
        .join(" & ")
}

fn fts5(terms: &[String]) -> String {
    terms
        .iter()
        .map(|t| format!("{}*", quoted(t)))
        .collect::<Vec<_>>()
        .join(" AND ")
}
