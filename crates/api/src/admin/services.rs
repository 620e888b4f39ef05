//! The catalog as staff keep it.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, delete, get, patch, post, web};
use bsm_application::services::{self, ServiceDetail};
use bsm_domain::actor::Actor;
use bsm_domain::ids::ServiceId;
use bsm_domain::service::ServiceStatus;
use bsm_persistence::content::View;
use bsm_persistence::service_lists::ServiceFilter;
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use super::service_bodies::{AdminServiceCreate, AdminServiceUpdate};
use super::service_dto::AdminService;
use crate::auth::caller::{Admin, Staff};
use crate::dto::catalog::{self, CatalogAnswer};
use crate::http::body::{Body, NoBody};
use crate::http::cursor::List;
use crate::http::params::{CommaList, Params, values};
use crate::http::problem::Problem;
use crate::http::stale::or_current;
use crate::http::version::{IfMatch, OptionalIfMatch, created, versioned};
use crate::state::AppState;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(index)
        .service(create)
        .service(show)
        .service(update)
        .service(remove)
        .service(publish)
        .service(retire);
}

/// Reads the id of a path: what cannot be one names nothing.
fn id_of(path: &str) -> Result<ServiceId, Problem> {
    path.parse().map_err(|_| Problem::not_found())
}

fn shown(detail: ServiceDetail) -> HttpResponse {
    let body = AdminService::of(detail, None);
    versioned(StatusCode::OK, body.version, &body)
}

async fn current(
    state: &AppState,
    actor: &Actor,
    id: ServiceId,
) -> Result<AdminService, bsm_application::Error> {
    let detail = services::detail(&state.app, actor, id).await?;
    Ok(AdminService::of(detail, None))
}

/// Filters of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct AdminServiceParams {
    /// In one of these states, separated by commas.
    #[param(inline, example = "draft,active")]
    status: Option<CommaList<ServiceStatus>>,
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

/// Lists services.
///
/// Their working copies, newest first. `categories` counts under the same `status`.
#[utoipa::path(tag = "Services", operation_id = "services.list", params(AdminServiceParams),
    responses((status = 200, description = "A page of services.", body = CatalogAnswer<AdminService>)))]
#[get("/services")]
async fn index(
    state: web::Data<AppState>,
    caller: Staff,
    params: Params<AdminServiceParams>,
) -> Result<web::Json<CatalogAnswer<AdminService>>, Problem> {
    let Params(params) = params;
    let query = catalog::query(
        List::SERVICES,
        params.category,
        params.q.as_deref(),
        params.limit,
        params.cursor.as_deref(),
    )?;
    let filter = ServiceFilter {
        view: View::Draft,
        statuses: values(params.status),
        category: query.category,
    };
    let terms = query.terms.as_deref();
    let list = services::list(&state.app, caller.actor(), &filter, terms, &query.window).await?;
    Ok(web::Json(CatalogAnswer::of(
        List::SERVICES,
        list.page,
        list.categories,
        |detail| AdminService::of(detail, terms),
    )))
}

/// Drafts a service.
///
/// Admins only. Customers see it once it is published.
#[utoipa::path(tag = "Services", operation_id = "services.create", request_body = AdminServiceCreate,
    responses((status = 201, description = "The service.", body = AdminService,
        headers(("Location" = String, description = "Where it stands."), ("ETag" = String, description = "Its version.")))))]
#[post("/services")]
async fn create(
    state: web::Data<AppState>,
    caller: Admin,
    body: Body<AdminServiceCreate>,
) -> Result<HttpResponse, Problem> {
    let detail = services::create(&state.app, caller.actor(), body.0.into()).await?;
    let body = AdminService::of(detail, None);
    let location = format!("/api/admin/services/{}", body.id);
    Ok(created(body.version, &location, &body))
}

/// Reads one service.
///
/// The working copy, with what is live beside it.
#[utoipa::path(tag = "Services", operation_id = "services.get",
    params(("id" = uuid::Uuid, Path, description = "Its id.")),
    responses((status = 200, description = "The service.", body = AdminService,
        headers(("ETag" = String, description = "Its version.")))))]
#[get("/services/{id}")]
async fn show(
    state: web::Data<AppState>,
    caller: Staff,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let detail = services::detail(&state.app, caller.actor(), id_of(&id)?).await?;
    Ok(shown(detail))
}

/// Changes the working copy of a service.
///
/// Admins only. What is live stays as it is until the draft is published.
#[utoipa::path(tag = "Services", operation_id = "services.update", request_body = AdminServiceUpdate,
    params(("id" = uuid::Uuid, Path, description = "Its id."),
        ("If-Match" = String, Header, description = "The ETag of what was read, or `*`.")),
    responses((status = 200, description = "The service.", body = AdminService,
        headers(("ETag" = String, description = "Its version.")))))]
#[patch("/services/{id}")]
async fn update(
    state: web::Data<AppState>,
    caller: Admin,
    id: web::Path<String>,
    expected: IfMatch,
    body: Body<AdminServiceUpdate>,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&id)?;
    match services::update(&state.app, caller.actor(), id, &expected.0, body.0.into()).await {
        Ok(detail) => Ok(shown(detail)),
        Err(error) => Err(or_current(error, current(&state, caller.actor(), id)).await),
    }
}

/// Deletes a service.
///
/// Admins only. One that was ordered can only be retired.
#[utoipa::path(tag = "Services", operation_id = "services.delete",
    params(("id" = uuid::Uuid, Path, description = "Its id."),
        ("If-Match" = String, Header, description = "The ETag of what was read, or `*`.")),
    responses((status = 204, description = "It is gone."),
        (status = 409, description = "`in_use`: a ticket orders it.", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json")))]
#[delete("/services/{id}")]
async fn remove(
    state: web::Data<AppState>,
    caller: Admin,
    id: web::Path<String>,
    expected: IfMatch,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&id)?;
    match services::delete(&state.app, caller.actor(), id, &expected.0).await {
        Ok(()) => Ok(HttpResponse::NoContent().finish()),
        Err(error) => Err(or_current(error, current(&state, caller.actor(), id)).await),
    }
}

/// Publishes a service.
///
/// Admins only. Its draft goes live; a retired service is active again.
#[utoipa::path(tag = "Services", operation_id = "services.publish",
    params(("id" = uuid::Uuid, Path, description = "Its id."),
        ("If-Match" = Option<String>, Header, description = "The ETag of what was read; may be left out.")),
    responses((status = 200, description = "The service, active.", body = AdminService,
        headers(("ETag" = String, description = "Its version."))),
        (status = 409, description = "`nothing_to_publish`: it is active and has no draft.", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json")))]
#[post("/services/{id}/publish")]
async fn publish(
    state: web::Data<AppState>,
    caller: Admin,
    id: web::Path<String>,
    expected: OptionalIfMatch,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&id)?;
    match services::publish(&state.app, caller.actor(), id, &expected.0).await {
        Ok(detail) => Ok(shown(detail)),
        Err(error) => Err(or_current(error, current(&state, caller.actor(), id)).await),
    }
}

/// Retires a service.
///
/// Admins only. It leaves the catalog; its tickets stay, and it can be published again.
#[utoipa::path(tag = "Services", operation_id = "services.retire",
    params(("id" = uuid::Uuid, Path, description = "Its id."),
        ("If-Match" = Option<String>, Header, description = "The ETag of what was read; may be left out.")),
    responses((status = 200, description = "The service, retired.", body = AdminService,
        headers(("ETag" = String, description = "Its version."))),
        (status = 409, description = "`invalid_transition`: it is not active.", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json")))]
#[post("/services/{id}/retire")]
async fn retire(
    state: web::Data<AppState>,
    caller: Admin,
    id: web::Path<String>,
    expected: OptionalIfMatch,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&id)?;
    match services::retire(&state.app, caller.actor(), id, &expected.0).await {
        Ok(detail) => Ok(shown(detail)),
        Err(error) => Err(or_current(error, current(&state, caller.actor(), id)).await),
    }
}
