//! How many tickets pass the filters.

use std::collections::BTreeMap;

use actix_web::{get, web};
use bsm_application::tickets::{self, TicketCounts};
use bsm_domain::ids::{OrganizationId, ServiceId, UserId};
use bsm_domain::ticket::{Priority, TicketCategory, TicketStatus};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::ticket_filters::{AssigneeParam, Given};
use crate::auth::caller::Staff;
use crate::http::moment;
use crate::http::params::{CommaList, Params};
use crate::http::people::Person;
use crate::http::problem::Problem;
use crate::state::AppState;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(show);
}

/// Filters of the counts: those of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct CountParams {
    /// In one of these states, separated by commas.
    #[param(inline, example = "new,open")]
    status: Option<CommaList<TicketStatus>>,
    /// Of one of these priorities, separated by commas.
    #[param(inline, example = "high,urgent")]
    priority: Option<CommaList<Priority>>,
    /// Of one of these categories, separated by commas.
    #[param(inline, example = "incident")]
    category: Option<CommaList<TicketCategory>>,
    /// Of one of these assignees, separated by commas: ids, `me`, `none`.
    #[param(inline, example = "me,none")]
    assignee: Option<CommaList<AssigneeParam>>,
    /// Asked by this person.
    requester: Option<UserId>,
    /// Asked for this organization.
    organization: Option<OrganizationId>,
    /// Ordering this service.
    service: Option<ServiceId>,
    /// Opened at or after.
    #[serde(default, deserialize_with = "moment::optional")]
    created_from: Option<DateTime<Utc>>,
    /// Opened before.
    #[serde(default, deserialize_with = "moment::optional")]
    created_to: Option<DateTime<Utc>>,
    /// First answered by staff at or after.
    #[serde(default, deserialize_with = "moment::optional")]
    answered_from: Option<DateTime<Utc>>,
    /// First answered before.
    #[serde(default, deserialize_with = "moment::optional")]
    answered_to: Option<DateTime<Utc>>,
    /// Resolved at or after, by a resolution that stands.
    #[serde(default, deserialize_with = "moment::optional")]
    resolved_from: Option<DateTime<Utc>>,
    /// Resolved before.
    #[serde(default, deserialize_with = "moment::optional")]
    resolved_to: Option<DateTime<Utc>>,
    /// Whether the customer waits for an answer of ours.
    waiting: Option<bool>,
    /// Whether the customer undid the last resolution and there is no other yet.
    reopened: Option<bool>,
    /// Whether it orders a service.
    ordered: Option<bool>,
    /// Having words that begin with these, notes included.
    #[param(max_length = 200)]
    q: Option<String>,
}

impl From<CountParams> for Given {
    fn from(params: CountParams) -> Self {
        Self {
            status: params.status,
            priority: params.priority,
            category: params.category,
            assignee: params.assignee,
            requester: params.requester,
            organization: params.organization,
            service: params.service,
            created_from: params.created_from,
            created_to: params.created_to,
            answered_from: params.answered_from,
            answered_to: params.answered_to,
            resolved_from: params.resolved_from,
            resolved_to: params.resolved_to,
            waiting: params.waiting,
            reopened: params.reopened,
            ordered: params.ordered,
            q: params.q,
        }
    }
}

/// How many tickets one person has, or nobody.
#[derive(Debug, Serialize, ToSchema)]
pub struct AssigneeCount {
    /// The person; null for nobody.
    #[schema(required)]
    pub assignee: Option<Person>,
    /// How many.
    pub count: i64,
}

/// How many tickets pass the filters.
#[derive(Debug, Serialize, ToSchema)]
pub struct TicketCountsAnswer {
    /// By status; every status has its number.
    #[schema(value_type = BTreeMap<String, i64>)]
    pub by_status: BTreeMap<&'static str, i64>,
    /// By priority; every priority has its number.
    #[schema(value_type = BTreeMap<String, i64>)]
    pub by_priority: BTreeMap<&'static str, i64>,
    /// By assignee, nobody first, then those with most.
    pub by_assignee: Vec<AssigneeCount>,
    /// All of them.
    pub total: i64,
    /// Whether there are more: filtered counts are exact up to 10,000.
    pub more: bool,
}

impl From<TicketCounts> for TicketCountsAnswer {
    fn from(counts: TicketCounts) -> Self {
        Self {
            by_status: counts
                .by_status
                .into_iter()
                .map(|(s, n)| (s.as_str(), n))
                .collect(),
            by_priority: counts
                .by_priority
                .into_iter()
                .map(|(p, n)| (p.as_str(), n))
                .collect(),
            by_assignee: counts
                .by_assignee
                .into_iter()
                .map(|(who, count)| AssigneeCount {
                    assignee: who.map(|(id, name)| Person::staff(id, name)),
                    count,
                })
                .collect(),
            total: counts.total,
            more: counts.more,
        }
    }
}

/// Counts tickets.
///
/// By status, priority and assignee, under the filters of the list.
#[utoipa::path(tag = "Tickets", operation_id = "tickets.counts", params(CountParams),
    responses((status = 200, description = "The counts.", body = TicketCountsAnswer)))]
#[get("/tickets/counts")]
async fn show(
    state: web::Data<AppState>,
    caller: Staff,
    params: Params<CountParams>,
) -> Result<web::Json<TicketCountsAnswer>, Problem> {
    let filter = Given::from(params.0).filter(caller.actor())?;
    let counts = tickets::counts(&state.app, caller.actor(), &filter).await?;
    Ok(web::Json(counts.into()))
}
