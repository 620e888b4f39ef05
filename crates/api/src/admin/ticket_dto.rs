//! A ticket as staff see it.

use bsm_application::tickets::TicketDetail;
use bsm_domain::ids::TicketId;
use bsm_domain::markdown;
use bsm_domain::ticket::{Priority, TicketCategory, TicketNumber, TicketStatus, staff_targets};
use bsm_persistence::ratings::RatingRow;
use bsm_persistence::tickets::{TicketRefRow, TicketRow};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::dto::search::Highlights;
use crate::dto::ticket::{Answer, Rating};
use crate::http::people::{OrganizationRef, Person, ServiceRef, TicketRef};

/// A ticket in the one list of all tickets.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AdminTicket {
    /// Its id.
    pub id: TicketId,
    /// The number people call it by.
    #[schema(example = "TKT-12")]
    pub number: String,
    /// In one line.
    pub subject: String,
    /// As it was written, in Markdown.
    pub description: String,
    /// Where it stands.
    pub status: TicketStatus,
    /// How soon somebody should look.
    pub priority: Priority,
    /// What kind of wish it is.
    pub category: TicketCategory,
    /// Who asked.
    pub requester: Person,
    /// The organization they asked for.
    #[schema(required)]
    pub organization: Option<OrganizationRef>,
    /// Who works on it.
    #[schema(required)]
    pub assignee: Option<Person>,
    /// The service that was ordered.
    #[schema(required)]
    pub service: Option<ServiceRef>,
    /// The rating of the current resolution.
    #[schema(required)]
    pub rating: Option<Rating>,
    /// When it was opened.
    pub created_at: DateTime<Utc>,
    /// When anything about it last changed, notes included.
    pub updated_at: DateTime<Utc>,
    /// When staff first answered in public.
    #[schema(required)]
    pub first_response_at: Option<DateTime<Utc>>,
    /// When it was last resolved; null again after a reopening.
    #[schema(required)]
    pub resolved_at: Option<DateTime<Utc>>,
    /// Since when the customer waits for an answer of ours; null where they do not.
    #[schema(required)]
    pub waiting_since: Option<DateTime<Utc>>,
    /// When it was closed.
    #[schema(required)]
    pub closed_at: Option<DateTime<Utc>>,
    /// Counts changes of its own fields; messages and ratings do not move it.
    pub version: i64,
    /// Where a search found its words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub highlights: Option<Highlights>,
}

impl AdminTicket {
    /// The ticket, with marks where a search looked for folded terms.
    #[must_use]
    pub fn of(row: TicketRow, terms: Option<&[String]>) -> Self {
        let highlights =
            terms.map(|t| Highlights::of(&row.subject, &markdown::plain_text(&row.description), t));
        Self {
            id: row.id,
            number: row.ticket_number().to_string(),
            rating: Rating::current(&row),
            status: row.status,
            priority: row.priority,
            category: row.category,
            requester: Person::customer(row.requester_id, row.requester_name),
            organization: OrganizationRef::from_join(row.organization_id, row.organization_name),
            assignee: row
                .assignee_id
                .zip(row.assignee_name)
                .map(|(id, n)| Person::staff(id, n)),
            service: ServiceRef::from_join(row.service_id, row.service_name),
            created_at: row.created_at,
            updated_at: row.updated_at,
            first_response_at: row.first_response_at,
            resolved_at: row.resolved_at,
            waiting_since: row.waiting_since,
            closed_at: row.closed_at,
            version: row.version,
            subject: row.subject,
            description: row.description,
            highlights,
        }
    }
}

/// The rating of one resolution.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ResolutionRating {
    /// Which resolution of the ticket it was, from 1.
    pub resolution: i64,
    /// What was said.
    #[serde(flatten)]
    pub rating: Rating,
}

impl From<RatingRow> for ResolutionRating {
    fn from(row: RatingRow) -> Self {
        Self {
            resolution: row.resolution,
            rating: row.into(),
        }
    }
}

/// A ticket on its own page.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AdminTicketDetail {
    /// The fields of the list.
    #[serde(flatten)]
    pub ticket: AdminTicket,
    /// The description as safe HTML.
    pub description_html: String,
    /// The address of the requester.
    pub requester_email: String,
    /// The version of the service that was ordered.
    #[schema(required)]
    pub service_version: Option<i64>,
    /// The answers of the order's form.
    pub answers: Vec<Answer>,
    /// The ticket this one goes on from.
    #[schema(required)]
    pub follow_up_of: Option<TicketRef>,
    /// Tickets that go on from this one.
    pub follow_ups: Vec<TicketRef>,
    /// The statuses it can be given now.
    pub allowed_statuses: Vec<TicketStatus>,
    /// The ratings of all its resolutions, newest first.
    pub ratings: Vec<ResolutionRating>,
}

impl AdminTicketDetail {
    /// The ticket with its ratings.
    #[must_use]
    pub fn of(detail: TicketDetail, ratings: Vec<RatingRow>) -> Self {
        let row = detail.ticket;
        Self {
            description_html: markdown::render_message(&row.description),
            requester_email: row.requester_email.clone(),
            service_version: row.service_version,
            answers: row.answers.0.iter().cloned().map(Answer::from).collect(),
            follow_up_of: detail.follow_up_of.map(ticket_ref),
            follow_ups: detail.follow_ups.into_iter().map(ticket_ref).collect(),
            allowed_statuses: staff_targets(row.status).to_vec(),
            ratings: ratings.into_iter().map(ResolutionRating::from).collect(),
            ticket: AdminTicket::of(row, None),
        }
    }
}

fn ticket_ref(row: TicketRefRow) -> TicketRef {
    TicketRef {
        id: row.id,
        number: TicketNumber(row.number).to_string(),
    }
}
