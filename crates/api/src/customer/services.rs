//! The catalog, and ordering from it.

use actix_web::{HttpResponse, get, post, web};
use bsm_application::services::{self, RequestService};
use bsm_domain::ids::ServiceId;
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use validator::Validate;

use super::service_dto::{CustomerService, CustomerServiceDetail};
use super::ticket_dto::CustomerTicketDetail;
use super::tickets::created_ticket;
use crate::auth::caller::Customer;
use crate::dto::catalog::{self, CatalogAnswer};
use crate::http::body::Body;
use crate::http::cursor::List;
use crate::http::params::Params;
use crate::http::problem::Problem;
use crate::state::AppState;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(index).service(show).service(request);
}

/// Reads the id of a path: what cannot be one names nothing.
fn id_of(path: &str) -> Result<ServiceId, Problem> {
    path.parse().map_err(|_| Problem::not_found())
}

/// Filters of the catalog.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct CustomerServiceParams {
    /// Of this category.
    #[param(max_length = 60)]
    category: Option<String>,
    /// Having words that begin with these; best first, at most 100, without pages.
    #[param(max_length = 200)]
    q: Option<String>,
    /// Rows of a page, 25 by default; of a search 100.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// The `next_cursor` of the page before.
    #[param(max_length = 200)]
    cursor: Option<String>,
}

/// Lists the services that can be ordered.
///
/// Newest first; one that is published again keeps its place. `categories` counts all of them.
#[utoipa::path(tag = "Services", operation_id = "services.list", params(CustomerServiceParams),
    responses((status = 200, description = "A page of services.", body = CatalogAnswer<CustomerService>)))]
#[get("/services")]
async fn index(
    state: web::Data<AppState>,
    _: Customer,
    params: Params<CustomerServiceParams>,
) -> Result<web::Json<CatalogAnswer<CustomerService>>, Problem> {
    let Params(params) = params;
    let query = catalog::query(
        List::CUSTOMER_SERVICES,
        params.category,
        params.q.as_deref(),
        params.limit,
        params.cursor.as_deref(),
    )?;
    let terms = query.terms.as_deref();
    let list = services::catalog(&state.app, query.category, terms, &query.window).await?;
    Ok(web::Json(CatalogAnswer::of(
        List::CUSTOMER_SERVICES,
        list.page,
        list.categories,
        |row| CustomerService::of(row, terms),
    )))
}

/// Reads one service.
///
/// With the form that an order fills in.
#[utoipa::path(tag = "Services", operation_id = "services.get",
    params(("id" = uuid::Uuid, Path, description = "Its id.")),
    responses((status = 200, description = "The service.", body = CustomerServiceDetail)))]
#[get("/services/{id}")]
async fn show(
    state: web::Data<AppState>,
    _: Customer,
    id: web::Path<String>,
) -> Result<web::Json<CustomerServiceDetail>, Problem> {
    let row = services::catalog_item(&state.app, id_of(&id)?).await?;
    Ok(web::Json(row.into()))
}

/// An order.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"service_version": 1, "form": {"model": "light", "seats": 2}, "note": "Before Monday, please."}))]
pub struct CustomerServiceRequest {
    /// The version whose form was filled in; the live one where it is left out.
    #[schema(minimum = 1, maximum = 2_147_483_647, nullable = false)]
    service_version: Option<i64>,
    /// The answers, by field id: texts, numbers, booleans and lists of choices.
    #[schema(value_type = Object)]
    form: Map<String, Value>,
    /// What else there is to say, in Markdown.
    #[schema(max_length = 5_000)]
    note: Option<String>,
}

/// Orders a service.
///
/// The order is a ticket with its answers. It is checked against the version that was filled in,
/// also where a newer one went live meanwhile; `errors` point into `/form/<field id>`.
#[utoipa::path(tag = "Services", operation_id = "services.request", request_body = CustomerServiceRequest,
    params(("id" = uuid::Uuid, Path, description = "Its id.")),
    responses((status = 201, description = "The ticket.", body = CustomerTicketDetail,
        headers(("Location" = String, description = "Where it stands."), ("ETag" = String, description = "Its version.")))))]
#[post("/services/{id}/requests")]
async fn request(
    state: web::Data<AppState>,
    caller: Customer,
    id: web::Path<String>,
    body: Body<CustomerServiceRequest>,
) -> Result<HttpResponse, Problem> {
    let Body(body) = body;
    let input = RequestService {
        service_version: body.service_version,
        form: body.form,
        note: body.note.filter(|note| !note.trim().is_empty()),
    };
    let detail = services::request(&state.app, caller.actor(), id_of(&id)?, input).await?;
    Ok(created_ticket(&state, caller.actor(), detail))
}
