//! From settings to a state that handlers can work with.

use std::sync::Arc;

use bsm_application::api_keys::KeyUses;
use bsm_application::articles::ViewCounter;
use bsm_application::events::{EventHub, HubOptions};
use bsm_application::jobs::{JobOptions, Jobs};
use bsm_application::webhooks::{Engine, Gate, Pace, SystemResolver};
use bsm_application::{App, AppSettings};
use bsm_domain::clock::SystemClock;
use bsm_persistence::{Db, DbError};
use tokio::task::JoinHandle;

use crate::auth::call_limits::CallLimits;
use crate::auth::cookie::RefreshCookies;
use crate::auth::limits::Limits;
use crate::auth::token::AccessTokens;
use crate::exports::Exports;
use crate::health::Draining;
use crate::http::client::{NotANetwork, TrustedProxies};
use crate::http::origin::{NotAnOrigin, Origins};
use crate::metrics::Metrics;
use crate::settings::{LimitsMode, Secret, ServeSettings};
use crate::state::AppState;
use crate::webhooks::{HttpPost, payload};

/// What keeps the parts from being put together, in words for the operator.
#[derive(Debug, thiserror::Error)]
pub enum AssembleError {
    /// An address that is none.
    #[error("BSM_PUBLIC_URL or BSM_ALLOWED_ORIGINS: {0}")]
    Origin(#[from] NotAnOrigin),
    /// A network that is none.
    #[error("BSM_TRUSTED_PROXIES: {0}")]
    Proxies(#[from] NotANetwork),
    /// The event log cannot be read.
    #[error("the event log cannot be read: {0}")]
    Events(#[from] DbError),
}

/// The use cases' surroundings over an opened database.
#[must_use]
pub fn application(db: Db, secret: &Secret, public_url: &str) -> App {
    let settings = AppSettings {
        public_url: public_url.trim_end_matches('/').to_owned(),
        secret: Arc::from(secret.expose().as_bytes()),
        demo: false,
    };
    App::new(db, Arc::new(SystemClock), settings)
}

/// Starts the delivery of events and puts the state together. The handle ends when delivery has
/// been stopped.
///
/// # Errors
/// [`AssembleError`]
pub async fn assemble(
    app: App,
    secret: &Secret,
    settings: &ServeSettings,
) -> Result<(AppState, JoinHandle<()>), AssembleError> {
    let public_url = app.settings.public_url.clone();
    let origins = Origins::new(
        &public_url,
        settings.allowed_origins.iter().map(String::as_str),
    )?;
    let proxies = TrustedProxies::parse(&settings.trusted_proxies)?;
    let (events, delivery) = EventHub::start(app.db.clone(), HubOptions::default()).await?;
    // It ends by itself with the last state, having counted what waits.
    let views = ViewCounter::start(app.clone());
    let gate = Gate::new(Arc::new(SystemResolver), settings.webhook_allow_private);
    let post = Arc::new(HttpPost::new(gate.clone()));
    let state = AppState {
        tokens: AccessTokens::new(secret.expose().as_bytes()),
        draining: Draining::default(),
        cookies: RefreshCookies::for_public_url(&public_url),
        origins,
        limits: match settings.limits {
            LimitsMode::On => Limits::standard(),
            LimitsMode::Off => Limits::off(),
        },
        calls: match settings.limits {
            LimitsMode::On => CallLimits::of(&settings.quotas),
            LimitsMode::Off => CallLimits::off(),
        },
        exports: Exports::default(),
        proxies,
        events,
        views,
        key_uses: KeyUses::start(app.clone()),
        jobs: Jobs::new(&app, JobOptions::default()),
        gate,
        webhooks: Engine::new(app.clone(), post, payload::of_event, Pace::default()),
        metrics: Metrics::new(app.db.engine(), app.now()),
        app,
    };
    Ok((state, delivery))
}
