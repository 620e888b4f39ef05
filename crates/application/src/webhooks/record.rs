//! What every write of a webhook has in common.

use bsm_domain::event::{Changes, Event, EventKind, SubjectKind};
use bsm_domain::ids::{EventId, WebhookId};
use bsm_persistence::Tx;
use serde_json::{Map, json};

use crate::audit::{self, Fact};
use crate::{Result, Stamp};

/// The name of the log's reader that stands for all webhooks.
const READER: &str = "webhooks";

/// The event of a write, and the audit under the same name.
pub(super) async fn tell(
    tx: &mut Tx,
    stamp: &Stamp,
    id: WebhookId,
    kind: EventKind,
    changes: Changes,
) -> Result<()> {
    let (told, untold): (Vec<_>, Vec<_>) = changes
        .0
        .clone()
        .into_iter()
        .partition(|(_, change)| !change["from"].is_null() || !change["to"].is_null());
    let mut detail = Map::from_iter(told);
    if !untold.is_empty() {
        let fields: Vec<String> = untold.into_iter().map(|(field, _)| field).collect();
        detail.insert("fields".to_owned(), json!(fields));
    }
    tx.append_event(&Event {
        id: EventId::generate(),
        kind,
        occurred_at: stamp.at,
        actor: stamp.by,
        subject_kind: SubjectKind::Webhook,
        subject_id: id.0,
        subject_number: None,
        requester: None,
        organization: None,
        changes,
    })
    .await?;
    let fact = Fact {
        action: kind.as_str(),
        subject_kind: SubjectKind::Webhook,
        subject_id: id.0,
        detail,
    };
    audit::write(tx, stamp, fact).await
}

/// Addresses and descriptions are free text, which events do not hold: that they changed is enough
/// to know.
pub(super) fn untold(field: &str) -> Changes {
    Changes::none().with(field, json!(null), json!(null))
}

/// Keeps the log for the webhook that is furthest behind, and for none where none is active.
pub(super) async fn settle_reader(tx: &mut Tx) -> Result<()> {
    let active = tx.active_webhooks().await?;
    match active.iter().map(|webhook| webhook.position).min() {
        Some(position) => tx.set_event_reader(READER, position).await?,
        None => tx.forget_event_reader(READER).await?,
    }
    Ok(())
}
