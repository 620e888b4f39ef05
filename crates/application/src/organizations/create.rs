//! An organization is added.

use bsm_domain::actor::Actor;
use bsm_domain::event::{Changes, EventKind};
use bsm_domain::ids::OrganizationId;
use bsm_domain::policy::{self, Capability};
use bsm_persistence::Tx;
use bsm_persistence::organizations::{NewOrganization, OrganizationRow};

use super::record::{Name, index, taken, tell};
use crate::{App, Error, Result, Stamp};

/// An admin adds an organization. Names that differ only in case, accents or punctuation are the
/// same name.
///
/// # Errors
/// [`Error::Forbidden`]; [`Conflict::NameTaken`]; [`Error::Invalid`] where the name does not fit.
pub async fn create(app: &App, actor: &Actor, name: &str) -> Result<OrganizationRow> {
    policy::require(actor, Capability::Manage)?;
    let stamp = Stamp::of(app, actor);
    let id = OrganizationId::generate();
    app.db
        .write(async |tx| add(tx, &stamp, id, name).await)
        .await
}

/// The demo data add an organization.
///
/// # Errors
/// As [`create`], but for the right to do it.
pub async fn create_by_operator(app: &App, name: &str) -> Result<OrganizationRow> {
    let stamp = Stamp::system(app);
    let id = OrganizationId::generate();
    app.db
        .write(async |tx| add(tx, &stamp, id, name).await)
        .await
}

/// Writes an organization, its place in the search, its event and the audit.
pub(crate) async fn add(
    tx: &mut Tx,
    stamp: &Stamp,
    id: OrganizationId,
    name: &str,
) -> Result<OrganizationRow> {
    let name = Name::parse(name)?;
    tx.insert_organization(&NewOrganization {
        id,
        name: name.text.clone(),
        name_key: name.key.clone(),
        created_at: stamp.at,
    })
    .await
    .map_err(taken)?;
    index(tx, id, &name).await?;
    tell(
        tx,
        stamp,
        id,
        EventKind::OrganizationCreated,
        Changes::none(),
    )
    .await?;
    tx.organization(id).await?.ok_or(Error::NotFound)
}
