//! The category that a service or article names: found, or made.

use bsm_domain::category::{CATEGORIES_MAX, CategoryKind, name_key};
use bsm_domain::event::{Changes, EventKind};
use bsm_domain::ids::CategoryId;
use bsm_domain::service::ServiceIcon;
use bsm_persistence::Tx;
use bsm_persistence::categories::CategoryEntry;

use super::record::record;
use crate::{Error, FieldError, Result, Stamp};

/// The name of the category that `name` means: names that differ only in case, accents or
/// punctuation mean the same one. One that nobody has named yet is made, at the end of its kind.
///
/// # Errors
/// [`Error::Invalid`] at `/category` where there are too many already.
pub(crate) async fn ensure(
    tx: &mut Tx,
    stamp: &Stamp,
    kind: CategoryKind,
    name: &str,
) -> Result<String> {
    let key = name_key(name);
    if let Some(known) = tx.category_by_key(kind, &key).await? {
        return Ok(known.name);
    }
    match add(tx, stamp, kind, name, kind.default_icon()).await {
        Ok(Some(made)) => Ok(made.name),
        // Somebody else made it at the same time.
        Ok(None) => Ok(tx
            .category_by_key(kind, &key)
            .await?
            .map_or_else(|| name.to_owned(), |known| known.name)),
        Err(error) => Err(error),
    }
}

/// Makes a category at the end of its kind; `None` where its kind has the name already.
pub(super) async fn add(
    tx: &mut Tx,
    stamp: &Stamp,
    kind: CategoryKind,
    name: &str,
    icon: ServiceIcon,
) -> Result<Option<CategoryEntry>> {
    let others = tx.categories(kind).await?;
    if others.len() >= CATEGORIES_MAX {
        return Err(Error::Invalid(vec![FieldError {
            pointer: "/category".to_owned(),
            code: "too_many",
            detail: format!("there are {CATEGORIES_MAX} categories already; choose one of them"),
        }]));
    }
    let category = CategoryEntry {
        id: CategoryId::generate(),
        kind,
        name: name.to_owned(),
        name_key: name_key(name),
        icon,
        place: others.last().map_or(0, |last| last.place) + 1,
        version: 1,
        created_at: stamp.at,
        updated_at: stamp.at,
    };
    if !tx.insert_category(&category).await? {
        return Ok(None);
    }
    let kind = EventKind::CategoryCreated;
    record(tx, stamp, category.id, kind, Changes::none()).await?;
    Ok(Some(category))
}
