//! One's own account.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, web};
use bsm_application::auth;
use utoipa_actix_web::service_config::ServiceConfig;

use super::caller::Person;
use super::dto::Me;
use crate::http::problem::Problem;
use crate::http::version::versioned;
use crate::state::AppState;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(me);
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
