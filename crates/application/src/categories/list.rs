//! Staff read the categories, with how much stands under each.

use std::collections::HashMap;

use bsm_domain::actor::Actor;
use bsm_domain::category::CategoryKind;
use bsm_domain::ids::CategoryId;
use bsm_domain::policy::{self, Capability};
use bsm_persistence::Tx;
use bsm_persistence::categories::CategoryEntry;

use crate::{App, Error, Result};

/// A category and how many services or articles stand under it, in their working copy or live.
#[derive(Debug, Clone)]
pub struct CategoryInUse {
    /// The category.
    pub category: CategoryEntry,
    /// How many.
    pub items: i64,
}

/// All categories of these kinds, each kind in its order. Staff only.
///
/// # Errors
/// [`Error::Forbidden`]
pub async fn list(app: &App, actor: &Actor, kinds: &[CategoryKind]) -> Result<Vec<CategoryInUse>> {
    policy::require(actor, Capability::Work)?;
    app.db
        .read(async |tx| {
            let mut found = Vec::new();
            for kind in kinds {
                let mut uses = uses_of(tx, *kind).await?;
                for category in tx.categories(*kind).await? {
                    let items = uses.remove(&category.name).unwrap_or_default();
                    found.push(CategoryInUse { category, items });
                }
            }
            Ok(found)
        })
        .await
}

/// One category. Staff only.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]
pub async fn detail(app: &App, actor: &Actor, id: CategoryId) -> Result<CategoryInUse> {
    policy::require(actor, Capability::Work)?;
    app.db.read(async |tx| detail_of(tx, id).await).await
}

/// The category as this transaction sees it.
pub(super) async fn detail_of(tx: &mut Tx, id: CategoryId) -> Result<CategoryInUse> {
    let category = tx.category(id).await?.ok_or(Error::NotFound)?;
    let items = uses_of(tx, category.kind)
        .await?
        .remove(&category.name)
        .unwrap_or_default();
    Ok(CategoryInUse { category, items })
}

/// The category, while other writers of its kind wait until the transaction ends.
pub(super) async fn locked(tx: &mut Tx, id: CategoryId) -> Result<CategoryEntry> {
    let kind = tx.category(id).await?.ok_or(Error::NotFound)?.kind;
    tx.lock_categories(kind).await?;
    tx.category(id).await?.ok_or(Error::NotFound)
}

async fn uses_of(tx: &mut Tx, kind: CategoryKind) -> Result<HashMap<String, i64>> {
    let rows = tx.category_uses(kind).await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.category, row.items))
        .collect())
}
