//! Webhooks and their deliveries as admins read and write them.

use bsm_application::webhooks::{DeliveryDetail, WebhookDetail};
use bsm_domain::ids::{DeliveryId, EventId, UserId, WebhookId};
use bsm_domain::webhook::{AttemptError, DeliveryStatus, DisabledReason, WebhookState};
use bsm_persistence::webhook_deliveries::{AttemptRow, DeliveryRow};
use bsm_persistence::webhooks::LastDelivery;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::dto::event::EventType;
use crate::http::body::rules;
use crate::http::moment;

/// An address of another system that is told what happens.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Webhook {
    /// Its id.
    pub id: WebhookId,
    /// Where it is sent to.
    #[schema(example = "https://hooks.example.com/bsm")]
    pub url: String,
    /// What it is for.
    pub description: String,
    /// Which events it is told of; all where none is named.
    pub event_types: Vec<EventType>,
    /// Whether it is told.
    pub state: WebhookState,
    /// Why it is disabled.
    #[schema(required)]
    pub disabled_reason: Option<DisabledReason>,
    /// Since when.
    #[schema(required)]
    pub disabled_at: Option<DateTime<Utc>>,
    /// Since when nothing could be delivered; null where the last attempt succeeded.
    #[schema(required)]
    pub failing_since: Option<DateTime<Utc>>,
    /// Until when the secret before the last rotation signs, too; null where it does not.
    #[schema(required)]
    pub old_secret_until: Option<DateTime<Utc>>,
    /// The newest delivery.
    #[schema(required)]
    pub last_delivery: Option<DeliveryGlance>,
    /// Who added it.
    #[schema(required)]
    pub created_by: Option<UserId>,
    /// When.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// Counts changes of its own fields.
    pub version: i64,
}

/// How the newest delivery of a webhook stands.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DeliveryGlance {
    /// Its id.
    pub id: DeliveryId,
    /// How it stands.
    pub status: DeliveryStatus,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was delivered or given up.
    #[schema(required)]
    pub ended_at: Option<DateTime<Utc>>,
}

impl From<LastDelivery> for DeliveryGlance {
    fn from(row: LastDelivery) -> Self {
        Self {
            id: row.id,
            status: row.status,
            created_at: row.created_at,
            ended_at: row.ended_at,
        }
    }
}

impl From<WebhookDetail> for Webhook {
    fn from(detail: WebhookDetail) -> Self {
        let row = detail.webhook;
        // A type that only a newer version of the product knows cannot be shown by this one.
        let known = row.event_types.iter().filter_map(|t| t.parse().ok());
        Self {
            id: row.id,
            url: row.url,
            description: row.description,
            event_types: known.collect(),
            state: row.state,
            disabled_reason: row.disabled_reason,
            disabled_at: row.disabled_at,
            failing_since: row.failing_since,
            old_secret_until: row.old_secret_until,
            last_delivery: detail.last.map(DeliveryGlance::from),
            created_by: row.created_by,
            created_at: row.created_at,
            updated_at: row.updated_at,
            version: row.version,
        }
    }
}

/// A webhook with its new secret.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookWithSecret {
    /// The webhook.
    #[serde(flatten)]
    pub webhook: Webhook,
    /// What signatures are made with, as Standard Webhooks writes it. Never shown again.
    #[schema(example = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=")]
    pub secret: String,
}

/// A new webhook.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"url": "https://hooks.example.com/bsm", "description": "Chat", "event_types": ["ticket.created"]}))]
pub struct WebhookCreate {
    /// Where it is to be sent to: `https`, an address that is public.
    #[schema(min_length = 1, max_length = 2000)]
    pub url: String,
    /// What it is for; one line.
    #[serde(default)]
    #[schema(max_length = 200)]
    #[validate(custom(function = rules::at_most_one_line))]
    pub description: String,
    /// Which events it is to be told of; all where none is named.
    #[serde(default)]
    #[schema(max_items = 100)]
    pub event_types: Vec<EventType>,
}

/// What changes of a webhook; what is left out stays.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"event_types": ["ticket.created", "ticket.resolved"]}))]
pub struct WebhookUpdate {
    /// Where it is to be sent to: `https`, an address that is public.
    #[schema(min_length = 1, max_length = 2000, nullable = false)]
    pub url: Option<String>,
    /// What it is for; one line.
    #[schema(max_length = 200, nullable = false)]
    #[validate(custom(function = rules::at_most_one_line))]
    pub description: Option<String>,
    /// Which events it is to be told of; all where none is named.
    #[schema(max_items = 100, nullable = false)]
    pub event_types: Option<Vec<EventType>>,
}

/// Since when deliveries are sent again.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"since": "2026-11-30T08:00:00Z"}))]
pub struct WebhookResend {
    /// From this moment on.
    #[serde(deserialize_with = "moment::given")]
    pub since: DateTime<Utc>,
    /// Whether also what was delivered is sent again.
    #[serde(default)]
    pub delivered: bool,
}

/// How many deliveries are sent again.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookResent {
    /// Those that were known. Events that the webhook was not told of follow as they are read.
    pub queued: u64,
}

/// One event for one webhook.
#[derive(Debug, Serialize, ToSchema)]
pub struct Delivery {
    /// Its id: the header `webhook-id` of each attempt.
    pub id: DeliveryId,
    /// The event; null for a test.
    #[schema(required)]
    pub event_id: Option<EventId>,
    /// The type of that; `webhook.test` for a test.
    #[schema(example = "ticket.created")]
    pub event_type: String,
    /// How it stands.
    pub status: DeliveryStatus,
    /// How many attempts were begun.
    pub attempts: i64,
    /// When it is attempted next, while it waits.
    #[schema(required)]
    pub next_attempt_at: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was delivered or given up.
    #[schema(required)]
    pub ended_at: Option<DateTime<Utc>>,
}

impl From<DeliveryRow> for Delivery {
    fn from(row: DeliveryRow) -> Self {
        Self {
            id: row.id,
            event_id: row.event_id,
            event_type: row.event_type,
            status: row.status,
            attempts: row.attempts,
            next_attempt_at: row.next_attempt_at,
            created_at: row.created_at,
            ended_at: row.ended_at,
        }
    }
}

/// A delivery with its body and attempts.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeliveryWithAttempts {
    /// The delivery.
    #[serde(flatten)]
    pub delivery: Delivery,
    /// The body, the same in each attempt.
    pub payload: String,
    /// What was sent and what came back, newest first, at most 100.
    pub log: Vec<DeliveryAttempt>,
}

impl From<DeliveryDetail> for DeliveryWithAttempts {
    fn from(detail: DeliveryDetail) -> Self {
        Self {
            payload: detail.delivery.payload.clone(),
            delivery: detail.delivery.into(),
            log: detail
                .attempts
                .into_iter()
                .map(DeliveryAttempt::from)
                .collect(),
        }
    }
}

/// One attempt to deliver.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeliveryAttempt {
    /// Which one, 1 for the first. A number is missing where a server was stopped in the middle.
    pub n: i64,
    /// When it was begun: also the header `webhook-timestamp`, there in seconds.
    pub at: DateTime<Utc>,
    /// Where it was sent to.
    pub url: String,
    /// The header `webhook-signature`; empty where nothing could be signed.
    pub signature: String,
    /// The status of the answer; null where none came.
    #[schema(required, minimum = 100, maximum = 599)]
    pub status: Option<i64>,
    /// The first 4 KiB of its body; null where none came.
    #[schema(required)]
    pub answer: Option<String>,
    /// How long it took, in milliseconds.
    pub latency_ms: i64,
    /// What went wrong; null where it was delivered.
    #[schema(required)]
    pub error: Option<AttemptError>,
    /// The same in words.
    #[schema(required)]
    pub error_detail: Option<String>,
}

impl From<AttemptRow> for DeliveryAttempt {
    fn from(row: AttemptRow) -> Self {
        Self {
            n: row.n,
            at: row.at,
            url: row.url,
            signature: row.signature,
            status: row.status,
            answer: row.answer,
            latency_ms: row.latency_ms,
            error: row.error,
            error_detail: row.error_detail,
        }
    }
}
