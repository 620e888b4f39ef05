//! A category gets another name, picture or place.

use bsm_domain::actor::Actor;
use bsm_domain::category::{name_key, reordered};
use bsm_domain::event::{Changes, EventKind};
use bsm_domain::ids::CategoryId;
use bsm_domain::policy::{self, Capability};
use bsm_domain::service::ServiceIcon;
use bsm_persistence::Tx;
use bsm_persistence::categories::CategoryEntry;
use serde_json::{Value, json};

use super::list::{CategoryInUse, detail_of, locked};
use super::record::record;
use super::rename::rename;
use crate::{App, Conflict, Expected, Result, Stamp};

/// The fields to change; absent ones stay.
#[derive(Debug, Clone, Default)]
pub struct UpdateCategory {
    /// Another name. Whatever stands under the category has it at once, live or not.
    pub name: Option<String>,
    /// Another picture.
    pub icon: Option<ServiceIcon>,
    /// Another place among its kind, the first is 1; the others close up.
    pub place: Option<usize>,
}

/// Changes a category. Admins only. A change that changes nothing leaves no trace.
///
/// # Errors
/// [`crate::Error::Forbidden`], [`crate::Error::NotFound`], [`crate::Error::Stale`];
/// [`Conflict::NameTaken`] where another one of its kind has the name: those can be merged.
pub async fn update(
    app: &App,
    actor: &Actor,
    id: CategoryId,
    expected: &Expected,
    input: UpdateCategory,
) -> Result<CategoryInUse> {
    policy::require(actor, Capability::Manage)?;
    let stamp = Stamp::of(app, actor);
    app.db
        .write(async |tx| {
            let before = locked(tx, id).await?;
            expected.check(before.version)?;
            let mut after = before.clone();
            let mut changes = Changes::none();
            if let Some(name) = input.name.as_deref().filter(|name| *name != before.name) {
                name.clone_into(&mut after.name);
                after.name_key = name_key(name);
                changes = changes.with("name", Value::Null, Value::Null);
            }
            if let Some(icon) = input.icon.filter(|icon| *icon != before.icon) {
                after.icon = icon;
                changes = changes.with("icon", json!(before.icon), json!(icon));
            }
            if let Some(place) = input.place {
                let place = move_to(tx, &before, place).await?;
                if place != before.place {
                    changes = changes.with("place", json!(before.place), json!(place));
                }
            }
            if changes.is_empty() {
                return detail_of(tx, id).await;
            }
            if after.name_key != before.name_key
                && tx
                    .category_by_key(after.kind, &after.name_key)
                    .await?
                    .is_some()
            {
                return Err(Conflict::NameTaken.into());
            }
            after.version += 1;
            after.updated_at = stamp.at;
            tx.update_category(&after).await?;
            rename(tx, after.kind, &before.name, &after.name).await?;
            record(tx, &stamp, id, EventKind::CategoryUpdated, changes).await?;
            detail_of(tx, id).await
        })
        .await
}

/// Puts a category at a place and numbers its kind anew, so that places have no gaps; where it
/// stands then.
async fn move_to(tx: &mut Tx, moved: &CategoryEntry, place: usize) -> Result<i64> {
    let order: Vec<CategoryId> = tx
        .categories(moved.kind)
        .await?
        .iter()
        .map(|category| category.id)
        .collect();
    let mut found = moved.place;
    for (id, place) in reordered(&order, moved.id, place).into_iter().zip(1..) {
        tx.place_category(id, place).await?;
        if id == moved.id {
            found = place;
        }
    }
    Ok(found)
}
