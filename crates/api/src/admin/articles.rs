//! The knowledge base as staff write it.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, delete, get, patch, post, web};
use bsm_application::articles::{self, ArticleDetail};
use bsm_domain::actor::Actor;
use bsm_domain::article::ArticleStatus;
use bsm_domain::bounds::TAG_MAX;
use bsm_domain::ids::{ArticleId, TicketId};
use bsm_persistence::article_lists::{ArticleFilter, ArticleSort};
use bsm_persistence::content::View;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::article_bodies::{AdminArticleCreate, AdminArticleUpdate};
use super::article_dto::{AdminArticle, AdminArticleRow};
use crate::auth::caller::Staff;
use crate::dto::catalog::{self, CatalogAnswer};
use crate::http::body::{Body, NoBody};
use crate::http::cursor::List;
use crate::http::params::{CommaList, Params, text_param, values};
use crate::http::problem::{Code, Problem};
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
        .service(archive);
}

/// Reads the id of a path: what cannot be one names nothing.
pub(super) fn id_of(path: &str) -> Result<ArticleId, Problem> {
    path.parse().map_err(|_| Problem::not_found())
}

pub(super) fn shown(detail: ArticleDetail) -> HttpResponse {
    let body = AdminArticle::from(detail);
    versioned(StatusCode::OK, body.row.version, &body)
}

pub(super) async fn current(
    state: &AppState,
    actor: &Actor,
    id: ArticleId,
) -> Result<AdminArticle, bsm_application::Error> {
    let detail = articles::detail(&state.app, actor, id).await?;
    Ok(AdminArticle::from(detail))
}

/// The orders of the list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
enum ArticleOrder {
    /// Last touched first.
    #[default]
    #[serde(rename = "-updated_at")]
    Updated,
    /// By the share of votes against, as if three more were for it and one against: a single vote
    /// says little.
    #[serde(rename = "-unhelpfulness")]
    Unhelpfulness,
}

/// Filters of the list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct AdminArticleParams {
    /// In one of these states, separated by commas.
    #[param(inline, example = "draft,published")]
    status: Option<CommaList<ArticleStatus>>,
    /// Of this category.
    #[param(max_length = 60)]
    category: Option<String>,
    /// Having this tag.
    #[param(max_length = 40)]
    tag: Option<String>,
    /// Written from this ticket.
    #[param(value_type = Option<uuid::Uuid>)]
    ticket: Option<TicketId>,
    /// Having words that begin with these, one typo forgiven; best first, at most 100, without
    /// pages.
    #[param(max_length = 200)]
    q: Option<String>,
    /// The order: last touched first, or those that votes speak against most. A search has its own.
    #[param(inline)]
    sort: Option<ArticleOrder>,
    /// Rows of a page, 25 by default; of a search 100.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// The `next_cursor` of the page before.
    #[param(max_length = 200)]
    cursor: Option<String>,
}

/// Lists articles.
///
/// Their working copies without the texts. `categories` counts under the same `status`.
#[utoipa::path(tag = "Knowledge base", operation_id = "articles.list", params(AdminArticleParams),
    responses((status = 200, description = "A page of articles.", body = CatalogAnswer<AdminArticleRow>)))]
#[get("/knowledge-base")]
async fn index(
    state: web::Data<AppState>,
    caller: Staff,
    params: Params<AdminArticleParams>,
) -> Result<web::Json<CatalogAnswer<AdminArticleRow>>, Problem> {
    let Params(params) = params;
    if let Some(tag) = &params.tag {
        text_param("tag", tag, TAG_MAX)?;
    }
    let (sort, order) = match params.sort.unwrap_or_default() {
        ArticleOrder::Updated => (ArticleSort::Latest, List::ARTICLES),
        ArticleOrder::Unhelpfulness => (ArticleSort::LeastHelpful, List::ARTICLES.in_order(1)),
    };
    if params.q.is_some() && params.sort.is_some() {
        return Err(Problem::new(
            Code::InvalidQuery,
            "sort: a search is in order of relevance.",
        ));
    }
    let query = catalog::query(
        order,
        params.category,
        params.q.as_deref(),
        params.limit,
        params.cursor.as_deref(),
    )?;
    let filter = ArticleFilter {
        view: View::Draft,
        statuses: values(params.status),
        category: query.category,
        tag: params.tag,
        ticket: params.ticket,
    };
    let terms = query.terms.as_deref();
    let list = articles::list(
        &state.app,
        caller.actor(),
        &filter,
        sort,
        terms,
        &query.window,
    )
    .await?;
    let (terms, mut standings) = (list.terms, list.standings);
    Ok(web::Json(CatalogAnswer::of(
        order,
        list.page,
        list.categories,
        |row| {
            let standing = standings.remove(&row.id).unwrap_or_default();
            AdminArticleRow::of(row, standing, terms.as_deref())
        },
    )))
}

/// Drafts an article.
///
/// Readers see it once it is published.
#[utoipa::path(tag = "Knowledge base", operation_id = "articles.create", request_body = AdminArticleCreate,
    responses((status = 201, description = "The article.", body = AdminArticle,
        headers(("Location" = String, description = "Where it stands."), ("ETag" = String, description = "Its version."))),
        (status = 409, description = "`slug_taken`: another article has or had this slug.", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json")))]
#[post("/knowledge-base")]
async fn create(
    state: web::Data<AppState>,
    caller: Staff,
    body: Body<AdminArticleCreate>,
) -> Result<HttpResponse, Problem> {
    let detail = articles::create(&state.app, caller.actor(), body.0.into()).await?;
    let body = AdminArticle::from(detail);
    let location = format!("/api/admin/knowledge-base/{}", body.row.id);
    Ok(created(body.row.version, &location, &body))
}

/// Reads one article.
///
/// The working copy, with what is live beside it.
#[utoipa::path(tag = "Knowledge base", operation_id = "articles.get",
    params(("id" = uuid::Uuid, Path, description = "Its id.")),
    responses((status = 200, description = "The article.", body = AdminArticle,
        headers(("ETag" = String, description = "Its version.")))))]
#[get("/knowledge-base/{id}")]
async fn show(
    state: web::Data<AppState>,
    caller: Staff,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let detail = articles::detail(&state.app, caller.actor(), id_of(&id)?).await?;
    Ok(shown(detail))
}

/// Changes the working copy of an article.
///
/// Every change is a new revision, and `note` says what it was for. What readers see stays as it is until it is published.
#[utoipa::path(tag = "Knowledge base", operation_id = "articles.update", request_body = AdminArticleUpdate,
    params(("id" = uuid::Uuid, Path, description = "Its id."),
        ("If-Match" = String, Header, description = "The ETag of what was read, or `*`.")),
    responses((status = 200, description = "The article.", body = AdminArticle,
        headers(("ETag" = String, description = "Its version."))),
        (status = 409, description = "`slug_taken`: another article has or had this slug.", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json")))]
#[patch("/knowledge-base/{id}")]
async fn update(
    state: web::Data<AppState>,
    caller: Staff,
    id: web::Path<String>,
    expected: IfMatch,
    body: Body<AdminArticleUpdate>,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&id)?;
    match articles::update(&state.app, caller.actor(), id, &expected.0, body.0.into()).await {
        Ok(detail) => Ok(shown(detail)),
        Err(error) => Err(or_current(error, current(&state, caller.actor(), id)).await),
    }
}

/// Deletes an article.
///
/// Only one that was never published; others can be archived.
#[utoipa::path(tag = "Knowledge base", operation_id = "articles.delete",
    params(("id" = uuid::Uuid, Path, description = "Its id."),
        ("If-Match" = String, Header, description = "The ETag of what was read, or `*`.")),
    responses((status = 204, description = "It is gone."),
        (status = 409, description = "`in_use`: it was published once; archive it instead.", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json")))]
#[delete("/knowledge-base/{id}")]
async fn remove(
    state: web::Data<AppState>,
    caller: Staff,
    id: web::Path<String>,
    expected: IfMatch,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&id)?;
    match articles::delete(&state.app, caller.actor(), id, &expected.0).await {
        Ok(()) => Ok(HttpResponse::NoContent().finish()),
        Err(error) => Err(or_current(error, current(&state, caller.actor(), id)).await),
    }
}

/// Publishes an article.
///
/// The working copy goes live; an archived article is published again.
#[utoipa::path(tag = "Knowledge base", operation_id = "articles.publish",
    params(("id" = uuid::Uuid, Path, description = "Its id."),
        ("If-Match" = Option<String>, Header, description = "The ETag of what was read; may be left out.")),
    responses((status = 200, description = "The article, published.", body = AdminArticle,
        headers(("ETag" = String, description = "Its version."))),
        (status = 409, description = "`nothing_to_publish`: readers see it already, or it has no text.", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json")))]
#[post("/knowledge-base/{id}/publish")]
async fn publish(
    state: web::Data<AppState>,
    caller: Staff,
    id: web::Path<String>,
    expected: OptionalIfMatch,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&id)?;
    match articles::publish(&state.app, caller.actor(), id, &expected.0).await {
        Ok(detail) => Ok(shown(detail)),
        Err(error) => Err(or_current(error, current(&state, caller.actor(), id)).await),
    }
}

/// Archives an article.
///
/// It leaves the knowledge base and can be published again.
#[utoipa::path(tag = "Knowledge base", operation_id = "articles.archive",
    params(("id" = uuid::Uuid, Path, description = "Its id."),
        ("If-Match" = Option<String>, Header, description = "The ETag of what was read; may be left out.")),
    responses((status = 200, description = "The article, archived.", body = AdminArticle,
        headers(("ETag" = String, description = "Its version."))),
        (status = 409, description = "`invalid_transition`: it is not published.", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json")))]
#[post("/knowledge-base/{id}/archive")]
async fn archive(
    state: web::Data<AppState>,
    caller: Staff,
    id: web::Path<String>,
    expected: OptionalIfMatch,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&id)?;
    match articles::archive(&state.app, caller.actor(), id, &expected.0).await {
        Ok(detail) => Ok(shown(detail)),
        Err(error) => Err(or_current(error, current(&state, caller.actor(), id)).await),
    }
}
