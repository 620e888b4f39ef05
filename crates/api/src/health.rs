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

    fn is_on(&self) -> bool {
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
/// to listen), and it was not asked to stop.
#[get("/readyz")]
pub(crate) async fn readyz(state: web::Data<AppState>) -> HttpResponse {
    let status = if state.draining.is_on() {
        "draining"
    } else {
        match tokio::time::timeout(PATIENCE, state.app.db.ping()).await {
            Ok(Ok(())) => return HttpResponse::Ok().json(Health { status: "ready" }),
            Ok(Err(_)) | Err(_) => "database_unreachable",
        }
    };
    HttpResponse::build(StatusCode::SERVICE_UNAVAILABLE).json(Health { status })
}
