//! An admin changes the settings.

use bsm_domain::actor::Actor;
use bsm_domain::event::{Changes, Event, EventKind, SubjectKind};
use bsm_domain::ids::EventId;
use bsm_domain::policy::{self, Capability};
use bsm_domain::settings::{Colour, SETTINGS_ID};
use bsm_persistence::Tx;
use bsm_persistence::settings::SettingsRow;
use serde_json::{Map, Value, json};

use crate::audit::{self, Fact};
use crate::{App, Expected, Result, Stamp};

/// The fields to change; absent ones stay.
#[derive(Debug, Clone, Default)]
pub struct UpdateSettings {
    /// Whether people may make themselves accounts.
    pub registration_open: Option<bool>,
    /// After how many days without a word a resolved ticket is closed; `Some(None)` for never.
    pub auto_close_days: Option<Option<i64>>,
    /// For how many days after a resolution it can be rated.
    pub rating_window_days: Option<i64>,
    /// What the desk calls itself; `Some(None)` for the names of the portals.
    pub brand_name: Option<Option<String>>,
    /// Its colour; `Some(None)` for those of the portals.
    pub accent_colour: Option<Option<Colour>>,
}

/// Changes settings, all or none. Bounds are the caller's to keep.
///
/// # Errors
/// [`crate::Error::Forbidden`]; [`crate::Error::Stale`] where it is not the expected version.
pub async fn update(
    app: &App,
    actor: &Actor,
    expected: &Expected,
    input: UpdateSettings,
) -> Result<SettingsRow> {
    policy::require(actor, Capability::Manage)?;
    let stamp = Stamp::of(app, actor);
    app.db
        .write(async |tx| {
            let before = tx.lock_settings().await?;
            expected.check(before.version)?;
            store(tx, &stamp, &before, merge(&before, &input)).await
        })
        .await
}

fn merge(before: &SettingsRow, input: &UpdateSettings) -> SettingsRow {
    let mut after = before.clone();
    if let Some(open) = input.registration_open {
        after.registration_open = open;
    }
    if let Some(days) = input.auto_close_days {
        after.auto_close_days = days.unwrap_or(0);
    }
    if let Some(days) = input.rating_window_days {
        after.rating_window_days = days;
    }
    if let Some(name) = &input.brand_name {
        after.brand_name = name.as_deref().map(|n| n.trim().to_owned());
    }
    if let Some(colour) = &input.accent_colour {
        after.accent_colour = colour.as_ref().map(Colour::to_string);
    }
    after
}

/// Writes what really changes, one event and the audit.
pub(super) async fn store(
    tx: &mut Tx,
    stamp: &Stamp,
    before: &SettingsRow,
    mut after: SettingsRow,
) -> Result<SettingsRow> {
    let changes = changes(before, &after);
    if changes.is_empty() {
        return Ok(after);
    }
    after.version += 1;
    tx.update_settings(&after).await?;
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
        kind: EventKind::SettingsUpdated,
        occurred_at: stamp.at,
        actor: stamp.by,
        subject_kind: SubjectKind::Settings,
        subject_id: SETTINGS_ID,
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
            action: "settings.updated",
            subject_kind: SubjectKind::Settings,
            subject_id: SETTINGS_ID,
            detail,
        },
    )
    .await?;
    Ok(after)
}

/// The name is free text, and the logo a hash: that they changed is enough to know.
fn changes(before: &SettingsRow, after: &SettingsRow) -> Changes {
    let mut changes = Changes::none();
    for (field, from, to) in [
        (
            "registration_open",
            json!(before.registration_open),
            json!(after.registration_open),
        ),
        (
            "auto_close_days",
            json!(before.auto_close_after()),
            json!(after.auto_close_after()),
        ),
        (
            "rating_window_days",
            json!(before.rating_window_days),
            json!(after.rating_window_days),
        ),
        (
            "accent_colour",
            json!(before.accent_colour),
            json!(after.accent_colour),
        ),
    ] {
        if from != to {
            changes = changes.with(field, from, to);
        }
    }
    for (field, changed) in [
        ("brand_name", before.brand_name != after.brand_name),
        ("logo", before.logo != after.logo),
    ] {
        if changed {
            changes = changes.with(field, Value::Null, Value::Null);
        }
    }
    changes
}
