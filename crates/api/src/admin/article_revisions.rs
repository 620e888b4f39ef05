//! What an article said before, and how it is brought back.

use actix_web::{HttpResponse, get, post, web};
use bsm_application::articles;
use bsm_domain::article::ArticleVisibility;
use bsm_domain::ids::ArticleId;
use bsm_persistence::article_revisions::ArticleRevisionRow;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::article_bodies::AdminArticleRestore;
use super::articles::{current, id_of, shown};
use crate::auth::caller::Staff;
use crate::http::body::OptionalBody;
use crate::http::cursor::List;
use crate::http::list::{self, ListAnswer, PageParams};
use crate::http::params::Params;
use crate::http::people::Person;
use crate::http::problem::Problem;
use crate::http::stale::or_current;
use crate::http::version::OptionalIfMatch;
use crate::state::AppState;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(index).service(show).service(restore);
}

/// One saved content of an article.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ArticleRevision {
    /// Its number; the highest is the working copy.
    pub n: i64,
    /// Who saved it.
    #[schema(required)]
    pub author: Option<Person>,
    /// When.
    pub created_at: DateTime<Utc>,
    /// What its author said of it.
    #[schema(required)]
    pub note: Option<String>,
    /// The revision that it brought back.
    #[schema(required)]
    pub restored_from: Option<i64>,
    /// Whether it is what readers see.
    pub live: bool,
    /// What the article was called.
    pub title: String,
    /// Its name in addresses.
    #[schema(example = "vpn-on-macos")]
    pub slug: String,
    /// In one or two lines.
    pub summary: String,
    /// In full, in Markdown.
    pub body: String,
    /// Under which heading it stood.
    pub category: String,
    /// Words it was found by.
    pub tags: Vec<String>,
    /// Who was to read it.
    pub visibility: ArticleVisibility,
}

impl ArticleRevision {
    fn of(row: ArticleRevisionRow, live: bool) -> Self {
        let author = row.author_id.zip(row.author_name);
        Self {
            n: row.n,
            author: author.map(|(id, name)| Person::staff(id, name)),
            created_at: row.revised_at,
            note: row.note,
            restored_from: row.restored_from,
            live,
            title: row.title,
            slug: row.slug,
            summary: row.summary,
            body: row.body,
            category: row.category,
            tags: row.tags.0,
            visibility: row.visibility,
        }
    }
}

/// Lists the revisions of an article.
///
/// Newest first, with their texts. A page of long ones has fewer rows than `limit`; `next_cursor` says whether more follow.
#[utoipa::path(tag = "Knowledge base", operation_id = "article_revisions.list",
    params(("id" = uuid::Uuid, Path, description = "The article's id."), PageParams),
    responses((status = 200, description = "A page of revisions.", body = ListAnswer<ArticleRevision>)))]
#[get("/knowledge-base/{id}/revisions")]
async fn index(
    state: web::Data<AppState>,
    caller: Staff,
    id: web::Path<String>,
    params: Params<PageParams>,
) -> Result<web::Json<ListAnswer<ArticleRevision>>, Problem> {
    let window = params.0.window(List::ARTICLE_REVISIONS)?;
    let found = articles::revisions(&state.app, caller.actor(), id_of(&id)?, &window).await?;
    let live = found.live;
    Ok(web::Json(list::answer(
        found.page,
        List::ARTICLE_REVISIONS,
        |row| {
            let live = live == Some(row.n);
            ArticleRevision::of(row, live)
        },
    )))
}

/// Reads what a path says of an article and its revision: what cannot be one names nothing.
fn revision_of(path: &(String, String)) -> Result<(ArticleId, i64), Problem> {
    let n = path.1.parse().map_err(|_| Problem::not_found())?;
    Ok((id_of(&path.0)?, n))
}

/// Reads one revision of an article.
///
/// What the article said when it was saved.
#[utoipa::path(tag = "Knowledge base", operation_id = "article_revisions.get",
    params(("id" = uuid::Uuid, Path, description = "The article's id."),
        ("n" = i64, Path, description = "The revision's number.", example = 3)),
    responses((status = 200, description = "The revision.", body = ArticleRevision)))]
#[get("/knowledge-base/{id}/revisions/{n}")]
async fn show(
    state: web::Data<AppState>,
    caller: Staff,
    path: web::Path<(String, String)>,
) -> Result<web::Json<ArticleRevision>, Problem> {
    let (id, n) = revision_of(&path)?;
    let (revision, live) = articles::revision(&state.app, caller.actor(), id, n).await?;
    Ok(web::Json(ArticleRevision::of(revision, live)))
}

/// Restores a revision of an article.
///
/// What it says becomes the working copy again, byte for byte, as a new revision. What readers see stays as it is until it is published. The old slug comes back, too; where another article took it meanwhile, `keep_slug` restores all the rest. What stands there already leaves no new revision.
#[utoipa::path(tag = "Knowledge base", operation_id = "article_revisions.restore",
    request_body = Option<AdminArticleRestore>,
    params(("id" = uuid::Uuid, Path, description = "The article's id."),
        ("n" = i64, Path, description = "The revision's number.", example = 3),
        ("If-Match" = Option<String>, Header, description = "The ETag of what was read; may be left out.")),
    responses((status = 200, description = "The article.", body = super::article_dto::AdminArticle,
        headers(("ETag" = String, description = "Its version."))),
        (status = 409, description = "`slug_taken`: another article uses the revision's slug by now; send `keep_slug`.", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json")))]
#[post("/knowledge-base/{id}/revisions/{n}/restore")]
async fn restore(
    state: web::Data<AppState>,
    caller: Staff,
    path: web::Path<(String, String)>,
    expected: OptionalIfMatch,
    body: OptionalBody<AdminArticleRestore>,
) -> Result<HttpResponse, Problem> {
    let (id, n) = revision_of(&path)?;
    let input = body.0.of(n);
    match articles::restore(&state.app, caller.actor(), id, &expected.0, input).await {
        Ok(detail) => Ok(shown(detail)),
        Err(error) => Err(or_current(error, current(&state, caller.actor(), id)).await),
    }
}
