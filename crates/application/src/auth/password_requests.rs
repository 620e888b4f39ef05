//! Who asked for a new password. Staff read, admins deal with it.

use bsm_domain::actor::Actor;
use bsm_domain::event::{Changes, EventKind};
use bsm_domain::ids::{PasswordRequestId, UserId};
use bsm_domain::policy::{self, Capability};
use bsm_persistence::Tx;
use bsm_persistence::page::{Page, Window};
use bsm_persistence::password_requests::PasswordRequestRow;

use crate::users::event;
use crate::{App, Error, Result, Stamp};

/// A page of the open requests, those who wait longest first.
///
/// # Errors
/// [`Error::Forbidden`]
pub async fn password_requests(
    app: &App,
    actor: &Actor,
    window: &Window,
) -> Result<Page<PasswordRequestRow>> {
    policy::require(actor, Capability::Work)?;
    Ok(app
        .db
        .read(async |tx| tx.password_requests(window).await)
        .await?)
}

/// Closes a request without a link: the person remembered, or it was not they who asked.
///
/// # Errors
/// [`Error::NotFound`] where it is not open; [`Error::Forbidden`]
pub async fn dismiss_password_request(
    app: &App,
    actor: &Actor,
    id: PasswordRequestId,
) -> Result<()> {
    policy::require(actor, Capability::Manage)?;
    let stamp = Stamp::of(app, actor);
    app.db
        .write(async |tx| {
            let user = tx.asker_of(id).await?.ok_or(Error::NotFound)?;
            tx.lock_user(user).await?;
            close(tx, &stamp, user).await
        })
        .await
}

/// Closes the open request of a person, where there is one.
pub(super) async fn close(tx: &mut Tx, stamp: &Stamp, user: UserId) -> Result<()> {
    if tx.close_password_request(user, stamp.by, stamp.at).await? {
        let kind = EventKind::PasswordRequestClosed;
        tx.append_event(&event(stamp, user, kind, Changes::none()))
            .await?;
    }
    Ok(())
}
