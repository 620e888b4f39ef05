//! An admin tries a webhook out.

use bsm_domain::actor::Actor;
use bsm_domain::ids::{DeliveryId, WebhookId};
use bsm_domain::policy::{self, Capability};
use bsm_domain::webhook::TEST_TYPE;
use bsm_persistence::webhook_deliveries::{DeliveryRow, NewDelivery};

use crate::{App, Error, Result, Stamp};

/// Queues a delivery that says nothing but that it came, also of a webhook that is disabled. It is
/// attempted at once, and only once; what comes of it stands in the log of deliveries. `render` makes
/// its body.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`]
pub async fn test(
    app: &App,
    actor: &Actor,
    id: WebhookId,
    render: impl FnOnce(&Stamp, DeliveryId) -> String,
) -> Result<DeliveryRow> {
    policy::require(actor, Capability::Manage)?;
    let stamp = Stamp::of(app, actor);
    let delivery = DeliveryId::generate();
    let new = NewDelivery {
        id: delivery,
        webhook_id: id,
        event_id: None,
        event_type: TEST_TYPE.to_owned(),
        payload: render(&stamp, delivery),
        created_at: stamp.at,
    };
    app.db
        .write(async |tx| {
            tx.lock_webhook(id).await?.ok_or(Error::NotFound)?;
            tx.insert_deliveries(std::slice::from_ref(&new)).await?;
            tx.delivery(id, delivery).await?.ok_or(Error::NotFound)
        })
        .await
}
