//! Signing in, staying signed in, signing out.

use std::net::IpAddr;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, post, web};
use bsm_application::Error;
use bsm_application::auth::{self, SignedIn};
use bsm_domain::email::EmailAddress;
use bsm_domain::password::Password;
use utoipa_actix_web::service_config::ServiceConfig;

use super::cookie::token_of;
use super::dto::{Login, LoginAnswer, PortalChoice};
use super::limits::network;
use super::token::LIFETIME_SECONDS;
use crate::http::body::Body;
use crate::http::client;
use crate::http::problem::{Code, Problem};
use crate::state::AppState;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(login).service(refresh).service(logout);
}

/// Signs in.
///
/// The answer also sets the refresh cookie of the portal that the person's role belongs to:
/// `bsm_refresh_customer` or `bsm_refresh_admin`.
#[utoipa::path(tag = "Sign-in", operation_id = "auth.login", request_body = Login,
    responses((status = 200, description = "Signed in.", body = LoginAnswer,
            headers(("Set-Cookie" = String, description = "The refresh token."))),
        (status = 401, description = "`invalid_credentials`: address and password do not belong together, or the account is not active.", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json"),
        (status = 429, description = "`rate_limited`", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json",
            headers(("Retry-After" = u64, description = "Seconds to wait.")))))]
#[post("/login")]
async fn login(
    state: web::Data<AppState>,
    request: HttpRequest,
    body: Body<Login>,
) -> Result<HttpResponse, Problem> {
    let Body(body) = body;
    let from = client::address(&request, &state.proxies);
    let email = EmailAddress::parse(&body.email).ok();
    state.limits.sign_in(from, email.as_ref())?;
    if let Some(email) = &email {
        let now = state.app.now();
        state.limits.guess(from, email, now)?;
        if let Err(pause) = state.limits.guess_of_stranger(email, now)
            && !is_known(&state, email, from).await?
        {
            return Err(pause);
        }
    }
    let claimed = Password::claimed(&body.password);
    let client = client::describe(&request, from);
    let signed_in = auth::login(&state.app, email.clone(), claimed, client).await;
    if let Some(email) = &email {
        match &signed_in {
            Ok(_) => state.limits.guessed_right(from, email),
            Err(Error::InvalidCredentials) => {
                state.limits.guessed_wrong(from, email, state.app.now());
            }
            Err(_) => {}
        }
    }
    answer(&state, signed_in?)
}

/// Whether the owner of an account was signed in from this network before.
async fn is_known(state: &AppState, email: &EmailAddress, from: IpAddr) -> Result<bool, Problem> {
    let addresses = auth::known_addresses(&state.app, email).await?;
    let known = addresses.iter().filter_map(|known| known.parse().ok());
    Ok(known.map(network).any(|known| known == network(from)))
}

/// Renews a sign-in.
///
/// Needs the portal's refresh cookie and sets the next one. The old token may come again while
/// the new one has not been used; once it has, the old one ends the sign-in.
#[utoipa::path(tag = "Sign-in", operation_id = "auth.refresh", request_body = PortalChoice,
    responses((status = 200, description = "Signed in for longer.", body = LoginAnswer,
            headers(("Set-Cookie" = String, description = "The next refresh token."))),
        (status = 401, description = "`unauthenticated`: there is no refresh token, or its sign-in has ended.", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json"),
        (status = 403, description = "`origin_not_allowed`: the page is of another origin.", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json")))]
#[post("/refresh")]
async fn refresh(
    state: web::Data<AppState>,
    request: HttpRequest,
    body: Body<PortalChoice>,
) -> Result<HttpResponse, Problem> {
    state.origins.check(&request)?;
    let portal = body.0.portal;
    let token = token_of(&request, portal)
        .ok_or_else(|| Problem::new(Code::Unauthenticated, "You are not signed in."))?;
    let signed_in = auth::refresh(&state.app, portal, &token).await?;
    answer(&state, signed_in)
}

/// Signs out.
///
/// Ends the sign-in of the portal's refresh cookie and its access tokens at once. Without a
/// sign-in there is nothing to do, which is no error.
#[utoipa::path(tag = "Sign-in", operation_id = "auth.logout", request_body = PortalChoice,
    responses((status = 204, description = "Signed out.",
            headers(("Set-Cookie" = String, description = "Takes the refresh token away."))),
        (status = 403, description = "`origin_not_allowed`: the page is of another origin.", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json")))]
#[post("/logout")]
async fn logout(
    state: web::Data<AppState>,
    request: HttpRequest,
    body: Body<PortalChoice>,
) -> Result<HttpResponse, Problem> {
    state.origins.check(&request)?;
    let portal = body.0.portal;
    if let Some(token) = token_of(&request, portal) {
        auth::logout(&state.app, portal, &token).await?;
    }
    Ok(HttpResponse::NoContent()
        .cookie(state.cookies.forget(portal))
        .finish())
}

fn answer(state: &AppState, signed_in: SignedIn) -> Result<HttpResponse, Problem> {
    let SignedIn {
        user,
        session,
        portal,
        refresh_token,
    } = signed_in;
    let access_token = state
        .tokens
        .issue(user.id, session, portal, state.app.now())
        .ok_or_else(|| Problem::internal("an access token could not be signed"))?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .cookie(state.cookies.keep(portal, refresh_token))
        .json(LoginAnswer {
            access_token,
            token_type: "Bearer",
            expires_in: LIFETIME_SECONDS,
            user: user.into(),
        }))
}
