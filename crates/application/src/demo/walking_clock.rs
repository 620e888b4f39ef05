//! A clock that the demo data sets.

use std::sync::atomic::{AtomicI64, Ordering};

use bsm_domain::clock::{Clock, Time};
use chrono::{DateTime, Duration};

/// Stands still until it is set. Each reading is a microsecond after the one before, so that what
/// happens in one step keeps its order.
pub(super) struct WalkingClock {
    start: Time,
    micros: AtomicI64,
}

impl WalkingClock {
    /// A clock that stands at `start`, the present moment of the demo.
    pub(super) fn new(start: Time) -> Self {
        Self {
            start,
            micros: AtomicI64::new(start.timestamp_micros()),
        }
    }

    /// Goes to a moment before the present one.
    pub(super) fn go_back(&self, before_now: Duration) {
        let at = self.start - before_now;
        self.micros.store(at.timestamp_micros(), Ordering::Relaxed);
    }
}

impl Clock for WalkingClock {
    fn now(&self) -> Time {
        let micros = self.micros.fetch_add(1, Ordering::Relaxed);
        DateTime::from_timestamp_micros(micros).unwrap_or(self.start)
    }
}
