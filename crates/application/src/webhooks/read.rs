//! Reading webhooks and the log of their deliveries. Admins only.

use bsm_domain::actor::Actor;
use bsm_domain::clock::Time;
use bsm_domain::ids::{DeliveryId, WebhookId};
use bsm_domain::policy::{self, Capability};
use bsm_persistence::Tx;
use bsm_persistence::page::{Page, Window};
use bsm_persistence::webhook_deliveries::{AttemptRow, DeliveryFilter, DeliveryRow};
use bsm_persistence::webhooks::{LastDelivery, WebhookRow};

use crate::{App, Error, Result};

/// Most attempts that are shown of one delivery.
const ATTEMPTS: u32 = 100;

/// A webhook with its newest delivery.
#[derive(Debug, Clone)]
pub struct WebhookDetail {
    /// The webhook.
    pub webhook: WebhookRow,
    /// Its newest delivery.
    pub last: Option<LastDelivery>,
}

/// A delivery with its attempts, newest first, at most 100.
#[derive(Debug, Clone)]
pub struct DeliveryDetail {
    /// The delivery.
    pub delivery: DeliveryRow,
    /// What was sent and what came back.
    pub attempts: Vec<AttemptRow>,
}

/// A page of webhooks, newest first.
///
/// # Errors
/// [`Error::Forbidden`]
pub async fn list(app: &App, actor: &Actor, window: &Window) -> Result<Page<WebhookDetail>> {
    policy::require(actor, Capability::Manage)?;
    let now = app.now();
    let page = app
        .db
        .read(async |tx| {
            let page = tx.webhooks(window).await?;
            let ids: Vec<WebhookId> = page.items.iter().map(|row| row.id).collect();
            let last = tx.last_deliveries(&ids).await?;
            Ok::<_, Error>(page.map(|webhook| detail(webhook, &last, now)))
        })
        .await?;
    Ok(page)
}

/// One webhook.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`]
pub async fn get(app: &App, actor: &Actor, id: WebhookId) -> Result<WebhookDetail> {
    policy::require(actor, Capability::Manage)?;
    let now = app.now();
    app.db
        .read(async |tx| {
            let webhook = tx.webhook(id).await?.ok_or(Error::NotFound)?;
            let last = tx.last_deliveries(&[id]).await?;
            Ok(detail(webhook, &last, now))
        })
        .await
}

fn detail(mut webhook: WebhookRow, all: &[LastDelivery], now: Time) -> WebhookDetail {
    // A secret whose time is over signs nothing.
    webhook.old_secret_until = webhook.old_secret_until.filter(|until| now < *until);
    let last = all.iter().find(|last| last.webhook_id == webhook.id);
    WebhookDetail {
        last: last.cloned(),
        webhook,
    }
}

/// A page of a webhook's deliveries, newest first.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`]
pub async fn deliveries(
    app: &App,
    actor: &Actor,
    id: WebhookId,
    filter: &DeliveryFilter,
    window: &Window,
) -> Result<Page<DeliveryRow>> {
    policy::require(actor, Capability::Manage)?;
    app.db
        .read(async |tx: &mut Tx| {
            tx.webhook(id).await?.ok_or(Error::NotFound)?;
            Ok(tx.deliveries(id, filter, window).await?)
        })
        .await
}

/// One delivery of a webhook.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`]
pub async fn delivery(
    app: &App,
    actor: &Actor,
    webhook: WebhookId,
    id: DeliveryId,
) -> Result<DeliveryDetail> {
    policy::require(actor, Capability::Manage)?;
    app.db
        .read(async |tx| {
            let delivery = tx.delivery(webhook, id).await?.ok_or(Error::NotFound)?;
            let attempts = tx.attempts(id, ATTEMPTS).await?;
            Ok(DeliveryDetail { delivery, attempts })
        })
        .await
}
