//! One's own account: who one is, the password, where one is signed in.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, delete, get, patch, post, web};
use bsm_application::{Error, auth};
use bsm_domain::actor::{Actor, Portal};
use bsm_domain::ids::SessionId;
use bsm_domain::password::Password;
use utoipa_actix_web::service_config::ServiceConfig;

use super::account::{field, new_password};
use super::caller::Person;
use super::dto::{Me, MeUpdate, OwnSession, PasswordChange};
use crate::http::body::{Body, NoBody};
use crate::http::client;
use crate::http::cursor::List;
use crate::http::list::{self, ListAnswer, PageParams};
use crate::http::params::Params;
use crate::http::problem::Problem;
use crate::http::stale::or_current;
use crate::http::version::{IfMatch, versioned};
use crate::state::AppState;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(me)
        .service(update)
        .service(password)
        .service(sessions)
        .service(end_all)
        .service(end_one);
}

/// Tells who is signed in.
///
/// With the rights of this moment.
#[utoipa::path(tag = "Account", operation_id = "auth.me",
    responses((status = 200, description = "The person.", body = Me,
        headers(("ETag" = String, description = "Their version.")))))]
#[get("/me")]
async fn me(state: web::Data<AppState>, caller: Person) -> Result<HttpResponse, Problem> {
    let body = read(&state, caller.actor()).await?;
    Ok(versioned(StatusCode::OK, body.user.version, &body))
}

/// Changes one's own account.
///
/// Name, language, time zone and theme; they follow the person to all their devices.
#[utoipa::path(tag = "Account", operation_id = "auth.update_me", request_body = MeUpdate,
    params(("If-Match" = String, Header, description = "The ETag of what was read, or `*`.")),
    responses((status = 200, description = "The person.", body = Me,
        headers(("ETag" = String, description = "Their version.")))))]
#[patch("/me")]
async fn update(
    state: web::Data<AppState>,
    caller: Person,
    expected: IfMatch,
    body: Body<MeUpdate>,
) -> Result<HttpResponse, Problem> {
    let input = body.0.read()?;
    match auth::update_me(&state.app, caller.actor(), &expected.0, input).await {
        Ok(row) => {
            let body = Me::from(row);
            Ok(versioned(StatusCode::OK, body.user.version, &body))
        }
        Err(error) => Err(or_current(error, read(&state, caller.actor())).await),
    }
}

/// Changes one's password.
///
/// Needs the present one (else `wrong_password` at `/current_password`). All other sign-ins end,
/// this one goes on.
#[utoipa::path(tag = "Account", operation_id = "auth.password", request_body = PasswordChange,
    responses((status = 204, description = "The password is set."),
        (status = 429, description = "`rate_limited`", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json",
            headers(("Retry-After" = u64, description = "Seconds to wait.")))))]
#[post("/password")]
async fn password(
    state: web::Data<AppState>,
    request: HttpRequest,
    caller: Person,
    body: Body<PasswordChange>,
) -> Result<HttpResponse, Problem> {
    let Body(body) = body;
    let from = client::address(&request, &state.proxies);
    // Whoever sits at another's desk may not try passwords for long.
    state.limits.own_password(from, caller.actor().user_id)?;
    let new = new_password("/password", &body.password)?;
    let old = Password::claimed(&body.current_password);
    auth::password_change(&state.app, caller.actor(), old, new).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Lists where one is signed in.
///
/// Newest first; `current` marks the sign-in that asks.
#[utoipa::path(tag = "Account", operation_id = "auth.sessions", params(PageParams),
    responses((status = 200, description = "A page of sign-ins.", body = ListAnswer<OwnSession>)))]
#[get("/sessions")]
async fn sessions(
    state: web::Data<AppState>,
    caller: Person,
    params: Params<PageParams>,
) -> Result<web::Json<ListAnswer<OwnSession>>, Problem> {
    let window = params.0.window(List::OWN_SESSIONS)?;
    let page = auth::sessions(&state.app, caller.actor(), &window).await?;
    let current = caller.actor().session_id();
    Ok(web::Json(list::answer(page, List::OWN_SESSIONS, |row| {
        OwnSession::of(row, current)
    })))
}

/// Signs out everywhere.
///
/// Ends all sign-ins, this one too, and their access tokens at once.
#[utoipa::path(tag = "Account", operation_id = "auth.end_sessions",
    responses((status = 204, description = "Signed out everywhere.",
        headers(("Set-Cookie" = String, description = "Takes the refresh token away.")))))]
#[delete("/sessions")]
async fn end_all(
    state: web::Data<AppState>,
    caller: Person,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    auth::sign_out_everywhere(&state.app, caller.actor()).await?;
    let portal = Portal::of(caller.actor().role);
    Ok(HttpResponse::NoContent()
        .cookie(state.cookies.forget(portal))
        .finish())
}

/// Ends one sign-in.
///
/// Whoever uses it is signed out at once; their streams end.
#[utoipa::path(tag = "Account", operation_id = "auth.end_session",
    params(("id" = SessionId, Path, description = "Its id.")),
    responses((status = 204, description = "It has ended.")))]
#[delete("/sessions/{id}")]
async fn end_one(
    state: web::Data<AppState>,
    caller: Person,
    id: web::Path<String>,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let id = id.parse().map_err(|_| Problem::not_found())?;
    auth::end_session(&state.app, caller.actor(), id).await?;
    Ok(HttpResponse::NoContent().finish())
}

async fn read(state: &AppState, actor: &Actor) -> Result<Me, Error> {
    Ok(auth::me(&state.app, actor).await?.into())
}

impl MeUpdate {
    /// Language and time zone are checked here: no schema knows all of them.
    fn read(self) -> Result<auth::UpdateMe, Problem> {
        let language = |text: Option<String>| text.map(|t| t.parse()).transpose();
        let zone = |text: Option<String>| text.map(|t| t.parse()).transpose();
        Ok(auth::UpdateMe {
            name: self.name,
            language: self.language.map(language).transpose().map_err(
                |e: bsm_domain::preferences::NotALanguage| field("/language", &e.to_string()),
            )?,
            time_zone: self.time_zone.map(zone).transpose().map_err(
                |_: bsm_domain::figures::UnknownZone| {
                    field("/time_zone", "must be a time zone such as Europe/Berlin")
                },
            )?,
            theme: self.theme,
        })
    }
}
