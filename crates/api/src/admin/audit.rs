//! The audit: what was done that matters for security. Only for admins, and only to read.

use std::fmt;
use std::str::FromStr;

use actix_web::{get, web};
use bsm_application::audit;
use bsm_domain::actor::Via;
use bsm_domain::ids::UserId;
use bsm_persistence::audit::{AuditFilter, AuditRow};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{IntoParams, PartialSchema, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::auth::caller::Admin;
use crate::http::cursor::List;
use crate::http::list::{self, ListAnswer};
use crate::http::moment;
use crate::http::params::{CommaList, Params, matching, values};
use crate::http::people::{ApiKeyRef, Person};
use crate::http::problem::Problem;
use crate::state::AppState;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(index);
}

/// What something was done to.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditSubject {
    /// What it is.
    #[schema(example = "user")]
    pub kind: String,
    /// Its id; null where it is nothing in particular.
    #[schema(required)]
    pub id: Option<Uuid>,
    /// What it is called now; of a session, whose it is. Null where it has no name or is gone.
    #[schema(required)]
    pub name: Option<String>,
    /// Of a session: the person.
    #[schema(required)]
    pub person_id: Option<UserId>,
}

/// One thing done.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditEntry {
    /// Its id.
    pub id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// Who; null for the product itself and the command line.
    #[schema(required)]
    pub actor: Option<Person>,
    /// Through what.
    pub via: Via,
    /// The API key it was done with, the maker of which is the actor; null without one.
    #[schema(required)]
    pub api_key: Option<ApiKeyRef>,
    /// What was done.
    #[schema(example = "user.updated")]
    pub action: String,
    /// To what.
    pub subject: AuditSubject,
    /// More of it, by action: codes and ids, never names or texts.
    #[schema(value_type = Object, example = json!({"fields": ["role"]}))]
    pub detail: Map<String, Value>,
}

impl From<AuditRow> for AuditEntry {
    fn from(row: AuditRow) -> Self {
        let actor = match (row.actor_id, row.actor_name, row.actor_role) {
            (Some(id), Some(name), Some(role)) => Some(Person {
                id,
                name,
                role: role.into(),
            }),
            _ => None,
        };
        Self {
            id: row.id,
            at: row.at,
            actor,
            via: row.via,
            api_key: ApiKeyRef::from_join(row.key_id, row.key_name),
            action: row.action,
            subject: AuditSubject {
                kind: row.subject_kind,
                id: row.subject_id,
                name: row.subject_name,
                person_id: row.subject_person,
            },
            detail: row.detail.0,
        }
    }
}

/// What was done: `noun.verb`. The list of them grows with the product, so that any such word is
/// taken; one that nothing was ever called finds nothing.
#[derive(Debug, Clone)]
struct ActionParam(String);

/// Longest words of an action, in characters.
const NOUN_MAX: usize = 29;
/// See [`NOUN_MAX`].
const VERB_MAX: usize = 30;

struct NoAction;

impl fmt::Display for NoAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("action must be like user.updated")
    }
}

impl PartialSchema for ActionParam {
    fn schema() -> RefOr<Schema> {
        matching(
            format!(r"^[a-z_]{{1,{NOUN_MAX}}}\.[a-z_]{{1,{VERB_MAX}}}$"),
            NOUN_MAX + 1 + VERB_MAX,
        )
    }
}

impl FromStr for ActionParam {
    type Err = NoAction;

    fn from_str(text: &str) -> Result<Self, NoAction> {
        let word = |w: &str, longest: usize| {
            (1..=longest).contains(&w.len())
                && w.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
        };
        let sound = text
            .split_once('.')
            .is_some_and(|(noun, verb)| word(noun, NOUN_MAX) && word(verb, VERB_MAX));
        if sound {
            Ok(Self(text.to_owned()))
        } else {
            Err(NoAction)
        }
    }
}

/// Filters of the audit.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct AuditParams {
    /// Done by this person.
    actor: Option<UserId>,
    /// One of these, separated by commas.
    #[param(inline, example = "user.updated,session.ended")]
    action: Option<CommaList<ActionParam>>,
    /// Done to this: the id of a person, an organization, a session, a key, a service, an article.
    subject: Option<Uuid>,
    /// At or after.
    #[serde(default, deserialize_with = "moment::optional")]
    from: Option<DateTime<Utc>>,
    /// Before.
    #[serde(default, deserialize_with = "moment::optional")]
    to: Option<DateTime<Utc>>,
    /// Rows of a page, 25 by default.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// The `next_cursor` of the page before.
    #[param(max_length = 200)]
    cursor: Option<String>,
}

/// Reads the audit.
///
/// Every write that matters for security, newest first: who did what to whom, when, through what.
/// Rows are only ever added. Names are those of today; a sign-in that failed is no row. Only
/// admins.
#[utoipa::path(tag = "People", operation_id = "audit.list", params(AuditParams),
    responses((status = 200, description = "A page of the audit.", body = ListAnswer<AuditEntry>)))]
#[get("/audit")]
async fn index(
    state: web::Data<AppState>,
    caller: Admin,
    params: Params<AuditParams>,
) -> Result<web::Json<ListAnswer<AuditEntry>>, Problem> {
    let Params(params) = params;
    let window = list::window(params.limit, params.cursor.as_deref(), List::AUDIT)?;
    let filter = AuditFilter {
        actor: params.actor,
        actions: values(params.action).into_iter().map(|a| a.0).collect(),
        subject: params.subject,
        from: params.from,
        to: params.to,
    };
    let page = audit::list(&state.app, caller.actor(), &filter, &window).await?;
    Ok(web::Json(list::answer(page, List::AUDIT, AuditEntry::from)))
}
