//! The requester rates the current resolution, or changes that rating.

use bsm_domain::actor::Actor;
use bsm_domain::event::{Changes, EventKind};
use bsm_domain::ids::RatingId;
use bsm_domain::policy::TicketAction;
use bsm_domain::rating::rating_until;
use bsm_persistence::customer_figures::FigureMoves;
use bsm_persistence::history::HistoryValue;
use bsm_persistence::ratings::{NewRating, RatingRow};
use serde_json::json;

use super::change::{code, event, record};
use super::read::{Reference, find_locked};
use crate::{App, Conflict, Error, Result, Stamp};

/// What the requester says.
#[derive(Debug, Clone)]
pub struct RateTicket {
    /// 1 to 5.
    pub score: i64,
    /// In their own words.
    pub comment: Option<String>,
    /// Codes of reasons they chose.
    pub reasons: Vec<String>,
}

/// Rates. One rating a resolution; giving it again changes it and keeps what it said.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Forbidden`] for a colleague; [`Conflict::TicketNotResolved`];
/// [`Conflict::RatingWindowClosed`] after the days that the settings give.
pub async fn rate(
    app: &App,
    actor: &Actor,
    reference: Reference,
    input: RateTicket,
) -> Result<RatingRow> {
    let stamp = Stamp::of(app, actor);
    let new_id = RatingId::generate();
    app.db
        .write(async |tx| {
            let mut ticket = find_locked(tx, actor, reference, TicketAction::Rate).await?;
            let resolved_at = ticket.resolved_at.ok_or(Conflict::TicketNotResolved)?;
            let window = tx.settings().await?.rating_window_days;
            if stamp.at > rating_until(resolved_at, window) {
                return Err(Conflict::RatingWindowClosed.into());
            }
            let before = ticket.score;
            let rating = NewRating {
                id: new_id,
                ticket_id: ticket.id,
                resolution: ticket.resolutions,
                score: input.score,
                comment: input.comment.clone(),
                reasons: input.reasons.clone(),
                customer_id: ticket.requester_id,
                organization_id: ticket.organization_id,
                assignee_id: ticket.assignee_id,
                service_id: ticket.service_id,
                resolved_at,
                at: stamp.at,
            };
            tx.put_rating(&rating).await?;
            ticket.score = Some(input.score);
            ticket.updated_at = stamp.at;
            ticket.customer_updated_at = stamp.at;
            tx.update_ticket(&ticket).await?;
            let from = before.map_or(HistoryValue::Nothing, code);
            record(tx, &stamp, &ticket, "rating", from, code(input.score)).await?;
            let changes = Changes::none().with("score", json!(before), json!(input.score));
            tx.append_event(&event(&stamp, &ticket, EventKind::TicketRated, changes))
                .await?;
            let moves = FigureMoves {
                ratings: i64::from(before.is_none()),
                score: input.score - before.unwrap_or(0),
                moved_at: Some(stamp.at),
                ..FigureMoves::default()
            };
            tx.move_customer_figures(ticket.requester_id, &moves)
                .await?;
            tx.rating(ticket.id, ticket.resolutions)
                .await?
                .ok_or(Error::NotFound)
        })
        .await
}
