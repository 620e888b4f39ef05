//! Whether the process lives, and whether it should be sent requests.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, get, web};
use serde::Serialize;

use crate::state::AppState;

/// How long the database may take to answer a readiness check.
const PATIENCE: Duration = Duration::from_secs(2);

/// Set when the process was asked to stop: it finishes what runs, but is not ready for more.
#[derive(Debug, Clone, Default)]
pub struct Draining(Arc<AtomicBool>);

impl Draining {
    /// From now on the process is not ready.
    pub fn begin(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked to stop.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// The answer of both checks.
#[derive(Serialize)]
struct Health {
    status: &'static str,
}

/// The process lives.
#[get("/healthz")]
pub(crate) async fn healthz() -> HttpResponse {
    HttpResponse::Ok().json(Health { status: "ok" })
}

/// The process can answer: the database is reached (its migrations ran before the server began
/// to listen) and keeps what it acknowledges, and the process was not asked to stop.
#[get("/readyz")]
pub(crate) async fn readyz(state: web::Data<AppState>) -> HttpResponse {
    let status = if state.draining.is_on() {
        "draining"
    } else {
        let asked = state.app.db.read(async |tx| tx.unsafe_settings().await);
        match tokio::time::timeout(PATIENCE, asked).await {
            Ok(Ok(off)) if off.is_empty() => {
                return HttpResponse::Ok().json(Health { status: "ready" });
            }
            Ok(Ok(off)) => {
                tracing::error!(
                    settings = off.join(", "),
                    "not ready: the database would lose what it acknowledged; turn these settings on"
                );
                "database_not_durable"
            }
            Ok(Err(_)) | Err(_) => "database_unreachable",
        }
    };
    HttpResponse::build(StatusCode::SERVICE_UNAVAILABLE).json(Health { status })
}
