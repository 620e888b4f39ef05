//! A ticket as its customers see it. There is no room here for an assignee, a note or `on_hold`.

use bsm_application::tickets::TicketDetail;
use bsm_domain::actor::Actor;
use bsm_domain::clock::Time;
use bsm_domain::ids::TicketId;
use bsm_domain::markdown;
use bsm_domain::policy::{self, TicketAction};
use bsm_domain::rating::rating_until;
use bsm_domain::ticket::{
    Act, CustomerStatus, Priority, TicketCategory, TicketNumber, next_status,
};
use bsm_persistence::tickets::{TicketRefRow, TicketRow};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::dto::search::Highlights;
use crate::dto::ticket::{Answer, Rating};
use crate::http::people::{OrganizationRef, Person, ServiceRef, TicketRef};

/// A ticket in a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CustomerTicket {
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
    pub status: CustomerStatus,
    /// How soon somebody should look.
    pub priority: Priority,
    /// What kind of wish it is.
    pub category: TicketCategory,
    /// Who asked.
    pub requester: Person,
    /// The organization they asked for.
    #[schema(required)]
    pub organization: Option<OrganizationRef>,
    /// The service that was ordered.
    #[schema(required)]
    pub service: Option<ServiceRef>,
    /// The rating of the current resolution.
    #[schema(required)]
    pub rating: Option<Rating>,
    /// When it was opened.
    pub created_at: DateTime<Utc>,
    /// When something changed that its customers can see.
    pub updated_at: DateTime<Utc>,
    /// When it was last resolved; null again after a reopening.
    #[schema(required)]
    pub resolved_at: Option<DateTime<Utc>>,
    /// Counts changes of its own fields that its customers can see.
    pub version: i64,
    /// Where a search found its words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub highlights: Option<Highlights>,
}

impl CustomerTicket {
    /// The ticket, with marks where a search looked for folded terms.
    #[must_use]
    pub fn of(row: TicketRow, terms: Option<&[String]>) -> Self {
        let highlights =
            terms.map(|t| Highlights::of(&row.subject, &markdown::plain_text(&row.description), t));
        Self {
            id: row.id,
            number: row.ticket_number().to_string(),
            rating: Rating::current(&row),
            status: row.status.into(),
            priority: row.priority,
            category: row.category,
            requester: Person::customer(row.requester_id, row.requester_name),
            organization: OrganizationRef::from_join(row.organization_id, row.organization_name),
            service: ServiceRef::from_join(row.service_id, row.service_name),
            created_at: row.created_at,
            updated_at: row.customer_updated_at,
            resolved_at: row.resolved_at,
            version: row.customer_version,
            subject: row.subject,
            description: row.description,
            highlights,
        }
    }
}

/// What the caller may do with a ticket now.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
pub struct CustomerActions {
    /// Write a message.
    pub reply: bool,
    /// Close it.
    pub close: bool,
    /// Say that it is not solved.
    pub reopen: bool,
    /// Rate its resolution, or change the rating.
    pub rate: bool,
}

/// A ticket on its own page.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CustomerTicketDetail {
    /// The fields of the list.
    #[serde(flatten)]
    pub ticket: CustomerTicket,
    /// The description as safe HTML.
    pub description_html: String,
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
    /// What the caller may do now.
    pub can: CustomerActions,
    /// Until when the resolution can be rated.
    #[schema(required)]
    pub rating_until: Option<DateTime<Utc>>,
}

impl CustomerTicketDetail {
    /// The ticket as this customer sees it at this moment.
    #[must_use]
    pub fn of(detail: TicketDetail, actor: &Actor, now: Time) -> Self {
        let row = detail.ticket;
        let parties = row.parties();
        let may = |action, act| {
            policy::decide(actor, action, &parties).is_ok() && next_status(row.status, act).is_ok()
        };
        let until = row
            .resolved_at
            .map(|at| rating_until(at, detail.rating_window_days));
        let can = CustomerActions {
            reply: may(TicketAction::Reply, Act::CustomerReply),
            close: may(TicketAction::CloseOrReopen, Act::CustomerClose),
            reopen: may(TicketAction::CloseOrReopen, Act::CustomerReopen),
            rate: policy::decide(actor, TicketAction::Rate, &parties).is_ok()
                && until.is_some_and(|until| now <= until),
        };
        Self {
            description_html: markdown::render_message(&row.description),
            service_version: row.service_version,
            answers: row.answers.0.iter().cloned().map(Answer::from).collect(),
            follow_up_of: detail.follow_up_of.map(ticket_ref),
            follow_ups: detail.follow_ups.into_iter().map(ticket_ref).collect(),
            can,
            rating_until: until,
            ticket: CustomerTicket::of(row, None),
        }
    }
}

fn ticket_ref(row: TicketRefRow) -> TicketRef {
    TicketRef {
        id: row.id,
        number: TicketNumber(row.number).to_string(),
    }
}
