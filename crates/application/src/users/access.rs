//! Where a person is signed in, and the password links they were handed. For admins.

use bsm_domain::actor::Actor;
use bsm_domain::ids::{SessionId, UserId};
use bsm_domain::policy::{self, Capability};
use bsm_persistence::Tx;
use bsm_persistence::page::{Page, Window};
use bsm_persistence::password_links::PasswordLinkInfo;
use bsm_persistence::sessions::SessionRow;

use crate::auth::session::{self, Ending};
use crate::{App, Error, Result, Stamp};

/// A page of the sessions a person has now, newest first.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`]
pub async fn sessions(
    app: &App,
    actor: &Actor,
    user: UserId,
    window: &Window,
) -> Result<Page<SessionRow>> {
    policy::require(actor, Capability::Manage)?;
    let now = app.now();
    app.db
        .read(async |tx| {
            known(tx, user).await?;
            Ok(tx.live_sessions(user, now, window).await?)
        })
        .await
}

/// Ends one session of a person: from the next request on they are no longer signed in there.
///
/// # Errors
/// [`Error::NotFound`] where it is none of this person's, or has ended; [`Error::Forbidden`]
pub async fn end_session(app: &App, actor: &Actor, user: UserId, id: SessionId) -> Result<()> {
    policy::require(actor, Capability::Manage)?;
    let stamp = Stamp::of(app, actor);
    app.db
        .write(async |tx| {
            tx.lock_session(id)
                .await?
                .filter(|s| s.user_id == user && s.ended_at.is_none() && s.expires_at > stamp.at)
                .ok_or(Error::NotFound)?;
            session::end(tx, &stamp, id, user, Ending::EndedByAdmin).await
        })
        .await
}

/// Ends every session of a person.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`]
pub async fn end_sessions(app: &App, actor: &Actor, user: UserId) -> Result<()> {
    policy::require(actor, Capability::Manage)?;
    let stamp = Stamp::of(app, actor);
    app.db
        .write(async |tx| {
            // Under the lock that a sign-in takes: none begins while these end.
            if !tx.lock_user(user).await? {
                return Err(Error::NotFound);
            }
            session::end_all(tx, &stamp, user, Ending::EndedByAdmin).await
        })
        .await
}

/// A page of the links made for a person, newest first, with who made each and what became of it.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`]
pub async fn password_links(
    app: &App,
    actor: &Actor,
    user: UserId,
    window: &Window,
) -> Result<Page<PasswordLinkInfo>> {
    policy::require(actor, Capability::Manage)?;
    app.db
        .read(async |tx| {
            known(tx, user).await?;
            Ok(tx.password_links(user, window).await?)
        })
        .await
}

async fn known(tx: &mut Tx, user: UserId) -> Result<()> {
    tx.user(user).await?.map(drop).ok_or(Error::NotFound)
}
