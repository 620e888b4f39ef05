//! Reading one ticket, its conversation and its history.

use std::str::FromStr;

use bsm_domain::actor::Actor;
use bsm_domain::ids::TicketId;
use bsm_domain::policy::{self, TicketAction};
use bsm_domain::ticket::TicketNumber;
use bsm_persistence::Tx;
use bsm_persistence::history::HistoryRow;
use bsm_persistence::messages::MessageRow;
use bsm_persistence::page::{Page, Window};
use bsm_persistence::ratings::RatingRow;
use bsm_persistence::ticket_filter::Eyes;
use bsm_persistence::tickets::{TicketRefRow, TicketRow};

use crate::{App, Error, Result};

/// What a client may call a ticket by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reference {
    /// Its id.
    Id(TicketId),
    /// Its number.
    Number(TicketNumber),
}

impl FromStr for Reference {
    type Err = Error;

    /// Anything that can be neither is [`Error::NotFound`]: no such ticket can exist.
    fn from_str(text: &str) -> Result<Self> {
        if let Ok(number) = text.parse() {
            return Ok(Self::Number(number));
        }
        text.parse().map(Self::Id).map_err(|_| Error::NotFound)
    }
}

/// A ticket and what one page of it shows beside its fields.
#[derive(Debug, Clone)]
pub struct TicketDetail {
    /// The ticket.
    pub ticket: TicketRow,
    /// Tickets that follow up on it, as far as the actor may see them.
    pub follow_ups: Vec<TicketRefRow>,
    /// The ticket it follows up on, where the actor may see that one.
    pub follow_up_of: Option<TicketRefRow>,
    /// For how many days after a resolution it can be rated.
    pub rating_window_days: i64,
}

/// Whose view of messages and times an actor gets.
pub(crate) const fn eyes_of(actor: &Actor) -> Eyes {
    if actor.role.is_staff() {
        Eyes::Staff
    } else {
        Eyes::Customer
    }
}

/// Finds a ticket and decides about the act: what one may not see does not exist.
pub(crate) async fn find(
    tx: &mut Tx,
    actor: &Actor,
    reference: Reference,
    action: TicketAction,
) -> Result<TicketRow> {
    let id = match reference {
        Reference::Id(id) => id,
        Reference::Number(number) => tx.ticket_id_of(number).await?.ok_or(Error::NotFound)?,
    };
    let ticket = tx.ticket(id).await?.ok_or(Error::NotFound)?;
    policy::decide(actor, action, &ticket.parties())?;
    Ok(ticket)
}

/// As [`find`], and keeps other writers away until the transaction ends.
pub(crate) async fn find_locked(
    tx: &mut Tx,
    actor: &Actor,
    reference: Reference,
    action: TicketAction,
) -> Result<TicketRow> {
    let id = match reference {
        Reference::Id(id) => id,
        Reference::Number(number) => tx.ticket_id_of(number).await?.ok_or(Error::NotFound)?,
    };
    tx.lock_ticket(id).await?;
    find(tx, actor, Reference::Id(id), action).await
}

/// The ticket with its relatives, as this transaction sees it.
pub(crate) async fn detail_of(
    tx: &mut Tx,
    actor: &Actor,
    ticket: TicketRow,
) -> Result<TicketDetail> {
    let mut follow_ups = tx.follow_ups(ticket.id).await?;
    let mut follow_up_of = None;
    if let Some(id) = ticket.follow_up_of {
        follow_up_of = visible(tx, actor, id).await?;
    }
    if !policy::sees_all(actor) {
        let mut seen = Vec::with_capacity(follow_ups.len());
        for row in follow_ups {
            seen.extend(visible(tx, actor, row.id).await?);
        }
        follow_ups = seen;
    }
    Ok(TicketDetail {
        ticket,
        follow_ups,
        follow_up_of,
        rating_window_days: tx.settings().await?.rating_window_days,
    })
}

async fn visible(tx: &mut Tx, actor: &Actor, id: TicketId) -> Result<Option<TicketRefRow>> {
    let Some(row) = tx.ticket(id).await? else {
        return Ok(None);
    };
    let may = policy::decide(actor, TicketAction::Read, &row.parties()).is_ok();
    Ok(may.then_some(TicketRefRow {
        id: row.id,
        number: row.number,
    }))
}

/// One ticket.
///
/// # Errors
/// [`Error::NotFound`] also where the actor may not see it.
pub async fn detail(app: &App, actor: &Actor, reference: Reference) -> Result<TicketDetail> {
    app.db
        .read(async |tx| {
            let ticket = find(tx, actor, reference, TicketAction::Read).await?;
            detail_of(tx, actor, ticket).await
        })
        .await
}

/// A page of the conversation, oldest first; customers get the public part.
///
/// # Errors
/// [`Error::NotFound`] also where the actor may not see the ticket.
pub async fn messages(
    app: &App,
    actor: &Actor,
    reference: Reference,
    window: &Window,
) -> Result<Page<MessageRow>> {
    app.db
        .read(async |tx| {
            let ticket = find(tx, actor, reference, TicketAction::Read).await?;
            Ok(tx.messages(ticket.id, eyes_of(actor), window).await?)
        })
        .await
}

/// A page of the history, oldest first. Staff only.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`]
pub async fn history(
    app: &App,
    actor: &Actor,
    reference: Reference,
    window: &Window,
) -> Result<Page<HistoryRow>> {
    app.db
        .read(async |tx| {
            let ticket = find(tx, actor, reference, TicketAction::Work).await?;
            Ok(tx.history(ticket.id, window).await?)
        })
        .await
}

/// The ratings of all resolutions of a ticket, newest first. Staff only.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`]
pub async fn past_ratings(app: &App, actor: &Actor, id: TicketId) -> Result<Vec<RatingRow>> {
    app.db
        .read(async |tx| {
            let ticket = find(tx, actor, Reference::Id(id), TicketAction::Work).await?;
            Ok(tx.ratings_of_ticket(ticket.id).await?)
        })
        .await
}
