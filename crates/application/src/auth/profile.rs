//! A person changes what they may of themselves.

use bsm_domain::actor::Actor;
use bsm_domain::event::{Changes, EventKind};
use bsm_domain::figures::Zone;
use bsm_domain::preferences::{Language, Theme};
use bsm_persistence::Tx;
use bsm_persistence::users::UserRow;
use serde_json::{Value, json};

use crate::users::{event, input};
use crate::{App, Error, Expected, Result, Stamp};

/// The fields to change; absent ones stay.
#[derive(Debug, Clone, Default)]
pub struct UpdateMe {
    /// Their name.
    pub name: Option<String>,
    /// The language of the portals; `Some(None)` for the browser's.
    pub language: Option<Option<Language>>,
    /// The time zone of dates; `Some(None)` for the browser's.
    pub time_zone: Option<Option<Zone>>,
    /// Light or dark.
    pub theme: Option<Theme>,
}

/// Changes one's own account, all fields or none. It shows on all of the person's devices.
///
/// # Errors
/// [`Error::Stale`] where it is not the expected version; [`Error::Invalid`] where the name does
/// not fit; [`Error::NotSignedIn`] where they are gone.
pub async fn update_me(
    app: &App,
    actor: &Actor,
    expected: &Expected,
    input: UpdateMe,
) -> Result<UserRow> {
    let stamp = Stamp::of(app, actor);
    app.db
        .write(async |tx| {
            tx.lock_user(actor.user_id).await?;
            let before = tx.user(actor.user_id).await?.ok_or(Error::NotSignedIn)?;
            expected.check(before.version)?;
            let after = merge(&before, &input)?;
            store(tx, &stamp, &before, after).await
        })
        .await
}

fn merge(before: &UserRow, input: &UpdateMe) -> Result<UserRow> {
    let mut after = before.clone();
    if let Some(name) = &input.name {
        after.name = input::name(name)?;
    }
    if let Some(language) = &input.language {
        after.language = language.as_ref().map(|l| l.as_str().to_owned());
    }
    if let Some(zone) = input.time_zone {
        after.time_zone = zone.map(|z| z.name().to_owned());
    }
    after.theme = input.theme.unwrap_or(before.theme);
    Ok(after)
}

async fn store(
    tx: &mut Tx,
    stamp: &Stamp,
    before: &UserRow,
    mut after: UserRow,
) -> Result<UserRow> {
    let mut changes = Changes::none();
    if before.name != after.name {
        // A name is a name: that it changed is enough to know.
        changes = changes.with("name", Value::Null, Value::Null);
    }
    for (field, from, to) in [
        ("language", json!(before.language), json!(after.language)),
        ("time_zone", json!(before.time_zone), json!(after.time_zone)),
        ("theme", json!(before.theme), json!(after.theme)),
    ] {
        if from != to {
            changes = changes.with(field, from, to);
        }
    }
    if changes.is_empty() {
        return Ok(after);
    }
    after.version += 1;
    after.updated_at = stamp.at;
    tx.update_profile(&after).await?;
    if before.name != after.name {
        input::index(tx, after.id, &after.name, &after.email).await?;
    }
    tx.append_event(&event(stamp, after.id, EventKind::UserUpdated, changes))
        .await?;
    Ok(after)
}
