//! The rows of resolutions and what is counted of them, in the transaction of the change itself.

use bsm_domain::ids::ResolutionId;
use bsm_persistence::Tx;
use bsm_persistence::figures::{Subjects, Tally};
use bsm_persistence::ratings::{NewRating, RatingRow};
use bsm_persistence::resolutions::{NewResolution, ResolutionRow};
use bsm_persistence::tickets::TicketRow;

use crate::{Error, Result, Stamp};

/// Keeps the resolutions of a ticket whose status changed.
pub(super) async fn follow(
    tx: &mut Tx,
    stamp: &Stamp,
    before: &TicketRow,
    after: &TicketRow,
) -> Result<()> {
    if after.resolutions > before.resolutions {
        return begin(tx, stamp, after).await;
    }
    if before.resolved_at.is_some() && after.resolved_at.is_none() {
        let (ticket, n) = (before.id, before.resolutions);
        tx.undo_resolution(ticket, n, stamp.at, stamp.by).await?;
        let undone = current(tx, before).await?;
        if undone.reopened {
            let mut tally = Tally::default();
            tally.reopened(undone.resolved_at, subjects(&undone));
            tx.count(tally).await?;
        }
    }
    Ok(())
}

async fn begin(tx: &mut Tx, stamp: &Stamp, ticket: &TicketRow) -> Result<()> {
    let row = NewResolution {
        id: ResolutionId::generate(),
        ticket_id: ticket.id,
        n: ticket.resolutions,
        requester_id: ticket.requester_id,
        organization_id: ticket.organization_id,
        assignee_id: ticket.assignee_id,
        service_id: ticket.service_id,
        resolved_at: stamp.at,
    };
    tx.insert_resolution(&row).await?;
    let mut tally = Tally::default();
    let of = Subjects {
        assignee: row.assignee_id,
        service: row.service_id,
    };
    tally.resolved(row.resolved_at, of);
    tx.count(tally).await?;
    Ok(())
}

/// The row of a ticket's latest resolution.
pub(super) async fn current(tx: &mut Tx, ticket: &TicketRow) -> Result<ResolutionRow> {
    tx.resolution(ticket.id, ticket.resolutions)
        .await?
        .ok_or(Error::Internal("a resolution has no row"))
}

/// Writes what a rating says, and counts it instead of what it said before.
pub(super) async fn rated(
    tx: &mut Tx,
    resolution: &ResolutionRow,
    before: Option<&RatingRow>,
    rating: &NewRating,
) -> Result<()> {
    tx.put_rating(rating).await?;
    let (id, given_at) = before.map_or((rating.id, rating.at), |b| (b.id, b.created_at));
    tx.put_rating_reasons(id, given_at, &rating.reasons).await?;
    tx.score_resolution(rating.ticket_id, rating.resolution, rating.score)
        .await?;
    let (mut tally, of) = (Tally::default(), subjects(resolution));
    match before {
        None => tally.rated(resolution.resolved_at, of),
        Some(b) => tally.said(given_at, of, b.score, &b.reasons, -1),
    }
    tally.said(given_at, of, rating.score, &rating.reasons, 1);
    tx.count(tally).await?;
    Ok(())
}

fn subjects(row: &ResolutionRow) -> Subjects {
    Subjects {
        assignee: row.assignee_id,
        service: row.service_id,
    }
}
