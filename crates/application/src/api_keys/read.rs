//! Admins read the keys, never their secrets.

use bsm_domain::actor::Actor;
use bsm_domain::clock::Time;
use bsm_domain::ids::ApiKeyId;
use bsm_domain::policy::{self, Capability};
use bsm_persistence::api_keys::ApiKeyRow;
use bsm_persistence::page::{Page, Window};

use crate::{App, Error, Result};

/// What a key is good for now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyState {
    /// It opens what its scopes say.
    Active,
    /// Its time is over.
    Expired,
    /// An admin has ended it.
    Revoked,
    /// Its maker may not sign in, or is no longer staff.
    Suspended,
}

/// What this key is good for at a moment. What cannot be undone counts first.
#[must_use]
pub fn state_of(row: &ApiKeyRow, now: Time) -> KeyState {
    if row.revoked_at.is_some() {
        KeyState::Revoked
    } else if row.expires_at.is_some_and(|at| at <= now) {
        KeyState::Expired
    } else if !row.maker_active || !row.maker_role.is_staff() {
        KeyState::Suspended
    } else {
        KeyState::Active
    }
}

/// A page of keys, revoked and expired ones too, newest first.
///
/// # Errors
/// [`Error::Forbidden`]
pub async fn list(app: &App, actor: &Actor, window: &Window) -> Result<Page<ApiKeyRow>> {
    policy::require(actor, Capability::Manage)?;
    policy::in_person(actor)?;
    app.db.read(async |tx| Ok(tx.api_keys(window).await?)).await
}

/// One key.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`]
pub async fn get(app: &App, actor: &Actor, id: ApiKeyId) -> Result<ApiKeyRow> {
    policy::require(actor, Capability::Manage)?;
    policy::in_person(actor)?;
    app.db
        .read(async |tx| tx.api_key(id).await)
        .await?
        .ok_or(Error::NotFound)
}
