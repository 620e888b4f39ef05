//! An admin has deliveries sent again.

use bsm_domain::actor::Actor;
use bsm_domain::clock::Time;
use bsm_domain::ids::{DeliveryId, WebhookId};
use bsm_domain::policy::{self, Capability};
use bsm_domain::webhook::{DeliveryStatus, WebhookState};
use bsm_persistence::Tx;
use bsm_persistence::webhook_deliveries::DeliveryRow;
use bsm_persistence::webhooks::WebhookRow;

use super::record::settle_reader;
use crate::{App, Conflict, Error, Result};

/// Sends one delivery again, whatever came of it, with the same id and body.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`]; [`Conflict::WebhookDisabled`].
pub async fn resend(
    app: &App,
    actor: &Actor,
    webhook: WebhookId,
    id: DeliveryId,
) -> Result<DeliveryRow> {
    policy::require(actor, Capability::Manage)?;
    let now = app.now();
    app.db
        .write(async |tx| {
            active(tx, webhook).await?;
            tx.delivery(webhook, id).await?.ok_or(Error::NotFound)?;
            tx.requeue_delivery(id, now).await?;
            tx.delivery(webhook, id).await?.ok_or(Error::NotFound)
        })
        .await
}

/// Sends again what was given up since a moment, and with `delivered_too` what was delivered; and
/// reads the log again from there, so that what the webhook was not told, being disabled or not
/// there yet, comes as well. Returns how many deliveries were queued at once; those of the log
/// follow.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`]; [`Conflict::WebhookDisabled`].
pub async fn resend_since(
    app: &App,
    actor: &Actor,
    id: WebhookId,
    since: Time,
    delivered_too: bool,
) -> Result<u64> {
    policy::require(actor, Capability::Manage)?;
    let now = app.now();
    let standing: &[DeliveryStatus] = if delivered_too {
        &[DeliveryStatus::Failed, DeliveryStatus::Delivered]
    } else {
        &[DeliveryStatus::Failed]
    };
    app.db
        .write(async |tx| {
            let before = active(tx, id).await?;
            let position = tx.position_before(since).await?;
            if position < before.position {
                tx.move_webhook(id, before.position, position).await?;
                settle_reader(tx).await?;
            }
            Ok(tx.requeue_deliveries(id, standing, since, now).await?)
        })
        .await
}

async fn active(tx: &mut Tx, id: WebhookId) -> Result<WebhookRow> {
    let webhook = tx.lock_webhook(id).await?.ok_or(Error::NotFound)?;
    if webhook.state == WebhookState::Disabled {
        return Err(Conflict::WebhookDisabled.into());
    }
    Ok(webhook)
}
