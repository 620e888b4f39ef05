//! A sign-in goes on.

use bsm_domain::actor::Portal;

use super::refresh_token::RefreshToken;
use super::session::{self, Ending, SignedIn};
use crate::{App, Error, Result, Stamp};

/// Renews a session. The token presented may come again as long as its successor has not (its
/// answer was lost, two tabs asked at once); one that comes after its successor was stolen from
/// one of the two who now hold it, so the session ends for both.
///
/// # Errors
/// [`Error::NotSignedIn`] where the token is not ours or of another portal, was replaced and used,
/// or its session has ended or expired, or the person is no longer active.
pub async fn refresh(app: &App, portal: Portal, token: &str) -> Result<SignedIn> {
    let token = RefreshToken::read(token, &app.settings.secret).ok_or(Error::NotSignedIn)?;
    // Person before session, as everywhere: two who lock in another order wait for each other.
    let owner = app
        .db
        .read(async |tx| tx.session(token.session).await)
        .await?
        .ok_or(Error::NotSignedIn)?
        .user_id;
    let stamp = Stamp::by_person(app, owner);
    let at = stamp.at;
    let next = token.generation.checked_add(1).ok_or(Error::NotSignedIn)?;
    let refresh_token = session::token(app, token.session, next)?;
    let user = app
        .db
        .write(async |tx| {
            tx.lock_user(owner).await?;
            let alive = tx
                .lock_session(token.session)
                .await?
                .filter(|s| s.portal == portal && s.ended_at.is_none() && s.expires_at > at);
            let user = tx.user(owner).await?.filter(|u| u.active);
            let (Some(alive), Some(mut user)) = (alive, user) else {
                return Ok(None);
            };
            if token.generation < alive.used_generation {
                // Not an error: the end of the session must be committed.
                session::end(tx, &stamp, alive.id, owner, Ending::TokenReused).await?;
                return Ok(None);
            }
            tx.rotate_session(alive.id, token.generation, at, session::expiry(at))
                .await?;
            tx.touch_user(owner, at).await?;
            user.last_seen_at = Some(at);
            Ok::<_, Error>(Some(user))
        })
        .await?
        .ok_or(Error::NotSignedIn)?;
    Ok(SignedIn {
        user,
        session: token.session,
        portal,
        refresh_token,
    })
}
