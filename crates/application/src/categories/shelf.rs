//! The categories of a list, in their order and with their pictures.

use std::collections::HashMap;

use bsm_domain::category::CategoryKind;
use bsm_domain::service::ServiceIcon;
use bsm_domain::text::fold;
use bsm_persistence::Tx;
use bsm_persistence::categories::CategoryEntry;
use bsm_persistence::content::CategoryRow;

use crate::Result;

/// A category as readers of a list see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelf {
    /// Its name.
    pub name: String,
    /// Its picture.
    pub icon: ServiceIcon,
    /// How many things of the list stand under it.
    pub items: i64,
}

/// Puts counted names into the order of their categories. A name that has no category of its own,
/// which only another version of the server can have written, comes last.
pub(crate) async fn shelves(
    tx: &mut Tx,
    kind: CategoryKind,
    counted: Vec<CategoryRow>,
) -> Result<Vec<Shelf>> {
    let kept: HashMap<String, CategoryEntry> = tx
        .categories(kind)
        .await?
        .into_iter()
        .map(|category| (category.name.clone(), category))
        .collect();
    let place = |name: &str| kept.get(name).map_or(i64::MAX, |category| category.place);
    let mut counted = counted;
    counted.sort_by_cached_key(|row| (place(&row.category), fold(&row.category)));
    Ok(counted
        .into_iter()
        .map(|row| Shelf {
            icon: kept
                .get(&row.category)
                .map_or(kind.default_icon(), |category| category.icon),
            name: row.category,
            items: row.items,
        })
        .collect())
}
