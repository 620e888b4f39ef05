//! An admin ends a key: at once, on every replica, for good.

use bsm_domain::actor::Actor;
use bsm_domain::event::{Changes, EventKind};
use bsm_domain::ids::ApiKeyId;
use bsm_domain::policy::{self, Capability};
use bsm_persistence::api_keys::ApiKeyRow;
use serde_json::Map;

use super::record::tell;
use crate::{App, Error, Result, Stamp};

/// Revokes a key; again is no change.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`]
pub async fn revoke(app: &App, actor: &Actor, id: ApiKeyId) -> Result<ApiKeyRow> {
    policy::require(actor, Capability::Manage)?;
    policy::in_person(actor)?;
    let stamp = Stamp::of(app, actor);
    app.db
        .write(async |tx| {
            tx.lock_api_key(id).await?;
            let mut row = tx.api_key(id).await?.ok_or(Error::NotFound)?;
            if row.revoked_at.is_some() {
                return Ok(row);
            }
            row.revoked_at = Some(stamp.at);
            row.version += 1;
            tx.update_api_key(&row).await?;
            let kind = EventKind::ApiKeyRevoked;
            tell(tx, &stamp, id, kind, Changes::none(), Map::new()).await?;
            Ok(row)
        })
        .await
}
