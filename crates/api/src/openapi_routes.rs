//! The OpenAPI documents as they are served.

use std::sync::{Arc, LazyLock};

use actix_web::http::header::ContentType;
use actix_web::{HttpResponse, web};
use bytes::Bytes;
use serde_json::Value;

use crate::http::fallback::{FixedPaths, KnownPaths};
use crate::openapi::{admin_document, customer_document};

/// What is kept of the documents: their text, and which paths there are. As values they would take ten
/// times the memory of their texts.
struct Made {
    customer: Bytes,
    admin: Bytes,
    known: Arc<KnownPaths>,
    fixed: Arc<FixedPaths>,
}

/// Made once a process.
static MADE: LazyLock<Made> = LazyLock::new(|| {
    let documents = [customer_document(), admin_document()];
    let known = KnownPaths::of(&documents.each_ref());
    let [customer, admin] = documents.map(|document: Value| Bytes::from(document.to_string()));
    Made {
        customer,
        admin,
        fixed: Arc::new(FixedPaths::of(&known)),
        known: Arc::new(known),
    }
});

/// The paths of the API, for [`crate::http::fallback`].
pub(crate) fn paths() -> (web::Data<KnownPaths>, web::Data<FixedPaths>) {
    (
        web::Data::from(Arc::clone(&MADE.known)),
        web::Data::from(Arc::clone(&MADE.fixed)),
    )
}

/// The documents.
pub(crate) fn routes(config: &mut web::ServiceConfig) {
    config
        .route(
            "/api/openapi/customer.json",
            web::get().to(|| async { send(&MADE.customer) }),
        )
        .route(
            "/api/openapi/admin.json",
            web::get().to(|| async { send(&MADE.admin) }),
        );
}

fn send(document: &Bytes) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(ContentType::json())
        .body(document.clone())
}
