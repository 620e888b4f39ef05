//! What stands around an article, and what one can begin as.

use actix_web::{get, web};
use bsm_application::articles::{self, ArticleContext, ArticleDraft};
use bsm_domain::article::ArticleVisibility;
use bsm_domain::ids::ArticleId;
use bsm_persistence::articles::ArticleRow;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use super::articles::id_of;
use super::ticket_dto::ticket_ref;
use crate::auth::caller::Staff;
use crate::http::people::TicketRef;
use crate::http::problem::Problem;
use crate::state::AppState;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(show).service(draft);
}

/// Another article, as staff refer to it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AdminArticleRef {
    /// Its id.
    pub id: ArticleId,
    /// What it is called for readers.
    pub title: String,
    /// Who may read it.
    pub visibility: ArticleVisibility,
}

impl From<ArticleRow> for AdminArticleRef {
    fn from(row: ArticleRow) -> Self {
        Self {
            id: row.id,
            title: row.shown.title,
            visibility: row.shown.visibility,
        }
    }
}

/// What stands around an article.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AdminArticleContext {
    /// Slugs it was published under before; they lead to the one it has now.
    pub old_slugs: Vec<String>,
    /// Up to four others that its readers are offered, as the working copy is.
    pub related: Vec<AdminArticleRef>,
}

impl From<ArticleContext> for AdminArticleContext {
    fn from(context: ArticleContext) -> Self {
        Self {
            old_slugs: context.old_slugs,
            related: context.related.into_iter().map(Into::into).collect(),
        }
    }
}

/// Reads what stands around an article.
///
/// Its old addresses, and the articles that its readers are offered besides.
#[utoipa::path(tag = "Knowledge base", operation_id = "article_context.get",
    params(("id" = uuid::Uuid, Path, description = "The article's id.")),
    responses((status = 200, description = "What stands around it.", body = AdminArticleContext)))]
#[get("/knowledge-base/{id}/context")]
async fn show(
    state: web::Data<AppState>,
    caller: Staff,
    id: web::Path<String>,
) -> Result<web::Json<AdminArticleContext>, Problem> {
    let context = articles::context(&state.app, caller.actor(), id_of(&id)?).await?;
    Ok(web::Json(context.into()))
}

/// What an article can begin as.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AdminArticleDraft {
    /// Where it comes from.
    pub ticket: TicketRef,
    /// What it could be called.
    pub title: String,
    /// What it could say, in Markdown.
    pub body: String,
}

impl From<ArticleDraft> for AdminArticleDraft {
    fn from(prepared: ArticleDraft) -> Self {
        Self {
            ticket: ticket_ref(prepared.ticket),
            title: prepared.title,
            body: prepared.body,
        }
    }
}

/// Prepares an article from a ticket.
///
/// Its subject and its public conversation, without internal notes, without the names of customers and their company, without e-mail addresses. Nothing is written.
#[utoipa::path(tag = "Knowledge base", operation_id = "ticket_article_draft.get",
    params(("id" = String, Path, description = "Id or number.", example = "TKT-12")),
    responses((status = 200, description = "What the article can begin as.", body = AdminArticleDraft)))]
#[get("/tickets/{id}/article-draft")]
async fn draft(
    state: web::Data<AppState>,
    caller: Staff,
    id: web::Path<String>,
) -> Result<web::Json<AdminArticleDraft>, Problem> {
    let prepared = articles::draft_from_ticket(&state.app, caller.actor(), id.parse()?).await?;
    Ok(web::Json(prepared.into()))
}
