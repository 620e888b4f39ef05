//! Organizations: all staff may read, only admins change.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, patch, post, web};
use bsm_application::{Error, organizations};
use bsm_domain::actor::Actor;
use bsm_domain::ids::OrganizationId;
use bsm_persistence::organizations::OrganizationRow;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use validator::Validate;

use crate::auth::caller::{Admin, Staff};
use crate::http::body::{Body, rules};
use crate::http::cursor::List;
use crate::http::list::{self, ListAnswer};
use crate::http::params::{Params, search_terms};
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

/// A customer company.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Organization {
    /// Its id.
    pub id: OrganizationId,
    /// Its name.
    pub name: String,
    /// How many people belong to it.
    pub members: i64,
    /// When it was added.
    pub created_at: DateTime<Utc>,
    /// Counts changes of its own fields.
    pub version: i64,
}

impl From<OrganizationRow> for Organization {
    fn from(row: OrganizationRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            members: row.members,
            created_at: row.created_at,
            version: row.version,
        }
    }
}

/// Which organizations a list shows.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct OrganizationParams {
    /// Having words in their names that begin with these.
    #[param(max_length = 200)]
    q: Option<String>,
    /// Rows of a page, 25 by default.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// The `next_cursor` of the page before.
    #[param(max_length = 200)]
    cursor: Option<String>,
}

/// Lists organizations.
///
/// Newest first.
#[utoipa::path(tag = "People", operation_id = "organizations.list", params(OrganizationParams),
    responses((status = 200, description = "A page of organizations.", body = ListAnswer<Organization>)))]
#[get("/organizations")]
async fn index(
    state: web::Data<AppState>,
    caller: Staff,
    params: Params<OrganizationParams>,
) -> Result<web::Json<ListAnswer<Organization>>, Problem> {
    let Params(params) = params;
    let terms = params.q.as_deref().map(search_terms).transpose()?;
    let window = list::window(params.limit, params.cursor.as_deref(), List::ORGANIZATIONS)?;
    if terms.as_ref().is_some_and(Vec::is_empty) {
        return Ok(web::Json(ListAnswer {
            items: Vec::new(),
            next_cursor: None,
        }));
    }
    let page = organizations::list(&state.app, caller.actor(), terms.as_deref(), &window).await?;
    Ok(web::Json(list::answer(
        page,
        List::ORGANIZATIONS,
        Organization::from,
    )))
}

/// A new organization.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "Initech"}))]
pub struct OrganizationCreate {
    /// Its name.
    #[schema(min_length = 1, max_length = 120)]
    #[validate(custom(function = rules::one_line))]
    name: String,
}

/// Adds an organization.
///
/// Names that differ only in case, accents or punctuation are the same name. Only admins.
#[utoipa::path(tag = "People", operation_id = "organizations.create", request_body = OrganizationCreate,
    responses((status = 201, description = "The organization.", body = Organization,
            headers(("Location" = String, description = "Where it stands."), ("ETag" = String, description = "Its version."))),
        (status = 409, description = "`name_taken`: another organization has this name.", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json")))]
#[post("/organizations")]
async fn create(
    state: web::Data<AppState>,
    caller: Admin,
    body: Body<OrganizationCreate>,
) -> Result<HttpResponse, Problem> {
    let row = organizations::create(&state.app, caller.actor(), &body.0.name).await?;
    let organization = Organization::from(row);
    let location = format!("/api/admin/organizations/{}", organization.id);
    Ok(created(organization.version, &location, &organization))
}

/// Reads one organization.
///
/// With the number of its people.
#[utoipa::path(tag = "People", operation_id = "organizations.get",
    params(("id" = OrganizationId, Path, description = "Its id.")),
    responses((status = 200, description = "The organization.", body = Organization,
        headers(("ETag" = String, description = "Its version.")))))]
#[get("/organizations/{id}")]
async fn show(
    state: web::Data<AppState>,
    caller: Staff,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let organization = read(&state, caller.actor(), parse(&id)?).await?;
    Ok(versioned(
        StatusCode::OK,
        organization.version,
        &organization,
    ))
}

/// What changes of an organization; what is left out stays.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "Initech International"}))]
pub struct OrganizationUpdate {
    /// Its name.
    #[schema(min_length = 1, max_length = 120, nullable = false)]
    #[validate(custom(function = rules::one_line))]
    name: Option<String>,
}

/// Renames an organization.
///
/// Names that differ only in case, accents or punctuation are the same name. Only admins.
#[utoipa::path(tag = "People", operation_id = "organizations.update", request_body = OrganizationUpdate,
    params(("id" = OrganizationId, Path, description = "Its id."),
        ("If-Match" = String, Header, description = "The ETag of what was read, or `*`.")),
    responses((status = 200, description = "The organization.", body = Organization,
            headers(("ETag" = String, description = "Its version."))),
        (status = 409, description = "`name_taken`: another organization has this name.", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json")))]
#[patch("/organizations/{id}")]
async fn update(
    state: web::Data<AppState>,
    caller: Admin,
    id: web::Path<String>,
    expected: IfMatch,
    body: Body<OrganizationUpdate>,
) -> Result<HttpResponse, Problem> {
    let id = parse(&id)?;
    let changed =
        organizations::update(&state.app, caller.actor(), id, &expected.0, body.0.name).await;
    match changed {
        Ok(row) => {
            let organization = Organization::from(row);
            Ok(versioned(
                StatusCode::OK,
                organization.version,
                &organization,
            ))
        }
        Err(error) => Err(or_current(error, read(&state, caller.actor(), id)).await),
    }
}

async fn read(state: &AppState, actor: &Actor, id: OrganizationId) -> Result<Organization, Error> {
    Ok(organizations::get(&state.app, actor, id).await?.into())
}

/// What cannot be an id is nobody's.
fn parse(id: &str) -> Result<OrganizationId, Problem> {
    id.parse().map_err(|_| Problem::not_found())
}
