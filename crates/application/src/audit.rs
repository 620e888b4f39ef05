//! The audit: what was done that matters for security, in the transaction that did it.

use bsm_domain::event::SubjectKind;
use bsm_persistence::Tx;
use bsm_persistence::audit::NewAudit;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::{Result, Stamp};

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
        action: fact.action,
        subject_kind: fact.subject_kind,
        subject_id: Some(fact.subject_id),
        detail: fact.detail,
    })
    .await?;
    Ok(())
}
