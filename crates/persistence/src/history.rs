//! Who changed which field of a ticket.

use bsm_domain::actor::{Role, Via};
use bsm_domain::clock::Time;
use bsm_domain::ids::{TicketId, UserId};
use sqlx::FromRow;
use uuid::Uuid;

use crate::page::{Direction, Key, Page, Window, push_window};
use crate::{DbError, Tx};

/// A row of a ticket's history.
#[derive(Debug, Clone, FromRow)]
#[allow(missing_docs, reason = "columns")]
pub struct HistoryRow {
    pub id: Uuid,
    pub at: Time,
    pub actor_id: Option<UserId>,
    pub actor_name: Option<String>,
    pub actor_role: Option<Role>,
    pub via: Via,
    pub field: String,
    pub from_value: Option<String>,
    pub to_value: Option<String>,
}

/// A change about to be written. Values are codes and ids.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "columns")]
pub struct NewHistory {
    pub ticket_id: TicketId,
    pub at: Time,
    pub actor_id: Option<UserId>,
    pub via: Via,
    pub field: &'static str,
    pub from_value: Option<String>,
    pub to_value: Option<String>,
}

impl Tx {
    /// A page of a ticket's history, oldest first.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn history(
        &mut self,
        ticket: TicketId,
        window: &Window,
    ) -> Result<Page<HistoryRow>, DbError> {
        let mut query = self.q(
            "select h.id, h.at, h.actor_id, u.name as actor_name, u.role as actor_role, h.via, \
             h.field, h.from_value, h.to_value \
             from ticket_history h left join users u on u.id = h.actor_id where h.ticket_id = ",
        );
        query.push_bind(ticket);
        push_window(
            &mut query,
            window,
            "(h.at, h.id)",
            Direction::Rising,
            " order by h.at, h.id",
        );
        let rows: Vec<HistoryRow> = query.all().await?;
        Ok(Page::cut(rows, window.limit, |row| Key {
            at: row.at,
            id: row.id,
        }))
    }

    /// Writes a change.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn insert_history(&mut self, row: &NewHistory) -> Result<(), DbError> {
        self.q("insert into ticket_history (id, ticket_id, at, actor_id, via, field, from_value, to_value) \
             values ($1, $2, $3, $4, $5, $6, $7, $8)")
            .bind(Uuid::now_v7())
            .bind(row.ticket_id)
            .bind(row.at)
            .bind(row.actor_id)
            .bind(row.via)
            .bind(row.field.to_owned())
            .bind(row.from_value.clone())
            .bind(row.to_value.clone())
            .execute()
            .await
            .map(drop)
    }
}
