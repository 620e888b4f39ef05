//! What webhooks were told: the log of deliveries, and having them sent again. Admins only.

use std::str::FromStr;

use actix_web::{HttpResponse, get, post, web};
use bsm_application::webhooks;
use bsm_domain::UnknownCode;
use bsm_domain::event::EventKind;
use bsm_domain::ids::{DeliveryId, WebhookId};
use bsm_domain::webhook::{DeliveryStatus, TEST_TYPE};
use bsm_persistence::webhook_deliveries::DeliveryFilter;
use serde::Deserialize;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};
use utoipa::{IntoParams, PartialSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::webhook_dto::{Delivery, DeliveryWithAttempts, WebhookResend, WebhookResent};
use super::webhooks::id_of;
use crate::auth::caller::Admin;
use crate::dto::event::EventType;
use crate::http::body::{Body, NoBody};
use crate::http::cursor::List;
use crate::http::list::{self, ListAnswer};
use crate::http::params::{One, Params};
use crate::http::problem::Problem;
use crate::state::AppState;
use crate::webhooks::payload;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config
        .service(test)
        .service(resend_since)
        .service(index)
        .service(show)
        .service(resend);
}

/// Which deliveries a list shows.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct DeliveryParams {
    /// Those that stand like this.
    #[param(inline, value_type = Option<DeliveryStatus>)]
    status: Option<One<DeliveryStatus>>,
    /// Those of this type of event; `webhook.test` for tests.
    #[param(inline, example = "ticket.created")]
    event_type: Option<One<DeliveryType>>,
    /// Rows of a page, 25 by default.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// The `next_cursor` of the page before.
    #[param(max_length = 200)]
    cursor: Option<String>,
}

/// The type of a delivery's event, or that of tests.
#[derive(Debug)]
struct DeliveryType(String);

impl PartialSchema for DeliveryType {
    fn schema() -> RefOr<Schema> {
        let mut words: Vec<&str> = EventType::all().map(EventKind::as_str).collect();
        words.push(TEST_TYPE);
        ObjectBuilder::new()
            .schema_type(Type::String)
            .enum_values(Some(words))
            .into()
    }
}

impl FromStr for DeliveryType {
    type Err = UnknownCode;

    fn from_str(text: &str) -> Result<Self, UnknownCode> {
        if text != TEST_TYPE {
            text.parse::<EventType>()?;
        }
        Ok(Self(text.to_owned()))
    }
}

/// Lists deliveries.
///
/// Admins only. Newest first, of the last 30 days.
#[utoipa::path(tag = "Webhooks", operation_id = "webhook_deliveries.list",
    params(("id" = WebhookId, Path, description = "The id of the webhook."), DeliveryParams),
    responses((status = 200, description = "A page of deliveries.", body = ListAnswer<Delivery>)))]
#[get("/webhooks/{id}/deliveries")]
async fn index(
    state: web::Data<AppState>,
    caller: Admin,
    id: web::Path<String>,
    params: Params<DeliveryParams>,
) -> Result<web::Json<ListAnswer<Delivery>>, Problem> {
    let Params(params) = params;
    let id = id_of(&id)?;
    let filter = DeliveryFilter {
        status: params.status.map(|status| status.0),
        event_type: params.event_type.map(|kind| kind.0.0),
    };
    let list = List::WEBHOOK_DELIVERIES;
    let window = list::window(params.limit, params.cursor.as_deref(), list)?;
    let page = webhooks::deliveries(&state.app, caller.actor(), id, &filter, &window).await?;
    Ok(web::Json(list::answer(page, list, Delivery::from)))
}

/// Reads one delivery.
///
/// Admins only. With its body, and what came of each attempt.
#[utoipa::path(tag = "Webhooks", operation_id = "webhook_deliveries.get",
    params(("id" = WebhookId, Path, description = "The id of the webhook."),
        ("delivery_id" = DeliveryId, Path, description = "The id of the delivery.")),
    responses((status = 200, description = "The delivery.", body = DeliveryWithAttempts)))]
#[get("/webhooks/{id}/deliveries/{delivery_id}")]
async fn show(
    state: web::Data<AppState>,
    caller: Admin,
    ids: web::Path<(String, String)>,
) -> Result<web::Json<DeliveryWithAttempts>, Problem> {
    let (webhook, delivery) = both(&ids)?;
    let detail = webhooks::delivery(&state.app, caller.actor(), webhook, delivery).await?;
    Ok(web::Json(detail.into()))
}

/// Sends one delivery again.
///
/// Admins only. With the same `webhook-id` and body, whatever came of it before, and with all its
/// attempts anew.
#[utoipa::path(tag = "Webhooks", operation_id = "webhook_deliveries.resend",
    params(("id" = WebhookId, Path, description = "The id of the webhook."),
        ("delivery_id" = DeliveryId, Path, description = "The id of the delivery.")),
    responses((status = 200, description = "The delivery, waiting.", body = Delivery),
        (status = 409, description = "`webhook_disabled`: enable it first. `in_progress`: the same call is being done.", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json")))]
#[post("/webhooks/{id}/deliveries/{delivery_id}/resend")]
async fn resend(
    state: web::Data<AppState>,
    caller: Admin,
    ids: web::Path<(String, String)>,
    _: NoBody,
) -> Result<web::Json<Delivery>, Problem> {
    let (webhook, delivery) = both(&ids)?;
    let row = webhooks::resend(&state.app, caller.actor(), webhook, delivery).await?;
    Ok(web::Json(row.into()))
}

/// Sends again what failed since a moment.
///
/// Admins only. Deliveries that were given up, with `delivered` also those that were not; and events
/// since then that the webhook was not told of, being disabled or not there yet, as far as the log
/// keeps them. A delivery that is sent again keeps its `webhook-id`.
#[utoipa::path(tag = "Webhooks", operation_id = "webhooks.resend", request_body = WebhookResend,
    params(("id" = WebhookId, Path, description = "Its id.")),
    responses((status = 200, description = "How many are sent again.", body = WebhookResent),
        (status = 409, description = "`webhook_disabled`: enable it first. `in_progress`: the same call is being done.", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json")))]
#[post("/webhooks/{id}/resend")]
async fn resend_since(
    state: web::Data<AppState>,
    caller: Admin,
    id: web::Path<String>,
    body: Body<WebhookResend>,
) -> Result<web::Json<WebhookResent>, Problem> {
    let WebhookResend { since, delivered } = body.0;
    let id = id_of(&id)?;
    let queued = webhooks::resend_since(&state.app, caller.actor(), id, since, delivered).await?;
    Ok(web::Json(WebhookResent { queued }))
}

/// Tries a webhook out.
///
/// Admins only. Queues a delivery of type `webhook.test`, also where the webhook is disabled. It is
/// attempted within a second or two, and only once; read it at `Location` for what came of it.
#[utoipa::path(tag = "Webhooks", operation_id = "webhooks.test",
    params(("id" = WebhookId, Path, description = "Its id.")),
    responses((status = 201, description = "The delivery, waiting.", body = Delivery,
        headers(("Location" = String, description = "Where it stands.")))))]
#[post("/webhooks/{id}/test")]
async fn test(
    state: web::Data<AppState>,
    caller: Admin,
    id: web::Path<String>,
    _: NoBody,
) -> Result<HttpResponse, Problem> {
    let id = id_of(&id)?;
    let render = |stamp: &_, delivery| payload::of_test(stamp, delivery, id);
    let row = webhooks::test(&state.app, caller.actor(), id, render).await?;
    let location = format!("/api/admin/webhooks/{id}/deliveries/{}", row.id);
    Ok(HttpResponse::Created()
        .insert_header(("Location", location))
        .json(Delivery::from(row)))
}

fn both((webhook, delivery): &(String, String)) -> Result<(WebhookId, DeliveryId), Problem> {
    let delivery = delivery.parse().map_err(|_| Problem::not_found())?;
    Ok((id_of(webhook)?, delivery))
}
