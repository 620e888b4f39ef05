//! Parts of a ticket that read the same for customers and staff.

use bsm_domain::form::{FieldKind, answer_schema};
use bsm_domain::ticket::TicketCategory;
use bsm_persistence::ratings::RatingRow;
use bsm_persistence::ticket_lists::TicketSort;
use bsm_persistence::tickets::{StoredAnswer, TicketRow};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An answer of a service request, ready to read.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Answer {
    /// The field's id.
    pub field: String,
    /// The field's label when it was answered.
    pub label: String,
    /// What the field asked for when it was answered; null for the oldest orders, which did not
    /// note it.
    #[schema(required)]
    pub kind: Option<FieldKind>,
    /// The answer as text: labels of choices joined with `, `, `Yes` or `No`, a day as
    /// `2026-11-22`, a number as JSON writes it.
    pub value: String,
    /// The answer as it was sent.
    #[schema(schema_with = answer_schema)]
    pub raw: serde_json::Value,
}

impl From<StoredAnswer> for Answer {
    fn from(answer: StoredAnswer) -> Self {
        Self {
            field: answer.field,
            label: answer.label,
            kind: answer.kind,
            value: answer.value,
            raw: answer.raw,
        }
    }
}

/// What the requester said of the current resolution.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Rating {
    /// 1 to 5.
    #[schema(minimum = 1, maximum = 5)]
    pub score: i64,
    /// In their own words.
    #[schema(required)]
    pub comment: Option<String>,
    /// Codes of reasons they chose.
    pub reasons: Vec<String>,
    /// When it was given.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

impl Rating {
    /// The rating of a ticket's current resolution.
    #[must_use]
    pub fn current(row: &TicketRow) -> Option<Self> {
        Some(Self {
            score: row.score?,
            comment: row.rating_comment.clone(),
            reasons: row.rating_reasons.clone()?.0,
            created_at: row.rated_at?,
            updated_at: row.rating_updated_at?,
        })
    }
}

impl From<RatingRow> for Rating {
    fn from(row: RatingRow) -> Self {
        Self {
            score: row.score,
            comment: row.comment,
            reasons: row.reasons.0,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

/// Kinds of wish a ticket can be opened with; an order is made in the catalog.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OpenCategory {
    /// The default.
    CustomerRequest,
    /// Something is broken.
    Incident,
    /// Something is unclear.
    Question,
}

impl From<OpenCategory> for TicketCategory {
    fn from(category: OpenCategory) -> Self {
        match category {
            OpenCategory::CustomerRequest => Self::CustomerRequest,
            OpenCategory::Incident => Self::Incident,
            OpenCategory::Question => Self::Question,
        }
    }
}

/// The order of a list of tickets.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
pub enum TicketOrder {
    /// Last touched first.
    #[default]
    #[serde(rename = "-updated_at")]
    UpdatedFalling,
    /// Longest untouched first.
    #[serde(rename = "updated_at")]
    UpdatedRising,
    /// Newest first.
    #[serde(rename = "-created_at")]
    CreatedFalling,
    /// Oldest first.
    #[serde(rename = "created_at")]
    CreatedRising,
}

impl From<TicketOrder> for TicketSort {
    fn from(order: TicketOrder) -> Self {
        match order {
            TicketOrder::UpdatedFalling => Self::UpdatedFalling,
            TicketOrder::UpdatedRising => Self::UpdatedRising,
            TicketOrder::CreatedFalling => Self::CreatedFalling,
            TicketOrder::CreatedRising => Self::CreatedRising,
        }
    }
}
