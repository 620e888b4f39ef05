//! One's own draft of a message to a ticket.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, delete, get, put, web};
use bsm_application::Error;
use bsm_application::tickets::{self, Draft, DraftTexts, Reference};
use bsm_domain::actor::Actor;
use bsm_domain::ticket::MessageVisibility;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use validator::Validate;

use crate::auth::caller::Staff;
use crate::http::body::Body;
use crate::http::problem::Problem;
use crate::http::stale::or_current;
use crate::http::version::{IfMatch, OptionalIfMatch, versioned};
use crate::state::AppState;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(show).service(keep).service(forget);
}

/// What one has begun to write to a ticket and not sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReplyDraft {
    /// Which text was being written: `public` the reply, `internal` the note.
    visibility: MessageVisibility,
    /// What is to go to the customer, in Markdown.
    reply: String,
    /// What is to stay among staff, in Markdown.
    note: String,
    /// When it was last changed; null where nothing is written.
    updated_at: Option<DateTime<Utc>>,
    /// 0 where nothing is written, else more with each change.
    version: i64,
}

impl From<Draft> for ReplyDraft {
    fn from(draft: Draft) -> Self {
        Self {
            visibility: draft.texts.visibility,
            reply: draft.texts.reply,
            note: draft.texts.note,
            updated_at: draft.updated_at,
            version: draft.version,
        }
    }
}

/// Reads one's own draft.
///
/// What the caller has begun to write to this ticket and not sent; nobody else can read it. Where
/// nothing is written, both texts are empty and the version is 0.
#[utoipa::path(tag = "Tickets", operation_id = "ticket_draft.get",
    params(("id" = String, Path, description = "Id or number.", example = "TKT-12")),
    responses((status = 200, description = "The draft.", body = ReplyDraft,
        headers(("ETag" = String, description = "Its version.")))))]
#[get("/tickets/{id}/draft")]
async fn show(
    state: web::Data<AppState>,
    caller: Staff,
    id: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let draft = read(&state, caller.actor(), id.parse()?).await?;
    Ok(versioned(StatusCode::OK, draft.version, &draft))
}

/// A draft: a reply and a note, each with a text of its own.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"visibility": "public", "reply": "We are on it.", "note": ""}))]
pub struct ReplyDraftPut {
    /// Which text is being written: `public` the reply, `internal` the note.
    visibility: MessageVisibility,
    /// What is to go to the customer, in Markdown.
    #[schema(max_length = 20_000)]
    reply: String,
    /// What is to stay among staff, in Markdown.
    #[schema(max_length = 20_000)]
    note: String,
}

/// Keeps one's own draft.
///
/// Takes the place of what was kept; two empty texts are no draft. With `If-Match` only in place of
/// that version, so that what the same person wrote elsewhere is not lost: else a 412 has it as
/// `current`. The same texts again change nothing and are never refused. Sending a message empties
/// its text in the draft. Nobody hears of drafts, and nothing of the ticket moves.
#[utoipa::path(tag = "Tickets", operation_id = "ticket_draft.put", request_body = ReplyDraftPut,
    params(("id" = String, Path, description = "Id or number.", example = "TKT-12"),
        ("If-Match" = Option<String>, Header, description = "The ETag of what was read; without it the last one wins.")),
    responses((status = 200, description = "The draft.", body = ReplyDraft,
        headers(("ETag" = String, description = "Its version.")))))]
#[put("/tickets/{id}/draft")]
async fn keep(
    state: web::Data<AppState>,
    caller: Staff,
    id: web::Path<String>,
    expected: OptionalIfMatch,
    body: Body<ReplyDraftPut>,
) -> Result<HttpResponse, Problem> {
    let Body(body) = body;
    let texts = DraftTexts {
        visibility: body.visibility,
        reply: body.reply,
        note: body.note,
    };
    let reference: Reference = id.parse()?;
    let kept =
        tickets::keep_draft(&state.app, caller.actor(), reference, &expected.0, &texts).await;
    match kept {
        Ok(draft) => {
            let draft = ReplyDraft::from(draft);
            Ok(versioned(StatusCode::OK, draft.version, &draft))
        }
        Err(error) => Err(or_current(error, read(&state, caller.actor(), reference)).await),
    }
}

/// Forgets one's own draft.
///
/// Where nothing is written, nothing happens.
#[utoipa::path(tag = "Tickets", operation_id = "ticket_draft.delete",
    params(("id" = String, Path, description = "Id or number.", example = "TKT-12"),
        ("If-Match" = String, Header, description = "The ETag of what was read, or `*`.")),
    responses((status = 204, description = "Nothing is kept.")))]
#[delete("/tickets/{id}/draft")]
async fn forget(
    state: web::Data<AppState>,
    caller: Staff,
    id: web::Path<String>,
    expected: IfMatch,
) -> Result<HttpResponse, Problem> {
    let reference: Reference = id.parse()?;
    match tickets::forget_draft(&state.app, caller.actor(), reference, &expected.0).await {
        Ok(()) => Ok(HttpResponse::NoContent().finish()),
        Err(error) => Err(or_current(error, read(&state, caller.actor(), reference)).await),
    }
}

async fn read(state: &AppState, actor: &Actor, reference: Reference) -> Result<ReplyDraft, Error> {
    Ok(tickets::draft(&state.app, actor, reference).await?.into())
}
