//! Every security-relevant write, append-only.

use bsm_domain::actor::Via;
use bsm_domain::clock::Time;
use bsm_domain::event::SubjectKind;
use bsm_domain::ids::UserId;
use serde_json::{Map, Value};
use sqlx::types::Json;
use uuid::Uuid;

use crate::{DbError, Tx};

/// A row about to be written. Like events it holds codes and ids, no names and no free text.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "columns of `audit`")]
pub struct NewAudit {
    pub at: Time,
    pub actor_id: Option<UserId>,
    pub via: Via,
    pub action: &'static str,
    pub subject_kind: SubjectKind,
    pub subject_id: Option<Uuid>,
    pub detail: Map<String, Value>,
}

impl Tx {
    /// Writes a row.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn insert_audit(&mut self, row: &NewAudit) -> Result<(), DbError> {
        self.q(
            "insert into audit (id, at, actor_id, via, action, subject_kind, subject_id, detail) \
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(Uuid::now_v7())
        .bind(row.at)
        .bind(row.actor_id)
        .bind(row.via)
        .bind(row.action.to_owned())
        .bind(row.subject_kind)
        .bind(row.subject_id)
        .bind(Json(row.detail.clone()))
        .execute()
        .await
        .map(drop)
    }
}
