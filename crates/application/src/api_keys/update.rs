//! An admin renames a key. What it is for never changes: whoever holds it was told.

use bsm_domain::actor::Actor;
use bsm_domain::event::{Changes, EventKind};
use bsm_domain::ids::ApiKeyId;
use bsm_domain::policy::{self, Capability};
use bsm_persistence::api_keys::ApiKeyRow;
use serde_json::{Map, json};

use super::record::{name, tell};
use crate::{App, Error, Expected, Result, Stamp};

/// Renames a key; the same name again changes nothing.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`]; [`Error::Stale`] where it is not the expected
/// version; [`Error::Invalid`] where the name does not fit.
pub async fn update(
    app: &App,
    actor: &Actor,
    id: ApiKeyId,
    expected: &Expected,
    to: Option<String>,
) -> Result<ApiKeyRow> {
    policy::require(actor, Capability::Manage)?;
    policy::in_person(actor)?;
    let stamp = Stamp::of(app, actor);
    let to = to.as_deref().map(name).transpose()?;
    app.db
        .write(async |tx| {
            tx.lock_api_key(id).await?;
            let mut row = tx.api_key(id).await?.ok_or(Error::NotFound)?;
            expected.check(row.version)?;
            let Some(to) = to.clone().filter(|to| *to != row.name) else {
                return Ok(row);
            };
            row.name = to;
            row.version += 1;
            tx.update_api_key(&row).await?;
            // A name is free text: that it changed is enough to know.
            let changes = Changes::none().with("name", json!(null), json!(null));
            let detail = Map::from_iter([("fields".into(), json!(["name"]))]);
            tell(tx, &stamp, id, EventKind::ApiKeyUpdated, changes, detail).await?;
            Ok(row)
        })
        .await
}
