//! Public articles.

use actix_web::http::header::LOCATION;
use actix_web::{HttpRequest, HttpResponse, get, web};
use bsm_application::articles::{self, Reader, Reading, Visitor};
use bsm_persistence::content::View;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::caller::is_from_desk;
use crate::dto::article::{CustomerArticle, PublicArticleDetail};
use crate::dto::article_query::{ArticleParams, answer};
use crate::dto::catalog::CatalogAnswer;
use crate::http::client;
use crate::http::params::Params;
use crate::http::problem::Problem;
use crate::http::reader::is_read;
use crate::state::AppState;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(index).service(show);
}

/// Lists public articles.
///
/// Newest first, without signing in. `categories` counts all of them.
#[utoipa::path(tag = "Public knowledge base", operation_id = "public_articles.list", params(ArticleParams),
    responses((status = 200, description = "A page of articles.", body = CatalogAnswer<CustomerArticle>)))]
#[get("")]
async fn index(
    state: web::Data<AppState>,
    params: Params<ArticleParams>,
) -> Result<web::Json<CatalogAnswer<CustomerArticle>>, Problem> {
    let (filter, query) = params.0.read(View::Public)?;
    let list =
        articles::published(&state.app, &filter, query.terms.as_deref(), &query.window).await?;
    Ok(web::Json(answer(View::Public, list)))
}

/// Reads a public article.
///
/// Without signing in. An article for customers only is not here.
#[utoipa::path(tag = "Public knowledge base", operation_id = "public_articles.get",
    params(("slug" = String, Path, description = "Its slug.", example = "vpn-on-macos")),
    responses((status = 200, description = "The article.", body = PublicArticleDetail),
        (status = 301, description = "It has another slug now.",
            headers(("Location" = String, description = "Where it is.")))))]
#[get("/{slug}")]
async fn show(
    state: web::Data<AppState>,
    request: HttpRequest,
    slug: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    match articles::read(&state.app, Reader::Everybody, &slug).await? {
        Reading::Moved(slug) => Ok(HttpResponse::MovedPermanently()
            .insert_header((LOCATION, format!("/knowledge-base-articles/{slug}")))
            .finish()),
        Reading::Article {
            article, related, ..
        } => {
            if is_read(&request) && !is_from_desk(&request, &state) {
                let client = client::describe(&request, client::address(&request, &state.proxies));
                let visitor = Visitor::Guest {
                    address: &client.address,
                    program: &client.user_agent,
                };
                state.views.opened(article.id, visitor);
            }
            Ok(HttpResponse::Ok().json(PublicArticleDetail::of(*article, related)))
        }
    }
}
