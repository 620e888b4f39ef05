//! A person sets their password with a link.

use bsm_domain::clock::Time;
use bsm_domain::event::SubjectKind;
use bsm_domain::password::Password;
use bsm_persistence::password_links::PasswordLinkRow;
use serde_json::Map;

use super::password;
use super::password_link::hash;
use super::session::{self, Ending};
use crate::audit::{self, Fact};
use crate::{App, Error, Result, Stamp};

/// Sets a password. The link is used up, all others of the person are replaced, and wherever they were
/// signed in, they no longer are.
///
/// # Errors
/// [`Error::LinkInvalid`] where the token was never given, is used up or older than 60 minutes, or
/// the person is not active.
pub async fn password_reset(app: &App, token: &str, password: Password) -> Result<()> {
    let token_hash = hash(token);
    let at = app.now();
    // Looked at before the costly hash; it is decided under the lock.
    let link = app
        .db
        .read(async |tx| tx.password_link(&token_hash).await)
        .await?
        .filter(|link| usable(link, at))
        .ok_or(Error::LinkInvalid)?;
    let password_hash = password::hash(password).await?;
    let stamp = Stamp::by_person(app, link.user_id);
    app.db
        .write(async |tx| {
            tx.lock_user(link.user_id).await?;
            // Links of a person change only under the person's lock.
            let link = tx
                .password_link(&token_hash)
                .await?
                .filter(|link| usable(link, stamp.at))
                .ok_or(Error::LinkInvalid)?;
            let user = tx
                .user(link.user_id)
                .await?
                .filter(|user| user.active)
                .ok_or(Error::LinkInvalid)?;
            tx.set_password(user.id, &password_hash, stamp.at).await?;
            tx.use_password_link(link.id, stamp.at).await?;
            tx.replace_password_links(user.id, stamp.at).await?;
            session::end_all(tx, &stamp, user.id, Ending::PasswordSet).await?;
            audit::write(
                tx,
                &stamp,
                Fact {
                    action: "password.set",
                    subject_kind: SubjectKind::User,
                    subject_id: user.id.0,
                    detail: Map::new(),
                },
            )
            .await
        })
        .await
}

fn usable(link: &PasswordLinkRow, at: Time) -> bool {
    link.used_at.is_none() && link.replaced_at.is_none() && link.expires_at > at
}
