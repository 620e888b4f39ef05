//! A service that was never ordered is deleted.

use bsm_domain::actor::Actor;
use bsm_domain::event::{Changes, EventKind};
use bsm_domain::ids::ServiceId;
use bsm_domain::policy::{self, Capability};
use bsm_domain::service::ServiceStatus;
use bsm_persistence::content::View;
use bsm_persistence::service_lists::SERVICE_KIND;
use serde_json::{Map, json};

use super::read::locked;
use super::record::{announce, audit};
use crate::{App, Conflict, Expected, Result, Stamp};

/// Deletes a service with all its versions. To customers one that was active is retired.
///
/// # Errors
/// [`crate::Error::Forbidden`], [`crate::Error::NotFound`], [`crate::Error::Stale`];
/// [`Conflict::InUse`] where a ticket orders it.
pub async fn delete(app: &App, actor: &Actor, id: ServiceId, expected: &Expected) -> Result<()> {
    policy::require(actor, Capability::Manage)?;
    let stamp = Stamp::of(app, actor);
    app.db
        .write(async |tx| {
            let service = locked(tx, id).await?;
            expected.check(service.version)?;
            if tx.service_is_ordered(id).await? {
                return Err(Conflict::InUse("customers have ordered it; retire it instead").into());
            }
            for view in [View::Draft, View::Live] {
                tx.unindex_content(SERVICE_KIND, view.scope(), id.0).await?;
            }
            tx.delete_service_versions(id).await?;
            tx.delete_service(id).await?;
            let mut detail = Map::new();
            detail.insert("status".to_owned(), json!(service.status));
            audit(tx, &stamp, id, "service.delete", detail).await?;
            if service.status == ServiceStatus::Active {
                announce(tx, &stamp, id, EventKind::ServiceRetired, Changes::none()).await?;
            }
            announce(tx, &stamp, id, EventKind::ServiceDeleted, Changes::none()).await
        })
        .await
}
