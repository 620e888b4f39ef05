//! Webhooks on their way while a test looks on.

use std::sync::Arc;
use std::time::Duration;

use bsm_api::webhooks::{HttpPost, payload};
use bsm_application::webhooks::{Engine, Gate, Pace};

use crate::Desk;

/// The times of delivery, short enough for tests.
#[must_use]
pub fn hasty() -> Pace {
    Pace {
        poll: Duration::from_millis(50),
        lease: Duration::from_secs(3),
        timeout: Duration::from_secs(1),
        pauses: vec![Duration::from_millis(100); 3],
        farewell: Duration::from_millis(100),
        ..Pace::default()
    }
}

/// Does something while webhooks are sent through a gate at this pace.
///
/// # Panics
/// Where sending ends by itself.
pub async fn sending<T>(desk: &Desk, gate: Gate, pace: Pace, work: impl Future<Output = T>) -> T {
    let post = Arc::new(HttpPost::new(gate));
    let engine = Engine::new(desk.state.app.clone(), post, payload::of_event, pace);
    let moved = desk.state.events.moved();
    tokio::select! {
        done = work => done,
        () = engine.run(moved) => panic!("nobody stopped it"),
    }
}
