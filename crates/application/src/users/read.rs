//! Reading people. Staff only.

use bsm_domain::actor::{Actor, Role};
use bsm_domain::ids::UserId;
use bsm_domain::policy::{self, Capability};
use bsm_persistence::page::{Page, Window};
use bsm_persistence::user_lists::{UserFilter, UserSort};
use bsm_persistence::users::UserRow;

use crate::{App, Error, Result};

/// A page of people.
///
/// # Errors
/// [`Error::Forbidden`]
pub async fn list(
    app: &App,
    actor: &Actor,
    filter: &UserFilter,
    sort: UserSort,
    window: &Window,
) -> Result<Page<UserRow>> {
    let sight = policy::sight(actor, Capability::Work)?;
    let Some(organization) = sight.narrow(filter.organization) else {
        return Ok(Page::empty());
    };
    let filter = UserFilter {
        organization,
        ..filter.clone()
    };
    app.db
        .read(async |tx| Ok(tx.users(&filter, sort, window).await?))
        .await
}

/// Whether there is an admin who may sign in. For the operator, who is nobody's actor.
///
/// # Errors
/// Only the database's own.
pub async fn has_admin(app: &App) -> Result<bool> {
    let filter = UserFilter {
        roles: vec![Role::Admin],
        active: Some(true),
        ..UserFilter::default()
    };
    let page = app
        .db
        .read(async |tx| {
            tx.users(
                &filter,
                UserSort::CreatedRising,
                &Window {
                    limit: 1,
                    after: None,
                },
            )
            .await
        })
        .await?;
    Ok(!page.items.is_empty())
}

/// One person.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`]
pub async fn get(app: &App, actor: &Actor, id: UserId) -> Result<UserRow> {
    let sight = policy::sight(actor, Capability::Work)?;
    let found = app.db.read(async |tx| tx.user(id).await).await?;
    let user = found.ok_or(Error::NotFound)?;
    sight.admits(user.organization_id)?;
    Ok(user)
}
