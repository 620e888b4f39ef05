//! What happened around a customer: the events of their tickets, newest first.

use bsm_domain::actor::Role;
use bsm_domain::clock::Time;
use bsm_domain::event::EventKind;
use bsm_domain::ids::{EventId, TicketId, UserId};
use serde_json::{Map, Value};
use sqlx::FromRow;
use sqlx::types::Json;

use crate::page::{Direction, Key, Page, Window, push_window};
use crate::{DbError, Tx};

/// An event of a customer's ticket, with the ticket and who did it.
#[derive(Debug, Clone, FromRow)]
#[allow(missing_docs, reason = "columns")]
pub struct ActivityRow {
    pub id: EventId,
    pub kind: EventKind,
    pub occurred_at: Time,
    pub actor_id: Option<UserId>,
    pub actor_name: Option<String>,
    pub actor_role: Option<Role>,
    pub ticket_id: TicketId,
    pub ticket_number: i64,
    pub ticket_subject: String,
    pub changes: Json<Map<String, Value>>,
}

impl Tx {
    /// A page of what happened on a customer's tickets, newest first. Notes among staff are no
    /// activity of the customer's.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn customer_activity(
        &mut self,
        customer: UserId,
        window: &Window,
    ) -> Result<Page<ActivityRow>, DbError> {
        let mut query = self.q(
            "select e.id, e.kind, e.occurred_at, e.actor_id, a.name as actor_name, \
             a.role as actor_role, t.id as ticket_id, t.number as ticket_number, \
             t.subject as ticket_subject, e.changes \
             from events e cross join tickets t left join users a on a.id = e.actor_id \
             where t.id = e.subject_id and e.kind <> 'ticket.note_added' and e.requester_id = ",
        );
        query.push_bind(customer);
        push_window(
            &mut query,
            window,
            "(e.occurred_at, e.id)",
            Direction::Falling,
            " order by e.occurred_at desc, e.id desc",
        );
        let rows: Vec<ActivityRow> = query.all().await?;
        Ok(Page::cut(rows, window.limit, |row| Key {
            at: row.occurred_at,
            id: row.id.0,
        }))
    }
}
