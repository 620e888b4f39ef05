//! A customer's figures as staff read them, and the order of their list.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use bsm_application::insights::Insight;
use bsm_domain::ids::{EventId, TicketId, UserId};
use bsm_domain::ticket::TicketNumber;
use bsm_persistence::customer_activity::ActivityRow;
use bsm_persistence::customer_insights::{InsightKey, InsightRow, InsightSort, OrderedServiceRow};
use chrono::{DateTime, Utc};
use serde::de::{self, Deserializer};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use crate::dto::event::FieldChange;
use crate::http::people::{OrganizationRef, Person, ServiceRef};

/// Whose figures they are.
#[derive(Debug, Serialize, ToSchema)]
pub struct InsightCustomer {
    /// Their id.
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// The organization they belong to now.
    #[schema(required)]
    pub organization: Option<OrganizationRef>,
}

/// A customer's tickets by status.
#[derive(Debug, Serialize, ToSchema)]
pub struct InsightTickets {
    /// All of them.
    pub total: i64,
    /// Nobody has looked.
    pub new: i64,
    /// In work.
    pub open: i64,
    /// Waiting for the customer.
    pub pending: i64,
    /// Waiting for somebody else.
    pub on_hold: i64,
    /// Resolved and not closed yet.
    pub resolved: i64,
    /// Over.
    pub closed: i64,
}

/// Two percentiles, by nearest rank, in whole seconds.
#[derive(Debug, Serialize, ToSchema)]
pub struct Percentiles {
    /// Half took at most so long.
    pub median: i64,
    /// Nine of ten took at most so long.
    pub p90: i64,
}

impl Percentiles {
    /// Both or nothing.
    #[must_use]
    pub fn of(median: Option<i64>, p90: Option<i64>) -> Option<Self> {
        Some(Self {
            median: median?,
            p90: p90?,
        })
    }
}

/// What a customer's ratings say.
#[derive(Debug, Serialize, ToSchema)]
pub struct InsightRating {
    /// The average score to two decimals; null where there is none.
    #[schema(required)]
    pub average: Option<f64>,
    /// How many ratings.
    pub count: i64,
}

/// How a customer fares.
#[derive(Debug, Serialize, ToSchema)]
pub struct CustomerInsight {
    /// The customer.
    pub customer: InsightCustomer,
    /// Their tickets.
    pub tickets: InsightTickets,
    /// From the opening of a ticket to the first public message of staff.
    #[schema(required)]
    pub first_response_seconds: Option<Percentiles>,
    /// From the opening of a ticket to its last resolution, where that stands.
    #[schema(required)]
    pub resolution_seconds: Option<Percentiles>,
    /// Their ratings.
    pub rating: InsightRating,
    /// How many of the tickets are orders of a service.
    pub services_requested: i64,
    /// When something last happened on one of the tickets that the customer sees.
    #[schema(required)]
    pub last_activity_at: Option<DateTime<Utc>>,
    /// The moment the figures are of.
    pub as_of: DateTime<Utc>,
}

impl CustomerInsight {
    /// The figures as of a moment.
    #[must_use]
    pub fn of(row: InsightRow, as_of: DateTime<Utc>) -> Self {
        Self {
            tickets: InsightTickets {
                total: row.tickets_total,
                new: row.tickets_new,
                open: row.tickets_open,
                pending: row.tickets_pending,
                on_hold: row.tickets_on_hold,
                resolved: row.tickets_resolved,
                closed: row.tickets_closed,
            },
            first_response_seconds: Percentiles::of(
                row.first_response_median,
                row.first_response_p90,
            ),
            resolution_seconds: Percentiles::of(row.resolution_median, row.resolution_p90),
            rating: InsightRating {
                average: row.rating_average(),
                count: row.ratings,
            },
            services_requested: row.services_requested,
            last_activity_at: row.last_activity_at(),
            as_of,
            customer: InsightCustomer {
                id: row.customer_id,
                name: row.name,
                email: row.email,
                organization: OrganizationRef::from_join(
                    row.organization_id,
                    row.organization_name,
                ),
            },
        }
    }
}

/// A service that a customer ordered.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrderedService {
    /// The service, as it was called in the version ordered last.
    pub service: ServiceRef,
    /// How often.
    pub requests: i64,
    /// When last.
    pub last_requested_at: DateTime<Utc>,
}

impl From<OrderedServiceRow> for OrderedService {
    fn from(row: OrderedServiceRow) -> Self {
        Self {
            service: ServiceRef {
                id: row.service_id,
                name: row.name,
            },
            requests: row.requests,
            last_requested_at: row.last_requested_at,
        }
    }
}

/// How one customer fares, and what they ordered.
#[derive(Debug, Serialize, ToSchema)]
pub struct CustomerInsightDetail {
    /// The figures.
    #[serde(flatten)]
    pub insight: CustomerInsight,
    /// The services they ordered, of all time; those ordered most first, at most 100.
    pub services: Vec<OrderedService>,
}

impl From<Insight> for CustomerInsightDetail {
    fn from(insight: Insight) -> Self {
        Self {
            insight: CustomerInsight::of(insight.row, insight.as_of),
            services: insight.services.into_iter().map(Into::into).collect(),
        }
    }
}

/// The ticket that something happened on.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActivityTicket {
    /// Its id.
    pub id: TicketId,
    /// The number people call it by.
    #[schema(example = "TKT-12")]
    pub number: String,
    /// In one line, as it reads now.
    pub subject: String,
}

/// Something that happened on a customer's ticket.
#[derive(Debug, Serialize, ToSchema)]
pub struct CustomerActivity {
    /// Its id.
    pub id: EventId,
    /// What happened, as the types of events say it.
    #[serde(rename = "type")]
    #[schema(example = "ticket.created")]
    pub kind: &'static str,
    /// When.
    pub at: DateTime<Utc>,
    /// Who did it; null for the product itself.
    #[schema(required)]
    pub actor: Option<Person>,
    /// On which ticket.
    pub ticket: ActivityTicket,
    /// What changed, by field: codes, numbers and ids.
    #[schema(value_type = HashMap<String, FieldChange>)]
    pub changes: Map<String, Value>,
}

impl From<ActivityRow> for CustomerActivity {
    fn from(row: ActivityRow) -> Self {
        let actor = match (row.actor_id, row.actor_name, row.actor_role) {
            (Some(id), Some(name), Some(role)) => Some(Person {
                id,
                name,
                role: role.into(),
            }),
            _ => None,
        };
        Self {
            id: row.id,
            kind: row.kind.as_str(),
            at: row.occurred_at,
            actor,
            ticket: ActivityTicket {
                id: row.ticket_id,
                number: TicketNumber(row.ticket_number).to_string(),
                subject: row.ticket_subject,
            },
            changes: row.changes.0,
        }
    }
}

/// The order of the list: a figure's name, with `-` for the greatest first.
#[derive(Debug, Clone, Copy)]
pub struct InsightOrder(pub InsightSort);

/// A figure's name as it stands in a row.
const fn name(key: InsightKey) -> &'static str {
    match key {
        InsightKey::Created => "created_at",
        InsightKey::Total => "tickets.total",
        InsightKey::New => "tickets.new",
        InsightKey::Open => "tickets.open",
        InsightKey::Pending => "tickets.pending",
        InsightKey::OnHold => "tickets.on_hold",
        InsightKey::Resolved => "tickets.resolved",
        InsightKey::Closed => "tickets.closed",
        InsightKey::FirstResponseMedian => "first_response_seconds.median",
        InsightKey::FirstResponseP90 => "first_response_seconds.p90",
        InsightKey::ResolutionMedian => "resolution_seconds.median",
        InsightKey::ResolutionP90 => "resolution_seconds.p90",
        InsightKey::RatingAverage => "rating.average",
        InsightKey::RatingCount => "rating.count",
        InsightKey::Services => "services_requested",
        InsightKey::Activity => "last_activity_at",
    }
}

/// What a cursor of this order begins with.
pub(super) const fn order_byte(sort: InsightSort) -> u8 {
    (sort.key as u8) << 1 | sort.falling as u8
}

impl fmt::Display for InsightOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0.falling { "-" } else { "" };
        write!(f, "{sign}{}", name(self.0.key))
    }
}

impl FromStr for InsightOrder {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (falling, wanted) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        InsightKey::ALL
            .into_iter()
            .find(|key| name(*key) == wanted)
            .map(|key| Self(InsightSort { key, falling }))
            .ok_or("sort: no such figure")
    }
}

impl<'de> Deserialize<'de> for InsightOrder {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'_, str>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

impl PartialSchema for InsightOrder {
    fn schema() -> RefOr<Schema> {
        let names = InsightKey::ALL.into_iter().flat_map(|key| {
            [true, false].map(|falling| Self(InsightSort { key, falling }).to_string())
        });
        ObjectBuilder::new()
            .schema_type(Type::String)
            .enum_values(Some(names.collect::<Vec<_>>()))
            .into()
    }
}

impl ToSchema for InsightOrder {}
