//! The timer closes resolved tickets that nobody came back to.

use bsm_domain::actor::Via;
use bsm_domain::clock::Time;
use bsm_domain::ids::TicketId;
use bsm_domain::ticket::{Act, TicketStatus, next_status};
use bsm_persistence::Tx;
use bsm_persistence::tickets::TicketRow;
use chrono::Duration;

use super::change::{Fields, apply};
use crate::{App, Error, Result, Stamp};

/// What one go at the silent tickets did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closed {
    /// How many were closed.
    pub closed: u64,
    /// Whether there may be more.
    pub more: bool,
}

/// Closes at most `limit` tickets that have been resolved, without a public message, for the days
/// that the settings say, those that wait longest first. Each is a transaction of its own that
/// looks again under the lock: done twice at once, or cut off anywhere, it closes none twice.
///
/// # Errors
/// [`Error::Db`] for the first ticket that cannot be closed; the others are closed.
pub async fn close_silent(app: &App, limit: u32) -> Result<Closed> {
    let stamp = timer(app);
    let (days, due) = app
        .db
        .read(async |tx| {
            let Some(days) = tx.settings().await?.auto_close_after() else {
                return Ok::<_, Error>((None, Vec::new()));
            };
            let until = stamp.at - Duration::days(days);
            Ok((Some(until), tx.silent_tickets(until, limit).await?))
        })
        .await?;
    let Some(until) = days else {
        return Ok(Closed {
            closed: 0,
            more: false,
        });
    };
    let mut closed = 0;
    let mut failed = None;
    for id in &due {
        match close_if_silent(app, &stamp, *id, until).await {
            Ok(true) => closed += 1,
            Ok(false) => {}
            Err(error) => failed = failed.or(Some(error)),
        }
    }
    match failed {
        Some(error) => Err(error),
        None => Ok(Closed {
            closed,
            more: due.len() == limit as usize,
        }),
    }
}

/// False where a word, a reopening or another replica was faster.
async fn close_if_silent(app: &App, stamp: &Stamp, id: TicketId, until: Time) -> Result<bool> {
    app.db
        .write(async |tx| {
            tx.lock_ticket(id).await?;
            let Some(ticket) = tx.ticket(id).await? else {
                return Ok(false);
            };
            let due = ticket.status == TicketStatus::Resolved
                && ticket.resolved_at.is_some_and(|at| at <= until)
                && !tx.has_words_since(id, until).await?;
            if due {
                close(tx, stamp, ticket).await?;
            }
            Ok(due)
        })
        .await
}

/// Closes one resolved ticket. Whether its time has come is the caller's to know.
///
/// # Errors
/// [`Error::NotFound`]; [`crate::Conflict::InvalidTransition`] where it is not resolved.
pub async fn auto_close(app: &App, id: TicketId) -> Result<()> {
    let stamp = timer(app);
    app.db
        .write(async |tx| {
            tx.lock_ticket(id).await?;
            let ticket = tx.ticket(id).await?.ok_or(Error::NotFound)?;
            close(tx, &stamp, ticket).await
        })
        .await
}

async fn close(tx: &mut Tx, stamp: &Stamp, mut ticket: TicketRow) -> Result<()> {
    let status = next_status(ticket.status, Act::Timer)?;
    apply(tx, stamp, &mut ticket, Fields::status(status)).await?;
    Ok(())
}

fn timer(app: &App) -> Stamp {
    Stamp {
        at: app.now(),
        by: None,
        via: Via::Timer,
        key: None,
    }
}
