//! The list of resolutions: the rows behind what is counted of them.

use bsm_domain::actor::Actor;
use bsm_domain::policy::{self, Capability};
use bsm_persistence::page::{Page, Window};
use bsm_persistence::resolutions::{ResolutionFilter, ResolvedRow};

use crate::{App, Result};

/// A page of resolutions, newest first. Staff only.
///
/// # Errors
/// [`crate::Error::Forbidden`]
pub async fn resolutions(
    app: &App,
    actor: &Actor,
    filter: &ResolutionFilter,
    window: &Window,
) -> Result<Page<ResolvedRow>> {
    policy::require(actor, Capability::Work)?;
    app.db
        .read(async |tx| Ok(tx.resolutions(filter, window).await?))
        .await
}
