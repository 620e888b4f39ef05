//! An admin gives the desk a logo, or takes it away.

use bsm_domain::actor::Actor;
use bsm_domain::image;
use bsm_domain::policy::{self, Capability};
use bsm_persistence::settings::{LogoRow, SettingsRow};
use sha2::{Digest as _, Sha256};

use super::update::store;
use crate::{App, Error, Expected, FieldError, Result, Stamp};

/// Makes a picture the logo. What it is, is told by its bytes.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Invalid`] where it is no whole PNG, JPEG or WebP, or its size is
/// out of bounds; [`Error::Stale`] where the settings are not of the expected version.
pub async fn set_logo(
    app: &App,
    actor: &Actor,
    expected: &Expected,
    content: Vec<u8>,
) -> Result<SettingsRow> {
    policy::require(actor, Capability::Manage)?;
    let found = image::logo(&content).map_err(|e| {
        Error::Invalid(vec![FieldError {
            pointer: "/content".to_owned(),
            code: "not_allowed",
            detail: e.to_string(),
        }])
    })?;
    let logo = LogoRow {
        hash: hash(&content),
        kind: found.kind,
        content,
    };
    let stamp = Stamp::of(app, actor);
    app.db
        .write(async |tx| {
            let before = tx.lock_settings().await?;
            expected.check(before.version)?;
            let mut after = before.clone();
            after.set_logo(Some((logo.hash.clone(), found)));
            if before.logo != after.logo {
                tx.delete_logo().await?;
                tx.insert_logo(&logo).await?;
            }
            store(tx, &stamp, &before, after).await
        })
        .await
}

/// Takes the logo away; without one there is nothing to do, which is no error.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Stale`] where the settings are not of the expected version.
pub async fn remove_logo(app: &App, actor: &Actor, expected: &Expected) -> Result<SettingsRow> {
    policy::require(actor, Capability::Manage)?;
    let stamp = Stamp::of(app, actor);
    app.db
        .write(async |tx| {
            let before = tx.lock_settings().await?;
            expected.check(before.version)?;
            let mut after = before.clone();
            after.set_logo(None);
            tx.delete_logo().await?;
            store(tx, &stamp, &before, after).await
        })
        .await
}

fn hash(content: &[u8]) -> String {
    Sha256::digest(content)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
