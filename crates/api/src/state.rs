//! What every handler can reach.

use bsm_application::App;
use bsm_application::api_keys::KeyUses;
use bsm_application::articles::ViewCounter;
use bsm_application::events::EventHub;
use bsm_application::jobs::Jobs;
use bsm_application::webhooks::{Engine, Gate};

use crate::auth::call_limits::CallLimits;
use crate::auth::cookie::RefreshCookies;
use crate::auth::limits::Limits;
use crate::auth::token::AccessTokens;
use crate::exports::Exports;
use crate::health::Draining;
use crate::http::client::TrustedProxies;
use crate::http::origin::Origins;
use crate::metrics::Metrics;

/// Shared by all workers; cheap to clone.
#[derive(Clone)]
pub struct AppState {
    /// The use cases' surroundings.
    pub app: App,
    /// Issues and checks access tokens.
    pub tokens: AccessTokens,
    /// Set when the process was asked to stop.
    pub draining: Draining,
    /// Writes the cookies of refresh tokens.
    pub cookies: RefreshCookies,
    /// Pages that may use those cookies.
    pub origins: Origins,
    /// How often one may try to sign in.
    pub limits: Limits,
    /// How many calls may come.
    pub calls: CallLimits,
    /// How many files are on their way.
    pub exports: Exports,
    /// Whose word is taken for where a request comes from.
    pub proxies: TrustedProxies,
    /// Delivers events to the streams.
    pub events: EventHub,
    /// Counts how often articles are read.
    pub views: ViewCounter,
    /// Notes when API keys are used.
    pub key_uses: KeyUses,
    /// Work in the background.
    pub jobs: Jobs,
    /// Decides where webhooks may be sent to.
    pub gate: Gate,
    /// Sends them.
    pub webhooks: Engine,
    /// Counts what monitoring wants to know.
    pub metrics: Metrics,
}

impl AppState {
    /// The same for the requests of the thread that calls it: see [`bsm_persistence::Db::for_this_thread`].
    #[must_use]
    pub fn for_this_thread(&self) -> Self {
        let mut state = self.clone();
        state.app.db = self.app.db.for_this_thread();
        state
    }
}
