//! Somebody of staff has looked at a rating, or takes that back.

use bsm_domain::actor::Actor;
use bsm_domain::clock::Time;
use bsm_domain::event::{Changes, EventKind};
use bsm_domain::ids::RatingId;
use bsm_domain::policy::{self, Capability};
use bsm_persistence::Tx;
use bsm_persistence::ratings::{FeedbackRow, RatingRow};
use serde_json::json;

use crate::tickets::ticket_event;
use crate::{App, Error, Result, Stamp};

/// Says that the actor has looked at a rating as it was at `read`, its last change that they know.
/// Whoever looked first stays; again is no change.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]; [`Error::Stale`] where the customer changed it since,
/// because nobody has looked at what it says now.
pub async fn seen(app: &App, actor: &Actor, id: RatingId, read: Time) -> Result<FeedbackRow> {
    policy::require(actor, Capability::Work)?;
    let stamp = Stamp::of(app, actor);
    app.db
        .write(async |tx| {
            let rating = tx.rating_locked(id).await?.ok_or(Error::NotFound)?;
            if rating.updated_at != read {
                return Err(Error::Stale);
            }
            if rating.seen_at.is_none() {
                tx.set_rating_seen(id, Some((stamp.at, actor.user_id)))
                    .await?;
                tell(
                    tx,
                    &stamp,
                    &rating,
                    Changes::none().with("seen_by", json!(null), json!(stamp.by)),
                )
                .await?;
            }
            tx.feedback_of(id).await?.ok_or(Error::NotFound)
        })
        .await
}

/// Puts a rating back among those nobody has looked at; again is no change.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]
pub async fn unseen(app: &App, actor: &Actor, id: RatingId) -> Result<FeedbackRow> {
    policy::require(actor, Capability::Work)?;
    let stamp = Stamp::of(app, actor);
    app.db
        .write(async |tx| {
            let rating = tx.rating_locked(id).await?.ok_or(Error::NotFound)?;
            if rating.seen_at.is_some() {
                tx.set_rating_seen(id, None).await?;
                let changes = Changes::none().with("seen_by", json!(rating.seen_by), json!(null));
                tell(tx, &stamp, &rating, changes).await?;
            }
            tx.feedback_of(id).await?.ok_or(Error::NotFound)
        })
        .await
}

async fn tell(tx: &mut Tx, stamp: &Stamp, rating: &RatingRow, changes: Changes) -> Result<()> {
    let ticket = tx.ticket(rating.ticket_id).await?.ok_or(Error::NotFound)?;
    tx.append_event(&ticket_event(
        stamp,
        &ticket,
        EventKind::RatingSeen,
        changes,
    ))
    .await?;
    Ok(())
}
