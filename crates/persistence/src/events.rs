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

/// A row of the log that has its place in the order.
#[derive(Debug, Clone, PartialEq)]
pub struct EventRow {
    /// Its place: 1 or more, without gaps among the rows that are kept.
    pub position: i64,
    /// What happened. `None` where a newer version of the product wrote it and this one does not
    /// know its kind: during an upgrade such a row is passed over, it must not stop the log.
    pub event: Option<Event>,
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
}
