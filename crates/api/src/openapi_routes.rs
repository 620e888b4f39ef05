//! The OpenAPI documents and Swagger UI over them.

use std::sync::LazyLock;

use actix_web::{HttpResponse, web};
use serde_json::Value;
use utoipa_swagger_ui::{Config, SwaggerUi, Url};

use crate::openapi::{admin_document, customer_document};

static CUSTOMER: LazyLock<Value> = LazyLock::new(customer_document);
static ADMIN: LazyLock<Value> = LazyLock::new(admin_document);

/// Both documents, made once a process.
pub(crate) fn documents() -> [&'static Value; 2] {
    [&CUSTOMER, &ADMIN]
}

/// The documents, and Swagger UI with both in its chooser.
pub(crate) fn routes(config: &mut web::ServiceConfig) {
    let urls = [
        Url::new("Customer API", "/api/openapi/customer.json"),
        Url::new("Admin API", "/api/openapi/admin.json"),
    ];
    config
        .route(
            "/api/openapi/customer.json",
            web::get().to(|| async { send(&CUSTOMER) }),
        )
        .route(
            "/api/openapi/admin.json",
            web::get().to(|| async { send(&ADMIN) }),
        )
        .route("/api/docs", web::get().to(to_docs))
        .service(
            SwaggerUi::new("/api/docs/{_:.*}")
                .config(Config::new(urls).persist_authorization(true).filter(true)),
        );
}

fn send(document: &Value) -> HttpResponse {
    HttpResponse::Ok().json(document)
}

async fn to_docs() -> HttpResponse {
    HttpResponse::TemporaryRedirect()
        .insert_header(("Location", "/api/docs/"))
        .finish()
}
