//! Everything that the two engines do not share. A reviewer can count it: ticket numbers, the
//! order of events, full-text search.

use bsm_domain::clock::Time;
use bsm_domain::event::Event;
use bsm_domain::ids::TicketId;
use sqlx::types::Json;
use uuid::Uuid;

use crate::core::CHANNEL;
use crate::{DbError, EngineKind, Query, Tx};

/// The lock under which one replica at a time numbers events. Any fixed number of our own.
const NUMBERING_LOCK: i64 = 0x6273_6d00_0001;

impl Tx {
    // --- Ticket numbers ---------------------------------------------------------------------

    /// The next ticket number: unique and rising. On PostgreSQL a failed transaction leaves a
    /// gap, which is allowed; a counter row would make every creation wait for the one before.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn next_ticket_number(&mut self) -> Result<i64, DbError> {
        self.q_either(
            "select coalesce(max(number), 0) + 1 from tickets",
            "select nextval('ticket_numbers')",
        )
        .scalar()
        .await
    }

    // --- Order of events --------------------------------------------------------------------

    /// Writes an event in the transaction of the change it tells of. On SQLite, whose writers
    /// take turns, it gets its position here; on PostgreSQL after the commit, by
    /// [`Tx::number_events`].
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn append_event(&mut self, event: &Event) -> Result<(), DbError> {
        let position: Option<i64> = match self.engine() {
            EngineKind::Sqlite => Some(
                self.q(
                    "update event_head set position = position + 1 where id = 1 returning position",
                )
                .scalar()
                .await?,
            ),
            EngineKind::Postgres => None,
        };
        self.q(
            "insert into events (id, position, kind, occurred_at, actor_id, subject_kind, \
             subject_id, subject_number, requester_id, organization_id, changes) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        )
        .bind(event.id)
        .bind(position)
        .bind(event.kind)
        .bind(event.occurred_at)
        .bind(event.actor)
        .bind(event.subject_kind)
        .bind(event.subject_id)
        .bind(event.subject_number)
        .bind(event.requester)
        .bind(event.organization)
        .bind(Json(event.changes.0.clone()))
        .execute()
        .await?;
        self.wake = true;
        Ok(())
    }

    /// Gives positions to committed events that have none, in the order of their insertion, at
    /// most 1,000, and tells the other replicas. Returns how many; `None` where another replica is
    /// at it, which may have looked before the caller's event was committed: ask again. On SQLite
    /// there is never anything to do.
    ///
    /// Why this order is safe: a position is only ever given to a row that is committed, and all
    /// positions are given by one holder of the lock after the other, so a reader that has seen
    /// position n will never find a lower one appear. Two changes of one ticket take its row lock,
    /// so the later one's event cannot be visible without the earlier one's.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn number_events(&mut self) -> Result<Option<u64>, DbError> {
        if self.engine() == EngineKind::Sqlite {
            return Ok(Some(0));
        }
        // A statement of its own: under read committed the next one's snapshot is taken after the
        // lock, so it sees all that the holder before committed.
        let mine: bool = self
            .q("select pg_try_advisory_xact_lock($1)")
            .bind(NUMBERING_LOCK)
            .scalar()
            .await?;
        if !mine {
            return Ok(None);
        }
        let numbered = self
            .q(
                "with head as (select position from event_head where id = 1 for update), \
                 fresh as (select id, row_number() over (order by seq) as n from \
                 (select id, seq from events where position is null order by seq limit 1000) u), \
                 numbered as (update events e set position = head.position + fresh.n \
                 from fresh, head where e.id = fresh.id returning 1) \
                 update event_head set position = position + (select count(*) from numbered) \
                 where id = 1 and exists (select 1 from fresh) \
                 returning (select count(*) from numbered)",
            )
            .optional::<(i64,)>()
            .await?
            .map_or(0, |(n,)| n.unsigned_abs());
        if numbered > 0 {
            self.q("select pg_notify($1, '')")
                .bind(CHANNEL.to_owned())
                .execute()
                .await?;
        }
        Ok(Some(numbered))
    }

    /// When the oldest event that has no position yet happened: the lag of numbering. `None` where
    /// nothing waits, and always on SQLite.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn oldest_unnumbered_event(&mut self) -> Result<Option<Time>, DbError> {
        if self.engine() == EngineKind::Sqlite {
            return Ok(None);
        }
        let row = self
            .q("select occurred_at from events where position is null order by seq limit 1")
            .optional::<(Time,)>()
            .await?;
        Ok(row.map(|(at,)| at))
    }

    // --- Full-text search -------------------------------------------------------------------

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
            EngineKind::Sqlite => {
                self.q("insert into ticket_search (rowid, public, internal) values ($1, $2, '')")
                    .bind(number)
                    .bind(words.to_owned())
            }
            EngineKind::Postgres => self
                .q("insert into ticket_search (ticket_id, public, everything) \
                     values ($1, strip(to_tsvector('simple', $2)), strip(to_tsvector('simple', $2)))")
                .bind(id)
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

/// Adds ` and <the ticket t has words beginning with all terms>`. Customers' searches never look
/// into notes; a search without a word finds nothing.
pub(crate) fn push_ticket_match(query: &mut Query<'_>, terms: &[String], notes_too: bool) {
    if terms.is_empty() {
        query.push(" and 1 = 0");
    } else if query.is_postgres() {
        query.push(" and t.id in (select ticket_id from ticket_search where ");
        query.push(if notes_too { "everything" } else { "public" });
        query
            .push(" @@ to_tsquery('simple', ")
            .push_bind(tsquery(terms))
            .push("))");
    } else {
        let wanted = fts5(terms);
        query.push(" and t.number in (select rowid from ticket_search where ticket_search match ");
        query.push_bind(if notes_too {
            wanted
        } else {
            format!("public : ({wanted})")
        });
        query.push(")");
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
        .map(|t| format!("\"{t}\"*"))
        .collect::<Vec<_>>()
        .join(" AND ")
}
