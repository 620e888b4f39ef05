//! The knowledge base as customers read it.

use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use bsm_application::articles::{self, Reader, Reading, Visitor, VoteArticle};
use bsm_domain::article::VoteReason;
use bsm_persistence::content::View;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use validator::Validate;

use crate::auth::caller::Customer;
use crate::dto::article::{CustomerArticle, PublicArticleDetail};
use crate::dto::article_query::{ArticleParams, answer};
use crate::dto::catalog::CatalogAnswer;
use crate::http::body::{Body, rules};
use crate::http::params::Params;
use crate::http::problem::Problem;
use crate::http::reader::is_read;
use crate::state::AppState;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(index)
        .service(show)
        .service(vote)
        .service(report);
}

/// An article on its own page.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CustomerArticleDetail {
    /// What everybody may read of it.
    #[serde(flatten)]
    pub article: PublicArticleDetail,
    /// Whether the caller found it helpful; null where they did not say.
    #[schema(required)]
    pub my_vote: Option<bool>,
    /// Why they did not.
    pub my_reasons: Vec<VoteReason>,
}

/// Lists articles.
///
/// Public ones and those for customers only, newest first. `categories` counts all of them.
#[utoipa::path(tag = "Knowledge base", operation_id = "articles.list", params(ArticleParams),
    responses((status = 200, description = "A page of articles.", body = CatalogAnswer<CustomerArticle>)))]
#[get("/knowledge-base")]
async fn index(
    state: web::Data<AppState>,
    _: Customer,
    params: Params<ArticleParams>,
) -> Result<web::Json<CatalogAnswer<CustomerArticle>>, Problem> {
    let (filter, query) = params.0.read(View::Live)?;
    let list =
        articles::published(&state.app, &filter, query.terms.as_deref(), &query.window).await?;
    Ok(web::Json(answer(View::Live, list)))
}

/// Reads an article.
///
/// A slug that it was published under before leads to the one it has now.
#[utoipa::path(tag = "Knowledge base", operation_id = "articles.get",
    params(("slug" = String, Path, description = "Its slug.", example = "vpn-on-macos")),
    responses((status = 200, description = "The article.", body = CustomerArticleDetail),
        (status = 301, description = "It has another slug now.",
            headers(("Location" = String, description = "Where it is.")))))]
#[get("/knowledge-base/{slug}")]
async fn show(
    state: web::Data<AppState>,
    caller: Customer,
    request: HttpRequest,
    slug: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let reader = Reader::Customer(caller.actor().user_id);
    match articles::read(&state.app, reader, &slug).await? {
        Reading::Moved(slug) => Ok(HttpResponse::MovedPermanently()
            .insert_header((LOCATION, format!("/api/customer/knowledge-base/{slug}")))
            .finish()),
        Reading::Article {
            article,
            related,
            my_vote,
        } => {
            if is_read(&request) {
                let visitor = Visitor::Customer(caller.actor().user_id);
                state.views.opened(article.id, visitor);
            }
            Ok(HttpResponse::Ok().json(CustomerArticleDetail {
                article: PublicArticleDetail::of(*article, related),
                my_vote: my_vote.as_ref().map(|given| given.helpful),
                my_reasons: my_vote.map(|given| given.reasons).unwrap_or_default(),
            }))
        }
    }
}

/// A vote.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"helpful": true}))]
pub struct CustomerVoteCreate {
    /// Whether the article helped.
    helpful: bool,
    /// Why it did not; left aside with a vote for it.
    #[schema(max_items = 10, nullable = false, example = json!(["outdated"]))]
    reasons: Option<Vec<VoteReason>>,
}

/// What a customer said of an article.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CustomerVote {
    /// Whether it helped.
    pub helpful: bool,
    /// Why it did not.
    pub reasons: Vec<VoteReason>,
}

/// Says whether an article helped.
///
/// Each customer counts once; voting again changes the vote and its reasons.
#[utoipa::path(tag = "Knowledge base", operation_id = "articles.vote", request_body = CustomerVoteCreate,
    params(("slug" = String, Path, description = "Its slug.", example = "vpn-on-macos")),
    responses((status = 200, description = "The vote.", body = CustomerVote)))]
#[post("/knowledge-base/{slug}/vote")]
async fn vote(
    state: web::Data<AppState>,
    caller: Customer,
    slug: web::Path<String>,
    body: Body<CustomerVoteCreate>,
) -> Result<web::Json<CustomerVote>, Problem> {
    let Body(body) = body;
    let input = VoteArticle {
        helpful: body.helpful,
        reasons: body.reasons.unwrap_or_default(),
    };
    let given = articles::vote(&state.app, caller.actor(), &slug, input).await?;
    Ok(web::Json(CustomerVote {
        helpful: given.helpful,
        reasons: given.reasons,
    }))
}

/// A search that has ended.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"q": "guest wifi"}))]
pub struct CustomerEmptySearch {
    /// What was searched for.
    #[schema(min_length = 1, max_length = 200)]
    #[validate(custom(function = rules::not_blank))]
    q: String,
}

/// Tells that a search found nothing.
///
/// For a search that has ended, not for each letter typed: authors see what readers miss. Nobody is named. It counts where the search really finds no article.
#[utoipa::path(tag = "Knowledge base", operation_id = "empty_searches.report", request_body = CustomerEmptySearch,
    responses((status = 204, description = "It is taken note of.")))]
#[post("/empty-searches")]
async fn report(
    state: web::Data<AppState>,
    caller: Customer,
    body: Body<CustomerEmptySearch>,
) -> Result<HttpResponse, Problem> {
    state.limits.empty_search(caller.actor().user_id)?;
    let terms = bsm_domain::text::terms(&body.0.q);
    articles::report(&state.app, caller.actor(), &terms).await?;
    Ok(HttpResponse::NoContent().finish())
}
