//! Staff change the working copy of a service; what is live stays as it is.

use bsm_domain::actor::Actor;
use bsm_domain::category::CategoryKind;
use bsm_domain::event::EventKind;
use bsm_domain::form::Form;
use bsm_domain::ids::{ServiceId, UserId};
use bsm_domain::policy::{self, Capability};
use bsm_domain::service::{PriceKind, ServiceContent, ServiceIcon};
use bsm_persistence::content::View;
use bsm_persistence::services::NewServiceVersion;

use super::read::{ServiceDetail, detail_of, locked};
use super::record::{announce, check, differences, index};
use crate::categories::ensure;
use crate::{App, Expected, Result, Stamp};

/// The fields to change; absent ones stay, `Some(None)` empties.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs, reason = "the fields of `ServiceContent`")]
pub struct UpdateService {
    pub name: Option<String>,
    pub summary: Option<String>,
    pub description: Option<String>,
    pub icon: Option<ServiceIcon>,
    pub category: Option<String>,
    pub price_kind: Option<PriceKind>,
    pub price_minor: Option<Option<i64>>,
    pub currency: Option<Option<String>>,
    pub delivery_days: Option<Option<i64>>,
    pub owner: Option<Option<UserId>>,
    pub form: Option<Form>,
}

impl UpdateService {
    fn apply(&self, before: ServiceContent) -> ServiceContent {
        let change = self.clone();
        ServiceContent {
            name: change.name.unwrap_or(before.name),
            summary: change.summary.unwrap_or(before.summary),
            description: change.description.unwrap_or(before.description),
            icon: change.icon.unwrap_or(before.icon),
            category: change.category.unwrap_or(before.category),
            price_kind: change.price_kind.unwrap_or(before.price_kind),
            price_minor: change.price_minor.unwrap_or(before.price_minor),
            currency: change.currency.unwrap_or(before.currency),
            delivery_days: change.delivery_days.unwrap_or(before.delivery_days),
            owner: change.owner.unwrap_or(before.owner),
            form: change.form.unwrap_or(before.form),
        }
    }
}

/// Changes the draft; a service without one gets a draft that begins as a copy of what is live. A
/// change that changes nothing leaves no trace.
///
/// # Errors
/// [`crate::Error::Forbidden`], [`crate::Error::NotFound`], [`crate::Error::Stale`];
/// [`crate::Error::Invalid`] where price, form or owner break a rule.
pub async fn update(
    app: &App,
    actor: &Actor,
    id: ServiceId,
    expected: &Expected,
    input: UpdateService,
) -> Result<ServiceDetail> {
    policy::require(actor, Capability::Manage)?;
    let stamp = Stamp::of(app, actor);
    app.db
        .write(async |tx| {
            let mut service = locked(tx, id).await?;
            expected.check(service.version)?;
            let before = service.shown.content();
            let mut after = input.apply(before.clone());
            check(tx, &after, before.owner).await?;
            if after.category != before.category {
                after.category = ensure(tx, &stamp, CategoryKind::Service, &after.category).await?;
            }
            let changes = differences(&before, &after);
            if changes.is_empty() {
                return detail_of(tx, id).await;
            }
            let n = service
                .draft_version
                .unwrap_or_else(|| service.live_version.unwrap_or_default() + 1);
            service.draft_version = Some(n);
            service.version += 1;
            service.updated_at = stamp.at;
            index(tx, id, View::Draft, &after).await?;
            tx.put_service_version(&NewServiceVersion {
                service_id: id,
                n,
                content: after,
                author_id: stamp.by,
                created_at: stamp.at,
            })
            .await?;
            tx.update_service(&service).await?;
            announce(tx, &stamp, id, EventKind::ServiceUpdated, changes).await?;
            detail_of(tx, id).await
        })
        .await
}
