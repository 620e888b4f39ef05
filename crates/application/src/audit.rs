//! The audit: what was done that matters for security, in the transaction that did it.
//!
//! A sign-in that fails is no row: nothing was done, anybody can fail as often as the rate limit
//! lets them, and these rows are never deleted, so strangers could fill a disk with them. Writing
//! only those of known addresses would tell by the time it takes which addresses are known.

use bsm_domain::actor::Actor;
use bsm_domain::event::SubjectKind;
use bsm_domain::policy::{self, Capability};
use bsm_persistence::Tx;
use bsm_persistence::audit::{AuditFilter, AuditRow, NewAudit};
use bsm_persistence::page::{Page, Window};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::{App, Result, Stamp};

/// A page of the audit, newest first. Admins only.
///
/// # Errors
/// [`crate::Error::Forbidden`]
pub async fn list(
    app: &App,
    actor: &Actor,
    filter: &AuditFilter,
    window: &Window,
) -> Result<Page<AuditRow>> {
    policy::require(actor, Capability::Manage)?;
    app.db
        .read(async |tx| Ok(tx.audit(filter, window).await?))
        .await
}

/// One thing done. The detail holds codes and ids, no names and no free text.
pub(crate) struct Fact {
    pub(crate) action: &'static str,
    pub(crate) subject_kind: SubjectKind,
    pub(crate) subject_id: Uuid,
    pub(crate) detail: Map<String, Value>,
}

/// Writes it down.
pub(crate) async fn write(tx: &mut Tx, stamp: &Stamp, fact: Fact) -> Result<()> {
    tx.insert_audit(&NewAudit {
        at: stamp.at,
        actor_id: stamp.by,
        via: stamp.via,
        key_id: stamp.key,
        action: fact.action,
        subject_kind: fact.subject_kind,
        subject_id: Some(fact.subject_id),
        detail: fact.detail,
    })
    .await?;
    Ok(())
}
