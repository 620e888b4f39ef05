//! A category is made.

use bsm_domain::actor::Actor;
use bsm_domain::category::CategoryKind;
use bsm_domain::policy::{self, Capability};
use bsm_domain::service::ServiceIcon;

use super::ensure::add;
use super::list::CategoryInUse;
use crate::{App, Conflict, Error, Result, Stamp};

/// What a category is made of.
#[derive(Debug, Clone)]
pub struct NewCategory {
    /// What it holds.
    pub kind: CategoryKind,
    /// Its name.
    pub name: String,
    /// Its picture; the kind's own where it is left out.
    pub icon: Option<ServiceIcon>,
}

/// Makes a category, the last of its kind. Admins only.
///
/// # Errors
/// [`Error::Forbidden`]; [`Conflict::NameTaken`], also by a name that differs only in case, accents
/// or punctuation; [`Error::Invalid`] where there are too many already.
pub async fn create(app: &App, actor: &Actor, input: NewCategory) -> Result<CategoryInUse> {
    policy::require(actor, Capability::Manage)?;
    let stamp = Stamp::of(app, actor);
    app.db
        .write(async |tx| {
            let icon = input.icon.unwrap_or(input.kind.default_icon());
            let made = add(tx, &stamp, input.kind, &input.name, icon)
                .await
                .map_err(at_the_name)?;
            let category = made.ok_or(Conflict::NameTaken)?;
            Ok(CategoryInUse { category, items: 0 })
        })
        .await
}

/// Here the name stands in `name`, in services and articles in `category`.
fn at_the_name(error: Error) -> Error {
    match error {
        Error::Invalid(mut fields) => {
            for field in &mut fields {
                "/name".clone_into(&mut field.pointer);
            }
            Error::Invalid(fields)
        }
        other => other,
    }
}
