//! The event log as its readers see it: in the order of positions. Nothing but a position may be
//! a cursor (docs/adr/0001-event-order.md).

use bsm_domain::clock::Time;
use bsm_domain::event::{Changes, Event};
use bsm_domain::ids::{EventId, OrganizationId, UserId};
use serde_json::{Map, Value};
use sqlx::FromRow;
use sqlx::types::Json;
use uuid::Uuid;

use crate::{DbError, Tx};

/// Most events that are given their positions by one transaction.
pub const NUMBERED_AT_ONCE: u32 = 1_000;

/// A row of the log that has its place in the order.
#[derive(Debug, Clone, PartialEq)]
pub struct EventRow {
    /// Its place: 1 or more, without gaps among the rows that are kept, but where an epoch begins.
    pub position: i64,
    /// What happened. `None` where a newer version of the product wrote it and this one does not
    /// know its kind: during an upgrade such a row is passed over, it must not stop the log.
    pub event: Option<Event>,
}

/// The ends of the log, as they are at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromRow)]
pub struct EventLog {
    /// The highest position ever given; 0 before the first event.
    pub head: i64,
    /// Where the present epoch begins: from before it nobody resumes. 0 where there was no other.
    pub epoch: i64,
    /// The position of the oldest event that is kept; `None` where none is.
    pub oldest: Option<i64>,
}

#[derive(FromRow)]
struct Columns {
    position: i64,
    id: EventId,
    kind: String,
    occurred_at: Time,
    actor_id: Option<UserId>,
    subject_kind: String,
    subject_id: Uuid,
    subject_number: Option<i64>,
    requester_id: Option<UserId>,
    organization_id: Option<OrganizationId>,
    changes: Json<Map<String, Value>>,
}

impl From<Columns> for EventRow {
    fn from(row: Columns) -> Self {
        let codes = row.kind.parse().ok().zip(row.subject_kind.parse().ok());
        Self {
            position: row.position,
            event: codes.map(|(kind, subject_kind)| Event {
                id: row.id,
                kind,
                occurred_at: row.occurred_at,
                actor: row.actor_id,
                subject_kind,
                subject_id: row.subject_id,
                subject_number: row.subject_number,
                requester: row.requester_id,
                organization: row.organization_id,
                changes: Changes(row.changes.0),
            }),
        }
    }
}

impl Tx {
    /// The events after a position, in order, at most `limit`.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn events_after(
        &mut self,
        position: i64,
        limit: u32,
    ) -> Result<Vec<EventRow>, DbError> {
        let rows: Vec<Columns> = self
            .q(
                "select position, id, kind, occurred_at, actor_id, subject_kind, subject_id, \
                 subject_number, requester_id, organization_id, changes \
                 from events where position > $1 order by position limit $2",
            )
            .bind(position)
            .bind(i64::from(limit))
            .all()
            .await?;
        Ok(rows.into_iter().map(EventRow::from).collect())
    }

    /// The ends of the log.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn event_log(&mut self) -> Result<EventLog, DbError> {
        self.q("select position as head, \
             coalesce((select max(position) from event_epochs), 0) as epoch, \
             (select min(position) from events) as oldest from event_head where id = 1")
            .one()
            .await
    }

    /// The highest position ever given; 0 before the first event. It outlives the rows.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn event_head(&mut self) -> Result<i64, DbError> {
        self.q("select position from event_head where id = 1")
            .scalar()
            .await
    }

    /// The position of the oldest event that is kept; `None` where none is.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn oldest_event_position(&mut self) -> Result<Option<i64>, DbError> {
        self.q("select min(position) from events").scalar().await
    }

    /// How far a reader inside the product has read: what comes after is kept for it. A name that
    /// is new is a reader that begins there.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn set_event_reader(
        &mut self,
        name: &'static str,
        position: i64,
    ) -> Result<(), DbError> {
        self.q(
            "insert into event_readers (name, position) values ($1, $2) \
             on conflict (name) do update set position = excluded.position",
        )
        .bind(name.to_owned())
        .bind(position)
        .execute()
        .await
        .map(drop)
    }

    /// Takes a reader inside the product away: nothing is kept for it any more.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn forget_event_reader(&mut self, name: &'static str) -> Result<(), DbError> {
        self.q("delete from event_readers where name = $1")
            .bind(name.to_owned())
            .execute()
            .await
            .map(drop)
    }

    /// The position of the last event from before a moment; that before the oldest event that is
    /// kept, where there is none.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn position_before(&mut self, moment: Time) -> Result<i64, DbError> {
        self.q(
            "select coalesce((select position from events where occurred_at < $1 \
             and position is not null order by position desc limit 1), \
             (select min(position) - 1 from events), \
             (select position from event_head where id = 1))",
        )
        .bind(moment)
        .scalar()
        .await
    }

    /// The position that all readers inside the product have passed; `None` where there are none.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn slowest_event_reader(&mut self) -> Result<Option<i64>, DbError> {
        self.q("select min(position) from event_readers")
            .scalar()
            .await
    }

    /// Forgets up to `limit` events from before a moment, the oldest first, none that a reader
    /// inside the product has not read, and none behind one that stays: the log has no gaps. How
    /// many there were.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn forget_events(&mut self, before: Time, limit: u32) -> Result<u64, DbError> {
        let Some(oldest) = self.oldest_event_position().await? else {
            return Ok(0);
        };
        // Positions follow commits, not the clock: the first that is young enough ends it.
        let young: Option<i64> = self
            .q("select min(position) from events where position < $1 and occurred_at >= $2")
            .bind(oldest.saturating_add(i64::from(limit)))
            .bind(before)
            .scalar()
            .await?;
        let read = self.slowest_event_reader().await?;
        let end = [
            Some(oldest.saturating_add(i64::from(limit))),
            young,
            read.map(|position| position.saturating_add(1)),
        ];
        let end = end.into_iter().flatten().min().unwrap_or(oldest);
        self.q("delete from events where position < $1")
            .bind(end)
            .execute()
            .await
    }
}
