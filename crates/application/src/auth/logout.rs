//! Signing out.

use bsm_domain::actor::Portal;

use super::refresh_token::RefreshToken;
use super::session::{self, Ending};
use crate::{App, Result, Stamp};

/// Ends the session of a refresh token, of whatever generation. A token that is not ours, of
/// another portal, or of a session that has ended leaves everything as it is.
///
/// # Errors
/// [`crate::Error::Db`]
pub async fn logout(app: &App, portal: Portal, token: &str) -> Result<()> {
    let Some(token) = RefreshToken::read(token, &app.settings.secret) else {
        return Ok(());
    };
    let found = app
        .db
        .read(async |tx| tx.session(token.session).await)
        .await?
        .filter(|s| s.portal == portal && s.ended_at.is_none());
    let Some(found) = found else {
        return Ok(());
    };
    let stamp = Stamp::by_person(app, found.user_id);
    app.db
        .write(async |tx| {
            session::end(tx, &stamp, found.id, found.user_id, Ending::SignedOut).await
        })
        .await
}
