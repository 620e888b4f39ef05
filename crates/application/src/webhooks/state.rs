//! Webhooks are enabled and disabled: by admins, or because of what their receiver does.

use bsm_domain::actor::Actor;
use bsm_domain::event::{Changes, EventKind};
use bsm_domain::ids::WebhookId;
use bsm_domain::policy::{self, Capability};
use bsm_domain::webhook::{DisabledReason, WebhookState};
use bsm_persistence::Tx;
use bsm_persistence::webhooks::WebhookRow;
use serde_json::json;

use super::record::{settle_reader, tell};
use crate::{App, Error, Expected, Result, Stamp};

/// An admin enables a webhook: what waits goes on, and it is told what happens from now on. What
/// happened meanwhile comes only when it is asked for (`resend_since`). An active one stays as it
/// is.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`]; [`Error::Stale`] where it is not the expected
/// version.
pub async fn enable(
    app: &App,
    actor: &Actor,
    id: WebhookId,
    expected: &Expected,
) -> Result<WebhookRow> {
    policy::require(actor, Capability::Manage)?;
    let stamp = Stamp::of(app, actor);
    app.db
        .write(async |tx| {
            let before = tx.lock_webhook(id).await?.ok_or(Error::NotFound)?;
            expected.check(before.version)?;
            if before.state == WebhookState::Active {
                return Ok(before);
            }
            let after = WebhookRow {
                state: WebhookState::Active,
                disabled_reason: None,
                disabled_at: None,
                failing_since: None,
                position: tx.event_head().await?,
                updated_at: stamp.at,
                version: before.version + 1,
                ..before
            };
            tx.update_webhook(&after).await?;
            settle_reader(tx).await?;
            let changes = Changes::none().with("state", json!("disabled"), json!("active"));
            tell(tx, &stamp, id, EventKind::WebhookUpdated, changes).await?;
            Ok(after)
        })
        .await
}

/// An admin disables a webhook: nothing more is sent until it is enabled, but tests. A disabled
/// one stays as it is.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`]; [`Error::Stale`] where it is not the expected
/// version.
pub async fn disable(
    app: &App,
    actor: &Actor,
    id: WebhookId,
    expected: &Expected,
) -> Result<WebhookRow> {
    policy::require(actor, Capability::Manage)?;
    let stamp = Stamp::of(app, actor);
    app.db
        .write(async |tx| {
            let before = tx.lock_webhook(id).await?.ok_or(Error::NotFound)?;
            expected.check(before.version)?;
            if before.state == WebhookState::Disabled {
                return Ok(before);
            }
            switch_off(tx, &stamp, before, DisabledReason::ByAdmin).await
        })
        .await
}

/// Disables a webhook that is locked and active.
pub(super) async fn switch_off(
    tx: &mut Tx,
    stamp: &Stamp,
    before: WebhookRow,
    reason: DisabledReason,
) -> Result<WebhookRow> {
    let after = WebhookRow {
        state: WebhookState::Disabled,
        disabled_reason: Some(reason),
        disabled_at: Some(stamp.at),
        updated_at: stamp.at,
        version: before.version + 1,
        ..before
    };
    tx.update_webhook(&after).await?;
    settle_reader(tx).await?;
    let changes = Changes::none().with("disabled_reason", json!(null), json!(reason.as_str()));
    tell(tx, stamp, after.id, EventKind::WebhookDisabled, changes).await?;
    Ok(after)
}
