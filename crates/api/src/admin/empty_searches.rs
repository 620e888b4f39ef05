//! What customers searched for in the knowledge base and did not find.

use actix_web::{HttpResponse, get, post, web};
use bsm_application::articles;
use bsm_domain::ids::EmptySearchId;
use bsm_persistence::empty_searches::{EmptySearchRow, EmptySearchSort};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::caller::Staff;
use crate::http::body::NoBody;
use crate::http::cursor::List;
use crate::http::list::{self, ListAnswer};
use crate::http::params::Params;
use crate::http::problem::Problem;
use crate::state::AppState;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(index).service(dismiss).service(take_up);
}

/// Reads the id of a path: what cannot be one names nothing.
fn id_of(path: &str) -> Result<EmptySearchId, Problem> {
    path.parse().map_err(|_| Problem::not_found())
}

/// Words that found nothing.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EmptySearch {
    /// Their id.
    pub id: EmptySearchId,
    /// The words, in lower case and without accents.
    #[schema(example = "guest wifi")]
    pub words: String,
    /// How often they were searched for.
    pub searches: i64,
    /// When they first were.
    pub first_at: DateTime<Utc>,
    /// When they last were.
    pub last_at: DateTime<Utc>,
    /// Whether an author has set them aside.
    pub dismissed: bool,
}

impl From<EmptySearchRow> for EmptySearch {
    fn from(row: EmptySearchRow) -> Self {
        Self {
            id: row.id,
            words: row.words,
            searches: row.searches,
            first_at: row.first_at,
            last_at: row.last_at,
            dismissed: row.dismissed,
        }
    }
}

/// The orders of the list.
#[derive(Debug, Clone, Copy, Default, Deserialize, Serialize, ToSchema)]
enum EmptySearchOrder {
    /// Most often searched for first.
    #[default]
    #[serde(rename = "-searches")]
    Searches,
    /// Last searched for first.
    #[serde(rename = "-last_at")]
    Latest,
}

/// Which part of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct EmptySearchParams {
    /// Those set aside instead of those that wait.
    dismissed: Option<bool>,
    /// The order.
    #[param(inline)]
    sort: Option<EmptySearchOrder>,
    /// Rows of a page, 25 by default.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// The `next_cursor` of the page before.
    #[param(max_length = 200)]
    cursor: Option<String>,
}

/// Lists searches that found nothing.
///
/// What customers looked for in the knowledge base in vain, without who did. At most 5,000 different ones are kept; then those searched for least make room.
#[utoipa::path(tag = "Knowledge base", operation_id = "empty_searches.list", params(EmptySearchParams),
    responses((status = 200, description = "A page of searches.", body = ListAnswer<EmptySearch>)))]
#[get("/empty-searches")]
async fn index(
    state: web::Data<AppState>,
    caller: Staff,
    params: Params<EmptySearchParams>,
) -> Result<web::Json<ListAnswer<EmptySearch>>, Problem> {
    let Params(params) = params;
    let (sort, order) = match params.sort.unwrap_or_default() {
        EmptySearchOrder::Searches => (EmptySearchSort::Count, 0),
        EmptySearchOrder::Latest => (EmptySearchSort::Latest, 1),
    };
    let of = List::EMPTY_SEARCHES.in_order(order);
    let window = list::window(params.limit, params.cursor.as_deref(), of)?;
    let dismissed = params.dismissed.unwrap_or(false);
    let page =
        articles::empty_searches(&state.app, caller.actor(), dismissed, sort, &window).await?;
    Ok(web::Json(list::answer(page, of, EmptySearch::from)))
}

/// Sets a search aside.
///
/// It is counted on, but no longer listed among what is missing.
#[utoipa::path(tag = "Knowledge base", operation_id = "empty_searches.dismiss",
    params(("id" = uuid::Uuid, Path, description = "Its id.")),
    responses((status = 204, description = "It is set aside.")))]
#[post("/empty-searches/{id}/dismiss")]
async fn dismiss(
    state: web::Data<AppState>,
    caller: Staff,
    id: web::Path<String>,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    articles::dismiss(&state.app, caller.actor(), id_of(&id)?, true).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Takes a search up again.
///
/// It is listed among what is missing.
#[utoipa::path(tag = "Knowledge base", operation_id = "empty_searches.take_up",
    params(("id" = uuid::Uuid, Path, description = "Its id.")),
    responses((status = 204, description = "It is listed again.")))]
#[post("/empty-searches/{id}/take-up")]
async fn take_up(
    state: web::Data<AppState>,
    caller: Staff,
    id: web::Path<String>,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    articles::dismiss(&state.app, caller.actor(), id_of(&id)?, false).await?;
    Ok(HttpResponse::NoContent().finish())
}
