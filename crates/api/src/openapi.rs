//! The two OpenAPI documents, made from the routes themselves.

use std::collections::BTreeSet;

use actix_web::App;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::RequestBody;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{
    Components, ContentBuilder, InfoBuilder, LicenseBuilder, ObjectBuilder, OpenApi,
    OpenApiBuilder, Ref, RefOr, Required, ResponseBuilder, Schema, SecurityRequirement, Type,
};
use utoipa::{PartialSchema, ToSchema};
use utoipa_actix_web::{AppExt, scope};

use crate::http::once;
use crate::http::problem::{Code, FieldProblem, ProblemSchema};
use crate::{admin, auth, customer, public};

/// What customers, the public and anybody who signs in can call.
#[must_use]
pub fn customer_document() -> OpenApi {
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
    finish(document)
}

/// What staff can call.
#[must_use]
pub fn admin_document() -> OpenApi {
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
    finish(document)
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
    components.add_security_scheme(
        "bearer",
        SecurityScheme::Http(
            HttpBuilder::new()
                .scheme(HttpAuthScheme::Bearer)
                .bearer_format("JWT")
                .description(Some("The access_token of a sign-in."))
                .build(),
        ),
    );
    for (path, item) in &mut document.paths.paths {
        // An action takes no body, or `{}`; whatever else is sent is refused like any bad body.
        let own = path.starts_with("/api/auth/");
        let actions = [item.post.as_mut(), item.delete.as_mut().filter(|_| own)];
        for action in actions.into_iter().flatten() {
            if action.request_body.is_none() {
                let codes = [
                    Code::MalformedJson,
                    Code::BodyTooLarge,
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
            complete(path, operation, &[]);
        }
        for operation in [
            &mut item.post,
            &mut item.put,
            &mut item.patch,
            &mut item.delete,
        ]
        .into_iter()
        .flatten()
        {
            if let Some(RefOr::T(body)) = &mut operation.request_body {
                thing_or_nothing(body);
            }
            complete(path, operation, &[Code::StorageFull]);
        }
    }
    document
}

/// What every `POST` outside `/api/auth/` takes, but those of files.
fn may_be_sent_again(post: &mut Operation) {
    let body = match &post.request_body {
        Some(RefOr::T(body)) => Some(body),
        _ => None,
    };
    if body.is_some_and(|b| b.content.contains_key("text/csv")) {
        return;
    }
    let key = ParameterBuilder::new()
        .name(once::KEY_NAME)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(
            "A text of the client's own choice. The same call with the same key is done once and \
             answered the same for 24 hours; refusals are not kept.",
        ))
        .schema(Some(
            ObjectBuilder::new()
                .schema_type(Type::String)
                .min_length(Some(1))
                .max_length(Some(once::KEY_MAX)),
        ))
        .build();
    post.parameters.get_or_insert_default().push(RefOr::T(key));
}

/// A body that may be left out is a thing or no body at all, never `null`.
fn thing_or_nothing(body: &mut RequestBody) {
    if body.required == Some(Required::True) {
        return;
    }
    for content in body.content.values_mut() {
        if let RefOr::T(content) = content
            && let Some(RefOr::T(Schema::OneOf(choice))) = &content.schema
            && let Some(thing) = choice.items.iter().find(|s| matches!(s, RefOr::Ref(_)))
        {
            content.schema = Some(thing.clone());
        }
    }
}

/// Paths that nobody needs to sign in for.
const OPEN: [&str; 8] = [
    "/api/auth/login",
    "/api/auth/refresh",
    "/api/auth/logout",
    "/api/auth/register",
    "/api/auth/password/forgot",
    "/api/auth/password/reset",
    "/api/branding",
    "/api/branding/logo/{hash}",
];

fn complete(path: &str, operation: &mut Operation, more: &[Code]) {
    let open = !path.starts_with("/api/") || OPEN.contains(&path);
    if !open {
        operation.security = Some(vec![SecurityRequirement::new(
            "bearer",
            std::iter::empty::<String>(),
        )]);
    }
    let parameters: Vec<&Parameter> = operation
        .parameters
        .iter()
        .flatten()
        .filter_map(|p| match p {
            RefOr::T(parameter) => Some(parameter),
            RefOr::Ref(_) => None,
        })
        .collect();
    let has = |place: ParameterIn| parameters.iter().any(|p| p.parameter_in == place);
    let if_match = parameters.iter().any(|p| p.name == "If-Match");
    let if_match_required = parameters
        .iter()
        .any(|p| p.name == "If-Match" && p.required == utoipa::openapi::Required::True);
    let mut codes = vec![Code::Internal, Code::Unavailable];
    codes.extend(more);
    if !open {
        codes.push(Code::Unauthenticated);
        if !path.starts_with("/api/auth/") {
            codes.push(Code::Forbidden);
        }
    }
    if has(ParameterIn::Query) {
        codes.push(Code::InvalidQuery);
        if parameters.iter().any(|p| p.name == "cursor") {
            codes.push(Code::InvalidCursor);
        }
    }
    if has(ParameterIn::Path) {
        codes.push(Code::NotFound);
    }
    if if_match || parameters.iter().any(|p| p.name == "Last-Event-ID") {
        codes.push(Code::InvalidHeader);
    }
    if if_match {
        codes.push(Code::VersionMismatch);
    }
    if if_match_required {
        codes.push(Code::IfMatchRequired);
    }
    if parameters.iter().any(|p| p.name == once::KEY_NAME) {
        codes.extend([Code::InvalidHeader, Code::InProgress, Code::KeyReused]);
    }
    if operation.request_body.is_some() {
        codes.extend([
            Code::MalformedJson,
            Code::BodyTooLarge,
            Code::UnsupportedMediaType,
            Code::InvalidBody,
            Code::BodyStalled,
        ]);
    }
    let statuses: BTreeSet<u16> = codes.iter().map(|c| c.status().as_u16()).collect();
    for status in statuses {
        let names: Vec<String> = codes
            .iter()
            .filter(|c| c.status().as_u16() == status)
            .map(|c| format!("`{}`", c.as_str()))
            .collect();
        let response = ResponseBuilder::new()
            .description(names.join(" or "))
            .content(
                "application/problem+json",
                ContentBuilder::new()
                    .schema(Some(Ref::from_schema_name("Problem")))
                    .build(),
            )
            .build();
        operation
            .responses
            .responses
            .entry(status.to_string())
            .or_insert(RefOr::T(response));
    }
}
