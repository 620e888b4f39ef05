//! What monitoring reads: `GET /metrics` in the OpenMetrics text format, on an address of its own.
//!
//! Requests and streams are counted as they happen (`http.rs`, `streams.rs`); everything that can
//! be looked up is looked up when somebody asks (`observed.rs`, `process.rs`). Labels have few
//! values: route templates, never paths, ids or names.

mod http;
mod observed;
mod process;
mod server;
mod streams;

use std::fmt;
use std::sync::Arc;

use bsm_domain::clock::Time;
use bsm_persistence::EngineKind;
use prometheus_client::encoding::text::{encode_eof, encode_registry};
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;

pub use http::middleware;
use observed::Observed;
pub use server::listen;
pub use streams::{OpenStream, Streams};

use crate::state::AppState;

/// What is counted in this process; cheap to clone.
#[derive(Clone)]
pub struct Metrics {
    registry: Arc<Registry>,
    http: http::Requests,
    /// Event streams that are open.
    pub streams: Streams,
    started: Time,
}

impl Metrics {
    /// Begins to count.
    #[must_use]
    pub fn new(engine: EngineKind, started: Time) -> Self {
        let mut registry = Registry::default();
        let engine = match engine {
            EngineKind::Sqlite => "sqlite",
            EngineKind::Postgres => "postgresql",
        };
        registry.register(
            "bsm_build",
            "The version that runs, and its database engine",
            Info::new([("version", env!("CARGO_PKG_VERSION")), ("engine", engine)]),
        );
        Self {
            http: http::Requests::new(&mut registry),
            streams: Streams::new(&mut registry),
            registry: Arc::new(registry),
            started,
        }
    }

    /// Everything as text: what was counted, and what can be seen right now.
    ///
    /// # Errors
    /// None is known: writing into memory does not fail.
    pub async fn text(&self, state: &AppState) -> Result<String, fmt::Error> {
        let observed = Observed::now(state, self.started).await;
        let mut seen = Registry::default();
        seen.register_collector(Box::new(observed));
        let mut text = String::with_capacity(64 * 1024);
        encode_registry(&mut text, &self.registry)?;
        encode_registry(&mut text, &seen)?;
        encode_eof(&mut text)?;
        Ok(text)
    }
}
