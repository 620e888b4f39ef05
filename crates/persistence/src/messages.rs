//! The conversation of a ticket.

use bsm_domain::actor::Role;
use bsm_domain::clock::Time;
use bsm_domain::ids::{ApiKeyId, MessageId, TicketId, UserId};
use bsm_domain::ticket::MessageVisibility;
use sqlx::FromRow;

use crate::page::{Direction, Key, Page, Window, push_window};
use crate::ticket_filter::Eyes;
use crate::{DbError, Tx};

/// A message with its author.
#[derive(Debug, Clone, FromRow)]
#[allow(missing_docs, reason = "columns")]
pub struct MessageRow {
    pub id: MessageId,
    pub author_id: UserId,
    pub author_name: String,
    pub author_role: Role,
    /// The API key it was written with.
    pub key_id: Option<ApiKeyId>,
    pub key_name: Option<String>,
    pub visibility: MessageVisibility,
    pub body: String,
    pub created_at: Time,
}

/// A message about to be written.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "columns")]
pub struct NewMessage {
    pub id: MessageId,
    pub ticket_id: TicketId,
    pub author_id: UserId,
    pub key_id: Option<ApiKeyId>,
    pub visibility: MessageVisibility,
    pub body: String,
    pub created_at: Time,
}

const SELECT: &str = "select m.id, m.author_id, u.name as author_name, u.role as author_role, \
    m.key_id, k.name as key_name, m.visibility, m.body, m.created_at \
    from ticket_messages m join users u on u.id = m.author_id \
    left join api_keys k on k.id = m.key_id";

impl Tx {
    /// A page of a ticket's messages, oldest first; without notes for customers.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn messages(
        &mut self,
        ticket: TicketId,
        eyes: Eyes,
        window: &Window,
    ) -> Result<Page<MessageRow>, DbError> {
        let mut query = self.q(SELECT);
        query.push(" where m.ticket_id = ").push_bind(ticket);
        if eyes == Eyes::Customer {
            query.push(" and m.visibility = 'public'");
        }
        push_window(
            &mut query,
            window,
            "(m.created_at, m.id)",
            Direction::Rising,
            " order by m.created_at, m.id",
        );
        let rows: Vec<MessageRow> = query.all().await?;
        Ok(Page::cut(rows, window.limit, |row| Key {
            at: row.created_at,
            id: row.id.0,
        }))
    }

    /// One message.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn message(&mut self, id: MessageId) -> Result<Option<MessageRow>, DbError> {
        let mut query = self.q(SELECT);
        query.push(" where m.id = ").push_bind(id);
        query.optional().await
    }

    /// Writes a message.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn insert_message(&mut self, message: &NewMessage) -> Result<(), DbError> {
        self.q(
            "insert into ticket_messages (id, ticket_id, author_id, visibility, body, created_at, \
             key_id) values ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(message.id)
        .bind(message.ticket_id)
        .bind(message.author_id)
        .bind(message.visibility)
        .bind(message.body.clone())
        .bind(message.created_at)
        .bind(message.key_id)
        .execute()
        .await
        .map(drop)
    }
}
