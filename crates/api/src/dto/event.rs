//! Events as listeners read them.

use bsm_application::events::Logged;
use bsm_domain::actor::Actor;
use bsm_domain::event::{Changes, Event, SubjectKind};
use bsm_domain::ids::UserId;
use bsm_domain::policy::{self, EventParties, visible_changes};
use bsm_domain::ticket::TicketNumber;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::sse;

/// The `data` of an event: the little a client needs to decide what to fetch. Ids and codes, no
/// names and no texts.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Event)]
pub struct EventData<'a> {
    /// The position, as in `id:`. Opaque.
    #[schema(example = "1042")]
    pub id: String,
    /// What happened, as in `event:`.
    #[serde(rename = "type")]
    #[schema(example = "ticket.updated")]
    pub kind: &'static str,
    /// When.
    pub occurred_at: DateTime<Utc>,
    /// Who did it; null for the product itself.
    #[schema(required)]
    pub actor: Option<UserId>,
    /// What it is about; the ticket of a message, note or rating.
    pub subject: EventSubject,
    /// What changed, by field, as far as the listener may see it.
    #[schema(value_type = HashMap<String, FieldChange>)]
    pub changes: &'a Map<String, Value>,
}

/// What an event is about.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventSubject {
    /// What kind of thing.
    pub kind: SubjectKind,
    /// Its id.
    pub id: Uuid,
    /// The number of a ticket.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "TKT-12", nullable = false)]
    pub number: Option<String>,
}

/// A field's value before and after: a code, an id, a number, or null.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldChange {
    /// Before.
    #[schema(required)]
    pub from: Value,
    /// After.
    #[schema(required)]
    pub to: Value,
}

/// The event as this person may see it; `None` where they may not know of it.
pub(crate) fn render(actor: &Actor, logged: &Logged) -> Option<Bytes> {
    let position = logged.position();
    if policy::sees_all(actor) {
        // The policy shows all of them the same.
        return logged.for_staff(|event| render_for(actor, position, event));
    }
    render_for(actor, position, logged.event()?)
}

fn render_for(actor: &Actor, position: i64, event: &Event) -> Option<Bytes> {
    let parties = EventParties {
        kind: event.kind,
        subject_kind: event.subject_kind,
        subject_id: event.subject_id,
        requester: event.requester,
        organization: event.organization,
    };
    let Changes(changes) = visible_changes(actor, &parties, &event.changes)?;
    let data = EventData {
        id: position.to_string(),
        kind: event.kind.as_str(),
        occurred_at: event.occurred_at,
        actor: event.actor,
        subject: EventSubject {
            kind: event.subject_kind,
            id: event.subject_id,
            number: event.subject_number.map(|n| TicketNumber(n).to_string()),
        },
        changes: &changes,
    };
    sse::event(Some(position), data.kind, &data)
}
