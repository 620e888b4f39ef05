//! An admin adds a webhook.

use bsm_domain::actor::Actor;
use bsm_domain::event::{Changes, EventKind};
use bsm_domain::ids::WebhookId;
use bsm_domain::policy::{self, Capability};
use bsm_domain::webhook::WEBHOOKS_MAX;
use bsm_persistence::webhooks::{NewWebhook, WebhookRow};

use super::gate::Gate;
use super::input;
use super::record::{settle_reader, tell};
use super::seal::Key;
use crate::{App, Conflict, Error, Result, Stamp};

/// What a new webhook is made of.
#[derive(Debug, Clone)]
pub struct CreateWebhook {
    /// Where it is sent to.
    pub url: String,
    /// What it is for.
    pub description: String,
    /// Which events it wants; all where it is empty.
    pub event_types: Vec<EventKind>,
}

/// Adds a webhook, which is told what happens from now on. Returns it with its secret, which is
/// never shown again.
///
/// # Errors
/// [`Error::Forbidden`] but for admins; [`Error::Invalid`] where the address may not
/// be sent to; [`Conflict::WebhookLimit`].
pub async fn create(
    app: &App,
    gate: &Gate,
    actor: &Actor,
    input: CreateWebhook,
) -> Result<(WebhookRow, String)> {
    policy::require(actor, Capability::Manage)?;
    let url = input::url(gate, &input.url).await?;
    let description = input::description(&input.description)?;
    let event_types = input::event_types(&input.event_types)?;
    let stamp = Stamp::of(app, actor);
    let id = WebhookId::generate();
    let key = Key::make()?;
    let new = NewWebhook {
        id,
        url,
        description,
        event_types,
        secret: key.seal(app, id)?,
        created_by: stamp.by,
        created_at: stamp.at,
    };
    let row = app
        .db
        .write(async |tx| {
            if tx.count_webhooks().await? >= WEBHOOKS_MAX {
                return Err(Conflict::WebhookLimit.into());
            }
            let head = tx.event_head().await?;
            tx.insert_webhook(&new, head).await?;
            settle_reader(tx).await?;
            tell(tx, &stamp, id, EventKind::WebhookCreated, Changes::none()).await?;
            tx.webhook(id).await?.ok_or(Error::NotFound)
        })
        .await?;
    Ok((row, key.text()))
}
