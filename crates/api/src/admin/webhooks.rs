//! Webhooks. Admins only, reading included: addresses may carry what their receivers know them by.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, delete, get, patch, post, web};
use bsm_application::webhooks::{self, CreateWebhook, UpdateWebhook};
use bsm_application::{Error, Result as Done};
use bsm_domain::actor::Actor;
use bsm_domain::event::EventKind;
use bsm_domain::ids::WebhookId;
use bsm_persistence::webhooks::WebhookRow;
use utoipa_actix_web::service_config::ServiceConfig;

use super::webhook_dto::{Webhook, WebhookCreate, WebhookUpdate, WebhookWithSecret};
use crate::auth::caller::Admin;
use crate::dto::event::EventType;
use crate::http::body::{Body, NoBody};
use crate::http::cursor::List;
use crate::http::list::{self, ListAnswer, PageParams};
use crate::http::params::Params;
use crate::http::problem::Problem;
use crate::http::stale::or_current;
use crate::http::version::{IfMatch, OptionalIfMatch, created, versioned};
use crate::state::AppState;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(index)
        .service(create)
        .service(show)
        .service(update)
        .service(remove)
        .service(rotate_secret)
        .service(enable)
        .service(disable);
}

/// Lists webhooks.
///
/// Admins only. Newest first; there are at most 50.
#[utoipa::path(tag = "Webhooks", operation_id = "webhooks.list", params(PageParams),
    responses((status = 200, description = "A page of webhooks.", body = ListAnswer<Webhook>)))]
#[get("/webhooks")]
async fn index(
    state: web::Data<AppState>,
    caller: Admin,
    params: Params<PageParams>,
) -> Result<web::Json<ListAnswer<Webhook>>, Problem> {
    let window = params.0.window(List::WEBHOOKS)?;
    let page = webhooks::list(&state.app, caller.actor(), &window).await?;
    Ok(web::Json(list::answer(page, List::WEBHOOKS, Webhook::from)))
}

/// Adds a webhook.
///
/// Admins only. It is told what happens from now on, signed as Standard Webhooks says with the
/// `secret` of the answer, which is never shown again. The address must be `https`, and one that
/// leads to the public internet; that is checked again for each connection.
#[utoipa::path(tag = "Webhooks", operation_id = "webhooks.create", request_body = WebhookCreate,
    responses((status = 201, description = "The webhook and its secret.", body = WebhookWithSecret,
            headers(("Location" = String, description = "Where it stands."), ("ETag" = String, description = "Its version."))),
        (status = 409, description = "`webhook_limit`: there are 50 already. `in_progress`: the same call is being done.", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json")))]
#[post("/webhooks")]
async fn create(
    state: web::Data<AppState>,
    caller: Admin,
    body: Body<WebhookCreate>,
) -> Result<HttpResponse, Problem> {
    let input = CreateWebhook {
        url: body.0.url,
        description: body.0.description,
        event_types: kinds(&body.0.event_types),
    };
    let made = webhooks::create(&state.app, &state.gate, caller.actor(), input).await?;
    let shown = with_secret(&state, caller.actor(), made).await?;
    let location = format!("/api/admin/webhooks/{}", shown.webhook.id);
    Ok(created(shown.webhook.version, &location, &shown))
}

/// Reads one webhook.
///
/// Admins only. Never with its secret.
#[utoipa::path(tag = "Webhooks", operation_id = "webhooks.get",
    params(("id" = WebhookId, Path, description = "Its id.")),
    responses((status = 200, description = "The webhook.", body = Webhook,
        headers(("ETag" = String, description = "Its version.")))))]
#[get("/webhooks/{id}")]
async fn show(
    state: web::Data<AppState>,
    caller: Admin,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let webhook = read(&state, caller.actor(), id_of(&id)?).await?;
    Ok(versioned(StatusCode::OK, webhook.version, &webhook))
}

/// Changes a webhook.
///
/// Admins only. What waits to be delivered goes to the new address.
#[utoipa::path(tag = "Webhooks", operation_id = "webhooks.update", request_body = WebhookUpdate,
    params(("id" = WebhookId, Path, description = "Its id."),
        ("If-Match" = String, Header, description = "The ETag of what was read, or `*`.")),
    responses((status = 200, description = "The webhook.", body = Webhook,
        headers(("ETag" = String, description = "Its version.")))))]
#[patch("/webhooks/{id}")]
async fn update(
    state: web::Data<AppState>,
    caller: Admin,
    id: web::Path<String>,
    expected: IfMatch,
    body: Body<WebhookUpdate>,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&id)?;
    let input = UpdateWebhook {
        url: body.0.url,
        description: body.0.description,
        event_types: body.0.event_types.as_deref().map(kinds),
    };
    let (app, gate) = (&state.app, &state.gate);
    let done = webhooks::update(app, gate, caller.actor(), id, &expected.0, input).await;
    changed(&state, caller.actor(), id, done).await
}

/// Deletes a webhook.
///
/// Admins only. The log of its deliveries goes with it, and what waits is never sent.
#[utoipa::path(tag = "Webhooks", operation_id = "webhooks.delete",
    params(("id" = WebhookId, Path, description = "Its id."),
        ("If-Match" = String, Header, description = "The ETag of what was read, or `*`.")),
    responses((status = 204, description = "It is gone.")))]
#[delete("/webhooks/{id}")]
async fn remove(
    state: web::Data<AppState>,
    caller: Admin,
    id: web::Path<String>,
    expected: IfMatch,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&id)?;
    match webhooks::delete(&state.app, caller.actor(), id, &expected.0).await {
        Ok(()) => Ok(HttpResponse::NoContent().finish()),
        Err(error) => Err(or_current(error, read(&state, caller.actor(), id)).await),
    }
}

/// Gives a webhook a new secret.
///
/// Admins only. For 24 hours the one before signs, too: `webhook-signature` holds both signatures,
/// separated by a blank.
#[utoipa::path(tag = "Webhooks", operation_id = "webhooks.rotate_secret",
    params(("id" = WebhookId, Path, description = "Its id."),
        ("If-Match" = Option<String>, Header, description = "The ETag of what was read; may be left out.")),
    responses((status = 200, description = "The webhook and its new secret.", body = WebhookWithSecret,
        headers(("ETag" = String, description = "Its version.")))))]
#[post("/webhooks/{id}/rotate-secret")]
async fn rotate_secret(
    state: web::Data<AppState>,
    caller: Admin,
    id: web::Path<String>,
    expected: OptionalIfMatch,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&id)?;
    match webhooks::rotate(&state.app, caller.actor(), id, &expected.0).await {
        Ok(made) => {
            let shown = with_secret(&state, caller.actor(), made).await?;
            Ok(versioned(StatusCode::OK, shown.webhook.version, &shown))
        }
        Err(error) => Err(or_current(error, read(&state, caller.actor(), id)).await),
    }
}

/// Enables a webhook.
///
/// Admins only. What waits goes on, and it is told what happens from now on; what happened meanwhile
/// comes when it is asked for.
#[utoipa::path(tag = "Webhooks", operation_id = "webhooks.enable",
    params(("id" = WebhookId, Path, description = "Its id."),
        ("If-Match" = Option<String>, Header, description = "The ETag of what was read; may be left out.")),
    responses((status = 200, description = "The webhook, active.", body = Webhook,
        headers(("ETag" = String, description = "Its version.")))))]
#[post("/webhooks/{id}/enable")]
async fn enable(
    state: web::Data<AppState>,
    caller: Admin,
    id: web::Path<String>,
    expected: OptionalIfMatch,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&id)?;
    let done = webhooks::enable(&state.app, caller.actor(), id, &expected.0).await;
    changed(&state, caller.actor(), id, done).await
}

/// Disables a webhook.
///
/// Admins only. Nothing is sent until it is enabled again, but tests.
#[utoipa::path(tag = "Webhooks", operation_id = "webhooks.disable",
    params(("id" = WebhookId, Path, description = "Its id."),
        ("If-Match" = Option<String>, Header, description = "The ETag of what was read; may be left out.")),
    responses((status = 200, description = "The webhook, disabled.", body = Webhook,
        headers(("ETag" = String, description = "Its version.")))))]
#[post("/webhooks/{id}/disable")]
async fn disable(
    state: web::Data<AppState>,
    caller: Admin,
    id: web::Path<String>,
    expected: OptionalIfMatch,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&id)?;
    let done = webhooks::disable(&state.app, caller.actor(), id, &expected.0).await;
    changed(&state, caller.actor(), id, done).await
}

async fn changed(
    state: &AppState,
    actor: &Actor,
    id: WebhookId,
    done: Done<WebhookRow>,
) -> Result<HttpResponse, Problem> {
    match done {
        Ok(_) => {
            let webhook = read(state, actor, id).await?;
            Ok(versioned(StatusCode::OK, webhook.version, &webhook))
        }
        Err(error) => Err(or_current(error, read(state, actor, id)).await),
    }
}

async fn with_secret(
    state: &AppState,
    actor: &Actor,
    (row, secret): (WebhookRow, String),
) -> Result<WebhookWithSecret, Problem> {
    let webhook = read(state, actor, row.id).await?;
    Ok(WebhookWithSecret { webhook, secret })
}

async fn read(state: &AppState, actor: &Actor, id: WebhookId) -> Result<Webhook, Error> {
    Ok(webhooks::get(&state.app, actor, id).await?.into())
}

fn kinds(types: &[EventType]) -> Vec<EventKind> {
    types.iter().map(|t| t.0).collect()
}

/// What cannot be an id is nobody's.
pub(super) fn id_of(id: &str) -> Result<WebhookId, Problem> {
    id.parse().map_err(|_| Problem::not_found())
}
