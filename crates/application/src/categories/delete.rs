//! A category that nothing stands under is deleted.

use bsm_domain::actor::Actor;
use bsm_domain::event::{Changes, EventKind};
use bsm_domain::ids::CategoryId;
use bsm_domain::policy::{self, Capability};

use super::list::{detail_of, locked};
use super::record::record;
use crate::{App, Conflict, Expected, Result, Stamp};

/// Deletes a category. Admins only.
///
/// # Errors
/// [`crate::Error::Forbidden`], [`crate::Error::NotFound`], [`crate::Error::Stale`];
/// [`Conflict::InUse`] where something stands under it: it can be merged into another one.
pub async fn delete(app: &App, actor: &Actor, id: CategoryId, expected: &Expected) -> Result<()> {
    policy::require(actor, Capability::Manage)?;
    let stamp = Stamp::of(app, actor);
    app.db
        .write(async |tx| {
            let category = locked(tx, id).await?;
            expected.check(category.version)?;
            if detail_of(tx, id).await?.items > 0 {
                return Err(Conflict::InUse(
                    "something stands under it; merge it into another category instead",
                )
                .into());
            }
            tx.delete_category(id).await?;
            record(tx, &stamp, id, EventKind::CategoryDeleted, Changes::none()).await
        })
        .await
}
