//! What a text will look like.

use actix_web::{post, web};
use bsm_domain::markdown;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use validator::Validate;

use crate::auth::caller::Staff;
use crate::http::body::Body;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(preview);
}

/// A text.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"body": "## First steps\n\nOpen the **portal**."}))]
pub struct AdminMarkdownPreview {
    /// In Markdown.
    #[schema(max_length = 100_000)]
    body: String,
}

/// A text as readers will see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct AdminMarkdownRendered {
    /// As safe HTML.
    pub body_html: String,
}

/// Shows what a text will look like.
///
/// The same rendering that articles, services and messages get. Nothing is kept.
#[utoipa::path(tag = "Knowledge base", operation_id = "markdown.preview", request_body = AdminMarkdownPreview,
    responses((status = 200, description = "The text.", body = AdminMarkdownRendered)))]
#[post("/markdown/preview")]
async fn preview(_: Staff, body: Body<AdminMarkdownPreview>) -> web::Json<AdminMarkdownRendered> {
    web::Json(AdminMarkdownRendered {
        body_html: markdown::render(&body.0.body).html,
    })
}
