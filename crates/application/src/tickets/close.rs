//! The customer closes a ticket, or says that it is not solved.

use bsm_domain::actor::Actor;
use bsm_domain::policy::TicketAction;
use bsm_domain::ticket::{Act, TicketStatus, next_status};

use super::change::{Fields, apply};
use super::read::{Reference, TicketDetail, detail_of, find_locked};
use crate::{App, Result, Stamp};

/// Closes. A ticket that was never resolved counts as withdrawn.
///
/// # Errors
/// [`crate::Error::NotFound`]; [`crate::Conflict::InvalidTransition`] where it is closed already.
pub async fn close(app: &App, actor: &Actor, reference: Reference) -> Result<TicketDetail> {
    act(app, actor, reference, Act::CustomerClose).await
}

/// Opens a resolved ticket again; its rating stays in the history.
///
/// # Errors
/// [`crate::Error::NotFound`]; [`crate::Conflict::InvalidTransition`] where it is not resolved.
pub async fn reopen(app: &App, actor: &Actor, reference: Reference) -> Result<TicketDetail> {
    act(app, actor, reference, Act::CustomerReopen).await
}

async fn act(app: &App, actor: &Actor, reference: Reference, act: Act) -> Result<TicketDetail> {
    let stamp = Stamp::of(app, actor);
    app.db
        .write(async |tx| {
            let mut ticket = find_locked(tx, actor, reference, TicketAction::CloseOrReopen).await?;
            let status = next_status(ticket.status, act)?;
            if status == TicketStatus::Open {
                ticket.waiting_since = Some(stamp.at);
                ticket.reopened_at = Some(stamp.at);
            }
            apply(tx, &stamp, &mut ticket, Fields::status(status)).await?;
            let ticket = tx.ticket(ticket.id).await?.unwrap_or(ticket);
            detail_of(tx, actor, ticket).await
        })
        .await
}
