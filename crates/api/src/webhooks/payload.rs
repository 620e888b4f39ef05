//! Bodies of webhooks: the payload of Standard Webhooks, with the event as the stream of the admin
//! portal renders it.

use bsm_application::Stamp;
use bsm_domain::event::{Changes, SubjectKind};
use bsm_domain::ids::{DeliveryId, WebhookId};
use bsm_domain::policy::staff_changes;
use bsm_domain::webhook::TEST_TYPE;
use bsm_persistence::events::EventRow;
use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::dto::event::{EventData, EventSubject};

#[derive(Serialize)]
struct Payload<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    timestamp: DateTime<Utc>,
    data: &'a EventData<'a>,
}

/// The body that tells of an event; `None` where nobody outside may know of it, or only a newer
/// version of the product does.
#[must_use]
pub fn of_event(row: &EventRow) -> Option<String> {
    let event = row.event.as_ref()?;
    let Changes(changes) = staff_changes(event.kind, &event.changes)?;
    text(&EventData::of(row.position, event, &changes))
}

/// The body of a test. Its `id` is that of the delivery, as it stands in no log.
#[must_use]
pub fn of_test(stamp: &Stamp, delivery: DeliveryId, webhook: WebhookId) -> String {
    let changes = serde_json::Map::new();
    let data = EventData {
        id: delivery.to_string(),
        kind: TEST_TYPE,
        occurred_at: stamp.at,
        actor: stamp.by,
        subject: EventSubject {
            kind: SubjectKind::Webhook,
            id: webhook.0,
            number: None,
        },
        changes: &changes,
    };
    text(&data).unwrap_or_default()
}

fn text(data: &EventData<'_>) -> Option<String> {
    let payload = Payload {
        kind: data.kind,
        timestamp: data.occurred_at,
        data,
    };
    serde_json::to_string(&payload).ok()
}
