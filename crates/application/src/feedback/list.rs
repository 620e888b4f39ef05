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
    let sight = policy::sight(actor, Capability::Work)?;
    let filter = FeedbackFilter {
        organization: sight.organization(),
        ..filter.clone()
    };
    app.db
        .read(async |tx| Ok(tx.feedback(&filter, window).await?))
        .await
}

/// One rating. Staff only.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`]
pub async fn get(app: &App, actor: &Actor, id: RatingId) -> Result<FeedbackRow> {
    let sight = policy::sight(actor, Capability::Work)?;
    let found = app.db.read(async |tx| tx.feedback_of(id).await).await?;
    let rating = found.ok_or(Error::NotFound)?;
    sight.admits(rating.organization_id)?;
    Ok(rating)
}
