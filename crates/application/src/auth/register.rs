//! Somebody makes themselves an account.

use bsm_domain::actor::Role;
use bsm_domain::email::EmailAddress;
use bsm_domain::ids::UserId;
use bsm_domain::password::Password;
use bsm_persistence::users::UserRow;

use super::password;
use crate::users::{self, NewPerson};
use crate::{App, Conflict, Error, Result, Stamp};

/// Adds a customer without an organization, who may sign in at once.
///
/// # Errors
/// [`Error::RegistrationClosed`]; [`Conflict::EmailTaken`]; [`Error::Invalid`] where the name does
/// not fit.
pub async fn register(
    app: &App,
    email: EmailAddress,
    password: Password,
    name: String,
) -> Result<UserRow> {
    // Looked at before the costly hash; the unique address decides in the end.
    let (settings, known) = app
        .db
        .read(async |tx| Ok::<_, Error>((tx.settings().await?, tx.credentials(&email).await?)))
        .await?;
    if !settings.registration_open {
        return Err(Error::RegistrationClosed);
    }
    if known.is_some() {
        return Err(Conflict::EmailTaken.into());
    }
    let hash = password::hash(password).await?;
    let id = UserId::generate();
    let stamp = Stamp::by_person(app, id);
    let person = NewPerson {
        email,
        name,
        role: Role::Customer,
        organization: None,
        organization_role: None,
    };
    app.db
        .write(async |tx| {
            users::add(
                tx,
                &stamp,
                id,
                &person,
                Some(hash.clone()),
                "user.registered",
            )
            .await
        })
        .await
}
