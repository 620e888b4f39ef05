//! Demo data: a believable desk, lived through the product's own use cases with a clock that
//! walks from 200 days ago to now.

mod articles;
mod categories;
mod data;
mod people;
mod readers;
mod services;
mod tickets;
mod walking_clock;

use std::sync::Arc;

use bsm_domain::actor::{Actor, Through};
use bsm_domain::ids::SessionId;
use bsm_persistence::users::UserRow;

use crate::{App, Error, Result};
use walking_clock::WalkingClock;

/// The password of every demo account. Public: never outside demo data.
pub const PASSWORD: &str = "demo-password";

/// What is wrong with filling this database.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// Somebody works in it.
    #[error(
        "BSM_DEMO=true, but this database holds data that is not the demo's; it was left alone. Use an empty database for the demo"
    )]
    Foreign,
    /// An earlier start was interrupted while filling.
    #[error(
        "the demo data was only partly written by an earlier start; remove this database and start again"
    )]
    Partial,
    /// The files of the demo data contradict the product's rules.
    #[error("the demo data is broken: {0}")]
    Broken(String),
    /// A use case refused.
    #[error("the demo data cannot be written: {0}")]
    Refused(#[from] Error),
}

/// Fills an empty database with demo data and marks it; goes on with one that carries the mark.
///
/// # Errors
/// [`DemoError::Foreign`] for any other database, which is not touched.
pub async fn prepare(app: &App) -> std::result::Result<(), DemoError> {
    let (mark, empty) = app
        .db
        .read(async |tx| Ok::<_, Error>((tx.installation().await?, tx.is_empty().await?)))
        .await?;
    match (mark.demo, mark.demo_complete, empty) {
        (true, true, _) => Ok(()),
        (true, false, _) => Err(DemoError::Partial),
        (false, _, false) => Err(DemoError::Foreign),
        (false, _, true) => {
            mark_as(app, false).await?;
            fill(app).await?;
            Ok(mark_as(app, true).await?)
        }
    }
}

async fn mark_as(app: &App, complete: bool) -> Result<()> {
    app.db
        .write(async |tx| Ok(tx.mark_demo(complete).await?))
        .await
}

async fn fill(app: &App) -> std::result::Result<(), DemoError> {
    let clock = Arc::new(WalkingClock::new(app.now()));
    let app = app.with_clock(clock.clone());
    let people = people::fill(&app, &clock).await?;
    categories::fill(&app, &clock, &people).await?;
    let services = services::fill(&app, &clock, &people).await?;
    articles::fill(&app, &clock, &people).await?;
    tickets::fill(&app, &clock, &people, &services).await?;
    readers::fill(&app, &clock, &people).await?;
    Ok(())
}

/// A person of the demo acting, without a session of their own.
fn actor(user: &UserRow) -> Actor {
    Actor {
        user_id: user.id,
        through: Through::Session(SessionId::generate()),
        role: user.role,
        organization_id: user.organization_id,
        organization_role: user.organization_role,
    }
}

fn broken(what: impl Into<String>) -> DemoError {
    DemoError::Broken(what.into())
}
