//! Categories of services and articles: all staff may read, only admins change.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, delete, get, patch, post, web};
use bsm_application::categories::{self, CategoryInUse, NewCategory, UpdateCategory};
use bsm_domain::actor::Actor;
use bsm_domain::category::CategoryKind;
use bsm_domain::ids::CategoryId;
use bsm_domain::service::ServiceIcon;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use validator::Validate;

use crate::auth::caller::{Admin, Staff};
use crate::http::body::{Body, rules};
use crate::http::list::ListAnswer;
use crate::http::params::Params;
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
        .service(merge);
}

/// A heading under which services or articles stand.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Category {
    /// Its id.
    pub id: CategoryId,
    /// What it holds.
    pub kind: CategoryKind,
    /// Its name, as services and articles carry it.
    #[schema(example = "Support")]
    pub name: String,
    /// Its picture.
    pub icon: ServiceIcon,
    /// Where it stands among its kind; the first is 1.
    pub place: i64,
    /// How many services or articles stand under it, live or in their working copy.
    pub items: i64,
    /// Counts changes of its name, picture and place.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

impl From<CategoryInUse> for Category {
    fn from(found: CategoryInUse) -> Self {
        let row = found.category;
        Self {
            id: row.id,
            kind: row.kind,
            name: row.name,
            icon: row.icon,
            place: row.place,
            items: found.items,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

/// Reads the id of a path: what cannot be one names nothing.
fn id_of(path: &str) -> Result<CategoryId, Problem> {
    path.parse().map_err(|_| Problem::not_found())
}

fn shown(found: CategoryInUse) -> HttpResponse {
    let body = Category::from(found);
    versioned(StatusCode::OK, body.version, &body)
}

async fn current(
    state: &AppState,
    actor: &Actor,
    id: CategoryId,
) -> Result<Category, bsm_application::Error> {
    let found = categories::detail(&state.app, actor, id).await?;
    Ok(Category::from(found))
}

/// Which categories are shown.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct CategoryParams {
    /// Only those of services, or of articles.
    kind: Option<CategoryKind>,
}

/// Lists categories.
///
/// Each kind in its own order, all at once: there are at most 200 of a kind, so `next_cursor` is
/// always null.
#[utoipa::path(tag = "Categories", operation_id = "categories.list", params(CategoryParams),
    responses((status = 200, description = "All of them.", body = ListAnswer<Category>)))]
#[get("/categories")]
async fn index(
    state: web::Data<AppState>,
    caller: Staff,
    params: Params<CategoryParams>,
) -> Result<web::Json<ListAnswer<Category>>, Problem> {
    let one = params.0.kind.map(|kind| [kind]);
    let kinds = one
        .as_ref()
        .map_or(CategoryKind::ALL, |kind| kind.as_slice());
    let found = categories::list(&state.app, caller.actor(), kinds).await?;
    Ok(web::Json(ListAnswer {
        items: found.into_iter().map(Category::from).collect(),
        next_cursor: None,
    }))
}

/// A new category.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"kind": "service", "name": "Hardware", "icon": "laptop"}))]
pub struct CategoryCreate {
    /// What it holds.
    kind: CategoryKind,
    /// Its name.
    #[schema(min_length = 1, max_length = 60)]
    #[validate(custom(function = rules::one_line))]
    name: String,
    /// Its picture; the kind's own where it is left out.
    #[schema(nullable = false)]
    icon: Option<ServiceIcon>,
}

/// Makes a category.
///
/// Admins only. It is the last of its kind. Services and articles that name a category which does
/// not exist make it, too. Names that differ only in case, accents or punctuation are the same name.
#[utoipa::path(tag = "Categories", operation_id = "categories.create", request_body = CategoryCreate,
    responses((status = 201, description = "The category.", body = Category,
            headers(("Location" = String, description = "Where it stands."), ("ETag" = String, description = "Its version."))),
        (status = 409, description = "`name_taken`: another category of the kind has this name.", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json")))]
#[post("/categories")]
async fn create(
    state: web::Data<AppState>,
    caller: Admin,
    body: Body<CategoryCreate>,
) -> Result<HttpResponse, Problem> {
    let Body(body) = body;
    let input = NewCategory {
        kind: body.kind,
        name: body.name.trim().to_owned(),
        icon: body.icon,
    };
    let found = categories::create(&state.app, caller.actor(), input).await?;
    let body = Category::from(found);
    let location = format!("/api/admin/categories/{}", body.id);
    Ok(created(body.version, &location, &body))
}

/// Reads one category.
///
/// With how much stands under it.
#[utoipa::path(tag = "Categories", operation_id = "categories.get",
    params(("id" = uuid::Uuid, Path, description = "Its id.")),
    responses((status = 200, description = "The category.", body = Category,
        headers(("ETag" = String, description = "Its version.")))))]
#[get("/categories/{id}")]
async fn show(
    state: web::Data<AppState>,
    caller: Staff,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let found = categories::detail(&state.app, caller.actor(), id_of(&id)?).await?;
    Ok(shown(found))
}

/// A change of a category: what is left out stays.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "Devices", "place": 1}))]
pub struct CategoryUpdate {
    /// Its name.
    #[schema(min_length = 1, max_length = 60, nullable = false)]
    #[validate(custom(function = rules::one_line))]
    name: Option<String>,
    /// Its picture.
    #[schema(nullable = false)]
    icon: Option<ServiceIcon>,
    /// Where it stands among its kind; the first is 1, beyond the end is the end.
    #[schema(minimum = 1, maximum = 1_000, value_type = Option<i64>, nullable = false)]
    place: Option<usize>,
}

/// Changes a category.
///
/// Admins only. Another name is read at once wherever the category is: in services and articles that
/// are live, in drafts, in history, and in the search. The others of its kind close up behind one
/// that is moved.
#[utoipa::path(tag = "Categories", operation_id = "categories.update", request_body = CategoryUpdate,
    params(("id" = uuid::Uuid, Path, description = "Its id."),
        ("If-Match" = String, Header, description = "The ETag of what was read, or `*`.")),
    responses((status = 200, description = "The category.", body = Category,
            headers(("ETag" = String, description = "Its version."))),
        (status = 409, description = "`name_taken`: another category of the kind has this name; merge them instead.", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json")))]
#[patch("/categories/{id}")]
async fn update(
    state: web::Data<AppState>,
    caller: Admin,
    id: web::Path<String>,
    expected: IfMatch,
    body: Body<CategoryUpdate>,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&id)?;
    let Body(body) = body;
    let input = UpdateCategory {
        name: body.name.map(|name| name.trim().to_owned()),
        icon: body.icon,
        place: body.place,
    };
    match categories::update(&state.app, caller.actor(), id, &expected.0, input).await {
        Ok(found) => Ok(shown(found)),
        Err(error) => Err(or_current(error, current(&state, caller.actor(), id)).await),
    }
}

/// Deletes a category.
///
/// Admins only. One that something stands under can only be merged into another one.
#[utoipa::path(tag = "Categories", operation_id = "categories.delete",
    params(("id" = uuid::Uuid, Path, description = "Its id."),
        ("If-Match" = String, Header, description = "The ETag of what was read, or `*`.")),
    responses((status = 204, description = "It is gone."),
        (status = 409, description = "`in_use`: something stands under it.", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json")))]
#[delete("/categories/{id}")]
async fn remove(
    state: web::Data<AppState>,
    caller: Admin,
    id: web::Path<String>,
    expected: IfMatch,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&id)?;
    match categories::delete(&state.app, caller.actor(), id, &expected.0).await {
        Ok(()) => Ok(HttpResponse::NoContent().finish()),
        Err(error) => Err(or_current(error, current(&state, caller.actor(), id)).await),
    }
}

/// Where what stands under a category goes.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct CategoryMerge {
    /// Another category of the same kind.
    into: CategoryId,
}

/// Merges a category into another one.
///
/// Admins only. Whatever stands under it stands under the other one then, history included; the
/// category itself is deleted. This cannot be undone.
#[utoipa::path(tag = "Categories", operation_id = "categories.merge", request_body = CategoryMerge,
    params(("id" = uuid::Uuid, Path, description = "The id of the one that goes."),
        ("If-Match" = Option<String>, Header, description = "The ETag of what was read; may be left out.")),
    responses((status = 200, description = "The other one.", body = Category,
        headers(("ETag" = String, description = "Its version.")))))]
#[post("/categories/{id}/merge")]
async fn merge(
    state: web::Data<AppState>,
    caller: Admin,
    id: web::Path<String>,
    expected: OptionalIfMatch,
    body: Body<CategoryMerge>,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&id)?;
    let into = body.0.into;
    match categories::merge(&state.app, caller.actor(), id, &expected.0, into).await {
        Ok(found) => Ok(shown(found)),
        Err(error) => Err(or_current(error, current(&state, caller.actor(), id)).await),
    }
}
