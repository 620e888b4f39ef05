//! The whole conversation of a ticket, notes included.

use actix_web::{HttpResponse, get, post, web};
use bsm_application::tickets;
use bsm_domain::ids::MessageId;
use bsm_domain::markdown;
use bsm_domain::ticket::MessageVisibility;
use bsm_persistence::messages::MessageRow;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use validator::Validate;

use crate::auth::caller::Staff;
use crate::http::body::{Body, rules};
use crate::http::cursor::List;
use crate::http::list::{self, ListAnswer, PageParams};
use crate::http::params::Params;
use crate::http::people::{ApiKeyRef, Person};
use crate::http::problem::Problem;
use crate::state::AppState;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(index).service(create);
}

/// A public message or an internal note.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AdminMessage {
    /// Its id.
    pub id: MessageId,
    /// Who wrote it.
    pub author: Person,
    /// The API key it was done with, the maker of which is the author; null without one.
    #[schema(required)]
    pub api_key: Option<ApiKeyRef>,
    /// Who may read it.
    pub visibility: MessageVisibility,
    /// As it was written, in Markdown.
    pub body: String,
    /// As safe HTML.
    pub body_html: String,
    /// When it was written.
    pub created_at: DateTime<Utc>,
}

impl From<MessageRow> for AdminMessage {
    fn from(row: MessageRow) -> Self {
        Self {
            id: row.id,
            author: Person {
                id: row.author_id,
                name: row.author_name,
                role: row.author_role.into(),
            },
            api_key: ApiKeyRef::from_join(row.key_id, row.key_name),
            visibility: row.visibility,
            body_html: markdown::render_message(&row.body),
            body: row.body,
            created_at: row.created_at,
        }
    }
}

/// Reads the conversation.
///
/// Oldest first, notes included.
#[utoipa::path(tag = "Tickets", operation_id = "ticket_messages.list",
    params(("id" = String, Path, description = "Id or number.", example = "TKT-12"), PageParams),
    responses((status = 200, description = "A page of messages.", body = ListAnswer<AdminMessage>)))]
#[get("/tickets/{id}/messages")]
async fn index(
    state: web::Data<AppState>,
    caller: Staff,
    id: web::Path<String>,
    params: Params<PageParams>,
) -> Result<web::Json<ListAnswer<AdminMessage>>, Problem> {
    let window = params.0.window(List::MESSAGES)?;
    let page = tickets::messages(&state.app, caller.actor(), id.parse()?, &window).await?;
    Ok(web::Json(list::answer(
        page,
        List::MESSAGES,
        AdminMessage::from,
    )))
}

/// A reply or a note.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"body": "We are on it.", "visibility": "public"}))]
pub struct AdminReply {
    /// In Markdown.
    #[schema(min_length = 1, max_length = 20_000)]
    #[validate(custom(function = rules::not_blank))]
    body: String,
    /// Who may read it: `public` goes to the customer, `internal` to staff alone.
    visibility: MessageVisibility,
}

/// Replies, or leaves a note.
///
/// The first public reply opens a `new` ticket. A note leaves no trace that a customer could see.
#[utoipa::path(tag = "Tickets", operation_id = "ticket_messages.create", request_body = AdminReply,
    params(("id" = String, Path, description = "Id or number.", example = "TKT-12")),
    responses((status = 201, description = "The message.", body = AdminMessage),
        (status = 409, description = "`ticket_closed`: only notes can be added.", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json")))]
#[post("/tickets/{id}/messages")]
async fn create(
    state: web::Data<AppState>,
    caller: Staff,
    id: web::Path<String>,
    body: Body<AdminReply>,
) -> Result<HttpResponse, Problem> {
    let Body(body) = body;
    let message = tickets::staff_message(
        &state.app,
        caller.actor(),
        id.parse()?,
        &body.body,
        body.visibility,
    )
    .await?;
    Ok(HttpResponse::Created().json(AdminMessage::from(message)))
}
