//! Reading the settings.

use bsm_domain::actor::Actor;
use bsm_domain::policy::{self, Capability};
use bsm_persistence::settings::{LogoRow, SettingsRow};

use crate::{App, Error, Result};

/// The settings, for staff.
///
/// # Errors
/// [`Error::Forbidden`]
pub async fn get(app: &App, actor: &Actor) -> Result<SettingsRow> {
    policy::require(actor, Capability::Work)?;
    branding(app).await
}

/// The settings, for those who show only how the desk looks and whether it is open: anybody may
/// know that before they sign in.
///
/// # Errors
/// [`Error::Db`]
pub async fn branding(app: &App) -> Result<SettingsRow> {
    Ok(app.db.read(async |tx| tx.settings().await).await?)
}

/// The logo with this hash.
///
/// # Errors
/// [`Error::NotFound`] where it is not the one of now.
pub async fn logo(app: &App, hash: &str) -> Result<LogoRow> {
    let is_hash = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
    if !is_hash {
        return Err(Error::NotFound);
    }
    app.db
        .read(async |tx| tx.logo(hash).await)
        .await?
        .ok_or(Error::NotFound)
}
