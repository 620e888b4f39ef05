//! The list of resolutions.

use actix_web::{get, web};
use bsm_application::feedback;
use bsm_domain::ids::ResolutionId;
use bsm_domain::ticket::TicketNumber;
use bsm_persistence::resolutions::{ResolutionFilter, ResolvedRow};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::feedback::FeedbackTicket;
use super::feedback_filters::{ServiceParam, assignee, service};
use super::ticket_filters::AssigneeParam;
use crate::auth::caller::Staff;
use crate::http::cursor::List;
use crate::http::list::{self, ListAnswer};
use crate::http::moment;
use crate::http::params::{One, Params};
use crate::http::people::{OrganizationRef, Person, ServiceRef};
use crate::http::problem::Problem;
use crate::state::AppState;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(index);
}

/// One time that a ticket was resolved.
#[derive(Debug, Serialize, ToSchema)]
pub struct Resolution {
    /// Its id.
    pub id: ResolutionId,
    /// The ticket.
    pub ticket: FeedbackTicket,
    /// Whose ticket it is.
    pub requester: Person,
    /// The organization they asked for.
    #[schema(required)]
    pub organization: Option<OrganizationRef>,
    /// Who had the ticket when it was resolved.
    #[schema(required)]
    pub assignee: Option<Person>,
    /// The service that was ordered.
    #[schema(required)]
    pub service: Option<ServiceRef>,
    /// When.
    pub resolved_at: DateTime<Utc>,
    /// When it was undone: the ticket was opened again.
    #[schema(required)]
    pub undone_at: Option<DateTime<Utc>>,
    /// Whether a customer undid it.
    pub reopened: bool,
    /// The score of its rating.
    #[schema(required, minimum = 1, maximum = 5)]
    pub score: Option<i64>,
}

impl From<ResolvedRow> for Resolution {
    fn from(row: ResolvedRow) -> Self {
        Self {
            id: row.id,
            ticket: FeedbackTicket {
                id: row.ticket_id,
                number: TicketNumber(row.ticket_number).to_string(),
                subject: row.ticket_subject,
            },
            requester: Person::customer(row.requester_id, row.requester_name),
            organization: OrganizationRef::from_join(row.organization_id, row.organization_name),
            assignee: row
                .assignee_id
                .zip(row.assignee_name)
                .map(|(id, n)| Person::staff(id, n)),
            service: ServiceRef::from_join(row.service_id, row.service_name),
            resolved_at: row.resolved_at,
            undone_at: row.undone_at,
            reopened: row.reopened,
            score: row.score,
        }
    }
}

/// Filters of the list of resolutions.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct ResolutionParams {
    /// Of tickets this person had then: an id, `me` or `none`.
    #[param(inline, example = "me")]
    assignee: Option<One<AssigneeParam>>,
    /// Of orders of this service: an id, or `none` for what was no order.
    #[param(inline, example = "none")]
    service: Option<One<ServiceParam>>,
    /// Whether it is rated.
    rated: Option<bool>,
    /// Whether a customer undid it.
    reopened: Option<bool>,
    /// At or after.
    #[serde(default, deserialize_with = "moment::optional")]
    from: Option<DateTime<Utc>>,
    /// Before.
    #[serde(default, deserialize_with = "moment::optional")]
    to: Option<DateTime<Utc>>,
    /// Rows of a page, 25 by default.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// The `next_cursor` of the page before.
    #[param(max_length = 200)]
    cursor: Option<String>,
}

/// Lists resolutions.
///
/// Newest first. A ticket is here once for each time it was resolved, also where it was opened
/// again since; a withdrawn ticket is not here. The rows behind `resolutions` of the feedback
/// summary.
#[utoipa::path(tag = "Feedback", operation_id = "resolutions.list", params(ResolutionParams),
    responses((status = 200, description = "A page of resolutions.", body = ListAnswer<Resolution>)))]
#[get("/resolutions")]
async fn index(
    state: web::Data<AppState>,
    caller: Staff,
    params: Params<ResolutionParams>,
) -> Result<web::Json<ListAnswer<Resolution>>, Problem> {
    let Params(params) = params;
    let window = list::window(params.limit, params.cursor.as_deref(), List::RESOLUTIONS)?;
    let filter = ResolutionFilter {
        assignee: assignee(params.assignee, caller.actor()),
        service: service(params.service),
        rated: params.rated,
        reopened: params.reopened,
        from: params.from,
        to: params.to,
    };
    let page = feedback::resolutions(&state.app, caller.actor(), &filter, &window).await?;
    Ok(web::Json(list::answer(
        page,
        List::RESOLUTIONS,
        Resolution::from,
    )))
}
