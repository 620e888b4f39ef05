//! Where one is signed in.

use bsm_domain::actor::Actor;
use bsm_domain::ids::SessionId;
use bsm_persistence::page::{Page, Window};
use bsm_persistence::sessions::SessionRow;

use super::session::{self, Ending};
use crate::{App, Error, Result, Stamp};

/// A page of the sign-ins that one has now, newest first.
///
/// # Errors
/// [`Error::Db`]
pub async fn sessions(app: &App, actor: &Actor, window: &Window) -> Result<Page<SessionRow>> {
    let now = app.now();
    Ok(app
        .db
        .read(async |tx| tx.live_sessions(actor.user_id, now, window).await)
        .await?)
}

/// Ends one of one's own sign-ins, this one too.
///
/// # Errors
/// [`Error::NotFound`] where it is another person's, or has ended.
pub async fn end_session(app: &App, actor: &Actor, id: SessionId) -> Result<()> {
    let stamp = Stamp::of(app, actor);
    app.db
        .write(async |tx| {
            tx.lock_session(id)
                .await?
                .filter(|s| s.user_id == actor.user_id)
                .filter(|s| s.ended_at.is_none() && s.expires_at > stamp.at)
                .ok_or(Error::NotFound)?;
            session::end(tx, &stamp, id, actor.user_id, Ending::EndedByOwner).await
        })
        .await
}

/// Ends all of one's sign-ins, this one too.
///
/// # Errors
/// [`Error::Db`]
pub async fn sign_out_everywhere(app: &App, actor: &Actor) -> Result<()> {
    let stamp = Stamp::of(app, actor);
    app.db
        .write(async |tx| {
            // Under the lock that a sign-in takes: none begins while these end.
            tx.lock_user(actor.user_id).await?;
            session::end_all(tx, &stamp, actor.user_id, Ending::SignedOutEverywhere).await
        })
        .await
}
