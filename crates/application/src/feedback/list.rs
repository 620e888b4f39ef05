//! The list of ratings.

use bsm_domain::actor::Actor;
use bsm_domain::ids::RatingId;
use bsm_domain::policy::{self, Capability};
use bsm_persistence::page::{Page, Window};
use bsm_persistence::ratings::{FeedbackFilter, FeedbackRow};

use crate::{App, Error, Result};

/// A page of ratings, newest first. Staff only.
///
/// # Errors
/// [`Error::Forbidden`]
pub async fn list(
    app: &App,
    actor: &Actor,
    filter: &FeedbackFilter,
    window: &Window,
) -> Result<Page<FeedbackRow>> {
    policy::require(actor, Capability::Work)?;
    app.db
        .read(async |tx| Ok(tx.feedback(filter, window).await?))
        .await
}

/// One rating. Staff only.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`]
pub async fn get(app: &App, actor: &Actor, id: RatingId) -> Result<FeedbackRow> {
    policy::require(actor, Capability::Work)?;
    app.db
        .read(async |tx| tx.feedback_of(id).await)
        .await?
        .ok_or(Error::NotFound)
}
