//! Where a person is signed in, and what became of their password links. Only for admins.

use actix_web::{HttpResponse, delete, get, web};
use bsm_application::users;
use bsm_domain::actor::Portal;
use bsm_domain::ids::{PasswordLinkId, SessionId, UserId};
use bsm_persistence::password_links::PasswordLinkInfo;
use bsm_persistence::sessions::SessionRow;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::caller::Admin;
use crate::http::body::NoBody;
use crate::http::cursor::List;
use crate::http::list::{self, ListAnswer, PageParams};
use crate::http::params::Params;
use crate::http::people::Person;
use crate::http::problem::Problem;
use crate::state::AppState;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(sessions)
        .service(end_sessions)
        .service(end_session)
        .service(password_links);
}

/// One place where a person is signed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct UserSession {
    /// Its id.
    pub id: SessionId,
    /// The portal it is for.
    pub portal: Portal,
    /// What the browser said it is; at most 200 characters.
    pub user_agent: String,
    /// The network address it began from.
    pub address: String,
    /// When they signed in.
    pub created_at: DateTime<Utc>,
    /// When it was last renewed.
    pub last_used_at: DateTime<Utc>,
    /// Until when it lives if it is not renewed.
    pub expires_at: DateTime<Utc>,
}

impl From<SessionRow> for UserSession {
    fn from(row: SessionRow) -> Self {
        Self {
            id: row.id,
            portal: row.portal,
            user_agent: row.user_agent,
            address: row.address,
            created_at: row.created_at,
            last_used_at: row.last_used_at,
            expires_at: row.expires_at,
        }
    }
}

/// A password link that was made, without the link itself.
#[derive(Debug, Serialize, ToSchema)]
pub struct PasswordLinkRecord {
    /// Its id.
    pub id: PasswordLinkId,
    /// The admin who made it; null where it was made at the command line.
    #[schema(required)]
    pub created_by: Option<Person>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Until when it is good.
    pub expires_at: DateTime<Utc>,
    /// When a password was set with it.
    #[schema(required)]
    pub used_at: Option<DateTime<Utc>>,
    /// When a newer link, or a password set by other means, took its place.
    #[schema(required)]
    pub replaced_at: Option<DateTime<Utc>>,
}

impl From<PasswordLinkInfo> for PasswordLinkRecord {
    fn from(row: PasswordLinkInfo) -> Self {
        Self {
            id: row.id,
            created_by: row
                .created_by
                .zip(row.created_by_name)
                .map(|(id, name)| Person::staff(id, name)),
            created_at: row.created_at,
            expires_at: row.expires_at,
            used_at: row.used_at,
            replaced_at: row.replaced_at,
        }
    }
}

/// Lists where a person is signed in.
///
/// Sessions that have neither ended nor expired, newest first. Only admins.
#[utoipa::path(tag = "People", operation_id = "users.sessions",
    params(("id" = UserId, Path, description = "Their id."), PageParams),
    responses((status = 200, description = "A page of sessions.", body = ListAnswer<UserSession>)))]
#[get("/users/{id}/sessions")]
async fn sessions(
    state: web::Data<AppState>,
    caller: Admin,
    id: web::Path<String>,
    params: Params<PageParams>,
) -> Result<web::Json<ListAnswer<UserSession>>, Problem> {
    let window = params.0.window(List::USER_SESSIONS)?;
    let page = users::sessions(&state.app, caller.actor(), parse(&id)?, &window).await?;
    Ok(web::Json(list::answer(
        page,
        List::USER_SESSIONS,
        UserSession::from,
    )))
}

/// Ends one session of a person.
///
/// From the next request on they are no longer signed in there; their streams end within five
/// seconds. Only admins.
#[utoipa::path(tag = "People", operation_id = "users.end_session",
    params(("id" = UserId, Path, description = "Their id."),
        ("session_id" = SessionId, Path, description = "The session's id.")),
    responses((status = 204, description = "It has ended.")))]
#[delete("/users/{id}/sessions/{session_id}")]
async fn end_session(
    state: web::Data<AppState>,
    caller: Admin,
    path: web::Path<(String, String)>,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let session = path.1.parse().map_err(|_| Problem::not_found())?;
    users::end_session(&state.app, caller.actor(), parse(&path.0)?, session).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Signs a person out everywhere.
///
/// Ends every session they have, as one transaction. Only admins.
#[utoipa::path(tag = "People", operation_id = "users.end_sessions",
    params(("id" = UserId, Path, description = "Their id.")),
    responses((status = 204, description = "They are signed in nowhere.")))]
#[delete("/users/{id}/sessions")]
async fn end_sessions(
    state: web::Data<AppState>,
    caller: Admin,
    id: web::Path<String>,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    users::end_sessions(&state.app, caller.actor(), parse(&id)?).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Lists the password links made for a person.
///
/// Who made each, and whether it was used; never the link itself. Newest first. Only admins.
#[utoipa::path(tag = "People", operation_id = "users.password_links",
    params(("id" = UserId, Path, description = "Their id."), PageParams),
    responses((status = 200, description = "A page of links.", body = ListAnswer<PasswordLinkRecord>)))]
#[get("/users/{id}/password-links")]
async fn password_links(
    state: web::Data<AppState>,
    caller: Admin,
    id: web::Path<String>,
    params: Params<PageParams>,
) -> Result<web::Json<ListAnswer<PasswordLinkRecord>>, Problem> {
    let window = params.0.window(List::PASSWORD_LINKS)?;
    let page = users::password_links(&state.app, caller.actor(), parse(&id)?, &window).await?;
    Ok(web::Json(list::answer(
        page,
        List::PASSWORD_LINKS,
        PasswordLinkRecord::from,
    )))
}

/// What cannot be an id is nobody's.
fn parse(id: &str) -> Result<UserId, Problem> {
    id.parse().map_err(|_| Problem::not_found())
}
