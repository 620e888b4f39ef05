//! What every write of an organization has in common.

use bsm_domain::event::{Changes, Event, EventKind, SubjectKind};
use bsm_domain::ids::{EventId, OrganizationId};
use bsm_domain::text;
use bsm_persistence::{DbError, Tx};
use serde_json::{Map, json};

use crate::audit::{self, Fact};
use crate::users::input;
use crate::{Conflict, Error, Result, Stamp};

/// A name as it is kept, and the form in which it is unique: names that differ only in case,
/// accents or punctuation are the same name.
#[derive(Debug, Clone)]
pub(crate) struct Name {
    pub(crate) text: String,
    pub(crate) key: String,
}

impl Name {
    /// A name of one line of 1 to 120 characters.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        let text = input::name(text)?;
        let folded = text::fold(&text);
        // A name of symbols alone folds to nothing; it is its own key then.
        let key = if folded.is_empty() {
            text.to_lowercase()
        } else {
            folded
        };
        Ok(Self { text, key })
    }
}

/// Puts an organization where searches find it.
pub(super) async fn index(tx: &mut Tx, id: OrganizationId, name: &Name) -> Result<()> {
    index_again(tx, id, &name.text).await
}

/// Puts an organization of this name into the search anew.
pub(crate) async fn index_again(tx: &mut Tx, id: OrganizationId, name: &str) -> Result<()> {
    let words = text::fold(name);
    tx.index_content("organization", "live", id.0, [&words, "", ""])
        .await?;
    Ok(())
}

/// The event and the audit of a write. The audit's action is the kind of the event.
pub(super) async fn tell(
    tx: &mut Tx,
    stamp: &Stamp,
    id: OrganizationId,
    kind: EventKind,
    changes: Changes,
) -> Result<()> {
    let mut detail = Map::new();
    if !changes.is_empty() {
        let fields: Vec<&String> = changes.0.keys().collect();
        detail.insert("fields".into(), json!(fields));
    }
    tx.append_event(&Event {
        id: EventId::generate(),
        kind,
        occurred_at: stamp.at,
        actor: stamp.by,
        subject_kind: SubjectKind::Organization,
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
            subject_kind: SubjectKind::Organization,
            subject_id: id.0,
            detail,
        },
    )
    .await
}

/// The name is the one unique thing of an organization that is not made here.
pub(super) fn taken(error: DbError) -> Error {
    if error.is_unique_violation() {
        Conflict::NameTaken.into()
    } else {
        error.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_look_alike_have_one_key() {
        let key = |text: &str| Name::parse(text).unwrap().key;
        assert_eq!(key("Acme"), key(" ACMÉ! "));
        assert_ne!(key("Acme"), key("Acme 2"));
        assert_eq!(key("***"), "***");
        assert!(Name::parse("a\nb").is_err());
    }
}
