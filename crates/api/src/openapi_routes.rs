//! The OpenAPI documents as they are served.

use std::sync::LazyLock;

use actix_web::{HttpResponse, web};
use serde_json::Value;

use crate::openapi::{admin_document, customer_document};

static CUSTOMER: LazyLock<Value> = LazyLock::new(customer_document);
static ADMIN: LazyLock<Value> = LazyLock::new(admin_document);

/// Both documents, made once a process.
pub(crate) fn documents() -> [&'static Value; 2] {
    [&CUSTOMER, &ADMIN]
}

/// The documents.
pub(crate) fn routes(config: &mut web::ServiceConfig) {
    config
        .route(
            "/api/openapi/customer.json",
            web::get().to(|| async { send(&CUSTOMER) }),
        )
        .route(
            "/api/openapi/admin.json",
            web::get().to(|| async { send(&ADMIN) }),
        );
}

fn send(document: &Value) -> HttpResponse {
    HttpResponse::Ok().json(document)
}
