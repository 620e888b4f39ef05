//! An admin deletes a webhook.

use bsm_domain::actor::Actor;
use bsm_domain::event::{Changes, EventKind};
use bsm_domain::ids::WebhookId;
use bsm_domain::policy::{self, Capability};

use super::record::{settle_reader, tell};
use crate::{App, Error, Expected, Result, Stamp};

/// Deletes a webhook with the log of its deliveries; what waits is never sent.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`]; [`Error::Stale`] where it is not the expected
/// version.
pub async fn delete(app: &App, actor: &Actor, id: WebhookId, expected: &Expected) -> Result<()> {
    policy::require(actor, Capability::Manage)?;
    let stamp = Stamp::of(app, actor);
    app.db
        .write(async |tx| {
            let before = tx.lock_webhook(id).await?.ok_or(Error::NotFound)?;
            expected.check(before.version)?;
            tx.delete_webhook(id).await?;
            settle_reader(tx).await?;
            tell(tx, &stamp, id, EventKind::WebhookDeleted, Changes::none()).await
        })
        .await
}
