//! One's own account.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, get, post, web};
use bsm_application::auth;
use bsm_domain::email::EmailAddress;
use bsm_domain::password::Password;
use utoipa_actix_web::service_config::ServiceConfig;

use super::caller::Person;
use super::dto::{Me, PasswordReset, Registration};
use crate::dto::user::User;
use crate::http::body::Body;
use crate::http::client;
use crate::http::problem::{FieldProblem, Problem};
use crate::http::version::versioned;
use crate::state::AppState;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(me).service(register).service(password_reset);
}

/// Tells who is signed in.
///
/// With the rights of this moment.
#[utoipa::path(tag = "Account", operation_id = "auth.me",
    responses((status = 200, description = "The person.", body = Me,
        headers(("ETag" = String, description = "Their version.")))))]
#[get("/me")]
async fn me(state: web::Data<AppState>, caller: Person) -> Result<HttpResponse, Problem> {
    let body = Me::from(auth::me(&state.app, caller.actor()).await?);
    Ok(versioned(StatusCode::OK, body.user.version, &body))
}

/// Makes an account.
///
/// Always a customer's, without an organization, who may sign in at once.
#[utoipa::path(tag = "Account", operation_id = "auth.register", request_body = Registration,
    responses((status = 201, description = "The person.", body = User,
            headers(("ETag" = String, description = "Their version."))),
        (status = 403, description = "`registration_closed`: accounts are made by the desk.", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json"),
        (status = 409, description = "`email_taken`: somebody has this address.", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json",
            headers(("Retry-After" = u64, description = "Seconds to wait.")))))]
#[post("/register")]
async fn register(
    state: web::Data<AppState>,
    request: HttpRequest,
    body: Body<Registration>,
) -> Result<HttpResponse, Problem> {
    let Body(body) = body;
    let from = client::address(&request, &state.proxies);
    state.limits.registration(from)?;
    let email = EmailAddress::parse(&body.email).map_err(|e| field("/email", &e.to_string()))?;
    let password = new_password(&body.password)?;
    let user = User::from(auth::register(&state.app, email, password, body.name).await?);
    Ok(versioned(StatusCode::CREATED, user.version, &user))
}

/// Sets a password by a link.
///
/// A link works once, for 60 minutes. Wherever the person was signed in, they no longer are.
#[utoipa::path(tag = "Account", operation_id = "auth.password_reset", request_body = PasswordReset,
    responses((status = 204, description = "The password is set."),
        (status = 410, description = "`link_invalid`: used up, too old or never given.", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json",
            headers(("Retry-After" = u64, description = "Seconds to wait.")))))]
#[post("/password/reset")]
async fn password_reset(
    state: web::Data<AppState>,
    request: HttpRequest,
    body: Body<PasswordReset>,
) -> Result<HttpResponse, Problem> {
    let Body(body) = body;
    let from = client::address(&request, &state.proxies);
    state.limits.password(from)?;
    let password = new_password(&body.password)?;
    auth::password_reset(&state.app, &body.token, password).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// The schema has counted already; this makes the type.
fn new_password(text: &str) -> Result<Password, Problem> {
    Password::parse(text).map_err(|e| field("/password", &e.to_string()))
}

fn field(pointer: &str, detail: &str) -> Problem {
    Problem::invalid_body(vec![FieldProblem {
        pointer: pointer.to_owned(),
        code: "bad_format".to_owned(),
        detail: detail.to_owned(),
    }])
}
