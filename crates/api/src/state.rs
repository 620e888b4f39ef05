//! What every handler can reach.

use std::sync::Arc;

use bsm_application::App;

use crate::auth::token::AccessTokens;
use crate::health::Draining;

/// Shared by all workers; cheap to clone.
#[derive(Clone)]
pub struct AppState {
    /// The use cases' surroundings.
    pub app: App,
    /// Issues and checks access tokens.
    pub tokens: AccessTokens,
    /// Set when the process was asked to stop.
    pub draining: Draining,
    /// Origins whose pages may call the API: the public address and those of portals on hosts of
    /// their own.
    pub allowed_origins: Arc<[String]>,
}
