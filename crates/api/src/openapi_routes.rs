//! The OpenAPI documents as they are served.

use std::sync::OnceLock;

use actix_web::http::header::ContentType;
use actix_web::{HttpResponse, ResponseError as _, web};
use bytes::Bytes;
use serde_json::Value;

use crate::http::problem::Problem;
use crate::openapi::{admin_document, customer_document};

/// The text of a document, made when it is asked for first: making it takes ten times the memory of the
/// text, which most processes never need.
struct Document {
    text: OnceLock<Bytes>,
    make: fn() -> Value,
}

static CUSTOMER: Document = Document::of(customer_document);
static ADMIN: Document = Document::of(admin_document);

impl Document {
    const fn of(make: fn() -> Value) -> Self {
        Self {
            text: OnceLock::new(),
            make,
        }
    }

    fn text(&self) -> Bytes {
        let make = || Bytes::from((self.make)().to_string());
        self.text.get_or_init(make).clone()
    }
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
    let text = match document.text.get() {
        Some(text) => Ok(text.clone()),
        // Making one takes longer than a worker's other requests should wait.
        None => web::block(|| document.text()).await,
    };
    match text {
        Ok(text) => HttpResponse::Ok()
            .content_type(ContentType::json())
            .body(text),
        Err(error) => Problem::internal(error).error_response(),
    }
}
