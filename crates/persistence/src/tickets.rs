//! Tickets: the row as everybody reads it, and the statements that write it.

use bsm_domain::clock::Time;
use bsm_domain::figures::percentile::whole_seconds;
use bsm_domain::form::FieldKind;
use bsm_domain::ids::{OrganizationId, ServiceId, TicketId, UserId};
use bsm_domain::policy::TicketParties;
use bsm_domain::ticket::{Priority, TicketCategory, TicketNumber, TicketStatus};
use sqlx::FromRow;
use sqlx::types::Json;

use crate::{DbError, Tx};

/// An answer of a service request as it is kept with the ticket: readable without the form.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct StoredAnswer {
    /// The field's immutable id.
    pub field: String,
    /// Its label when the request was made.
    pub label: String,
    /// What the field asked for; answers kept before this was noted have none.
    #[serde(default)]
    pub kind: Option<FieldKind>,
    /// The answer as text to read.
    pub value: String,
    /// The answer as it was sent.
    pub raw: serde_json::Value,
}

/// A ticket with what stands around it: people's names, organization, service, current rating.
#[derive(Debug, Clone, FromRow)]
#[allow(
    missing_docs,
    reason = "the columns of `tickets` and of the tables joined to it"
)]
pub struct TicketRow {
    pub id: TicketId,
    pub number: i64,
    pub subject: String,
    pub description: String,
    pub status: TicketStatus,
    pub priority: Priority,
    pub category: TicketCategory,
    pub requester_id: UserId,
    pub requester_name: String,
    pub requester_email: String,
    pub organization_id: Option<OrganizationId>,
    pub organization_name: Option<String>,
    pub assignee_id: Option<UserId>,
    pub assignee_name: Option<String>,
    pub service_id: Option<ServiceId>,
    pub service_name: Option<String>,
    pub service_version: Option<i64>,
    pub answers: Json<Vec<StoredAnswer>>,
    pub follow_up_of: Option<TicketId>,
    pub follow_up_of_number: Option<i64>,
    pub resolutions: i64,
    pub score: Option<i64>,
    pub rating_comment: Option<String>,
    pub rating_reasons: Option<Json<Vec<String>>>,
    pub rated_at: Option<Time>,
    pub rating_updated_at: Option<Time>,
    pub first_response_at: Option<Time>,
    pub resolved_at: Option<Time>,
    pub closed_at: Option<Time>,
    /// Since when the customer waits for an answer.
    pub waiting_since: Option<Time>,
    /// When the customer undid the last resolution, until the next one.
    pub reopened_at: Option<Time>,
    pub created_at: Time,
    pub updated_at: Time,
    pub version: i64,
    pub customer_updated_at: Time,
    pub customer_version: i64,
}

impl TicketRow {
    /// What the policy needs to know.
    #[must_use]
    pub const fn parties(&self) -> TicketParties {
        TicketParties {
            requester: self.requester_id,
            organization: self.organization_id,
        }
    }

    /// The number people call it by.
    #[must_use]
    pub const fn ticket_number(&self) -> TicketNumber {
        TicketNumber(self.number)
    }
}

/// The row of a ticket that follows up on another.
#[derive(Debug, Clone, FromRow)]
#[allow(missing_docs, reason = "columns")]
pub struct TicketRefRow {
    pub id: TicketId,
    pub number: i64,
}

/// A ticket about to be written.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "columns of `tickets`")]
pub struct NewTicket {
    pub id: TicketId,
    pub number: i64,
    pub subject: String,
    pub description: String,
    pub priority: Priority,
    pub category: TicketCategory,
    pub requester_id: UserId,
    pub organization_id: Option<OrganizationId>,
    pub service: Option<(ServiceId, i64)>,
    pub answers: Vec<StoredAnswer>,
    pub follow_up_of: Option<TicketId>,
    pub created_at: Time,
}

pub(crate) const COLUMNS: &str = "select t.id, t.number, t.subject, t.description, t.status, t.priority, \
    t.category, t.requester_id, r.name as requester_name, r.email as requester_email, \
    t.organization_id, o.name as organization_name, t.assignee_id, a.name as assignee_name, \
    t.service_id, sv.name as service_name, t.service_version, t.answers, t.follow_up_of, \
    f.number as follow_up_of_number, t.resolutions, t.score, rt.comment as rating_comment, \
    rt.reasons as rating_reasons, rt.created_at as rated_at, rt.updated_at as rating_updated_at, \
    t.first_response_at, t.resolved_at, t.closed_at, t.waiting_since, t.reopened_at, \
    t.created_at, t.updated_at, t.version, t.customer_updated_at, t.customer_version from ";
/// What stands around a ticket `t`. Every join is a left one, also that of the requester, who always
/// exists: SQLite then reads tickets first, by the index of the list, and never begins with the
/// people.
pub(crate) const JOINS: &str = " left join users r on r.id = t.requester_id \
    left join organizations o on o.id = t.organization_id \
    left join users a on a.id = t.assignee_id \
    left join service_versions sv on sv.service_id = t.service_id and sv.n = t.service_version \
    left join tickets f on f.id = t.follow_up_of \
    left join ratings rt on rt.ticket_id = t.id and rt.resolution = t.resolutions \
    and t.resolved_at is not null";

impl Tx {
    /// What a ticket is called by those that refer to it.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn ticket_ref(&mut self, id: TicketId) -> Result<Option<TicketRefRow>, DbError> {
        self.q("select id, number from tickets where id = $1")
            .bind(id)
            .optional()
            .await
    }

    /// A ticket by its id.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn ticket(&mut self, id: TicketId) -> Result<Option<TicketRow>, DbError> {
        let mut query = self.q(COLUMNS);
        query.push("tickets t").push(JOINS);
        query.push(" where t.id = ").push_bind(id);
        query.optional().await
    }

    /// A ticket's id by its number.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn ticket_id_of(
        &mut self,
        number: TicketNumber,
    ) -> Result<Option<TicketId>, DbError> {
        let row = self
            .q("select id from tickets where number = $1")
            .bind(number.0)
            .optional::<(TicketId,)>()
            .await?;
        Ok(row.map(|(id,)| id))
    }

    /// Keeps other writers away from a ticket until this transaction ends. False where there is
    /// no such ticket.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn lock_ticket(&mut self, id: TicketId) -> Result<bool, DbError> {
        let row = self
            .q("select id from tickets where id = $1")
            .bind(id)
            .for_update()
            .optional::<(TicketId,)>()
            .await?;
        Ok(row.is_some())
    }

    /// Tickets that follow up on this one, oldest first, at most 100.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn follow_ups(&mut self, id: TicketId) -> Result<Vec<TicketRefRow>, DbError> {
        // The sign keeps SQLite from walking all tickets in the order of their numbers.
        self.q("select id, number from tickets where follow_up_of = $1 order by +number limit 100")
            .bind(id)
            .all()
            .await
    }

    /// Writes a new ticket with status `new` and version 1, and counts it.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn insert_ticket(&mut self, ticket: &NewTicket) -> Result<(), DbError> {
        self.count_new_ticket(ticket).await?;
        self.q("insert into tickets (id, number, subject, description, status, priority, category, \
             requester_id, organization_id, service_id, service_version, answers, follow_up_of, \
             resolutions, waiting_since, created_at, updated_at, version, customer_updated_at, \
             customer_version) \
             values ($1, $2, $3, $4, 'new', $5, $6, $7, $8, $9, $10, $11, $12, 0, $13, $13, $13, 1, $13, 1)")
            .bind(ticket.id)
            .bind(ticket.number)
            .bind(ticket.subject.clone())
            .bind(ticket.description.clone())
            .bind(ticket.priority)
            .bind(ticket.category)
            .bind(ticket.requester_id)
            .bind(ticket.organization_id)
            .bind(ticket.service.map(|s| s.0))
            .bind(ticket.service.map(|s| s.1))
            .bind(Json(ticket.answers.clone()))
            .bind(ticket.follow_up_of)
            .bind(ticket.created_at)
            .execute()
            .await
            .map(drop)
    }

    /// Writes the fields of a ticket that can change, the seconds that percentiles are taken of, and
    /// what it means for the counts. The caller has locked it.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn update_ticket(&mut self, ticket: &TicketRow) -> Result<(), DbError> {
        self.count_change(ticket).await?;
        let since = |at: Option<Time>| at.map(|at| whole_seconds(ticket.created_at, at));
        self.q(
            "update tickets set subject = $2, status = $3, priority = $4, category = $5, \
             assignee_id = $6, resolutions = $7, score = $8, first_response_at = $9, \
             resolved_at = $10, closed_at = $11, updated_at = $12, version = $13, \
             customer_updated_at = $14, customer_version = $15, waiting_since = $16, \
             reopened_at = $17, first_response_seconds = $18, resolution_seconds = $19 \
             where id = $1",
        )
        .bind(ticket.id)
        .bind(ticket.subject.clone())
        .bind(ticket.status)
        .bind(ticket.priority)
        .bind(ticket.category)
        .bind(ticket.assignee_id)
        .bind(ticket.resolutions)
        .bind(ticket.score)
        .bind(ticket.first_response_at)
        .bind(ticket.resolved_at)
        .bind(ticket.closed_at)
        .bind(ticket.updated_at)
        .bind(ticket.version)
        .bind(ticket.customer_updated_at)
        .bind(ticket.customer_version)
        .bind(ticket.waiting_since)
        .bind(ticket.reopened_at)
        .bind(since(ticket.first_response_at))
        .bind(since(ticket.resolved_at))
        .execute()
        .await
        .map(drop)
    }
}
