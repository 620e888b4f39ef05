//! Categories for what was named before there were any.

use std::collections::HashSet;

use bsm_domain::category::{CategoryKind, name_key};
use bsm_domain::text::fold;
use bsm_persistence::Tx;

use super::ensure::ensure;
use super::rename::rename;
use crate::{App, Result, Stamp};

/// Makes a category of each name that a service or article stands under and that has none: names
/// from before there were categories, or written meanwhile by an older version of the server. Names
/// that differ only in case, accents or punctuation become one. Does nothing where there is nothing
/// to do; replicas may do it at the same time.
///
/// # Errors
/// [`crate::Error::Db`]
pub async fn adopt(app: &App) -> Result<()> {
    for kind in CategoryKind::ALL {
        let missing = app
            .db
            .read(async |tx| without_category(tx, *kind).await)
            .await?;
        if missing.is_empty() {
            continue;
        }
        let stamp = Stamp::system(app);
        app.db
            .write(async |tx| {
                for name in &without_category(tx, *kind).await? {
                    let kept = ensure(tx, &stamp, *kind, name).await?;
                    rename(tx, *kind, name, &kept).await?;
                }
                Ok::<_, crate::Error>(())
            })
            .await?;
    }
    Ok(())
}

/// The names in use that have no category, most used first among those that fold alike, else by
/// name.
async fn without_category(tx: &mut Tx, kind: CategoryKind) -> Result<Vec<String>> {
    let known: HashSet<String> = tx
        .categories(kind)
        .await?
        .into_iter()
        .map(|category| category.name)
        .collect();
    let mut rows = tx.category_uses(kind).await?;
    rows.retain(|row| !known.contains(&row.category));
    rows.sort_by_cached_key(|row| {
        let key = name_key(&row.category);
        (fold(&key), -row.items, row.category.clone())
    });
    Ok(rows.into_iter().map(|row| row.category).collect())
}
