//! The list of ratings.

use bsm_domain::actor::Actor;
use bsm_domain::policy::{self, Capability};
use bsm_persistence::page::{Page, Window};
use bsm_persistence::ratings::{FeedbackFilter, FeedbackRow};

use crate::{App, Result};

/// A page of ratings, newest first. Staff only.
///
/// # Errors
/// [`crate::Error::Forbidden`]
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
