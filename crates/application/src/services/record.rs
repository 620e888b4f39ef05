//! What every change of a service leaves behind: its event, its place in the search, its audit.

use bsm_domain::event::{Changes, Event, EventKind, SubjectKind};
use bsm_domain::ids::{EventId, ServiceId, UserId};
use bsm_domain::markdown;
use bsm_domain::service::ServiceContent;
use bsm_domain::text::{Folded, document};
use bsm_persistence::Tx;
use bsm_persistence::audit::NewAudit;
use bsm_persistence::content::View;
use bsm_persistence::service_lists::SERVICE_KIND;
use serde_json::{Map, Value, json};

use crate::search::INDEXED_WORDS;
use crate::{Error, FieldError, Result, Stamp};

/// Writes the event of a change.
pub(super) async fn announce(
    tx: &mut Tx,
    stamp: &Stamp,
    id: ServiceId,
    kind: EventKind,
    changes: Changes,
) -> Result<()> {
    tx.append_event(&Event {
        id: EventId::generate(),
        kind,
        occurred_at: stamp.at,
        actor: stamp.by,
        subject_kind: SubjectKind::Service,
        subject_id: id.0,
        subject_number: None,
        requester: None,
        organization: None,
        changes,
    })
    .await?;
    Ok(())
}

/// Writes the audit of a change of what customers see.
pub(super) async fn audit(
    tx: &mut Tx,
    stamp: &Stamp,
    id: ServiceId,
    action: &'static str,
    detail: Map<String, Value>,
) -> Result<()> {
    tx.insert_audit(&NewAudit {
        at: stamp.at,
        actor_id: stamp.by,
        via: stamp.via,
        key_id: stamp.key,
        action,
        subject_kind: SubjectKind::Service,
        subject_id: Some(id.0),
        detail,
    })
    .await?;
    Ok(())
}

/// Puts what a service says into the search.
pub(super) async fn index(
    tx: &mut Tx,
    id: ServiceId,
    view: View,
    content: &ServiceContent,
) -> Result<()> {
    let text = markdown::plain_text(&content.description);
    let title = document(&[&content.name], INDEXED_WORDS);
    let headings = document(&[&content.summary, &content.category], INDEXED_WORDS);
    let body = document(&[&text], INDEXED_WORDS);
    tx.index_content(SERVICE_KIND, view.scope(), id.0, [&title, &headings, &body])
        .await?;
    Ok(())
}

/// Puts a service into the search anew, with the words of the present moment: the working copy and
/// what is live.
pub(crate) async fn index_again(tx: &mut Tx, id: ServiceId) -> Result<()> {
    if let Some(service) = tx.service(id).await? {
        index(tx, id, View::Draft, &service.shown.content()).await?;
    }
    if let Some(service) = tx.active_service(id).await? {
        index(tx, id, View::Live, &service.shown.content()).await?;
    }
    Ok(())
}

/// What relevance is computed from: the same texts that [`index`] stores.
pub(super) fn folded(content: &ServiceContent) -> Folded {
    Folded::new(
        &content.name,
        &format!("{} {}", content.summary, content.category),
        &markdown::plain_text(&content.description),
    )
}

/// Checks what only the whole of a service can tell, and that its owner can answer for it. An
/// owner who has left since is no reason to refuse other changes.
pub(super) async fn check(
    tx: &mut Tx,
    content: &ServiceContent,
    owner_before: Option<UserId>,
) -> Result<()> {
    let mut errors: Vec<FieldError> = content
        .check()
        .err()
        .unwrap_or_default()
        .into_iter()
        .map(|e| FieldError {
            pointer: e.pointer,
            code: e.code,
            detail: e.detail,
        })
        .collect();
    if let Some(owner) = content.owner
        && content.owner != owner_before
    {
        let user = tx.user(owner).await?;
        if !user.is_some_and(|u| u.active && u.role.is_staff()) {
            errors.push(FieldError::unknown_reference(
                "/owner_id",
                "names no active member of staff",
            ));
        }
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Error::Invalid(errors))
    }
}

/// Which fields differ: codes, numbers and ids with their values, of free text only that it does.
pub(super) fn differences(before: &ServiceContent, after: &ServiceContent) -> Changes {
    let mut changes = Changes::none();
    for (field, changed) in [
        ("name", before.name != after.name),
        ("summary", before.summary != after.summary),
        ("description", before.description != after.description),
        ("category", before.category != after.category),
        ("form", before.form != after.form),
    ] {
        if changed {
            changes = changes.with(field, Value::Null, Value::Null);
        }
    }
    for (field, from, to) in [
        ("icon", json!(before.icon), json!(after.icon)),
        (
            "price_kind",
            json!(before.price_kind),
            json!(after.price_kind),
        ),
        (
            "price_minor",
            json!(before.price_minor),
            json!(after.price_minor),
        ),
        ("currency", json!(before.currency), json!(after.currency)),
        (
            "delivery_days",
            json!(before.delivery_days),
            json!(after.delivery_days),
        ),
        ("owner", json!(before.owner), json!(after.owner)),
    ] {
        if from != to {
            changes = changes.with(field, from, to);
        }
    }
    changes
}
