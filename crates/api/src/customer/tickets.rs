//! A customer's tickets.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, post, put, web};
use bsm_application::tickets::{self, CreateTicket, RateTicket, Reference, TicketDetail};
use bsm_domain::actor::Actor;
use bsm_domain::policy::{organization_scope, own_scope};
use bsm_domain::rating::Reason;
use bsm_domain::ticket::{CustomerStatus, Priority, TicketCategory};
use bsm_persistence::ticket_filter::{Eyes, TicketFilter};
use bsm_persistence::ticket_lists::TicketSort;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use validator::Validate;

use super::ticket_dto::{CustomerTicket, CustomerTicketDetail};
use crate::auth::caller::Customer;
use crate::dto::ticket::{OpenCategory, Rating, TicketOrder};
use crate::http::body::{Body, NoBody, rules};
use crate::http::cursor::List;
use crate::http::list::{self, ListAnswer};
use crate::http::params::{CommaList, Params, search_terms, values};
use crate::http::problem::Problem;
use crate::http::version::{created, versioned};
use crate::state::AppState;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(create)
        .service(index)
        .service(show)
        .service(close)
        .service(reopen)
        .service(rate);
}

/// A new ticket.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"subject": "The printer is silent", "description": "Since this morning."}))]
pub struct CustomerTicketCreate {
    /// In one line.
    #[schema(min_length = 3, max_length = 200)]
    #[validate(custom(function = rules::line_of::<3>))]
    subject: String,
    /// In Markdown.
    #[schema(min_length = 1, max_length = 20_000)]
    #[validate(custom(function = rules::not_blank))]
    description: String,
    /// How soon somebody should look; `normal` where it is left out.
    #[schema(nullable = false)]
    priority: Option<Priority>,
    /// What kind of wish; `customer_request` where it is left out.
    #[schema(nullable = false)]
    category: Option<OpenCategory>,
    /// Id or number of the ticket this one goes on from.
    #[schema(max_length = 60, nullable = false)]
    follow_up_of: Option<String>,
}

/// Opens a ticket.
///
/// It starts as `new` and stands in the desk's list at once.
#[utoipa::path(tag = "Tickets", operation_id = "tickets.create", request_body = CustomerTicketCreate,
    responses((status = 201, description = "The ticket.", body = CustomerTicketDetail,
        headers(("Location" = String, description = "Where it stands."), ("ETag" = String, description = "Its version.")))))]
#[post("/tickets")]
async fn create(
    state: web::Data<AppState>,
    caller: Customer,
    body: Body<CustomerTicketCreate>,
) -> Result<HttpResponse, Problem> {
    let Body(body) = body;
    let input = CreateTicket {
        subject: body.subject.trim().to_owned(),
        description: body.description,
        priority: body.priority.unwrap_or(Priority::Normal),
        category: body
            .category
            .map_or(TicketCategory::CustomerRequest, Into::into),
        follow_up_of: body.follow_up_of.as_deref().map(reference_or_unknown),
    };
    let detail = tickets::create(&state.app, caller.actor(), input).await?;
    Ok(created_ticket(&state, caller.actor(), detail))
}

/// A reference in a body: one that cannot be a ticket's is like one that is none.
pub(crate) fn reference_or_unknown(text: &str) -> Reference {
    text.parse()
        .unwrap_or(Reference::Id(bsm_domain::ids::TicketId(uuid::Uuid::nil())))
}

pub(super) fn created_ticket(
    state: &AppState,
    actor: &Actor,
    detail: TicketDetail,
) -> HttpResponse {
    let body = CustomerTicketDetail::of(detail, actor, state.app.now());
    let location = format!("/api/customer/tickets/{}", body.ticket.id);
    created(body.ticket.version, &location, &body)
}

/// Which tickets a list shows.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CustomerScope {
    /// One's own.
    Mine,
    /// The whole organization's, for its managers; one's own for everybody else.
    Organization,
}

/// Filters and order of a customer's list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct CustomerTicketParams {
    /// In one of these states, separated by commas.
    #[param(inline, example = "open,pending")]
    status: Option<CommaList<CustomerStatus>>,
    /// Having words that begin with these, in subject, description or conversation; newest first.
    #[param(max_length = 200)]
    q: Option<String>,
    /// Resolved and rated, or resolved and still to rate.
    rated: Option<bool>,
    /// Whose tickets.
    #[param(inline)]
    scope: Option<CustomerScope>,
    /// The order; with `q` always newest first.
    #[param(inline)]
    sort: Option<TicketOrder>,
    /// Rows of a page, 25 by default.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// The `next_cursor` of the page before.
    #[param(max_length = 200)]
    cursor: Option<String>,
}

/// Lists tickets.
///
/// One's own, or the organization's for its managers, last touched first.
#[utoipa::path(tag = "Tickets", operation_id = "tickets.list", params(CustomerTicketParams),
    responses((status = 200, description = "A page of tickets.", body = ListAnswer<CustomerTicket>)))]
#[get("/tickets")]
async fn index(
    state: web::Data<AppState>,
    caller: Customer,
    params: Params<CustomerTicketParams>,
) -> Result<web::Json<ListAnswer<CustomerTicket>>, Problem> {
    let Params(params) = params;
    let terms = params.q.as_deref().map(search_terms).transpose()?;
    let scope = match params.scope {
        Some(CustomerScope::Organization) => organization_scope(caller.actor()),
        Some(CustomerScope::Mine) | None => own_scope(caller.actor()),
    };
    let mut filter = TicketFilter::all(scope, Eyes::Customer);
    filter.statuses = values(params.status)
        .iter()
        .flat_map(|s| s.statuses())
        .copied()
        .collect();
    filter.rated = params.rated;
    filter.terms = terms.clone();
    let sort = match terms {
        Some(_) => TicketSort::NumberFalling,
        None => params.sort.unwrap_or_default().into(),
    };
    let order = List::CUSTOMER_TICKETS.in_order(sort as u8);
    let window = list::window(params.limit, params.cursor.as_deref(), order)?;
    if terms.as_ref().is_some_and(Vec::is_empty) {
        return Ok(web::Json(ListAnswer {
            items: Vec::new(),
            next_cursor: None,
        }));
    }
    let page = tickets::list(&state.app, &filter, sort, &window).await?;
    Ok(web::Json(list::answer(page, order, |row| {
        CustomerTicket::of(row, terms.as_deref())
    })))
}

/// Reads one ticket.
///
/// By its id or its number.
#[utoipa::path(tag = "Tickets", operation_id = "tickets.get",
    params(("id" = String, Path, description = "Id or number.", example = "TKT-12")),
    responses((status = 200, description = "The ticket.", body = CustomerTicketDetail,
        headers(("ETag" = String, description = "Its version.")))))]
#[get("/tickets/{id}")]
async fn show(
    state: web::Data<AppState>,
    caller: Customer,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let detail = tickets::detail(&state.app, caller.actor(), id.parse()?).await?;
    Ok(shown(&state, caller.actor(), detail))
}

fn shown(state: &AppState, actor: &Actor, detail: TicketDetail) -> HttpResponse {
    let body = CustomerTicketDetail::of(detail, actor, state.app.now());
    versioned(StatusCode::OK, body.ticket.version, &body)
}

/// Closes a ticket.
///
/// One that was never resolved counts as withdrawn and cannot be rated.
#[utoipa::path(tag = "Tickets", operation_id = "tickets.close",
    params(("id" = String, Path, description = "Id or number.", example = "TKT-12")),
    responses((status = 200, description = "The ticket, closed.", body = CustomerTicketDetail,
            headers(("ETag" = String, description = "Its version."))),
        (status = 409, description = "`invalid_transition`: it is closed already.", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json")))]
#[post("/tickets/{id}/close")]
async fn close(
    state: web::Data<AppState>,
    caller: Customer,
    id: web::Path<String>,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let detail = tickets::close(&state.app, caller.actor(), id.parse()?).await?;
    Ok(shown(&state, caller.actor(), detail))
}

/// Opens a resolved ticket again.
///
/// A new resolution can be rated anew; the old rating stays in the history.
#[utoipa::path(tag = "Tickets", operation_id = "tickets.reopen",
    params(("id" = String, Path, description = "Id or number.", example = "TKT-12")),
    responses((status = 200, description = "The ticket, open again.", body = CustomerTicketDetail,
            headers(("ETag" = String, description = "Its version."))),
        (status = 409, description = "`invalid_transition`: it is not resolved.", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json")))]
#[post("/tickets/{id}/reopen")]
async fn reopen(
    state: web::Data<AppState>,
    caller: Customer,
    id: web::Path<String>,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let detail = tickets::reopen(&state.app, caller.actor(), id.parse()?).await?;
    Ok(shown(&state, caller.actor(), detail))
}

/// What the requester says of a resolution.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"score": 5, "comment": "Quick and friendly.", "reasons": ["fast"]}))]
pub struct RatingPut {
    /// 1 (very unhappy) to 5 (very happy).
    #[schema(minimum = 1, maximum = 5)]
    score: i64,
    /// In their own words.
    #[schema(max_length = 2_000)]
    comment: Option<String>,
    /// Reasons that fit the score; see `GET /api/customer/rating-reasons`.
    #[schema(max_items = 10, nullable = false)]
    reasons: Option<Vec<Reason>>,
}

/// Rates the current resolution.
///
/// Only the requester; can be changed for as long as the settings say, 28 days after the resolution by default.
#[utoipa::path(tag = "Rating", operation_id = "tickets.rate", request_body = RatingPut,
    params(("id" = String, Path, description = "Id or number.", example = "TKT-12")),
    responses((status = 200, description = "The rating.", body = Rating),
        (status = 409, description = "`ticket_not_resolved` or `rating_window_closed`.", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json")))]
#[put("/tickets/{id}/rating")]
async fn rate(
    state: web::Data<AppState>,
    caller: Customer,
    id: web::Path<String>,
    body: Body<RatingPut>,
) -> Result<web::Json<Rating>, Problem> {
    let Body(body) = body;
    let input = RateTicket {
        score: body.score,
        comment: body.comment.filter(|c| !c.trim().is_empty()),
        reasons: body.reasons.unwrap_or_default(),
    };
    let rating = tickets::rate(&state.app, caller.actor(), id.parse()?, input).await?;
    Ok(web::Json(rating.into()))
}
