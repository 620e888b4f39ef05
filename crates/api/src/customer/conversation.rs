//! The public conversation of a ticket.

use actix_web::{HttpResponse, get, post, web};
use bsm_application::tickets;
use bsm_domain::ids::MessageId;
use bsm_domain::markdown;
use bsm_persistence::messages::MessageRow;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use validator::Validate;

use crate::auth::caller::Customer;
use crate::http::body::{Body, rules};
use crate::http::cursor::List;
use crate::http::list::{self, ListAnswer, PageParams};
use crate::http::params::Params;
use crate::http::people::Person;
use crate::http::problem::Problem;
use crate::state::AppState;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(index).service(create);
}

/// A public message.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CustomerMessage {
    /// Its id.
    pub id: MessageId,
    /// Who wrote it.
    pub author: Person,
    /// As it was written, in Markdown.
    pub body: String,
    /// As safe HTML.
    pub body_html: String,
    /// When it was written.
    pub created_at: DateTime<Utc>,
}

impl From<MessageRow> for CustomerMessage {
    fn from(row: MessageRow) -> Self {
        Self {
            id: row.id,
            author: Person {
                id: row.author_id,
                name: row.author_name,
                role: row.author_role.into(),
            },
            body_html: markdown::render_message(&row.body),
            body: row.body,
            created_at: row.created_at,
        }
    }
}

/// Reads the conversation.
///
/// Oldest first.
#[utoipa::path(tag = "Tickets", operation_id = "ticket_messages.list",
    params(("id" = String, Path, description = "Id or number.", example = "TKT-12"), PageParams),
    responses((status = 200, description = "A page of messages.", body = ListAnswer<CustomerMessage>)))]
#[get("/tickets/{id}/messages")]
async fn index(
    state: web::Data<AppState>,
    caller: Customer,
    id: web::Path<String>,
    params: Params<PageParams>,
) -> Result<web::Json<ListAnswer<CustomerMessage>>, Problem> {
    let window = params.0.window(List::CUSTOMER_MESSAGES)?;
    let page = tickets::messages(&state.app, caller.actor(), id.parse()?, &window).await?;
    Ok(web::Json(list::answer(
        page,
        List::CUSTOMER_MESSAGES,
        CustomerMessage::from,
    )))
}

/// A reply.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"body": "That **worked**, thank you."}))]
pub struct CustomerReply {
    /// In Markdown.
    #[schema(min_length = 1, max_length = 20_000)]
    #[validate(custom(function = rules::not_blank))]
    body: String,
}

/// Replies.
///
/// A pending or resolved ticket is open again.
#[utoipa::path(tag = "Tickets", operation_id = "ticket_messages.create", request_body = CustomerReply,
    params(("id" = String, Path, description = "Id or number.", example = "TKT-12")),
    responses((status = 201, description = "The message.", body = CustomerMessage),
        (status = 409, description = "`ticket_closed`: open a follow-up ticket instead.", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json")))]
#[post("/tickets/{id}/messages")]
async fn create(
    state: web::Data<AppState>,
    caller: Customer,
    id: web::Path<String>,
    body: Body<CustomerReply>,
) -> Result<HttpResponse, Problem> {
    let message = tickets::reply(&state.app, caller.actor(), id.parse()?, &body.0.body).await?;
    Ok(HttpResponse::Created().json(CustomerMessage::from(message)))
}
