//! Who changed which field of a ticket.

use bsm_domain::actor::{Role, Via};
use bsm_domain::clock::Time;
use bsm_domain::ids::{ApiKeyId, TicketId, UserId};
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
    pub key_id: Option<ApiKeyId>,
    pub key_name: Option<String>,
    pub field: String,
    pub from_value: Option<String>,
    pub to_value: Option<String>,
    /// The person that `from_value` names, where it is an id of one.
    pub from_name: Option<String>,
    /// The person that `to_value` names.
    pub to_name: Option<String>,
}

/// A value in the history: never a name or free text, so that a person can be erased later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HistoryValue {
    /// Nothing, or a text that is not kept.
    Nothing,
    /// A code or a number.
    Code(String),
    /// A person.
    Person(UserId),
}

impl HistoryValue {
    fn code(&self) -> Option<String> {
        match self {
            Self::Code(code) => Some(code.clone()),
            Self::Nothing | Self::Person(_) => None,
        }
    }

    fn person(&self) -> Option<UserId> {
        match self {
            Self::Person(id) => Some(*id),
            Self::Nothing | Self::Code(_) => None,
        }
    }
}

/// A change about to be written.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "columns")]
pub struct NewHistory {
    pub ticket_id: TicketId,
    pub at: Time,
    pub actor_id: Option<UserId>,
    pub via: Via,
    /// The API key it came with.
    pub key_id: Option<ApiKeyId>,
    pub field: &'static str,
    pub from: HistoryValue,
    pub to: HistoryValue,
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
             h.key_id, k.name as key_name, h.field, h.from_value, h.to_value, \
             f.name as from_name, t.name as to_name \
             from ticket_history h left join users u on u.id = h.actor_id \
             left join api_keys k on k.id = h.key_id \
             left join users f on f.id = h.from_user left join users t on t.id = h.to_user \
             where h.ticket_id = ",
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
        self.q("insert into ticket_history (id, ticket_id, at, actor_id, via, field, from_value, to_value, from_user, to_user, key_id) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
            .bind(Uuid::now_v7())
            .bind(row.ticket_id)
            .bind(row.at)
            .bind(row.actor_id)
            .bind(row.via)
            .bind(row.field.to_owned())
            .bind(row.from.code())
            .bind(row.to.code())
            .bind(row.from.person())
            .bind(row.to.person())
            .bind(row.key_id)
            .execute()
            .await
            .map(drop)
    }
}
