//! The stream of events, and the same log in pages.

use std::str::FromStr;

use actix_web::{HttpResponse, get, web};
use bsm_application::events::log::{self, After};
use bsm_domain::policy::visible_changes;
use serde::{Deserialize, Serialize};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{IntoParams, PartialSchema, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::caller::Staff;
use crate::dto::event::{EventData, EventType, parties};
use crate::http::params::{CommaList, One, Params, matching, values};
use crate::http::problem::Problem;
use crate::http::sse::{self, LastEventId};
use crate::http::{event_stream, list};
use crate::state::AppState;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(stream).service(pages);
}

/// Which part of the log.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct LogParams {
    /// The `position` of the page before, or an event's `id`; `latest` for the present end of the log.
    /// Without, from the oldest event that is kept.
    #[param(inline, example = "1042")]
    after: Option<One<LogAfter>>,
    /// Only events of these types, separated by commas.
    #[param(inline, example = "ticket.created,ticket.resolved")]
    types: Option<CommaList<EventType>>,
    /// Events of a page, 25 by default.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// A place in the log as it is written in a query.
#[derive(Debug)]
struct LogAfter(After);

impl PartialSchema for LogAfter {
    fn schema() -> RefOr<Schema> {
        matching("^(latest|0|[1-9][0-9]{0,17})$".into(), 18)
    }
}

impl FromStr for LogAfter {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "latest" {
            return Ok(Self(After::Latest));
        }
        let position = sse::position(text).ok_or("not a position of the log")?;
        Ok(Self(After::Position(position)))
    }
}

/// A part of the log.
#[derive(Debug, Serialize, ToSchema)]
struct EventLogPage<'a> {
    /// The events, in order.
    items: Vec<EventData<'a>>,
    /// What to send as `after` for what comes next; always there.
    #[schema(example = "1042")]
    position: String,
    /// Whether there is more to read at once. A page may be empty and have more behind it, where few
    /// events of a long log are asked for.
    more: bool,
}

/// Reads the log of events in pages.
///
/// The same events as the stream's, in the same order and form, for those who cannot hold a stream:
/// send the `position` of each answer as `after` of the next call, at once where `more` says so, else
/// after a pause. Events are kept for 30 days; a position that the log no longer reaches to is a 410
/// `position_expired`: load everything again, and go on from `after=latest`.
#[utoipa::path(tag = "Events", operation_id = "events.log", params(LogParams),
    responses((status = 200, description = "A page of the log.", body = EventLogPage<'static>),
        (status = 410, description = "`position_expired`: the log no longer, or not yet, reaches to this position.", body = inline(crate::http::problem::ProblemSchema), content_type = "application/problem+json")))]
#[get("/events/log")]
async fn pages(
    state: web::Data<AppState>,
    caller: Staff,
    params: Params<LogParams>,
) -> Result<HttpResponse, Problem> {
    let Params(params) = params;
    let limit = list::limit(params.limit)?;
    let after = params.after.map_or(After::Beginning, |after| after.0.0);
    let kinds: Vec<_> = values(params.types).iter().map(|t| t.0).collect();
    let page = log::page(&state.app, caller.actor(), after, &kinds, limit).await?;
    let visible: Vec<_> = page
        .items
        .iter()
        .filter_map(|row| {
            let event = row.event.as_ref()?;
            let changes = visible_changes(caller.actor(), &parties(event), &event.changes)?;
            Some((row.position, event, changes))
        })
        .collect();
    let items = visible.iter();
    Ok(HttpResponse::Ok().json(EventLogPage {
        items: items
            .map(|(at, event, changes)| EventData::of(*at, event, &changes.0))
            .collect(),
        position: page.position.to_string(),
        more: page.more,
    }))
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
