//! The stream of events.

use actix_web::{HttpResponse, get, web};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::caller::Staff;
use crate::dto::event::EventData;
use crate::http::event_stream;
use crate::http::problem::Problem;
use crate::http::sse::LastEventId;
use crate::state::AppState;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(stream);
}

/// Streams events.
///
/// What happens to tickets, internal notes included, services, articles, drafts included, people
/// and organizations.
///
/// Server-Sent Events. The first is `hello`; fetch what is shown after it, then follow. Each
/// event comes exactly once, in order; its `id:` is where a later stream goes on when it is sent
/// as `Last-Event-ID`. `position` comes each minute and moves that place on; `reset` says that
/// the log does not reach back so far: fetch everything again. `bye` with a `reason`
/// (`token_expired`, `session_ended`, `key_revoked`, `rights_changed`, `shutdown`) is the last:
/// refresh the token where needed and resume. A comment comes every 15 seconds.
#[utoipa::path(tag = "Events", operation_id = "events.stream",
    params(("Last-Event-ID" = Option<String>, Header, description = "The last `id:` read; without, from now on.", example = "1042")),
    responses((status = 200, description = "The stream. The schema is that of an event's `data`.", body = EventData<'static>, content_type = "text/event-stream")))]
#[get("/events")]
async fn stream(
    state: web::Data<AppState>,
    caller: Staff,
    after: LastEventId,
) -> Result<HttpResponse, Problem> {
    event_stream::open(&state, &caller.0, after.0).await
}
