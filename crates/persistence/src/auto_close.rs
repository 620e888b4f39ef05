//! Resolved tickets in which nobody says a word.

use bsm_domain::clock::Time;
use bsm_domain::ids::TicketId;

use crate::{DbError, Tx};

impl Tx {
    /// Tickets that were resolved by `until` and have no public message since, those that wait
    /// longest first.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn silent_tickets(
        &mut self,
        until: Time,
        limit: u32,
    ) -> Result<Vec<TicketId>, DbError> {
        let rows: Vec<(TicketId,)> = self
            .q("select t.id from tickets t \
                where t.status = 'resolved' and t.resolved_at <= $1 \
                and not exists (select 1 from ticket_messages m where m.ticket_id = t.id \
                and m.created_at > $1 and m.visibility = 'public') \
                order by t.resolved_at, t.id limit $2")
            .bind(until)
            .bind(i64::from(limit))
            .all()
            .await?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }

    /// Whether somebody wrote a public message to a ticket after this moment.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn has_words_since(
        &mut self,
        ticket: TicketId,
        since: Time,
    ) -> Result<bool, DbError> {
        let found = self
            .q("select cast(1 as bigint) from ticket_messages \
                where ticket_id = $1 and created_at > $2 and visibility = 'public' limit 1")
            .bind(ticket)
            .bind(since)
            .optional::<(i64,)>()
            .await?;
        Ok(found.is_some())
    }
}
