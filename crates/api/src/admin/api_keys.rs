//! API keys: only admins, and only in person.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, patch, post, web};
use bsm_application::api_keys::{self, KeyState, NewKey, state_of};
use bsm_application::{App, Error};
use bsm_domain::actor::Actor;
use bsm_domain::api_key::{Scope, Scopes};
use bsm_domain::clock::Time;
use bsm_domain::ids::{ApiKeyId, OrganizationId};
use bsm_persistence::api_keys::ApiKeyRow;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use validator::Validate;

use crate::auth::caller::Admin;
use crate::http::body::{Body, NoBody, rules};
use crate::http::cursor::List;
use crate::http::list::{self, ListAnswer, PageParams};
use crate::http::params::Params;
use crate::http::people::{OrganizationRef, Person};
use crate::http::problem::Problem;
use crate::http::stale::or_current;
use crate::http::version::{IfMatch, created, versioned};
use crate::state::AppState;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(index)
        .service(create)
        .service(show)
        .service(update)
        .service(revoke);
}

/// What a key is good for now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ApiKeyState {
    /// It opens what its scopes say.
    Active,
    /// Its time is over.
    Expired,
    /// An admin has ended it.
    Revoked,
    /// Its maker may not sign in, or is no longer staff.
    Suspended,
}

impl From<KeyState> for ApiKeyState {
    fn from(state: KeyState) -> Self {
        match state {
            KeyState::Active => Self::Active,
            KeyState::Expired => Self::Expired,
            KeyState::Revoked => Self::Revoked,
            KeyState::Suspended => Self::Suspended,
        }
    }
}

/// A key with which a program calls the desk's API.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ApiKey {
    /// Its id.
    pub id: ApiKeyId,
    /// What it is called.
    #[schema(example = "Billing")]
    pub name: String,
    /// The key itself, to be sent as `Authorization: Bearer`. Only in the answer that made it:
    /// nobody can read it again.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, pattern = "^bsm_[0-9A-Za-z]{71}$")]
    pub key: Option<String>,
    /// Beginning and end of the key, by which people tell it from others.
    #[schema(example = "bsm_9fQz…x7Qd")]
    pub hint: String,
    /// What it is for.
    pub scopes: Vec<Scope>,
    /// The one organization whose things it sees; null for all.
    #[schema(required)]
    pub organization: Option<OrganizationRef>,
    /// Who made it: what it does, they do, with the rights they have at that moment.
    pub maker: Person,
    /// What it is good for now.
    pub state: ApiKeyState,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it ends by itself; null for never.
    #[schema(required)]
    pub expires_at: Option<DateTime<Utc>>,
    /// When it was last used, to the minute; null for never.
    #[schema(required)]
    pub last_used_at: Option<DateTime<Utc>>,
    /// When an admin ended it.
    #[schema(required)]
    pub revoked_at: Option<DateTime<Utc>>,
    /// Counts changes of its own fields.
    pub version: i64,
}

impl ApiKey {
    fn of(row: ApiKeyRow, now: Time) -> Self {
        Self {
            state: state_of(&row, now).into(),
            id: row.id,
            name: row.name,
            key: None,
            hint: row.hint,
            scopes: Scopes::from_column(&row.scopes).iter().collect(),
            organization: OrganizationRef::from_join(row.organization_id, row.organization_name),
            maker: Person {
                id: row.maker_id,
                name: row.maker_name,
                role: row.maker_role.into(),
            },
            created_at: row.created_at,
            expires_at: row.expires_at,
            last_used_at: row.last_used_at,
            revoked_at: row.revoked_at,
            version: row.version,
        }
    }
}

/// Lists keys.
///
/// Newest first, those that are good no longer too. What stands here never opens anything: the key
/// itself is only in the answer that made it.
#[utoipa::path(tag = "Keys", operation_id = "api_keys.list", params(PageParams),
    responses((status = 200, description = "A page of keys.", body = ListAnswer<ApiKey>)))]
#[get("/api-keys")]
async fn index(
    state: web::Data<AppState>,
    caller: Admin,
    params: Params<PageParams>,
) -> Result<web::Json<ListAnswer<ApiKey>>, Problem> {
    let window = params.0.window(List::API_KEYS)?;
    let page = api_keys::list(&state.app, caller.actor(), &window).await?;
    let now = state.app.now();
    Ok(web::Json(list::answer(page, List::API_KEYS, |row| {
        ApiKey::of(row, now)
    })))
}

/// A new key.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "Billing", "scopes": ["tickets:read", "users:read"]}))]
pub struct ApiKeyCreate {
    /// What it is called, for those who find it later.
    #[schema(min_length = 1, max_length = 80)]
    #[validate(custom(function = rules::one_line))]
    name: String,
    /// What it is for: nothing else is open to it.
    #[schema(min_items = 1, max_items = 11)]
    scopes: Vec<Scope>,
    /// The one organization whose tickets, people, feedback, insights and events it sees. Scopes of
    /// services and articles cannot be limited so.
    organization_id: Option<OrganizationId>,
    /// When it ends by itself: in the future, at most ten years ahead.
    expires_at: Option<DateTime<Utc>>,
}

/// Makes a key.
///
/// The answer is the only one that has the key in it: keep it where secrets are kept. It acts for
/// whoever made it, never with more rights than they have when it is used, and ends with their
/// account. At most 100 are in force at once (else `too_many_keys`). Only admins, signed in.
#[utoipa::path(tag = "Keys", operation_id = "api_keys.create", request_body = ApiKeyCreate,
    responses((status = 201, description = "The key.", body = ApiKey,
            headers(("Location" = String, description = "Where it stands."), ("ETag" = String, description = "Its version."))),
        (status = 409, description = "`too_many_keys`: as many are in force as may be; `in_progress`.", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json")))]
#[post("/api-keys")]
async fn create(
    state: web::Data<AppState>,
    caller: Admin,
    body: Body<ApiKeyCreate>,
) -> Result<HttpResponse, Problem> {
    let Body(body) = body;
    let input = NewKey {
        name: body.name,
        scopes: body.scopes.into_iter().collect(),
        organization: body.organization_id,
        expires_at: body.expires_at,
    };
    let made = api_keys::create(&state.app, caller.actor(), input).await?;
    let body = ApiKey {
        key: Some(made.key),
        ..ApiKey::of(made.row, state.app.now())
    };
    let location = format!("/api/admin/api-keys/{}", body.id);
    Ok(created(body.version, &location, &body))
}

/// Reads one key.
///
/// All but the key itself.
#[utoipa::path(tag = "Keys", operation_id = "api_keys.get",
    params(("id" = ApiKeyId, Path, description = "Its id.")),
    responses((status = 200, description = "The key.", body = ApiKey,
        headers(("ETag" = String, description = "Its version.")))))]
#[get("/api-keys/{id}")]
async fn show(
    state: web::Data<AppState>,
    caller: Admin,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let key = read(&state.app, caller.actor(), parse(&id)?).await?;
    Ok(versioned(StatusCode::OK, key.version, &key))
}

/// What changes of a key; what is left out stays.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"name": "Billing, new"}))]
pub struct ApiKeyUpdate {
    /// What it is called.
    #[schema(min_length = 1, max_length = 80, nullable = false)]
    #[validate(custom(function = rules::one_line))]
    name: Option<String>,
}

/// Renames a key.
///
/// What it is for never changes: make another one, then revoke this.
#[utoipa::path(tag = "Keys", operation_id = "api_keys.update", request_body = ApiKeyUpdate,
    params(("id" = ApiKeyId, Path, description = "Its id."),
        ("If-Match" = String, Header, description = "The ETag of what was read, or `*`.")),
    responses((status = 200, description = "The key.", body = ApiKey,
        headers(("ETag" = String, description = "Its version.")))))]
#[patch("/api-keys/{id}")]
async fn update(
    state: web::Data<AppState>,
    caller: Admin,
    id: web::Path<String>,
    expected: IfMatch,
    body: Body<ApiKeyUpdate>,
) -> Result<HttpResponse, Problem> {
    let id = parse(&id)?;
    let (app, actor) = (&state.app, caller.actor());
    match api_keys::update(app, actor, id, &expected.0, body.0.name).await {
        Ok(row) => {
            let key = ApiKey::of(row, app.now());
            Ok(versioned(StatusCode::OK, key.version, &key))
        }
        Err(error) => Err(or_current(error, read(app, actor, id)).await),
    }
}

/// Revokes a key.
///
/// It opens nothing from now on, on no replica, and its streams end. It cannot be undone; again is
/// no change.
#[utoipa::path(tag = "Keys", operation_id = "api_keys.revoke",
    params(("id" = ApiKeyId, Path, description = "Its id.")),
    responses((status = 200, description = "The key.", body = ApiKey,
        headers(("ETag" = String, description = "Its version.")))))]
#[post("/api-keys/{id}/revoke")]
async fn revoke(
    state: web::Data<AppState>,
    caller: Admin,
    id: web::Path<String>,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let row = api_keys::revoke(&state.app, caller.actor(), parse(&id)?).await?;
    let key = ApiKey::of(row, state.app.now());
    Ok(versioned(StatusCode::OK, key.version, &key))
}

async fn read(app: &App, actor: &Actor, id: ApiKeyId) -> Result<ApiKey, Error> {
    let row = api_keys::get(app, actor, id).await?;
    Ok(ApiKey::of(row, app.now()))
}

/// What cannot be an id is nobody's.
fn parse(id: &str) -> Result<ApiKeyId, Problem> {
    id.parse().map_err(|_| Problem::not_found())
}
