//! The two OpenAPI documents, made from the routes themselves.

mod bodies;
mod bounds;
mod codes;
mod example_words;
mod examples;
mod headers;
mod problems;
mod retries;
mod schemas;
mod security;
mod streams;
mod tags;
mod texts;
mod walk;

use actix_web::App;
use serde_json::{Value, json};
use utoipa::openapi::{
    Components, ContactBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, RefOr,
};
use utoipa::{PartialSchema, ToSchema};
use utoipa_actix_web::{AppExt, scope};

use self::bodies::thing_or_nothing;
use self::problems::complete;
use self::retries::may_be_sent_again;
use crate::http::problem::{Code, FieldProblem, ProblemSchema};
use crate::{admin, auth, customer, public};

/// What customers, the public and anybody who signs in can call.
#[must_use]
pub fn customer_document() -> Value {
    let (_, document) = App::new()
        .into_utoipa_app()
        .openapi(base(
            "BSM Platform: Customer API",
            "Ask for help, order services, read articles, rate.",
        ))
        .service(scope::scope("/api/auth").configure(auth::routes))
        .service(scope::scope("/api/customer").configure(customer::routes))
        .service(scope::scope("/knowledge-base-articles").configure(public::articles))
        .service(scope::scope("/api/branding").configure(public::branding))
        .split_for_parts();
    publish(&finish(document))
}

/// What staff can call.
#[must_use]
pub fn admin_document() -> Value {
    let (_, document) = App::new()
        .into_utoipa_app()
        .openapi(base(
            "BSM Platform: Admin API",
            "Answer tickets, publish services and articles, manage people.",
        ))
        .service(scope::scope("/api/auth").configure(auth::routes))
        .service(scope::scope("/api/admin").configure(admin::routes))
        .service(scope::scope("/api/branding").configure(public::branding))
        .split_for_parts();
    let mut document = finish(document);
    security::key_scheme(document.components.get_or_insert_default());
    publish(&document)
}

fn base(title: &str, description: &str) -> OpenApi {
    let license = LicenseBuilder::new()
        .name("MIT OR Apache-2.0")
        .identifier(Some("MIT OR Apache-2.0"));
    OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title(title)
                .description(Some(description))
                .version(env!("CARGO_PKG_VERSION"))
                .contact(Some(
                    ContactBuilder::new().name(Some("BSM Platform")).build(),
                ))
                .license(Some(license.build())),
        )
        .components(Some(Components::new()))
        .build()
}

/// Adds what follows from the shape of each operation: who may call it and the problems that any
/// operation of its shape can answer. What is special to one stands beside its handler.
fn finish(mut document: OpenApi) -> OpenApi {
    let components = document.components.get_or_insert_default();
    components
        .schemas
        .insert("Problem".into(), ProblemSchema::schema());
    components
        .schemas
        .insert("FieldProblem".into(), FieldProblem::schema());
    let mut parts = Vec::new();
    ProblemSchema::schemas(&mut parts);
    components.schemas.extend(parts);
    security::schemes(components);
    for (path, item) in &mut document.paths.paths {
        // An action takes no body, or `{}`; whatever else is sent is refused like any bad body.
        let own = path.starts_with("/api/auth/");
        let actions = [item.post.as_mut(), item.delete.as_mut().filter(|_| own)];
        for action in actions.into_iter().flatten() {
            if action.request_body.is_none() {
                let codes = [
                    Code::MalformedJson,
                    Code::BodyTooLarge,
                    Code::UnsupportedMediaType,
                    Code::InvalidBody,
                    Code::BodyStalled,
                ];
                complete(path, action, &codes);
            }
        }
        if let Some(post) = item.post.as_mut().filter(|_| !own) {
            may_be_sent_again(post);
        }
        for operation in item.get.iter_mut() {
            security::require("GET", path, operation);
            complete(path, operation, &[]);
        }
        for (method, operation) in [
            ("POST", &mut item.post),
            ("PUT", &mut item.put),
            ("PATCH", &mut item.patch),
            ("DELETE", &mut item.delete),
        ] {
            let Some(operation) = operation else { continue };
            if let Some(RefOr::T(body)) = &mut operation.request_body {
                thing_or_nothing(body);
            }
            security::require(method, path, operation);
            // What takes no body refuses one in a coding all the same.
            let more: &[Code] = match operation.request_body {
                Some(_) => &[Code::StorageFull],
                None => &[Code::StorageFull, Code::UnsupportedMediaType],
            };
            complete(path, operation, more);
        }
    }
    document
}

/// The document as it is published: what the generator of the routes cannot say is added to its JSON.
fn publish(document: &OpenApi) -> Value {
    // Nothing in a document cannot be JSON; a test reads the committed files.
    let mut document = serde_json::to_value(document).unwrap_or_default();
    document["servers"] = json!([{"url": "/", "description": "The server that this document comes from: local or in production.",
            "x-internal": false}]);
    schemas::name_inlined(&mut document);
    codes::narrow(&mut document);
    walk::each_operation(&mut document, |path, _, operation| {
        bounds::of_parameters(path, operation);
        bodies::binary(operation);
        security::say_open(operation);
    });
    headers::add(&mut document);
    schemas::prune(&mut document);
    examples::add(&mut document);
    streams::describe(&mut document);
    texts::describe(&mut document);
    tags::describe(&mut document);
    document
}
