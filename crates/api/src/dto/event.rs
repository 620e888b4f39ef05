//! Events as listeners read them.

use std::str::FromStr;

use bsm_application::events::Logged;
use bsm_domain::UnknownCode;
use bsm_domain::actor::Actor;
use bsm_domain::event::{Audience, Changes, Event, EventKind, SubjectKind};
use bsm_domain::ids::UserId;
use bsm_domain::policy::{self, EventParties, visible_changes};
use bsm_domain::ticket::TicketNumber;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};
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

impl<'a> EventData<'a> {
    /// An event of the log with those of its changes that its reader may see.
    pub(crate) fn of(position: i64, event: &Event, changes: &'a Map<String, Value>) -> Self {
        let number = event.subject_number.map(|n| TicketNumber(n).to_string());
        Self {
            id: position.to_string(),
            kind: event.kind.as_str(),
            occurred_at: event.occurred_at,
            actor: event.actor,
            subject: EventSubject {
                kind: event.subject_kind,
                id: event.subject_id,
                number,
            },
            changes,
        }
    }
}

/// The type of an event that others than the product itself can learn of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventType(pub EventKind);

impl EventType {
    /// Every one of them, in the order of their list.
    pub fn all() -> impl Iterator<Item = EventKind> {
        let all = EventKind::ALL.iter().copied();
        all.filter(|kind| kind.audience() != Audience::Internal)
    }
}

impl FromStr for EventType {
    type Err = UnknownCode;

    fn from_str(text: &str) -> Result<Self, UnknownCode> {
        let unknown = || UnknownCode(text.to_owned(), "the types of events".to_owned());
        let mut all = Self::all();
        all.find(|kind| kind.as_str() == text)
            .map(Self)
            .ok_or_else(unknown)
    }
}

impl Serialize for EventType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.as_str())
    }
}

impl<'de> Deserialize<'de> for EventType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(D::Error::custom)
    }
}

impl PartialSchema for EventType {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some("The type of an event. New ones may come."))
            .enum_values(Some(Self::all().map(EventKind::as_str).collect::<Vec<_>>()))
            .into()
    }
}

impl ToSchema for EventType {}

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
    let Changes(changes) = visible_changes(actor, &parties(event), &event.changes)?;
    let data = EventData::of(position, event, &changes);
    sse::event(Some(position), data.kind, &data)
}

/// What the policy looks at.
pub(crate) const fn parties(event: &Event) -> EventParties {
    EventParties {
        kind: event.kind,
        subject_kind: event.subject_kind,
        subject_id: event.subject_id,
        requester: event.requester,
        organization: event.organization,
    }
}
