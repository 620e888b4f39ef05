//! Who changed which field of a ticket.

use actix_web::{get, web};
use bsm_application::tickets;
use bsm_domain::actor::Via;
use bsm_persistence::history::HistoryRow;
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::caller::Staff;
use crate::http::cursor::List;
use crate::http::list::{self, ListAnswer, PageParams};
use crate::http::params::Params;
use crate::http::people::{ApiKeyRef, Person};
use crate::http::problem::Problem;
use crate::state::AppState;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(index);
}

/// One change of one field.
#[derive(Debug, Serialize, ToSchema)]
pub struct HistoryEntry {
    /// When.
    pub at: DateTime<Utc>,
    /// Who; null for timers and the product itself.
    #[schema(required)]
    pub actor: Option<Person>,
    /// Through what.
    pub via: Via,
    /// The API key it was done with, the maker of which is the actor; null without one.
    #[schema(required)]
    pub api_key: Option<ApiKeyRef>,
    /// Which field; `created` for the ticket itself, `rating` for its rating.
    #[schema(example = "status")]
    pub field: String,
    /// The value before: a code, or a person's name.
    #[schema(required)]
    pub from: Option<String>,
    /// The value after.
    #[schema(required)]
    pub to: Option<String>,
}

impl From<HistoryRow> for HistoryEntry {
    fn from(row: HistoryRow) -> Self {
        let actor = match (row.actor_id, row.actor_name, row.actor_role) {
            (Some(id), Some(name), Some(role)) => Some(Person {
                id,
                name,
                role: role.into(),
            }),
            _ => None,
        };
        Self {
            at: row.at,
            actor,
            via: row.via,
            api_key: ApiKeyRef::from_join(row.key_id, row.key_name),
            field: row.field,
            from: row.from_name.or(row.from_value),
            to: row.to_name.or(row.to_value),
        }
    }
}

/// Reads the history.
///
/// Oldest first: who changed which field from what to what, when, through what.
#[utoipa::path(tag = "Tickets", operation_id = "ticket_history.list",
    params(("id" = String, Path, description = "Id or number.", example = "TKT-12"), PageParams),
    responses((status = 200, description = "A page of changes.", body = ListAnswer<HistoryEntry>)))]
#[get("/tickets/{id}/history")]
async fn index(
    state: web::Data<AppState>,
    caller: Staff,
    id: web::Path<String>,
    params: Params<PageParams>,
) -> Result<web::Json<ListAnswer<HistoryEntry>>, Problem> {
    let window = params.0.window(List::HISTORY)?;
    let page = tickets::history(&state.app, caller.actor(), id.parse()?, &window).await?;
    Ok(web::Json(list::answer(
        page,
        List::HISTORY,
        HistoryEntry::from,
    )))
}
