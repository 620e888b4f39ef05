//! The catalog of the demo.

use std::collections::HashMap;

use bsm_domain::ids::ServiceId;
use bsm_domain::service::ServiceContent;
use chrono::Duration;

use super::data::{ServiceEntry, ServiceState, json};
use super::people::People;
use super::walking_clock::WalkingClock;
use super::{DemoError, actor, broken};
use crate::services::{create, publish, retire};
use crate::{App, Expected};

/// The first service was written then, one a day after it; all before the first ticket.
const FIRST_DAYS_AGO: i64 = 200;

/// The services by their keys in the files.
pub(super) struct ServiceIds(HashMap<String, ServiceId>);

impl ServiceIds {
    /// The service with this key.
    pub(super) fn get(&self, key: &str) -> Result<ServiceId, DemoError> {
        self.0
            .get(key)
            .copied()
            .ok_or_else(|| broken(format!("no service {key}")))
    }
}

/// Writes the services, publishes most, retires one.
pub(super) async fn fill(
    app: &App,
    clock: &WalkingClock,
    people: &People,
) -> Result<ServiceIds, DemoError> {
    let entries: Vec<ServiceEntry> = json("services.json")?;
    let admin = actor(people.admin()?);
    let mut ids = HashMap::new();
    for (entry, n) in entries.into_iter().zip(0..) {
        clock.go_back(Duration::days(FIRST_DAYS_AGO - n));
        let (key, state) = (entry.key.clone(), entry.state);
        let content = content(entry, people)?;
        let id = create(app, &admin, content)
            .await
            .map_err(|e| broken(format!("{key}: {e:?}")))?
            .service
            .id;
        if state != ServiceState::Draft {
            publish(app, &admin, id, &Expected::Any).await?;
        }
        if state == ServiceState::Retired {
            retire(app, &admin, id, &Expected::Any).await?;
        }
        ids.insert(key, id);
    }
    Ok(ServiceIds(ids))
}

fn content(entry: ServiceEntry, people: &People) -> Result<ServiceContent, DemoError> {
    let code = |e: bsm_domain::UnknownCode| broken(format!("{}: {e}", entry.key));
    Ok(ServiceContent {
        icon: entry.icon.parse().map_err(code)?,
        price_kind: entry.price_kind.parse().map_err(code)?,
        owner: Some(people.get(&entry.owner)?.id),
        name: entry.name,
        summary: entry.summary,
        description: entry.description,
        category: entry.category,
        price_minor: entry.price_minor,
        currency: entry.currency,
        delivery_days: entry.delivery_days,
        form: entry.form,
    })
}
