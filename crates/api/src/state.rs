//! What every handler can reach.

use bsm_application::App;
use bsm_application::events::EventHub;

use crate::auth::token::AccessTokens;

/// Shared by all workers; cheap to clone.
#[derive(Clone)]
pub struct AppState {
    /// The use cases' surroundings.
    pub app: App,
    /// Issues and checks access tokens.
    pub tokens: AccessTokens,
    /// Delivers events to the streams.
    pub events: EventHub,
}
