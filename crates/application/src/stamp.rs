//! When, by whom and through what a change is made.

use bsm_domain::actor::{Actor, Via};
use bsm_domain::clock::Time;
use bsm_domain::ids::{ApiKeyId, UserId};

use crate::App;

/// The mark every write leaves in history, audit and events.
#[derive(Debug, Clone, Copy)]
pub struct Stamp {
    /// When; one moment for all rows of one change.
    pub at: Time,
    /// Who; nobody for timers and the command line.
    pub by: Option<UserId>,
    /// Through what.
    pub via: Via,
    /// The API key it came with; then `by` is its maker.
    pub key: Option<ApiKeyId>,
}

impl Stamp {
    /// A change by a signed-in person, or with a person's key, now.
    #[must_use]
    pub fn of(app: &App, actor: &Actor) -> Self {
        let by = Self::by_person(app, actor.user_id);
        match actor.api_key() {
            None => by,
            Some(key) => Self {
                via: Via::ApiKey,
                key: Some(key.id),
                ..by
            },
        }
    }

    /// A change by a person who is just showing who they are, now.
    #[must_use]
    pub fn by_person(app: &App, person: UserId) -> Self {
        Self {
            at: app.now(),
            by: Some(person),
            via: Via::Portal,
            key: None,
        }
    }

    /// A line of a file that a signed-in person imports, now.
    #[must_use]
    pub fn of_import(app: &App, actor: &Actor) -> Self {
        Self {
            via: Via::Import,
            ..Self::of(app, actor)
        }
    }

    /// A change by the product itself, now.
    #[must_use]
    pub fn system(app: &App) -> Self {
        Self {
            at: app.now(),
            by: None,
            via: Via::System,
            key: None,
        }
    }
}
