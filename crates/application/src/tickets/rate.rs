//! The requester rates the current resolution, or changes that rating.

use bsm_domain::actor::Actor;
use bsm_domain::event::{Changes, EventKind};
use bsm_domain::ids::RatingId;
use bsm_domain::policy::TicketAction;
use bsm_domain::rating::{Reason, rating_until};
use bsm_persistence::customer_figures::FigureMoves;
use bsm_persistence::history::HistoryValue;
use bsm_persistence::ratings::{NewRating, RatingRow};
use serde_json::json;

use super::change::{code, event, record};
use super::read::{Reference, find_locked};
use super::resolutions;
use crate::{App, Conflict, Error, FieldError, Result, Stamp};

/// What the requester says.
#[derive(Debug, Clone)]
pub struct RateTicket {
    /// 1 to 5.
    pub score: i64,
    /// In their own words.
    pub comment: Option<String>,
    /// Codes of reasons they chose.
    pub reasons: Vec<Reason>,
}

/// Rates. One rating a resolution; giving it again changes it and keeps what it said, and saying
/// the same again changes nothing.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Forbidden`] for a colleague; [`Conflict::TicketNotResolved`];
/// [`Conflict::RatingWindowClosed`] after the days that the settings give; [`Error::Invalid`] for
/// reasons that do not fit the score.
pub async fn rate(
    app: &App,
    actor: &Actor,
    reference: Reference,
    input: RateTicket,
) -> Result<RatingRow> {
    let reasons = fitting(input.score, &input.reasons)?;
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
            let before = tx.rating(ticket.id, ticket.resolutions).await?;
            if let Some(same) = before.as_ref().filter(|b| {
                (b.score, &b.comment, &b.reasons.0) == (input.score, &input.comment, &reasons)
            }) {
                return Ok(same.clone());
            }
            let resolution = resolutions::current(tx, &ticket).await?;
            let rating = NewRating {
                id: new_id,
                ticket_id: ticket.id,
                resolution: ticket.resolutions,
                score: input.score,
                comment: input.comment.clone(),
                reasons: reasons.clone(),
                customer_id: ticket.requester_id,
                organization_id: ticket.organization_id,
                assignee_id: resolution.assignee_id,
                service_id: resolution.service_id,
                resolved_at,
                at: stamp.at,
            };
            resolutions::rated(tx, &resolution, before.as_ref(), &rating).await?;
            let before = ticket.score;
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

/// The reasons, each once; those that do not fit the score are errors.
fn fitting(score: i64, reasons: &[Reason]) -> Result<Vec<String>> {
    let known = Reason::of_score(score);
    let mut fit: Vec<Reason> = Vec::new();
    let mut errors = Vec::new();
    for (n, reason) in reasons.iter().enumerate() {
        if !known.contains(reason) {
            let codes: Vec<&str> = known.iter().map(|k| k.as_str()).collect();
            errors.push(FieldError {
                pointer: format!("/reasons/{n}"),
                code: "not_allowed",
                detail: format!("with this score, must be one of {}", codes.join(", ")),
            });
        } else if !fit.contains(reason) {
            fit.push(*reason);
        }
    }
    if errors.is_empty() {
        Ok(fit.iter().map(|r| r.as_str().to_owned()).collect())
    } else {
        Err(Error::Invalid(errors))
    }
}
