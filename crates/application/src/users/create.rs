//! A person is added: by an admin, by an operator at the command line, or by themselves.

use bsm_domain::actor::Actor;
use bsm_domain::event::{Changes, Event, EventKind, SubjectKind};
use bsm_domain::ids::{EventId, UserId};
use bsm_domain::password::Password;
use bsm_domain::policy::{self, Capability};
use bsm_persistence::users::{NewUser, UserRow};
use bsm_persistence::{DbError, Tx};
use serde_json::{Map, json};

use super::input::{self, NewPerson};
use crate::audit::{self, Fact};
use crate::auth::password;
use crate::{App, Conflict, Error, Result, Stamp};

/// An admin adds a person, who has no password until they are handed a link.
///
/// # Errors
/// [`Error::Forbidden`], also where a key would add staff; [`Conflict::EmailTaken`];
/// [`Error::Invalid`] where the name or the organization does not fit.
pub async fn create(app: &App, actor: &Actor, input: NewPerson) -> Result<UserRow> {
    let sight = policy::sight(actor, Capability::Manage)?;
    policy::may_make(actor, input.role)?;
    input::within(sight, input.organization)?;
    let stamp = Stamp::of(app, actor);
    let id = UserId::generate();
    app.db
        .write(async |tx| add(tx, &stamp, id, &input, None, "user.created").await)
        .await
}

/// An operator adds a person at the command line, with or without a password; so do the demo data.
///
/// # Errors
/// As [`create`], but for the right to do it.
pub async fn create_by_operator(
    app: &App,
    input: NewPerson,
    password: Option<Password>,
) -> Result<UserRow> {
    let hash = match password {
        Some(password) => Some(password::hash(password).await?),
        None => None,
    };
    let stamp = Stamp::system(app);
    let id = UserId::generate();
    app.db
        .write(async |tx| add(tx, &stamp, id, &input, hash.clone(), "user.created").await)
        .await
}

/// Writes a person, their place in the search, their event and the audit.
pub(crate) async fn add(
    tx: &mut Tx,
    stamp: &Stamp,
    id: UserId,
    input: &NewPerson,
    password_hash: Option<String>,
    action: &'static str,
) -> Result<UserRow> {
    let name = input::name(&input.name)?;
    let organization =
        input::membership(tx, input.role, input.organization, input.organization_role).await?;
    tx.insert_user(&NewUser {
        id,
        email: input.email.clone(),
        name: name.clone(),
        role: input.role,
        organization,
        password_hash,
        created_at: stamp.at,
    })
    .await
    .map_err(taken)?;
    input::index(tx, id, &name, input.email.as_str()).await?;
    tx.append_event(&event(stamp, id, EventKind::UserCreated, Changes::none()))
        .await?;
    audit::write(
        tx,
        stamp,
        Fact {
            action,
            subject_kind: SubjectKind::User,
            subject_id: id.0,
            detail: Map::from_iter([("role".into(), json!(input.role))]),
        },
    )
    .await?;
    tx.user(id).await?.ok_or(Error::NotFound)
}

/// The address is the one unique thing of a person that is not made here.
fn taken(error: DbError) -> Error {
    if error.is_unique_violation() {
        Conflict::EmailTaken.into()
    } else {
        error.into()
    }
}

/// An event about this person.
pub(crate) fn event(stamp: &Stamp, id: UserId, kind: EventKind, changes: Changes) -> Event {
    Event {
        id: EventId::generate(),
        kind,
        occurred_at: stamp.at,
        actor: stamp.by,
        subject_kind: SubjectKind::User,
        subject_id: id.0,
        subject_number: None,
        requester: None,
        organization: None,
        changes,
    }
}
