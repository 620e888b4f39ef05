//! Whose key a request comes with.

use bsm_domain::actor::Actor;
use bsm_domain::api_key;
use bsm_domain::clock::Time;
use bsm_domain::ids::ApiKeyId;
use bsm_persistence::api_keys::KeyHolder;

use super::record::hash;
use super::uses::KeyUses;
use crate::{App, Error, Result};

/// The maker of a key, with the rights they have at this moment, as far as the key reaches, and
/// when the key ends. Its use is noted beside the request.
///
/// # Errors
/// [`Error::NotSignedIn`] where it is no key, is revoked or has expired, or its maker is not active.
pub async fn authenticate(app: &App, uses: &KeyUses, key: &str) -> Result<(Actor, Option<Time>)> {
    let id = api_key::read(key).ok_or(Error::NotSignedIn)?;
    let holder = holder(app, id).await?;
    // Hashes of 256 random bits: how far two of them agree tells nothing of use.
    if hash(key) != holder.key_hash {
        return Err(Error::NotSignedIn);
    }
    uses.note(id, app.now(), holder.last_used_at);
    Ok((holder.actor, holder.expires_at))
}

/// The same for a key that was shown before, for a stream that goes on.
///
/// # Errors
/// [`Error::NotSignedIn`]
pub async fn authenticate_again(app: &App, id: ApiKeyId) -> Result<(Actor, Option<Time>)> {
    let holder = holder(app, id).await?;
    Ok((holder.actor, holder.expires_at))
}

async fn holder(app: &App, id: ApiKeyId) -> Result<KeyHolder> {
    let now = app.now();
    let found = app.db.read(async |tx| tx.key_holder(id, now).await).await?;
    found.ok_or(Error::NotSignedIn)
}
