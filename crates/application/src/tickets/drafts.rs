//! Drafts: what staff have begun to write to a ticket and not sent. A person reads and changes
//! their own only. Drafts make no event and move nothing of the ticket.

use bsm_domain::actor::Actor;
use bsm_domain::clock::Time;
use bsm_domain::ids::TicketId;
use bsm_domain::policy::TicketAction;
use bsm_domain::ticket::MessageVisibility;
use bsm_persistence::Tx;
use bsm_persistence::reply_drafts::ReplyDraftRow;

use super::read::{Reference, find};
use crate::{App, Error, Expected, Result, Stamp};

/// What is being written: a reply and a note, each with a text of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftTexts {
    /// Which of them is being written.
    pub visibility: MessageVisibility,
    /// What is to go to the customer.
    pub reply: String,
    /// What is to stay among staff.
    pub note: String,
}

impl DraftTexts {
    fn is_empty(&self) -> bool {
        self.reply.is_empty() && self.note.is_empty()
    }
}

/// A person's draft for a ticket; there is always one, perhaps empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What it says.
    pub texts: DraftTexts,
    /// 0 where it is empty; else more with each change, also over a deletion.
    pub version: i64,
    /// When it was last changed; `None` where it is empty.
    pub updated_at: Option<Time>,
}

impl From<Option<ReplyDraftRow>> for Draft {
    fn from(row: Option<ReplyDraftRow>) -> Self {
        match row {
            None => Self {
                texts: DraftTexts {
                    visibility: MessageVisibility::Public,
                    reply: String::new(),
                    note: String::new(),
                },
                version: 0,
                updated_at: None,
            },
            Some(row) => Self {
                texts: DraftTexts {
                    visibility: row.visibility,
                    reply: row.reply,
                    note: row.note,
                },
                version: row.version,
                updated_at: Some(row.updated_at),
            },
        }
    }
}

/// The actor's draft for a ticket.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`]
pub async fn draft(app: &App, actor: &Actor, reference: Reference) -> Result<Draft> {
    app.db
        .read(async |tx| {
            let ticket = find(tx, actor, reference, TicketAction::Work).await?;
            Ok(tx.reply_draft(actor.user_id, ticket.id).await?.into())
        })
        .await
}

/// Keeps what the actor has written so far; two empty texts are none. The same texts again change
/// nothing, whatever version is expected: their answer was lost.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`]; [`Error::Stale`] where it is not the expected version.
pub async fn keep_draft(
    app: &App,
    actor: &Actor,
    reference: Reference,
    expected: &Expected,
    texts: &DraftTexts,
) -> Result<Draft> {
    let stamp = Stamp::of(app, actor);
    app.db
        .write(async |tx| {
            let ticket = find(tx, actor, reference, TicketAction::Work).await?;
            let row = tx.reply_draft(actor.user_id, ticket.id).await?;
            let now = Draft::from(row);
            if now.texts == *texts {
                return Ok(now);
            }
            expected.check(now.version)?;
            let insists = *expected == Expected::Any;
            let before = (!insists).then_some(now.version);
            put(tx, actor, ticket.id, texts, &now, before, stamp.at).await
        })
        .await
}

/// Forgets the actor's draft; where there is none, that is done already.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`]; [`Error::Stale`] where it is not the expected version.
pub async fn forget_draft(
    app: &App,
    actor: &Actor,
    reference: Reference,
    expected: &Expected,
) -> Result<()> {
    app.db
        .write(async |tx| {
            let ticket = find(tx, actor, reference, TicketAction::Work).await?;
            let now = Draft::from(tx.reply_draft(actor.user_id, ticket.id).await?);
            expected.check(now.version)?;
            let gone = now.version == 0
                || tx
                    .delete_reply_draft(actor.user_id, ticket.id, now.version)
                    .await?;
            if gone { Ok(()) } else { Err(Error::Stale) }
        })
        .await
}

/// A message was sent: what was its draft is none any more, what is written beside it stays.
pub(super) async fn sent(
    tx: &mut Tx,
    actor: &Actor,
    ticket: TicketId,
    visibility: MessageVisibility,
    at: Time,
) -> Result<()> {
    // What a key sends was not written by hand: its maker's draft stays.
    if actor.api_key().is_some() {
        return Ok(());
    }
    let now = Draft::from(tx.reply_draft(actor.user_id, ticket).await?);
    if now.version == 0 {
        return Ok(());
    }
    let mut left = now.texts.clone();
    match visibility {
        MessageVisibility::Public => left.reply.clear(),
        MessageVisibility::Internal => left.note.clear(),
    }
    if left == now.texts {
        return Ok(());
    }
    match put(tx, actor, ticket, &left, &now, Some(now.version), at).await {
        // Something newer was written in this very moment: it was not what was sent, and stays.
        Ok(_) | Err(Error::Stale) => Ok(()),
        Err(error) => Err(error),
    }
}

async fn put(
    tx: &mut Tx,
    actor: &Actor,
    ticket: TicketId,
    texts: &DraftTexts,
    now: &Draft,
    before: Option<i64>,
    at: Time,
) -> Result<Draft> {
    if texts.is_empty() {
        let gone = now.version == 0
            || tx
                .delete_reply_draft(actor.user_id, ticket, now.version)
                .await?;
        return if gone {
            Ok(Draft::from(None))
        } else {
            Err(Error::Stale)
        };
    }
    let row = ReplyDraftRow {
        user_id: actor.user_id,
        ticket_id: ticket,
        visibility: texts.visibility,
        reply: texts.reply.clone(),
        note: texts.note.clone(),
        // The moment, so that a draft made after a deletion is not taken for the one before.
        version: at.timestamp_micros().max(now.version + 1),
        updated_at: at,
    };
    if tx.put_reply_draft(&row, before).await? {
        Ok(Some(row).into())
    } else {
        Err(Error::Stale)
    }
}
