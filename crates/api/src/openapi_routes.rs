//! The OpenAPI documents as they are served.

use std::sync::LazyLock;

use actix_web::http::header::ContentType;
use actix_web::{HttpResponse, ResponseError as _, web};
use bytes::Bytes;
use serde_json::Value;

use crate::http::problem::Problem;
use crate::openapi::{admin_document, customer_document};

/// The text of a document, made when it is asked for first: making it takes ten times the memory of the
/// text, which most processes never need.
type Document = LazyLock<Bytes>;

static CUSTOMER: Document = LazyLock::new(|| text(&customer_document()));
static ADMIN: Document = LazyLock::new(|| text(&admin_document()));

fn text(document: &Value) -> Bytes {
    Bytes::from(document.to_string())
}

/// The documents.
pub(crate) fn routes(config: &mut web::ServiceConfig) {
    config
        .route(
            "/api/openapi/customer.json",
            web::get().to(|| send(&CUSTOMER)),
        )
        .route("/api/openapi/admin.json", web::get().to(|| send(&ADMIN)));
}

async fn send(document: &'static Document) -> HttpResponse {
    // Making one takes longer than a worker's other requests should wait.
    match web::block(|| LazyLock::force(document).clone()).await {
        Ok(text) => HttpResponse::Ok()
            .content_type(ContentType::json())
            .body(text),
        Err(error) => Problem::internal(error).error_response(),
    }
}
