//! The only place that reads the time.

use chrono::{DateTime, SubsecRound, Utc};

/// A moment, in whole microseconds: what both database engines keep.
pub type Time = DateTime<Utc>;

/// Where the time comes from; tests and the demo data bring their own.
pub trait Clock: Send + Sync {
    /// The present moment, in whole microseconds.
    fn now(&self) -> Time;
}

/// The clock of the machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(
        clippy::disallowed_methods,
        reason = "the one place that may read the time"
    )]
    fn now(&self) -> Time {
        Utc::now().trunc_subsecs(6)
    }
}
