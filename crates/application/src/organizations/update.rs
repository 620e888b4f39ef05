//! An admin renames an organization.

use bsm_domain::actor::Actor;
use bsm_domain::event::{Changes, EventKind};
use bsm_domain::ids::OrganizationId;
use bsm_domain::policy::{self, Capability};
use bsm_persistence::organizations::OrganizationRow;
use serde_json::json;

use super::record::{Name, index, taken, tell};
use crate::{App, Error, Expected, Result, Stamp};

/// Gives an organization another name. The same name again changes nothing.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`]; [`Error::Stale`] where it is not the expected
/// version; [`crate::Conflict::NameTaken`]; [`Error::Invalid`] where the name does not fit.
pub async fn update(
    app: &App,
    actor: &Actor,
    id: OrganizationId,
    expected: &Expected,
    name: Option<String>,
) -> Result<OrganizationRow> {
    policy::require(actor, Capability::Manage)?;
    let name = name.as_deref().map(Name::parse).transpose()?;
    let stamp = Stamp::of(app, actor);
    app.db
        .write(async |tx| {
            tx.lock_organization(id).await?;
            let before = tx.organization(id).await?.ok_or(Error::NotFound)?;
            expected.check(before.version)?;
            let Some(name) = name.as_ref().filter(|name| name.text != before.name) else {
                return Ok(before);
            };
            let after = OrganizationRow {
                name: name.text.clone(),
                updated_at: stamp.at,
                version: before.version + 1,
                ..before
            };
            tx.update_organization(&after, &name.key)
                .await
                .map_err(taken)?;
            index(tx, id, name).await?;
            // A name is a name: that it changed is enough to know.
            let changes = Changes::none().with("name", json!(null), json!(null));
            tell(tx, &stamp, id, EventKind::OrganizationUpdated, changes).await?;
            Ok(after)
        })
        .await
}
