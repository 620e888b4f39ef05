//! The timer closes a resolved ticket that nobody came back to.

use bsm_domain::actor::Via;
use bsm_domain::ids::TicketId;
use bsm_domain::ticket::{Act, next_status};

use super::change::{Fields, apply};
use crate::{App, Error, Result, Stamp};

/// Closes one resolved ticket. Whether its time has come is the caller's to know.
///
/// # Errors
/// [`Error::NotFound`]; [`crate::Conflict::InvalidTransition`] where it is not resolved.
pub async fn auto_close(app: &App, id: TicketId) -> Result<()> {
    let stamp = Stamp {
        at: app.now(),
        by: None,
        via: Via::Timer,
    };
    app.db
        .write(async |tx| {
            tx.lock_ticket(id).await?;
            let mut ticket = tx.ticket(id).await?.ok_or(Error::NotFound)?;
            let status = next_status(ticket.status, Act::Timer)?;
            apply(tx, &stamp, &mut ticket, Fields::status(status)).await?;
            Ok(())
        })
        .await
}
