//! Every security-relevant write, append-only.

use bsm_domain::actor::{Role, Via};
use bsm_domain::clock::Time;
use bsm_domain::event::SubjectKind;
use bsm_domain::ids::{ApiKeyId, UserId};
use serde_json::{Map, Value};
use sqlx::FromRow;
use sqlx::types::Json;
use uuid::Uuid;

use crate::page::{Direction, Key, Page, Window, distinct, push_limit, push_merged, push_window};
use crate::{DbError, Query, Tx};

/// A row about to be written. Like events it holds codes and ids, no names and no free text.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "columns of `audit`")]
pub struct NewAudit {
    pub at: Time,
    pub actor_id: Option<UserId>,
    pub via: Via,
    /// The API key it came with.
    pub key_id: Option<ApiKeyId>,
    pub action: &'static str,
    pub subject_kind: SubjectKind,
    pub subject_id: Option<Uuid>,
    pub detail: Map<String, Value>,
}

/// A row with the names that its ids have now: those of whoever acted, and of what it was done to.
#[derive(Debug, Clone, FromRow)]
#[allow(missing_docs, reason = "columns of `audit`")]
pub struct AuditRow {
    pub id: Uuid,
    pub at: Time,
    pub actor_id: Option<UserId>,
    pub actor_name: Option<String>,
    pub actor_role: Option<Role>,
    pub via: Via,
    pub key_id: Option<ApiKeyId>,
    pub key_name: Option<String>,
    pub action: String,
    /// As text: a newer version of the product may have written a kind that this one does not know.
    pub subject_kind: String,
    pub subject_id: Option<Uuid>,
    /// Of a session: that of its person.
    pub subject_name: Option<String>,
    /// Of a session: its person.
    pub subject_person: Option<UserId>,
    pub detail: Json<Map<String, Value>>,
}

/// Which rows a list shows: those that pass every filter.
#[derive(Debug, Clone, Default)]
pub struct AuditFilter {
    /// Done by this person.
    pub actor: Option<UserId>,
    /// One of these; none filters nothing.
    pub actions: Vec<String>,
    /// Done to this.
    pub subject: Option<Uuid>,
    /// At or after.
    pub from: Option<Time>,
    /// Before.
    pub to: Option<Time>,
}

impl AuditFilter {
    /// The lists that together are this one, where it asks for one of several actions among all
    /// rows: see [`push_merged`].
    fn parts(&self) -> Vec<Self> {
        if self.actions.len() < 2 || self.actor.is_some() || self.subject.is_some() {
            return Vec::new();
        }
        let one = |action| Self {
            actions: vec![action],
            ..self.clone()
        };
        distinct(&self.actions).into_iter().map(one).collect()
    }

    fn push(&self, query: &mut Query<'_>) {
        query.push(" where 1 = 1");
        if let Some(actor) = self.actor {
            query.push(" and a.actor_id = ").push_bind(actor);
        }
        match self.actions.as_slice() {
            [] => {}
            [one] => {
                query.push(" and a.action = ").push_bind(one.clone());
            }
            many => {
                query
                    .push(" and a.action in ")
                    .push_list(many.iter().cloned());
            }
        }
        if let Some(subject) = self.subject {
            query.push(" and a.subject_id = ").push_bind(subject);
        }
        if let Some(from) = self.from {
            query.push(" and a.at >= ").push_bind(from);
        }
        if let Some(to) = self.to {
            query.push(" and a.at < ").push_bind(to);
        }
    }
}

/// The names are looked up row by row, each by its key: joins would let a planner read whole tables
/// for a page of 25.
const SELECT: &str = "select a.id, a.at, a.actor_id, \
    (select u.name from users u where u.id = a.actor_id) as actor_name, \
    (select u.role from users u where u.id = a.actor_id) as actor_role, \
    a.via, a.key_id, (select k.name from api_keys k where k.id = a.key_id) as key_name, a.action, a.subject_kind, a.subject_id, case a.subject_kind \
    when 'user' then (select u.name from users u where u.id = a.subject_id) \
    when 'organization' then (select o.name from organizations o where o.id = a.subject_id) \
    when 'api_key' then (select k.name from api_keys k where k.id = a.subject_id) \
    when 'session' then (select u.name from sessions s join users u on u.id = s.user_id \
    where s.id = a.subject_id) \
    when 'service' then (select v.name from service_versions v where v.service_id = a.subject_id \
    order by v.n desc limit 1) \
    when 'article' then (select r.title from article_revisions r where r.article_id = a.subject_id \
    order by r.n desc limit 1) end as subject_name, \
    case a.subject_kind when 'session' then \
    (select s.user_id from sessions s where s.id = a.subject_id) end as subject_person, \
    a.detail from ";

impl Tx {
    /// A page of the audit, newest first.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn audit(
        &mut self,
        filter: &AuditFilter,
        window: &Window,
    ) -> Result<Page<AuditRow>, DbError> {
        const ORDER: &str = " order by a.at desc, a.id desc";
        let window_of = |query: &mut Query<'_>, filter: &AuditFilter| {
            filter.push(query);
            let key = "(a.at, a.id)";
            push_window(query, window, key, Direction::Falling, ORDER);
        };
        let mut query = self.q(SELECT);
        let parts = filter.parts();
        if parts.is_empty() {
            query.push("audit a");
            window_of(&mut query, filter);
        } else {
            push_merged(&mut query, &parts, |query, part| {
                query.push("select a.* from audit a");
                window_of(query, part);
            });
            query.push(" a");
            push_limit(&mut query, window, ORDER);
        }
        let rows: Vec<AuditRow> = query.all().await?;
        Ok(Page::cut(rows, window.limit, |row| Key {
            at: row.at,
            id: row.id,
        }))
    }

    /// Writes a row.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn insert_audit(&mut self, row: &NewAudit) -> Result<(), DbError> {
        self.q(
            "insert into audit (id, at, actor_id, via, action, subject_kind, subject_id, detail, key_id) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(Uuid::now_v7())
        .bind(row.at)
        .bind(row.actor_id)
        .bind(row.via)
        .bind(row.action.to_owned())
        .bind(row.subject_kind)
        .bind(row.subject_id)
        .bind(Json(row.detail.clone()))
        .bind(row.key_id)
        .execute()
        .await
        .map(drop)
    }
}
