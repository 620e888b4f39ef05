//! Reading organizations. Staff only.

use bsm_domain::actor::Actor;
use bsm_domain::ids::OrganizationId;
use bsm_domain::policy::{self, Capability};
use bsm_persistence::organizations::OrganizationRow;
use bsm_persistence::page::{Page, Window};

use crate::{App, Error, Result};

/// A page of organizations, newest first; with folded `terms` those whose names have words
/// beginning with each of them.
///
/// # Errors
/// [`Error::Forbidden`]
pub async fn list(
    app: &App,
    actor: &Actor,
    terms: Option<&[String]>,
    window: &Window,
) -> Result<Page<OrganizationRow>> {
    let only = policy::sight(actor, Capability::Work)?.organization();
    app.db
        .read(async |tx| Ok(tx.organizations(only, terms, window).await?))
        .await
}

/// One organization.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`]
pub async fn get(app: &App, actor: &Actor, id: OrganizationId) -> Result<OrganizationRow> {
    policy::sight(actor, Capability::Work)?.admits(Some(id))?;
    app.db
        .read(async |tx| tx.organization(id).await)
        .await?
        .ok_or(Error::NotFound)
}
