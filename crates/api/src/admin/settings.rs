//! The settings of the desk: all staff may read, only admins change.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, delete, get, patch, put, web};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bsm_application::{Error, settings};
use bsm_domain::actor::Actor;
use bsm_persistence::settings::SettingsRow;
use utoipa_actix_web::service_config::ServiceConfig;

use super::settings_dto::{LogoPut, Settings, SettingsUpdate};
use crate::auth::caller::{Admin, Staff};
use crate::http::body::Body;
use crate::http::problem::{FieldProblem, Problem};
use crate::http::stale::or_current;
use crate::http::version::{IfMatch, versioned};
use crate::state::AppState;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(show)
        .service(update)
        .service(put_logo)
        .service(delete_logo);
}

/// Reads the settings.
///
/// What admins decided for the whole desk.
#[utoipa::path(tag = "Settings", operation_id = "settings.get",
    responses((status = 200, description = "The settings.", body = Settings,
        headers(("ETag" = String, description = "Their version.")))))]
#[get("/settings")]
async fn show(state: web::Data<AppState>, caller: Staff) -> Result<HttpResponse, Problem> {
    let settings = read(&state, caller.actor()).await?;
    Ok(versioned(StatusCode::OK, settings.version, &settings))
}

/// Changes the settings.
///
/// They hold from the next request on, on every replica. Only admins.
#[utoipa::path(tag = "Settings", operation_id = "settings.update", request_body = SettingsUpdate,
    params(("If-Match" = String, Header, description = "The ETag of what was read, or `*`.")),
    responses((status = 200, description = "The settings.", body = Settings,
        headers(("ETag" = String, description = "Their version.")))))]
#[patch("/settings")]
async fn update(
    state: web::Data<AppState>,
    caller: Admin,
    expected: IfMatch,
    body: Body<SettingsUpdate>,
) -> Result<HttpResponse, Problem> {
    let input = body
        .0
        .try_into()
        .map_err(|e: bsm_domain::settings::NotAColour| bad("/accent_colour", &e.to_string()))?;
    let changed = settings::update(&state.app, caller.actor(), &expected.0, input).await;
    answer(&state, caller.actor(), changed).await
}

/// Gives the desk a logo.
///
/// PNG, JPEG or WebP, told by the bytes; at most 256 KiB, each side 16 to 2048 pixels. SVG is
/// refused, because it can run scripts. Only admins.
#[utoipa::path(tag = "Settings", operation_id = "settings.put_logo", request_body = LogoPut,
    params(("If-Match" = String, Header, description = "The ETag of the settings, or `*`.")),
    responses((status = 200, description = "The settings.", body = Settings,
        headers(("ETag" = String, description = "Their version.")))))]
#[put("/settings/logo")]
async fn put_logo(
    state: web::Data<AppState>,
    caller: Admin,
    expected: IfMatch,
    body: Body<LogoPut>,
) -> Result<HttpResponse, Problem> {
    let content = STANDARD
        .decode(&body.0.content)
        .map_err(|_| bad("/content", "must be base64"))?;
    let changed = settings::set_logo(&state.app, caller.actor(), &expected.0, content).await;
    answer(&state, caller.actor(), changed).await
}

/// Takes the logo away.
///
/// The portals show their own mark again. Only admins.
#[utoipa::path(tag = "Settings", operation_id = "settings.delete_logo",
    params(("If-Match" = String, Header, description = "The ETag of the settings, or `*`.")),
    responses((status = 200, description = "The settings.", body = Settings,
        headers(("ETag" = String, description = "Their version.")))))]
#[delete("/settings/logo")]
async fn delete_logo(
    state: web::Data<AppState>,
    caller: Admin,
    expected: IfMatch,
) -> Result<HttpResponse, Problem> {
    let changed = settings::remove_logo(&state.app, caller.actor(), &expected.0).await;
    answer(&state, caller.actor(), changed).await
}

async fn answer(
    state: &AppState,
    actor: &Actor,
    changed: Result<SettingsRow, Error>,
) -> Result<HttpResponse, Problem> {
    match changed {
        Ok(row) => {
            let settings = Settings::from(row);
            Ok(versioned(StatusCode::OK, settings.version, &settings))
        }
        Err(error) => Err(or_current(error, read(state, actor)).await),
    }
}

async fn read(state: &AppState, actor: &Actor) -> Result<Settings, Error> {
    Ok(settings::get(&state.app, actor).await?.into())
}

fn bad(pointer: &str, detail: &str) -> Problem {
    Problem::invalid_body(vec![FieldProblem {
        pointer: pointer.to_owned(),
        code: "bad_format".to_owned(),
        detail: detail.to_owned(),
    }])
}
