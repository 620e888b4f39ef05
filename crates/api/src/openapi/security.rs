//! Who may call what.

use serde_json::{Value, json};
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Components, SecurityRequirement};

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

/// Whether an operation needs no sign-in.
pub(super) fn is_open(path: &str) -> bool {
    !path.starts_with("/api/") || OPEN.contains(&path)
}

/// How callers say who they are.
pub(super) fn schemes(components: &mut Components) {
    components.add_security_scheme(
        "bearer",
        SecurityScheme::Http(
            HttpBuilder::new()
                .scheme(HttpAuthScheme::Bearer)
                .bearer_format("JWT")
                .description(Some(
                    "The access_token of a sign-in: a JWT, made and checked as RFC8725 advises.",
                ))
                .build(),
        ),
    );
}

/// What an operation asks of its caller.
pub(super) fn require(path: &str, operation: &mut Operation) {
    if !is_open(path) {
        operation.security = Some(vec![SecurityRequirement::new(
            "bearer",
            std::iter::empty::<String>(),
        )]);
    }
}

/// Says in so many words that an operation asks nothing of its caller.
pub(super) fn say_open(operation: &mut Value) {
    if operation.get("security").is_none() {
        operation["security"] = json!([]);
    }
}
