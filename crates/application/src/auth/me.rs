//! Who one is.

use bsm_domain::actor::Actor;
use bsm_persistence::users::UserRow;

use crate::{App, Error, Result};

/// The signed-in person themselves.
///
/// # Errors
/// [`Error::NotSignedIn`] where they are gone.
pub async fn me(app: &App, actor: &Actor) -> Result<UserRow> {
    app.db
        .read(async |tx| tx.user(actor.user_id).await)
        .await?
        .ok_or(Error::NotSignedIn)
}
