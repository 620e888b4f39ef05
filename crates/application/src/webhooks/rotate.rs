//! An admin gives a webhook another secret.

use bsm_domain::actor::Actor;
use bsm_domain::event::EventKind;
use bsm_domain::ids::WebhookId;
use bsm_domain::policy::{self, Capability};
use bsm_persistence::webhooks::WebhookRow;
use chrono::Duration;

use super::record::{tell, untold};
use super::seal::Key;
use crate::{App, Error, Expected, Result, Stamp};

/// How long the secret before signs beside the new one.
const BOTH_HOURS: i64 = 24;

/// Makes a new secret. For a day both sign, so that the receiver can take its time; of two rotations
/// within it only the last two secrets are left. Returns the webhook and the secret, which is never
/// shown again.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`]; [`Error::Stale`] where it is not the expected
/// version.
pub async fn rotate(
    app: &App,
    actor: &Actor,
    id: WebhookId,
    expected: &Expected,
) -> Result<(WebhookRow, String)> {
    policy::require(actor, Capability::Manage)?;
    let stamp = Stamp::of(app, actor);
    let key = Key::make()?;
    let sealed = key.seal(app, id)?;
    let row = app
        .db
        .write(async |tx| {
            let before = tx.lock_webhook(id).await?.ok_or(Error::NotFound)?;
            expected.check(before.version)?;
            let after = WebhookRow {
                secret: sealed.clone(),
                old_secret: Some(before.secret.clone()),
                old_secret_until: Some(stamp.at + Duration::hours(BOTH_HOURS)),
                updated_at: stamp.at,
                version: before.version + 1,
                ..before
            };
            tx.update_webhook(&after).await?;
            tell(tx, &stamp, id, EventKind::WebhookUpdated, untold("secret")).await?;
            Ok::<_, Error>(after)
        })
        .await?;
    Ok((row, key.text()))
}
