//! Who may call what.

use bsm_domain::actor::Role;
use serde_json::{Value, json};
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Components, SecurityRequirement};

use crate::auth::key_access::{KeyAccess, line_of};

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

const BEARER: &str = "bearer";
const API_KEY: &str = "api_key";

/// Whether an operation needs no sign-in.
pub(super) fn is_open(path: &str) -> bool {
    !path.starts_with("/api/") || OPEN.contains(&path)
}

/// How callers say who they are.
pub(super) fn schemes(components: &mut Components) {
    let description = "The access_token of a sign-in: a JWT, made and checked as RFC8725 advises. \
        An operation names the roles that may call it.";
    components.add_security_scheme(
        BEARER,
        SecurityScheme::Http(
            HttpBuilder::new()
                .scheme(HttpAuthScheme::Bearer)
                .bearer_format("JWT")
                .description(Some(description))
                .build(),
        ),
    );
}

/// How programs of the desk's side say who they are.
pub(super) fn key_scheme(components: &mut Components) {
    let description = "A key that an admin made. An operation names the scopes that open it, as \
        far as the maker of the key may call it.";
    components.add_security_scheme(
        API_KEY,
        SecurityScheme::Http(
            HttpBuilder::new()
                .scheme(HttpAuthScheme::Bearer)
                .bearer_format("bsm_")
                .description(Some(description))
                .build(),
        ),
    );
}

/// What an operation asks of its caller: a role of a sign-in, or scopes of a key. OpenAPI 3.1 lets
/// both stand as the names in a requirement, of which all must be met; each alternative is one of
/// its own.
pub(super) fn require(method: &str, path: &str, operation: &mut Operation) {
    if is_open(path) {
        return;
    }
    let (roles, keys) = if path.starts_with("/api/customer/") {
        (vec![Role::Customer], KeyAccess::Never)
    } else if path.starts_with("/api/auth/") {
        (Role::ALL.to_vec(), KeyAccess::Never)
    } else {
        let line = line_of(method, path);
        let staff = [Role::Agent, Role::Admin];
        let least = line.map_or(Role::Admin, |line| line.role);
        let roles = staff.into_iter().filter(|role| *role >= least).collect();
        (roles, line.map_or(KeyAccess::Never, |line| line.keys))
    };
    let mut ways: Vec<SecurityRequirement> = roles
        .iter()
        .map(|role| SecurityRequirement::new(BEARER, [role.as_str()]))
        .collect();
    match keys {
        KeyAccess::Never => {}
        KeyAccess::Any(scopes) => ways.extend(
            scopes
                .iter()
                .map(|scope| SecurityRequirement::new(API_KEY, [scope.as_str()])),
        ),
        KeyAccess::All(scopes) => {
            let names = scopes.iter().map(|scope| scope.as_str());
            ways.push(SecurityRequirement::new(API_KEY, names));
        }
    }
    operation.security = Some(ways);
    if path.starts_with("/api/admin/") {
        let said = operation.description.take().unwrap_or_default();
        operation.description = Some(
            format!("{said}\n\n{}", in_words(&roles, keys))
                .trim()
                .into(),
        );
    }
}

/// The same for readers.
fn in_words(roles: &[Role], keys: KeyAccess) -> String {
    let who = if roles.contains(&Role::Agent) {
        "Agents and admins"
    } else {
        "Admins"
    };
    let listed = |scopes: &[bsm_domain::api_key::Scope], word: &str| {
        let names: Vec<String> = scopes.iter().map(|scope| format!("`{scope}`")).collect();
        names.join(word)
    };
    match keys {
        KeyAccess::Never => format!("{who}; no API key."),
        KeyAccess::Any(scopes) => format!("{who}; API keys with {}.", listed(scopes, " or ")),
        KeyAccess::All(scopes) => format!("{who}; API keys with {}.", listed(scopes, " and ")),
    }
}

/// Says in so many words that an operation asks nothing of its caller.
pub(super) fn say_open(operation: &mut Value) {
    if operation.get("security").is_none() {
        operation["security"] = json!([]);
    }
}
