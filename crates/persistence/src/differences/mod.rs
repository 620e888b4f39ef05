//! Everything that the two engines do not share. A reviewer can count it: ticket numbers, the
//! order of events, full-text search, days and months.

pub(crate) mod search;

use bsm_domain::clock::Time;
use bsm_domain::event::Event;
use chrono::NaiveDate;
use sqlx::types::Json;

use crate::core::CHANNEL;
use crate::events::NUMBERED_AT_ONCE;
use crate::ticket_periods::Unit;
use crate::{DbError, EngineKind, Query, Tx};

/// The lock under which one replica at a time numbers events. Any fixed number of our own.
const NUMBERING_LOCK: i64 = 0x6273_6d00_0001;

/// Adds ` indexed by …`, which names the index that a statement is to use, on SQLite alone: PostgreSQL
/// knows by what it finds least.
pub(crate) fn push_indexed_by(query: &mut Query<'_>, index: &'static str) {
    if !query.is_postgres() {
        query.push(index);
    }
}

/// Ends a subquery that PostgreSQL is not to see through: it would read on in the order of the list until
/// it has found enough.
pub(crate) fn push_fence(query: &mut Query<'_>) {
    if query.is_postgres() {
        query.push(" offset 0");
    }
}

/// Adds a statement that lists tickets of each of several days or months, by a column of `tickets t` that
/// has a time: who they are, and what lists are ordered by. `rest` adds further conditions, order and limit,
/// for one day or month.
pub(crate) fn push_each_period(
    query: &mut Query<'_>,
    (column, unit, periods): (&'static str, Unit, &[NaiveDate]),
    rest: impl FnOnce(&mut Query<'_>),
) {
    const KEYS: &str = "select t.id, t.updated_at, t.customer_updated_at from ";
    let format = match (unit, query.is_postgres()) {
        (Unit::Month, false) => "%Y-%m",
        _ => "%Y-%m-%d",
    };
    let names: Vec<String> = periods
        .iter()
        .map(|date| date.format(format).to_string())
        .collect();
    query.push(KEYS);
    if query.is_postgres() {
        // Of this function PostgreSQL believes the same whatever it is given, so that the plan for all
        // values looks as good as the one for these, and is kept.
        query
            .push("jsonb_array_elements_text(")
            .push_bind(Json(names));
        query.push(") p cross join lateral (").push(KEYS);
        query.push(match unit {
            Unit::Day => "tickets t where (",
            Unit::Month => "tickets t where date_trunc('month', ",
        });
        query.push(column);
        query.push(" at time zone 'UTC')::date = p.value::date and ");
    } else {
        query.push("json_each(").push_bind(Json(names));
        query.push(") p cross join tickets t on t.id in (select t.id from tickets t where substr(");
        query.push(column).push(match unit {
            Unit::Day => ", 1, 10) = p.value and ",
            Unit::Month => ", 1, 7) = p.value and ",
        });
    }
    query.push(column).push(" is not null");
    rest(query);
    query.push(if query.is_postgres() { ") t" } else { ")" });
}

/// Ends the left side of a comparison with a time by which nothing is to be found. SQLite is told by a sign
/// before it; PostgreSQL would find by all times that are compared, and does not know that what happened on
/// a day happened in the time that the day is of.
pub(crate) fn push_blind(query: &mut Query<'_>) {
    if query.is_postgres() {
        query.push(" + interval '0'");
    }
}

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
        let mut query = self.q(
            "with head as (select position from event_head where id = 1 for update), \
                 fresh as (select id, row_number() over (order by seq) as n from \
                 (select id, seq from events where position is null order by seq limit ",
        );
        query.push_number(NUMBERED_AT_ONCE).push(
            ") u), \
                 numbered as (update events e set position = head.position + fresh.n \
                 from fresh, head where e.id = fresh.id returning 1) \
                 update event_head set position = position + (select count(*) from numbered) \
                 where id = 1 and exists (select 1 from fresh) \
                 returning (select count(*) from numbered)",
        );
        let numbered = query
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
}
