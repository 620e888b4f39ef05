//! An organization is added.

use bsm_domain::actor::Actor;
use bsm_domain::event::{Changes, Event, EventKind, SubjectKind};
use bsm_domain::ids::{EventId, OrganizationId};
use bsm_domain::policy::{self, Capability};
use bsm_domain::text;
use bsm_persistence::organizations::{NewOrganization, OrganizationRow};
use bsm_persistence::{DbError, Tx};
use serde_json::Map;

use crate::audit::{self, Fact};
use crate::users::input;
use crate::{App, Conflict, Error, Result, Stamp};

/// An admin adds an organization. Names that differ only in case, accents or punctuation are the
/// same name.
///
/// # Errors
/// [`Error::Forbidden`]; [`Conflict::NameTaken`]; [`Error::Invalid`] where the name does not fit.
pub async fn create(app: &App, actor: &Actor, name: &str) -> Result<OrganizationRow> {
    policy::require(actor, Capability::Manage)?;
    let stamp = Stamp::of(app, actor);
    let id = OrganizationId::generate();
    app.db
        .write(async |tx| add(tx, &stamp, id, name).await)
        .await
}

/// The demo data add an organization.
///
/// # Errors
/// As [`create`], but for the right to do it.
pub async fn create_by_operator(app: &App, name: &str) -> Result<OrganizationRow> {
    let stamp = Stamp::system(app);
    let id = OrganizationId::generate();
    app.db
        .write(async |tx| add(tx, &stamp, id, name).await)
        .await
}

async fn add(
    tx: &mut Tx,
    stamp: &Stamp,
    id: OrganizationId,
    name: &str,
) -> Result<OrganizationRow> {
    let name = input::name(name)?;
    let words = text::fold(&name);
    // A name of symbols alone folds to nothing; it is its own key then.
    let name_key = if words.is_empty() {
        name.to_lowercase()
    } else {
        words.clone()
    };
    tx.insert_organization(&NewOrganization {
        id,
        name,
        name_key,
        created_at: stamp.at,
    })
    .await
    .map_err(taken)?;
    tx.index_content("organization", "live", id.0, [&words, "", ""])
        .await?;
    tx.append_event(&Event {
        id: EventId::generate(),
        kind: EventKind::OrganizationCreated,
        occurred_at: stamp.at,
        actor: stamp.by,
        subject_kind: SubjectKind::Organization,
        subject_id: id.0,
        subject_number: None,
        requester: None,
        organization: None,
        changes: Changes::none(),
    })
    .await?;
    audit::write(
        tx,
        stamp,
        Fact {
            action: "organization.created",
            subject_kind: SubjectKind::Organization,
            subject_id: id.0,
            detail: Map::new(),
        },
    )
    .await?;
    tx.organization(id).await?.ok_or(Error::NotFound)
}

fn taken(error: DbError) -> Error {
    if error.is_unique_violation() {
        Conflict::NameTaken.into()
    } else {
        error.into()
    }
}
