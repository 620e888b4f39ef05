//! What customers said of resolutions.

use std::fmt;
use std::str::FromStr;

use actix_web::{get, web};
use bsm_application::feedback;
use bsm_domain::ids::{ServiceId, TicketId, UserId};
use bsm_domain::ticket::TicketNumber;
use bsm_persistence::ratings::{FeedbackFilter, FeedbackRow};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::caller::Staff;
use crate::http::cursor::List;
use crate::http::list::{self, ListAnswer};
use crate::http::params::{CommaList, Params, values};
use crate::http::people::{OrganizationRef, Person, ServiceRef};
use crate::http::problem::Problem;
use crate::state::AppState;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(index);
}

/// The ticket that was rated.
#[derive(Debug, Serialize, ToSchema)]
pub struct FeedbackTicket {
    /// Its id.
    pub id: TicketId,
    /// The number people call it by.
    #[schema(example = "TKT-12")]
    pub number: String,
    /// In one line.
    pub subject: String,
}

/// A rating with what it is about.
#[derive(Debug, Serialize, ToSchema)]
pub struct Feedback {
    /// The ticket.
    pub ticket: FeedbackTicket,
    /// Who rated.
    pub customer: Person,
    /// The organization they asked for.
    #[schema(required)]
    pub organization: Option<OrganizationRef>,
    /// Who had the ticket when it was rated.
    #[schema(required)]
    pub assignee: Option<Person>,
    /// The service that was ordered.
    #[schema(required)]
    pub service: Option<ServiceRef>,
    /// 1 to 5.
    #[schema(minimum = 1, maximum = 5)]
    pub score: i64,
    /// In their own words.
    #[schema(required)]
    pub comment: Option<String>,
    /// Codes of reasons they chose.
    pub reasons: Vec<String>,
    /// When the ticket was resolved.
    pub resolved_at: DateTime<Utc>,
    /// When the rating was given.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

impl From<FeedbackRow> for Feedback {
    fn from(row: FeedbackRow) -> Self {
        Self {
            ticket: FeedbackTicket {
                id: row.ticket_id,
                number: TicketNumber(row.ticket_number).to_string(),
                subject: row.ticket_subject,
            },
            customer: Person::customer(row.customer_id, row.customer_name),
            organization: OrganizationRef::from_join(row.organization_id, row.organization_name),
            assignee: row
                .assignee_id
                .zip(row.assignee_name)
                .map(|(id, n)| Person::staff(id, n)),
            service: ServiceRef::from_join(row.service_id, row.service_name),
            score: row.score,
            comment: row.comment,
            reasons: row.reasons.0,
            resolved_at: row.resolved_at,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

/// A score from 1 to 5.
#[derive(Debug, Clone, Copy)]
struct ScoreParam(i64);

struct NoScore;

impl fmt::Display for NoScore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("score must be 1 to 5")
    }
}

impl FromStr for ScoreParam {
    type Err = NoScore;

    fn from_str(text: &str) -> Result<Self, NoScore> {
        text.parse()
            .ok()
            .filter(|n| (1..=5).contains(n))
            .map(Self)
            .ok_or(NoScore)
    }
}

/// Filters of the list of ratings.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct FeedbackParams {
    /// One of these scores, separated by commas.
    #[param(value_type = Option<String>, example = "1,2")]
    score: Option<CommaList<ScoreParam>>,
    /// Given by this customer.
    customer: Option<UserId>,
    /// Of tickets this person had.
    assignee: Option<UserId>,
    /// Of orders of this service.
    service: Option<ServiceId>,
    /// Given at or after.
    from: Option<DateTime<Utc>>,
    /// Given before.
    to: Option<DateTime<Utc>>,
    /// Rows of a page, 25 by default.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// The `next_cursor` of the page before.
    #[param(max_length = 200)]
    cursor: Option<String>,
}

/// Lists ratings.
///
/// Newest first, each with its ticket and the people around it.
#[utoipa::path(tag = "Feedback", operation_id = "feedback.list", params(FeedbackParams),
    responses((status = 200, description = "A page of ratings.", body = ListAnswer<Feedback>)))]
#[get("/feedback")]
async fn index(
    state: web::Data<AppState>,
    caller: Staff,
    params: Params<FeedbackParams>,
) -> Result<web::Json<ListAnswer<Feedback>>, Problem> {
    let Params(params) = params;
    let window = list::window(params.limit, params.cursor.as_deref(), List::FEEDBACK)?;
    let filter = FeedbackFilter {
        scores: values(params.score).into_iter().map(|s| s.0).collect(),
        customer: params.customer,
        assignee: params.assignee,
        service: params.service,
        from: params.from,
        to: params.to,
    };
    let page = feedback::list(&state.app, caller.actor(), &filter, &window).await?;
    Ok(web::Json(list::answer(
        page,
        List::FEEDBACK,
        Feedback::from,
    )))
}
