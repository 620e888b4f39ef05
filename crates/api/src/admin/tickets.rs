//! The one list of all tickets, and each of them.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, patch, post, web};
use bsm_application::Error as AppError;
use bsm_application::tickets::{
    self, CreateForCustomer, CreateTicket, Reference, TicketDetail, UpdateTicket,
};
use bsm_domain::actor::Actor;
use bsm_domain::ids::{OrganizationId, ServiceId, UserId};
use bsm_domain::ticket::{Priority, TicketCategory, TicketStatus};
use bsm_persistence::page::Window;
use bsm_persistence::ticket_lists::TicketSort;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use validator::Validate;

use super::files;
use super::ticket_dto::{AdminTicket, AdminTicketDetail};
use super::ticket_filters::{AdminTicketOrder, AssigneeParam, Given};
use crate::auth::caller::Staff;
use crate::dto::ticket::OpenCategory;
use crate::http::accept::Wanted;
use crate::http::body::{Body, rules};
use crate::http::csv_answer::{self, ROWS};
use crate::http::cursor::List;
use crate::http::list::{self, ListAnswer};
use crate::http::moment;
use crate::http::params::{CommaList, Params};
use crate::http::patch::double;
use crate::http::problem::Problem;
use crate::http::stale::or_current;
use crate::http::version::{IfMatch, created, versioned};
use crate::state::AppState;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(index)
        .service(create)
        .service(show)
        .service(update);
}

/// Filters and order of the list of all tickets.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct AdminTicketParams {
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
    /// Having words that begin with these, notes included; newest first.
    #[param(max_length = 200)]
    q: Option<String>,
    /// The order; with `q` always newest first. `waiting_since`, longest first, lists those only
    /// whose customer waits.
    #[param(inline)]
    sort: Option<AdminTicketOrder>,
    /// Rows of a page, 25 by default.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// The `next_cursor` of the page before.
    #[param(max_length = 200)]
    cursor: Option<String>,
}

/// Lists all tickets.
///
/// Every ticket of every customer in one list, last touched first.
///
/// With `Accept: text/csv` all rows as a file instead of a page, without `limit` and `cursor`: a
/// line of column names, which are the fields of the JSON rows (`requester.name`), then a line a
/// row; values of a list with `;` between them, and an apostrophe before a text that a spreadsheet
/// would take for a formula. A file that fails on the way is broken off, without its end. Two at
/// once a person. In an
/// order by `updated_at` or `waiting_since` a ticket that moves meanwhile may be in it twice or
/// not at all; by `created_at` each is there once.
#[utoipa::path(tag = "Tickets", operation_id = "tickets.list", params(AdminTicketParams),
    responses((status = 200, description = "A page of tickets. As CSV: all tickets, attached as a file.",
        content((ListAnswer<AdminTicket> = "application/json"), (String = "text/csv")))))]
#[get("/tickets")]
async fn index(
    state: web::Data<AppState>,
    caller: Staff,
    params: Params<AdminTicketParams>,
    wanted: Wanted,
) -> Result<HttpResponse, Problem> {
    let Params(params) = params;
    if wanted == Wanted::Csv {
        list::whole(params.limit, params.cursor.as_deref())?;
    }
    let sort = match params.q {
        Some(_) => TicketSort::NumberFalling,
        None => params.sort.unwrap_or_default().into(),
    };
    let order = List::TICKETS.in_order(sort as u8);
    let window = list::window(params.limit, params.cursor.as_deref(), order)?;
    let given = Given {
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
    };
    let filter = given.filter(caller.actor())?;
    let nothing = filter.terms.as_ref().is_some_and(Vec::is_empty);
    if wanted == Wanted::Csv {
        let app = state.app.for_long_reads();
        let read = async move |after| {
            if nothing {
                return Ok((Vec::new(), None));
            }
            let window = Window { limit: ROWS, after };
            let page = tickets::list(&app, &filter, sort, &window).await?;
            let page = page.map(|row| AdminTicket::of(row, None));
            Ok((page.items, page.next))
        };
        return csv_answer::answer(&state, &caller.0, files::TICKETS, read).await;
    }
    if nothing {
        return Ok(list::page(&ListAnswer::<AdminTicket>::empty()));
    }
    let page = tickets::list(&state.app, &filter, sort, &window).await?;
    let terms = filter.terms.as_deref();
    Ok(list::page(&list::answer(page, order, |row| {
        AdminTicket::of(row, terms)
    })))
}

/// A ticket that staff open for a customer.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct AdminTicketCreate {
    /// The customer.
    requester_id: UserId,
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
    /// Who is to work on it.
    assignee_id: Option<UserId>,
}

/// Opens a ticket for a customer.
///
/// The customer sees it in their list at once.
#[utoipa::path(tag = "Tickets", operation_id = "tickets.create", request_body = AdminTicketCreate,
    responses((status = 201, description = "The ticket.", body = AdminTicketDetail,
        headers(("Location" = String, description = "Where it stands."), ("ETag" = String, description = "Its version.")))))]
#[post("/tickets")]
async fn create(
    state: web::Data<AppState>,
    caller: Staff,
    body: Body<AdminTicketCreate>,
) -> Result<HttpResponse, Problem> {
    let Body(body) = body;
    let input = CreateForCustomer {
        requester: body.requester_id,
        assignee: body.assignee_id,
        ticket: CreateTicket {
            subject: body.subject.trim().to_owned(),
            description: body.description,
            priority: body.priority.unwrap_or(Priority::Normal),
            category: body
                .category
                .map_or(TicketCategory::CustomerRequest, Into::into),
            follow_up_of: None,
        },
    };
    let detail = tickets::create_for_customer(&state.app, caller.actor(), input).await?;
    let body = AdminTicketDetail::of(detail, Vec::new());
    let location = format!("/api/admin/tickets/{}", body.ticket.id);
    Ok(created(body.ticket.version, &location, &body))
}

/// Reads one ticket.
///
/// By its id or its number.
#[utoipa::path(tag = "Tickets", operation_id = "tickets.get",
    params(("id" = String, Path, description = "Id or number.", example = "TKT-12")),
    responses((status = 200, description = "The ticket.", body = AdminTicketDetail,
        headers(("ETag" = String, description = "Its version.")))))]
#[get("/tickets/{id}")]
async fn show(
    state: web::Data<AppState>,
    caller: Staff,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let detail = tickets::detail(&state.app, caller.actor(), id.parse()?).await?;
    let body = body_of(&state, caller.actor(), detail).await?;
    Ok(versioned(StatusCode::OK, body.ticket.version, &body))
}

async fn body_of(
    state: &AppState,
    actor: &Actor,
    detail: TicketDetail,
) -> Result<AdminTicketDetail, Problem> {
    let ratings = if detail.ticket.resolutions == 0 {
        Vec::new()
    } else {
        tickets::past_ratings(&state.app, actor, detail.ticket.id).await?
    };
    Ok(AdminTicketDetail::of(detail, ratings))
}

/// Fields of a ticket to change; absent ones stay.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"status": "pending", "assignee_id": null}))]
pub struct AdminTicketPatch {
    /// Where it stands.
    #[schema(nullable = false)]
    status: Option<TicketStatus>,
    /// How soon somebody should look.
    #[schema(nullable = false)]
    priority: Option<Priority>,
    /// What kind of wish it is.
    #[schema(nullable = false)]
    category: Option<TicketCategory>,
    /// Who works on it; null for nobody.
    #[serde(default, deserialize_with = "double")]
    #[schema(value_type = Option<Uuid>)]
    assignee_id: Option<Option<UserId>>,
    /// In one line.
    #[schema(min_length = 3, max_length = 200, nullable = false)]
    #[validate(custom(function = rules::line_of::<3>))]
    subject: Option<String>,
}

/// Changes fields of a ticket.
///
/// A JSON merge patch of the version that `If-Match` names. An assignee moves a `new` ticket to
/// `open` by itself.
#[utoipa::path(tag = "Tickets", operation_id = "tickets.update",
    request_body(content = AdminTicketPatch, content_type = "application/json"),
    params(("id" = String, Path, description = "Id or number.", example = "TKT-12"),
        ("If-Match" = String, Header, description = "The ETag of what was read, or * to insist.", example = "\"5\"")),
    responses((status = 200, description = "The ticket.", body = AdminTicketDetail,
            headers(("ETag" = String, description = "Its version."))),
        (status = 409, description = "`invalid_transition`: the status cannot follow the present one.", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json")))]
#[patch("/tickets/{id}")]
async fn update(
    state: web::Data<AppState>,
    caller: Staff,
    id: web::Path<String>,
    expected: IfMatch,
    body: Body<AdminTicketPatch>,
) -> Result<HttpResponse, Problem> {
    let reference = id.parse()?;
    let Body(body) = body;
    let input = UpdateTicket {
        status: body.status,
        priority: body.priority,
        category: body.category,
        assignee: body.assignee_id,
        subject: body.subject.map(|s| s.trim().to_owned()),
    };
    let actor = caller.actor();
    match tickets::update(&state.app, actor, reference, &expected.0, input).await {
        Ok(detail) => {
            let body = body_of(&state, actor, detail).await?;
            Ok(versioned(StatusCode::OK, body.ticket.version, &body))
        }
        Err(error) => Err(or_current(error, current(&state, actor, reference)).await),
    }
}

/// What is there now, for a change of an old version.
async fn current(
    state: &AppState,
    actor: &Actor,
    reference: Reference,
) -> Result<AdminTicketDetail, AppError> {
    let detail = tickets::detail(&state.app, actor, reference).await?;
    let ratings = tickets::past_ratings(&state.app, actor, detail.ticket.id).await?;
    Ok(AdminTicketDetail::of(detail, ratings))
}
