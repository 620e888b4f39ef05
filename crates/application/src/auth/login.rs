//! Signing in.

use bsm_domain::actor::Portal;
use bsm_domain::email::EmailAddress;
use bsm_domain::ids::SessionId;
use bsm_domain::password::Password;

use super::password;
use super::session::{self, Client, SignedIn};
use crate::{App, Error, Result, Stamp};

/// Signs a person in to the portal of their role. How long it takes tells nothing about whether
/// the address is known.
///
/// # Errors
/// [`Error::InvalidCredentials`], whatever is wrong: the address, the password, an account that
/// is not active or has no password yet.
pub async fn login(
    app: &App,
    email: Option<EmailAddress>,
    claimed: Password,
    client: Client,
) -> Result<SignedIn> {
    let known = match &email {
        Some(email) => app.db.read(async |tx| tx.credentials(email).await).await?,
        None => None,
    };
    let hash = known
        .as_ref()
        .filter(|k| k.active)
        .and_then(|k| k.password_hash.clone());
    let matches = password::verify(claimed, hash.clone()).await?;
    let (Some(known), Some(email), true) = (known, email, matches) else {
        return Err(Error::InvalidCredentials);
    };
    let stamp = Stamp::by_person(app, known.id);
    let id = SessionId::generate();
    let refresh_token = session::token(app, id, 1)?;
    let user = app
        .db
        .write(async |tx| {
            // Locked and read again: hashing takes its time, and a session must not begin after
            // the deactivation or the new password that ends them all.
            tx.lock_user(known.id).await?;
            let unchanged = tx
                .credentials(&email)
                .await?
                .is_some_and(|now| now.active && now.password_hash == hash);
            if !unchanged {
                return Err(Error::InvalidCredentials);
            }
            let user = tx.user(known.id).await?.ok_or(Error::InvalidCredentials)?;
            session::begin(tx, &stamp, id, &user, &client).await?;
            tx.user(known.id).await?.ok_or(Error::InvalidCredentials)
        })
        .await?;
    Ok(SignedIn {
        portal: Portal::of(user.role),
        session: id,
        refresh_token,
        user,
    })
}

/// Where the owner of an account was signed in last, as addresses; none where nobody has the
/// address.
///
/// # Errors
/// [`Error::Db`]
pub async fn known_addresses(app: &App, email: &EmailAddress) -> Result<Vec<String>> {
    app.db
        .read(async |tx| Ok(tx.sign_in_addresses(email).await?))
        .await
}
