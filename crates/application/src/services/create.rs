//! A service is drafted.

use bsm_domain::actor::Actor;
use bsm_domain::category::CategoryKind;
use bsm_domain::event::{Changes, EventKind};
use bsm_domain::ids::ServiceId;
use bsm_domain::policy::{self, Capability};
use bsm_domain::service::ServiceContent;
use bsm_persistence::content::View;
use bsm_persistence::services::NewServiceVersion;

use super::read::{ServiceDetail, detail_of};
use super::record::{announce, check, index};
use crate::categories::ensure;
use crate::{App, Result, Stamp};

/// Drafts a service. Admins only; customers see it once it is published. A category that nobody has
/// named yet is made.
///
/// # Errors
/// [`crate::Error::Forbidden`]; [`crate::Error::Invalid`] where the price, the form or the owner
/// breaks a rule.
pub async fn create(app: &App, actor: &Actor, content: ServiceContent) -> Result<ServiceDetail> {
    policy::require(actor, Capability::Manage)?;
    let stamp = Stamp::of(app, actor);
    let id = ServiceId::generate();
    app.db
        .write(async |tx| {
            check(tx, &content, None).await?;
            let mut content = content.clone();
            content.category = ensure(tx, &stamp, CategoryKind::Service, &content.category).await?;
            tx.insert_service(id, &content.category, stamp.at).await?;
            tx.put_service_version(&NewServiceVersion {
                service_id: id,
                n: 1,
                content: content.clone(),
                author_id: stamp.by,
                created_at: stamp.at,
            })
            .await?;
            index(tx, id, View::Draft, &content).await?;
            announce(tx, &stamp, id, EventKind::ServiceCreated, Changes::none()).await?;
            detail_of(tx, id).await
        })
        .await
}
