//! How somebody gets an account, and a password.

use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, post, web};
use bsm_application::{Error, auth};
use bsm_domain::email::EmailAddress;
use bsm_domain::password::Password;
use utoipa_actix_web::service_config::ServiceConfig;

use super::dto::{PasswordForgot, PasswordReset, Registration};
use crate::dto::user::User;
use crate::http::body::Body;
use crate::http::client;
use crate::http::problem::{FieldProblem, Problem};
use crate::http::version::versioned;
use crate::state::AppState;

/// What a request for a new password takes, whatever comes of it. Long enough that what it
/// started is mostly done when somebody looks.
const SAME_TIME: Duration = Duration::from_millis(400);

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(register)
        .service(password_forgot)
        .service(password_reset);
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
    let password = new_password("/password", &body.password)?;
    let user = User::from(auth::register(&state.app, email, password, body.name).await?);
    Ok(versioned(StatusCode::CREATED, user.version, &user))
}

/// Asks for a new password.
///
/// The answer is the same, and takes as long, whether or not somebody has the address. Admins see
/// who asked, and hand out links.
#[utoipa::path(tag = "Account", operation_id = "auth.password_forgot", request_body = PasswordForgot,
    responses((status = 202, description = "Heard."),
        (status = 429, description = "`rate_limited`", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json",
            headers(("Retry-After" = u64, description = "Seconds to wait.")))))]
#[post("/password/forgot")]
async fn password_forgot(
    state: web::Data<AppState>,
    request: HttpRequest,
    body: Body<PasswordForgot>,
) -> Result<HttpResponse, Problem> {
    let email = EmailAddress::parse(&body.0.email).map_err(|e| field("/email", &e.to_string()))?;
    let from = client::address(&request, &state.proxies);
    state.limits.forgot(from, &email)?;
    let app = state.app.clone();
    // The work goes on by itself: neither whether it finds somebody, nor how long that takes, nor
    // its failure shows in the answer.
    actix_web::rt::spawn(async move {
        if let Err(error) = auth::forgot(&app, &email).await {
            tracing::warn!(%error, "a request for a new password was lost");
        }
    });
    tokio::time::sleep(SAME_TIME).await;
    Ok(HttpResponse::Accepted().finish())
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
    let password = new_password("/password", &body.password)?;
    let now = state.app.now();
    state.limits.link(from, now)?;
    let set = auth::password_reset(&state.app, &body.token, password).await;
    match &set {
        Ok(()) => state.limits.link_was(true, from, now),
        Err(Error::LinkInvalid) => state.limits.link_was(false, from, now),
        Err(_) => {}
    }
    set?;
    Ok(HttpResponse::NoContent().finish())
}

/// The schema has counted already; this makes the type.
pub(super) fn new_password(pointer: &str, text: &str) -> Result<Password, Problem> {
    Password::parse(text).map_err(|e| field(pointer, &e.to_string()))
}

pub(super) fn field(pointer: &str, detail: &str) -> Problem {
    Problem::invalid_body(vec![FieldProblem {
        pointer: pointer.to_owned(),
        code: "bad_format".to_owned(),
        detail: detail.to_owned(),
    }])
}
