//! The categories of the demo, in the order of its file.

use chrono::Duration;

use super::data::{CategoryEntry, json};
use super::people::People;
use super::walking_clock::WalkingClock;
use super::{DemoError, actor, broken};
use crate::App;
use crate::categories::{NewCategory, create};

/// They were made before anything stood under them.
const DAYS_AGO: i64 = 201;

/// Makes the categories of services and articles.
pub(super) async fn fill(
    app: &App,
    clock: &WalkingClock,
    people: &People,
) -> Result<(), DemoError> {
    let admin = actor(people.admin()?);
    clock.go_back(Duration::days(DAYS_AGO));
    for entry in json::<Vec<CategoryEntry>>("categories.json")? {
        let icon = entry
            .icon
            .parse()
            .map_err(|e| broken(format!("{}: {e}", entry.name)))?;
        let input = NewCategory {
            kind: entry.kind,
            name: entry.name,
            icon: Some(icon),
        };
        create(app, &admin, input).await?;
    }
    Ok(())
}
