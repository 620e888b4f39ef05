//! A service goes live, or leaves the catalog.

use bsm_domain::actor::Actor;
use bsm_domain::event::{Changes, EventKind};
use bsm_domain::ids::ServiceId;
use bsm_domain::policy::{self, Capability};
use bsm_domain::service::ServiceStatus;
use bsm_persistence::content::View;
use bsm_persistence::service_lists::SERVICE_KIND;
use serde_json::{Map, json};

use super::read::{ServiceDetail, detail_of, locked};
use super::record::{announce, audit, check, index};
use crate::{App, Conflict, Expected, Result, Stamp};

/// Makes the draft live. A retired service is active again, with its draft where it has one.
///
/// # Errors
/// [`crate::Error::Forbidden`], [`crate::Error::NotFound`], [`crate::Error::Stale`];
/// [`Conflict::NothingToPublish`] where it is active and has no draft.
pub async fn publish(
    app: &App,
    actor: &Actor,
    id: ServiceId,
    expected: &Expected,
) -> Result<ServiceDetail> {
    policy::require(actor, Capability::Manage)?;
    let stamp = Stamp::of(app, actor);
    app.db
        .write(async |tx| {
            let mut service = locked(tx, id).await?;
            expected.check(service.version)?;
            if service.draft_version.is_none() && service.status == ServiceStatus::Active {
                return Err(Conflict::NothingToPublish(
                    "what customers see is what stands here; change something first",
                )
                .into());
            }
            let content = service.shown.content();
            check(tx, &content, content.owner).await?;
            let (status, live) = (service.status, service.live_version);
            if let Some(n) = service.draft_version.take() {
                tx.mark_service_version_published(id, n, stamp.at).await?;
                service.live_version = Some(n);
            }
            service.status = ServiceStatus::Active;
            service.version += 1;
            service.updated_at = stamp.at;
            service.published_at = Some(stamp.at);
            tx.update_service(&service).await?;
            index(tx, id, View::Live, &content).await?;
            let mut changes = Changes::none().with(
                "published_version",
                json!(live),
                json!(service.live_version),
            );
            if status != service.status {
                changes = changes.with("status", json!(status), json!(service.status));
            }
            audit(tx, &stamp, id, "service.publish", changes.0.clone()).await?;
            announce(tx, &stamp, id, EventKind::ServicePublished, changes).await?;
            detail_of(tx, id).await
        })
        .await
}

/// Takes a service out of the catalog. Its tickets stay, and it can be published again.
///
/// # Errors
/// [`crate::Error::Forbidden`], [`crate::Error::NotFound`], [`crate::Error::Stale`];
/// [`Conflict::InvalidTransition`] where it is not active.
pub async fn retire(
    app: &App,
    actor: &Actor,
    id: ServiceId,
    expected: &Expected,
) -> Result<ServiceDetail> {
    policy::require(actor, Capability::Manage)?;
    let stamp = Stamp::of(app, actor);
    app.db
        .write(async |tx| {
            let mut service = locked(tx, id).await?;
            expected.check(service.version)?;
            if service.status != ServiceStatus::Active {
                return Err(Conflict::InvalidTransition(
                    "only an active service can be retired".to_owned(),
                )
                .into());
            }
            let from = service.status;
            service.status = ServiceStatus::Retired;
            service.version += 1;
            service.updated_at = stamp.at;
            tx.update_service(&service).await?;
            tx.unindex_content(SERVICE_KIND, View::Live.scope(), id.0)
                .await?;
            let changes = Changes::none().with("status", json!(from), json!(service.status));
            audit(tx, &stamp, id, "service.retire", Map::new()).await?;
            announce(tx, &stamp, id, EventKind::ServiceRetired, changes).await?;
            detail_of(tx, id).await
        })
        .await
}
