//! What customers said of resolutions.

use actix_web::{HttpResponse, get, post, web};
use bsm_application::feedback;
use bsm_domain::ids::{RatingId, TicketId, UserId};
use bsm_domain::rating::Reason;
use bsm_domain::ticket::TicketNumber;
use bsm_persistence::page::Window;
use bsm_persistence::ratings::{FeedbackFilter, FeedbackRow};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use validator::Validate;

use super::feedback_filters::{ScoreParam, ServiceParam, assignee, service};
use super::files;
use super::ticket_filters::AssigneeParam;
use crate::auth::caller::Staff;
use crate::http::accept::Wanted;
use crate::http::body::{Body, NoBody};
use crate::http::csv_answer::{self, ROWS};
use crate::http::cursor::List;
use crate::http::list::{self, ListAnswer};
use crate::http::moment;
use crate::http::params::{CommaList, One, Params, values};
use crate::http::people::{OrganizationRef, Person, ServiceRef};
use crate::http::problem::Problem;
use crate::http::stale::or_current;
use crate::state::AppState;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(index).service(seen).service(unseen);
}

/// The ticket that was resolved and rated.
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
    /// The rating's id.
    pub id: RatingId,
    /// The ticket.
    pub ticket: FeedbackTicket,
    /// Who rated.
    pub customer: Person,
    /// The organization they asked for.
    #[schema(required)]
    pub organization: Option<OrganizationRef>,
    /// Who had the ticket when it was resolved.
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
    /// Who of staff has looked at what it says now.
    #[schema(required)]
    pub seen: Option<Seen>,
}

/// That somebody has looked at a rating.
#[derive(Debug, Serialize, ToSchema)]
pub struct Seen {
    /// Who, the first of all.
    pub by: Person,
    /// When.
    pub at: DateTime<Utc>,
}

impl From<FeedbackRow> for Feedback {
    fn from(row: FeedbackRow) -> Self {
        Self {
            id: row.id,
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
            seen: row
                .seen_by
                .zip(row.seen_by_name)
                .zip(row.seen_at)
                .map(|((id, name), at)| Seen {
                    by: Person::staff(id, name),
                    at,
                }),
        }
    }
}

/// Filters of the list of ratings.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct FeedbackParams {
    /// One of these scores, separated by commas.
    #[param(inline, example = "1,2")]
    score: Option<CommaList<ScoreParam>>,
    /// Given by this customer.
    customer: Option<UserId>,
    /// Of tickets this person had when they were resolved: an id, `me` or `none`.
    #[param(inline, example = "me")]
    assignee: Option<One<AssigneeParam>>,
    /// Of orders of this service: an id, or `none` for what was no order.
    #[param(inline, example = "none")]
    service: Option<One<ServiceParam>>,
    /// Giving this reason.
    #[param(inline)]
    reason: Option<Reason>,
    /// Whether somebody of staff has looked at it. With `score=1,2`, `false` is the queue of low
    /// scores.
    seen: Option<bool>,
    /// Given at or after.
    #[serde(default, deserialize_with = "moment::optional")]
    from: Option<DateTime<Utc>>,
    /// Given before.
    #[serde(default, deserialize_with = "moment::optional")]
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
/// Newest first, each with its ticket and the people around it. A rating lies in the period in
/// which it was first given, here and in the summary; a change does not move it.
///
/// With `Accept: text/csv` all rows as a file instead of a page, without `limit` and `cursor`: a
/// line of column names, which are the fields of the JSON rows (`customer.name`), then a line a
/// row; values of a list with `;` between them, and an apostrophe before a text that a spreadsheet
/// would take for a formula. A file that fails on the way is broken off, without its end. Two at
/// once a person.
#[utoipa::path(tag = "Feedback", operation_id = "feedback.list", params(FeedbackParams),
    responses((status = 200, description = "A page of ratings. As CSV: all ratings, attached as a file.",
        content((ListAnswer<Feedback> = "application/json"), (String = "text/csv")))))]
#[get("/feedback")]
async fn index(
    state: web::Data<AppState>,
    caller: Staff,
    params: Params<FeedbackParams>,
    wanted: Wanted,
) -> Result<HttpResponse, Problem> {
    let Params(params) = params;
    if wanted == Wanted::Csv {
        list::whole(params.limit, params.cursor.as_deref())?;
    }
    let window = list::window(params.limit, params.cursor.as_deref(), List::FEEDBACK)?;
    let filter = FeedbackFilter {
        organization: None,
        scores: values(params.score).into_iter().map(|s| s.0).collect(),
        customer: params.customer,
        assignee: assignee(params.assignee, caller.actor()),
        service: service(params.service),
        reason: params.reason.map(|reason| reason.to_string()),
        seen: params.seen,
        from: params.from,
        to: params.to,
    };
    if wanted == Wanted::Csv {
        let (app, actor) = (state.app.for_long_reads(), caller.actor().clone());
        let read = async move |after| {
            let window = Window { limit: ROWS, after };
            let page = feedback::list(&app, &actor, &filter, &window).await?;
            let page = page.map(Feedback::from);
            Ok((page.items, page.next))
        };
        return csv_answer::answer(&state, &caller.0, files::FEEDBACK, read).await;
    }
    let page = feedback::list(&state.app, caller.actor(), &filter, &window).await?;
    Ok(list::page(&list::answer(
        page,
        List::FEEDBACK,
        Feedback::from,
    )))
}

/// Which state of a rating was looked at.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct SeenPost {
    /// Its `updated_at` as it was read, so that a change that came in between stays unseen.
    #[schema(format = DateTime)]
    updated_at: DateTime<Utc>,
}

/// Says that one has looked at a rating.
///
/// Takes it out of the queue of low scores; others see who it was, live. Whoever looked first
/// stays; saying it again changes nothing. A rating that its customer changes is unseen again.
#[utoipa::path(tag = "Feedback", operation_id = "feedback.seen", request_body = SeenPost,
    params(("id" = Uuid, Path, description = "Id of the rating.")),
    responses((status = 200, description = "The rating.", body = Feedback),
        (status = 412, description = "`version_mismatch`: the customer changed it since; `current` is what it says now.", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json")))]
#[post("/feedback/{id}/seen")]
async fn seen(
    state: web::Data<AppState>,
    caller: Staff,
    id: web::Path<String>,
    body: Body<SeenPost>,
) -> Result<web::Json<Feedback>, Problem> {
    let id: RatingId = id.parse().map_err(|_| Problem::not_found())?;
    let Body(body) = body;
    match feedback::seen(&state.app, caller.actor(), id, body.updated_at).await {
        Ok(row) => Ok(web::Json(row.into())),
        Err(error) => {
            let current = async {
                let row = feedback::get(&state.app, caller.actor(), id).await?;
                Ok(Feedback::from(row))
            };
            Err(or_current(error, current).await)
        }
    }
}

/// Takes back that somebody has looked at a rating.
///
/// It is in the queue of low scores again, if it is low. Again is no change.
#[utoipa::path(tag = "Feedback", operation_id = "feedback.unseen",
    params(("id" = Uuid, Path, description = "Id of the rating.")),
    responses((status = 200, description = "The rating.", body = Feedback)))]
#[post("/feedback/{id}/unseen")]
async fn unseen(
    state: web::Data<AppState>,
    caller: Staff,
    id: web::Path<String>,
    _: NoBody,
) -> Result<web::Json<Feedback>, Problem> {
    let id: RatingId = id.parse().map_err(|_| Problem::not_found())?;
    let row = feedback::unseen(&state.app, caller.actor(), id).await?;
    Ok(web::Json(row.into()))
}
