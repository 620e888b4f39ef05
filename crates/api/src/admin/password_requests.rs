//! Who asked for a new password: all staff may see, admins deal with it.

use actix_web::{HttpResponse, get, post, web};
use bsm_application::auth;
use bsm_domain::ids::{PasswordRequestId, UserId};
use bsm_persistence::password_requests::PasswordRequestRow;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::caller::{Admin, Staff};
use crate::http::body::NoBody;
use crate::http::cursor::List;
use crate::http::list::{self, ListAnswer, PageParams};
use crate::http::params::Params;
use crate::http::problem::Problem;
use crate::state::AppState;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(index).service(dismiss);
}

/// Somebody who asked for a new password, and was not handed a link yet.
#[derive(Debug, Serialize, ToSchema)]
pub struct PasswordRequest {
    /// Its id.
    pub id: PasswordRequestId,
    /// Who.
    pub user: Asker,
    /// How often they asked.
    pub asked: i64,
    /// When they asked first.
    pub created_at: DateTime<Utc>,
    /// When they asked last.
    pub asked_at: DateTime<Utc>,
}

/// A person who asked.
#[derive(Debug, Serialize, ToSchema)]
pub struct Asker {
    /// Their id.
    pub id: UserId,
    /// Their name.
    pub name: String,
    /// The address that was given.
    pub email: String,
}

impl From<PasswordRequestRow> for PasswordRequest {
    fn from(row: PasswordRequestRow) -> Self {
        Self {
            id: row.id,
            user: Asker {
                id: row.user_id,
                name: row.user_name,
                email: row.user_email,
            },
            asked: row.asked,
            created_at: row.created_at,
            asked_at: row.asked_at,
        }
    }
}

/// Lists who asked for a new password.
///
/// Those who wait longest first. Whoever is handed a link is no longer here.
#[utoipa::path(tag = "People", operation_id = "password_requests.list", params(PageParams),
    responses((status = 200, description = "A page of requests.", body = ListAnswer<PasswordRequest>)))]
#[get("/password-requests")]
async fn index(
    state: web::Data<AppState>,
    caller: Staff,
    params: Params<PageParams>,
) -> Result<web::Json<ListAnswer<PasswordRequest>>, Problem> {
    let window = params.0.window(List::PASSWORD_REQUESTS)?;
    let page = auth::password_requests(&state.app, caller.actor(), &window).await?;
    Ok(web::Json(list::answer(
        page,
        List::PASSWORD_REQUESTS,
        PasswordRequest::from,
    )))
}

/// Closes a request without a link.
///
/// The person remembered, or it was not they who asked. Only admins.
#[utoipa::path(tag = "People", operation_id = "password_requests.dismiss",
    params(("id" = PasswordRequestId, Path, description = "Its id.")),
    responses((status = 204, description = "It is closed.")))]
#[post("/password-requests/{id}/dismiss")]
async fn dismiss(
    state: web::Data<AppState>,
    caller: Admin,
    id: web::Path<String>,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let id = id.parse().map_err(|_| Problem::not_found())?;
    auth::dismiss_password_request(&state.app, caller.actor(), id).await?;
    Ok(HttpResponse::NoContent().finish())
}
