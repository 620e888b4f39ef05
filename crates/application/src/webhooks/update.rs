//! An admin changes a webhook.

use bsm_domain::actor::Actor;
use bsm_domain::event::{Changes, EventKind};
use bsm_domain::ids::WebhookId;
use bsm_domain::policy::{self, Capability};
use bsm_persistence::webhooks::WebhookRow;
use serde_json::json;

use super::gate::Gate;
use super::input;
use super::record::{tell, untold};
use crate::{App, Error, Expected, Result, Stamp};

/// The fields to change; absent ones stay.
#[derive(Debug, Clone, Default)]
pub struct UpdateWebhook {
    /// Where it is sent to.
    pub url: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// Which events it wants; all where it is empty.
    pub event_types: Option<Vec<EventKind>>,
}

/// Changes a webhook, all or nothing. What waits goes to the new address.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`]; [`Error::Stale`] where it is not the expected
/// version; [`Error::Invalid`] where the address may not be sent to.
pub async fn update(
    app: &App,
    gate: &Gate,
    actor: &Actor,
    id: WebhookId,
    expected: &Expected,
    input: UpdateWebhook,
) -> Result<WebhookRow> {
    policy::require(actor, Capability::Manage)?;
    let url = match &input.url {
        Some(url) => Some(input::url(gate, url).await?),
        None => None,
    };
    let description = input.description.as_deref().map(input::description);
    let description = description.transpose()?;
    let event_types = input.event_types.as_deref().map(input::event_types);
    let event_types = event_types.transpose()?;
    let stamp = Stamp::of(app, actor);
    app.db
        .write(async |tx| {
            let before = tx.lock_webhook(id).await?.ok_or(Error::NotFound)?;
            expected.check(before.version)?;
            let mut after = before.clone();
            let mut changes = Changes::none();
            if let Some(url) = url.as_ref().filter(|url| **url != before.url) {
                after.url.clone_from(url);
                changes.0.extend(untold("url").0);
            }
            if let Some(text) = description.as_ref().filter(|t| **t != before.description) {
                after.description.clone_from(text);
                changes.0.extend(untold("description").0);
            }
            if let Some(types) = event_types.as_ref().filter(|t| **t != before.event_types.0) {
                after.event_types.0.clone_from(types);
                changes = changes.with("event_types", json!(before.event_types.0), json!(types));
            }
            if changes.is_empty() {
                return Ok(before);
            }
            after.updated_at = stamp.at;
            after.version += 1;
            tx.update_webhook(&after).await?;
            tell(tx, &stamp, id, EventKind::WebhookUpdated, changes).await?;
            Ok(after)
        })
        .await
}
