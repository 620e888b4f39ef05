//! Messages: the customer's reply, staff's reply and staff's note.

use bsm_domain::actor::Actor;
use bsm_domain::event::{Changes, EventKind};
use bsm_domain::ids::MessageId;
use bsm_domain::policy::TicketAction;
use bsm_domain::text;
use bsm_domain::ticket::{Act, MessageVisibility, TicketStatus, next_status};
use bsm_persistence::Tx;
use bsm_persistence::messages::{MessageRow, NewMessage};
use bsm_persistence::tickets::TicketRow;
use serde_json::{Value, json};

use super::change::{Fields, apply, event};
use super::create::TICKET_WORDS;
use super::drafts;
use super::figures;
use super::read::{Reference, find_locked};
use crate::{App, Error, Result, Stamp};

/// The customer replies; a pending or resolved ticket is open again.
///
/// # Errors
/// [`Error::NotFound`]; [`crate::Conflict::TicketClosed`] on a closed ticket.
pub async fn reply(
    app: &App,
    actor: &Actor,
    reference: Reference,
    body: &str,
) -> Result<MessageRow> {
    let stamp = Stamp::of(app, actor);
    let id = MessageId::generate();
    app.db
        .write(async |tx| {
            let mut ticket = find_locked(tx, actor, reference, TicketAction::Reply).await?;
            let status = next_status(ticket.status, Act::CustomerReply)?;
            let before = ticket.clone();
            ticket.waiting_since.get_or_insert(stamp.at);
            if ticket.status == TicketStatus::Resolved {
                ticket.reopened_at = Some(stamp.at);
            }
            let message = add(tx, &stamp, &mut ticket, id, MessageVisibility::Public, body).await?;
            figures::follow(tx, Some(&before), &ticket).await?;
            apply(tx, &stamp, &mut ticket, Fields::status(status)).await?;
            Ok(message)
        })
        .await
}

/// Staff write: a public reply opens a new ticket and counts as its first response; an internal
/// note leaves nothing that a customer could see. What was its draft is none any more.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`]; [`crate::Conflict::TicketClosed`] for a public reply
/// to a closed ticket.
pub async fn staff_message(
    app: &App,
    actor: &Actor,
    reference: Reference,
    body: &str,
    visibility: MessageVisibility,
) -> Result<MessageRow> {
    let stamp = Stamp::of(app, actor);
    let id = MessageId::generate();
    app.db
        .write(async |tx| {
            let mut ticket = find_locked(tx, actor, reference, TicketAction::Work).await?;
            if visibility == MessageVisibility::Internal {
                let note = add(tx, &stamp, &mut ticket, id, visibility, body).await?;
                drafts::sent(tx, actor, ticket.id, visibility, stamp.at).await?;
                return Ok(note);
            }
            let status = next_status(ticket.status, Act::StaffReply)?;
            let before = ticket.clone();
            ticket.first_response_at.get_or_insert(stamp.at);
            ticket.waiting_since = None;
            let message = add(tx, &stamp, &mut ticket, id, visibility, body).await?;
            drafts::sent(tx, actor, ticket.id, visibility, stamp.at).await?;
            figures::follow(tx, Some(&before), &ticket).await?;
            apply(tx, &stamp, &mut ticket, Fields::status(status)).await?;
            Ok(message)
        })
        .await
}

/// Writes a message, its words for the search, the times it moves and its event. Messages do not
/// move the ticket's version.
async fn add(
    tx: &mut Tx,
    stamp: &Stamp,
    ticket: &mut TicketRow,
    id: MessageId,
    visibility: MessageVisibility,
    body: &str,
) -> Result<MessageRow> {
    let author_id = stamp
        .by
        .ok_or(Error::Internal("a message needs an author"))?;
    tx.insert_message(&NewMessage {
        id,
        ticket_id: ticket.id,
        author_id,
        key_id: stamp.key,
        visibility,
        body: body.to_owned(),
        created_at: stamp.at,
    })
    .await?;
    let internal = visibility == MessageVisibility::Internal;
    let words = text::document(&[body], TICKET_WORDS);
    tx.index_message(ticket.id, ticket.number, &words, internal)
        .await?;
    ticket.updated_at = stamp.at;
    if !internal {
        ticket.customer_updated_at = stamp.at;
    }
    tx.update_ticket(ticket).await?;
    let kind = if internal {
        EventKind::TicketNoteAdded
    } else {
        EventKind::TicketMessageAdded
    };
    let changes = Changes::none().with("message", Value::Null, json!(id));
    tx.append_event(&event(stamp, ticket, kind, changes))
        .await?;
    tx.message(id).await?.ok_or(Error::NotFound)
}
