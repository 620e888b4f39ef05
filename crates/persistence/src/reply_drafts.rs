//! What staff have begun to write to a ticket and not sent.

use bsm_domain::clock::Time;
use bsm_domain::ids::{TicketId, UserId};
use bsm_domain::ticket::MessageVisibility;
use sqlx::FromRow;

use crate::{DbError, Tx};

/// The draft of one person for one ticket.
#[derive(Debug, Clone, PartialEq, Eq, FromRow)]
#[allow(missing_docs, reason = "columns of `reply_drafts`")]
pub struct ReplyDraftRow {
    pub user_id: UserId,
    pub ticket_id: TicketId,
    pub visibility: MessageVisibility,
    pub reply: String,
    pub note: String,
    pub version: i64,
    pub updated_at: Time,
}

impl Tx {
    /// What a person has begun to write to a ticket.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn reply_draft(
        &mut self,
        user: UserId,
        ticket: TicketId,
    ) -> Result<Option<ReplyDraftRow>, DbError> {
        self.q(
            "select user_id, ticket_id, visibility, reply, note, version, updated_at \
             from reply_drafts where user_id = $1 and ticket_id = $2",
        )
        .bind(user)
        .bind(ticket)
        .optional()
        .await
    }

    /// Writes a draft. With `before`, only in place of that version or where there is none; false
    /// where another transaction was quicker.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn put_reply_draft(
        &mut self,
        draft: &ReplyDraftRow,
        before: Option<i64>,
    ) -> Result<bool, DbError> {
        let mut query = self
            .q(
                "insert into reply_drafts (user_id, ticket_id, visibility, reply, note, version, \
             updated_at) values ($1, $2, $3, $4, $5, $6, $7) \
             on conflict (user_id, ticket_id) do update set visibility = excluded.visibility, \
             reply = excluded.reply, note = excluded.note, version = excluded.version, \
             updated_at = excluded.updated_at",
            )
            .bind(draft.user_id)
            .bind(draft.ticket_id)
            .bind(draft.visibility)
            .bind(draft.reply.clone())
            .bind(draft.note.clone())
            .bind(draft.version)
            .bind(draft.updated_at);
        if let Some(before) = before {
            query
                .push(" where reply_drafts.version = ")
                .push_bind(before);
        }
        Ok(query.execute().await? == 1)
    }

    /// Forgets a draft as it was at this version; false where another transaction was quicker.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn delete_reply_draft(
        &mut self,
        user: UserId,
        ticket: TicketId,
        version: i64,
    ) -> Result<bool, DbError> {
        let rows = self
            .q("delete from reply_drafts where user_id = $1 and ticket_id = $2 and version = $3")
            .bind(user)
            .bind(ticket)
            .bind(version)
            .execute()
            .await?;
        Ok(rows == 1)
    }

    /// Forgets every draft of a person. How many there were.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn delete_reply_drafts_of(&mut self, user: UserId) -> Result<u64, DbError> {
        self.q("delete from reply_drafts where user_id = $1")
            .bind(user)
            .execute()
            .await
    }
}
