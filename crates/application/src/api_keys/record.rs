//! What every write of a key has in common.

use bsm_domain::api_key::NAME_MAX;
use bsm_domain::event::{Changes, Event, EventKind, SubjectKind};
use bsm_domain::ids::{ApiKeyId, EventId};
use bsm_domain::text;
use bsm_persistence::Tx;
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use crate::audit::{self, Fact};
use crate::users::input::field;
use crate::{Result, Stamp};

/// A name as it is kept: one line of 1 to 80 characters.
pub(super) fn name(text: &str) -> Result<String> {
    let name = text.trim();
    let wrong = match name.chars().count() {
        0 => Some(("too_short", "must not be blank")),
        n if n > NAME_MAX => Some(("too_long", "must have at most 80 characters")),
        _ if text::has_line_break(name) || text::forbidden_character(name).is_some() => {
            Some(("forbidden_character", "must be a single line"))
        }
        _ => None,
    };
    match wrong {
        Some((code, detail)) => Err(field("/name", code, detail)),
        None => Ok(name.to_owned()),
    }
}

/// What is kept of a key: its SHA-256 in hexadecimal. A secret of 256 random bits cannot be
/// searched, so that a plain hash is enough.
pub(super) fn hash(key: &str) -> String {
    Sha256::digest(key)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The event and the audit of a write. The audit's action is the kind of the event.
pub(super) async fn tell(
    tx: &mut Tx,
    stamp: &Stamp,
    id: ApiKeyId,
    kind: EventKind,
    changes: Changes,
    detail: Map<String, Value>,
) -> Result<()> {
    tx.append_event(&Event {
        id: EventId::generate(),
        kind,
        occurred_at: stamp.at,
        actor: stamp.by,
        subject_kind: SubjectKind::ApiKey,
        subject_id: id.0,
        subject_number: None,
        requester: None,
        organization: None,
        changes,
    })
    .await?;
    audit::write(
        tx,
        stamp,
        Fact {
            action: kind.as_str(),
            subject_kind: SubjectKind::ApiKey,
            subject_id: id.0,
            detail,
        },
    )
    .await
}
