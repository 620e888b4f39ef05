//! A category is merged into another one of its kind.

use bsm_domain::actor::Actor;
use bsm_domain::event::{Changes, EventKind};
use bsm_domain::ids::CategoryId;
use bsm_domain::policy::{self, Capability};
use serde_json::{Value, json};

use super::list::{CategoryInUse, detail_of, locked};
use super::record::record;
use super::rename::rename;
use crate::{App, Error, Expected, FieldError, Result, Stamp};

/// Moves whatever stands under a category to another one and deletes it. Admins only.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Stale`]; [`Error::Invalid`] at `/into` where
/// that is no other category of the same kind.
pub async fn merge(
    app: &App,
    actor: &Actor,
    id: CategoryId,
    expected: &Expected,
    into: CategoryId,
) -> Result<CategoryInUse> {
    policy::require(actor, Capability::Manage)?;
    let stamp = Stamp::of(app, actor);
    app.db
        .write(async |tx| {
            let from = locked(tx, id).await?;
            expected.check(from.version)?;
            let target = tx
                .category(into)
                .await?
                .filter(|target| target.kind == from.kind && target.id != from.id);
            let Some(mut target) = target else {
                return Err(Error::Invalid(vec![FieldError::unknown_reference(
                    "/into",
                    "names no other category of the same kind",
                )]));
            };
            rename(tx, from.kind, &from.name, &target.name).await?;
            tx.delete_category(id).await?;
            target.version += 1;
            target.updated_at = stamp.at;
            tx.update_category(&target).await?;
            let changes = Changes::none().with("merged", Value::Null, json!(id));
            record(tx, &stamp, into, EventKind::CategoryUpdated, changes).await?;
            let changes = Changes::none().with("into", Value::Null, json!(into));
            record(tx, &stamp, id, EventKind::CategoryDeleted, changes).await?;
            detail_of(tx, into).await
        })
        .await
}
