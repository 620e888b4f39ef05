//! An admin changes a person.

use bsm_domain::actor::{Actor, OrganizationRole, Role};
use bsm_domain::event::{Changes, EventKind, SubjectKind};
use bsm_domain::ids::{OrganizationId, UserId};
use bsm_domain::policy::{self, Capability};
use bsm_persistence::Tx;
use bsm_persistence::users::UserRow;
use serde_json::{Map, json};

use super::create::event;
use super::input;
use crate::audit::{self, Fact};
use crate::auth::session::{self, Ending};
use crate::{App, Conflict, Error, Expected, Result, Stamp};

/// The fields to change; absent ones stay.
#[derive(Debug, Clone, Default)]
pub struct UpdateUser {
    /// Their name.
    pub name: Option<String>,
    /// What they may do. Whoever becomes staff leaves their organization.
    pub role: Option<Role>,
    /// The company of a customer; `Some(None)` for none.
    pub organization: Option<Option<OrganizationId>>,
    /// What they are there; `Some(None)` for `member`. In another company one begins as `member`.
    pub organization_role: Option<Option<OrganizationRole>>,
    /// Whether they may sign in.
    pub active: Option<bool>,
}

/// Changes fields, all or none. Another role and a deactivation end all their sessions.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Forbidden`], also where a key would change staff;
/// [`Error::Stale`] where it is not the expected version; [`Error::Invalid`] where the name or the organization does not fit;
/// [`Conflict::LastAdmin`], [`Conflict::OwnAccess`] where nobody could let others in afterwards, or
/// the admin themselves could not.
pub async fn update(
    app: &App,
    actor: &Actor,
    id: UserId,
    expected: &Expected,
    input: UpdateUser,
) -> Result<UserRow> {
    let sight = policy::sight(actor, Capability::Manage)?;
    let stamp = Stamp::of(app, actor);
    app.db
        .write(async |tx| {
            // Admins first, in their order, then the person: two changes at once take turns.
            let admins = if input.role.is_some() || input.active.is_some() {
                tx.lock_active_admins().await?
            } else {
                Vec::new()
            };
            tx.lock_user(id).await?;
            let before = tx.user(id).await?.ok_or(Error::NotFound)?;
            sight.admits(before.organization_id)?;
            policy::may_make(actor, before.role)?;
            expected.check(before.version)?;
            let after = merge(tx, &before, &input).await?;
            policy::may_make(actor, after.role)?;
            input::within(sight, after.organization_id)?;
            keeps_an_admin(actor, &admins, &before, &after)?;
            apply(tx, &stamp, &before, after).await
        })
        .await
}

/// The person as they are to be.
async fn merge(tx: &mut Tx, before: &UserRow, input: &UpdateUser) -> Result<UserRow> {
    let mut after = before.clone();
    if let Some(name) = &input.name {
        after.name = input::name(name)?;
    }
    after.role = input.role.unwrap_or(before.role);
    after.active = input.active.unwrap_or(before.active);
    let became_staff = after.role.is_staff() && !before.role.is_staff();
    let organization = match input.organization {
        Some(organization) => organization,
        None if became_staff => None,
        None => before.organization_id,
    };
    let organization_role = match input.organization_role {
        Some(role) => role,
        None if organization == before.organization_id => before.organization_role,
        None => None,
    };
    let membership = input::membership(tx, after.role, organization, organization_role).await?;
    after.organization_id = membership.map(|m| m.0);
    after.organization_role = membership.map(|m| m.1);
    Ok(after)
}

/// Nobody locks themselves out, and somebody must be left who can let others in.
fn keeps_an_admin(
    actor: &Actor,
    admins: &[UserId],
    before: &UserRow,
    after: &UserRow,
) -> Result<()> {
    let was = before.active && before.role == Role::Admin;
    let stays = after.active && after.role == Role::Admin;
    if !was || stays {
        return Ok(());
    }
    if admins.iter().all(|admin| *admin == before.id) {
        return Err(Conflict::LastAdmin.into());
    }
    if actor.user_id == before.id {
        return Err(Conflict::OwnAccess.into());
    }
    Ok(())
}

/// Writes what really changes, one event and the audit. The caller has locked the person.
pub(super) async fn apply(
    tx: &mut Tx,
    stamp: &Stamp,
    before: &UserRow,
    mut after: UserRow,
) -> Result<UserRow> {
    let changes = changes(before, &after);
    if changes.is_empty() {
        return Ok(after);
    }
    after.version += 1;
    after.updated_at = stamp.at;
    tx.update_user(&after).await?;
    if after.role == Role::Customer {
        tx.begin_customer_figures(after.id, after.created_at)
            .await?;
        // What they began to write as staff is no longer theirs to read.
        tx.delete_reply_drafts_of(after.id).await?;
    }
    if before.name != after.name {
        input::index(tx, after.id, &after.name, &after.email).await?;
    }
    if before.active && !after.active {
        session::end_all(tx, stamp, after.id, Ending::Deactivated).await?;
    } else if before.role != after.role {
        session::end_all(tx, stamp, after.id, Ending::RoleChanged).await?;
    }
    let fields: Vec<&String> = changes.0.keys().collect();
    let detail = Map::from_iter([("fields".into(), json!(fields))]);
    tx.append_event(&event(
        stamp,
        after.id,
        EventKind::UserUpdated,
        changes.clone(),
    ))
    .await?;
    audit::write(
        tx,
        stamp,
        Fact {
            action: "user.updated",
            subject_kind: SubjectKind::User,
            subject_id: after.id.0,
            detail,
        },
    )
    .await?;
    tx.user(after.id).await?.ok_or(Error::NotFound)
}

/// A name is a name: that it changed is enough to know.
fn changes(before: &UserRow, after: &UserRow) -> Changes {
    let mut changes = Changes::none();
    if before.name != after.name {
        changes = changes.with("name", json!(null), json!(null));
    }
    for (field, from, to) in [
        ("role", json!(before.role), json!(after.role)),
        ("active", json!(before.active), json!(after.active)),
        (
            "organization",
            json!(before.organization_id),
            json!(after.organization_id),
        ),
        (
            "organization_role",
            json!(before.organization_role),
            json!(after.organization_role),
        ),
    ] {
        if from != to {
            changes = changes.with(field, from, to);
        }
    }
    changes
}
