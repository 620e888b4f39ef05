//! Who a request belongs to.

use bsm_domain::actor::{Actor, Portal};
use bsm_domain::ids::{SessionId, UserId};

use crate::{App, Error, Result};

/// The person of a session, with the rights they have at this moment: a token that was issued
/// before a sign-out, a deactivation or a change of role is worth nothing from then on.
///
/// # Errors
/// [`Error::NotSignedIn`] where the session has ended or is not this person's.
pub async fn authenticate(app: &App, session: SessionId, user: UserId) -> Result<(Actor, Portal)> {
    let now = app.now();
    let found = app.db.read(async |tx| tx.actor(session, now).await).await?;
    found
        .filter(|(actor, _)| actor.user_id == user)
        .ok_or(Error::NotSignedIn)
}
