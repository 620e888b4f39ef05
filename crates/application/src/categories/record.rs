//! What every change of a category leaves behind: its event and its audit.

use bsm_domain::event::{Changes, Event, EventKind, SubjectKind};
use bsm_domain::ids::{CategoryId, EventId};
use bsm_persistence::Tx;

use crate::audit::{self, Fact};
use crate::{Result, Stamp};

/// Writes event and audit of one change.
pub(super) async fn record(
    tx: &mut Tx,
    stamp: &Stamp,
    id: CategoryId,
    kind: EventKind,
    changes: Changes,
) -> Result<()> {
    let detail = changes.0.clone();
    tx.append_event(&Event {
        id: EventId::generate(),
        kind,
        occurred_at: stamp.at,
        actor: stamp.by,
        subject_kind: SubjectKind::Category,
        subject_id: id.0,
        subject_number: None,
        requester: None,
        organization: None,
        changes,
    })
    .await?;
    let fact = Fact {
        action: kind.as_str(),
        subject_kind: SubjectKind::Category,
        subject_id: id.0,
        detail,
    };
    audit::write(tx, stamp, fact).await
}
