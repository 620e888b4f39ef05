//! Patience with a database that does not answer.

use std::fmt::Display;
use std::time::Duration;

use tokio::time::Instant;

const FIRST: Duration = Duration::from_millis(100);
/// Delivery is to go on within seconds once the database is back.
const LONGEST: Duration = Duration::from_secs(1);
const LOG_EVERY: Duration = Duration::from_secs(60);

/// Counts failures in a row: waits longer after each, and logs at most once a minute.
pub(super) struct Trouble {
    what: &'static str,
    pause: Duration,
    logged: Option<Instant>,
}

impl Trouble {
    /// `what` is what fails, for the log.
    pub(super) const fn new(what: &'static str) -> Self {
        Self {
            what,
            pause: FIRST,
            logged: None,
        }
    }

    /// Something failed. Returns how long to wait before trying again.
    pub(super) fn failed(&mut self, error: &impl Display) -> Duration {
        if self.logged.is_none_or(|at| at.elapsed() >= LOG_EVERY) {
            self.logged = Some(Instant::now());
            tracing::warn!(%error, "{} failed; trying again", self.what);
        }
        let pause = self.pause;
        self.pause = (pause * 2).min(LONGEST);
        pause
    }

    /// It works again.
    pub(super) const fn over(&mut self) {
        self.pause = FIRST;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_longer_up_to_a_bound_and_starts_over() {
        let mut trouble = Trouble::new("a test");
        let pauses: Vec<_> = (0..8).map(|_| trouble.failed(&"no").as_millis()).collect();
        assert_eq!(pauses, [100, 200, 400, 800, 1000, 1000, 1000, 1000]);
        trouble.over();
        assert_eq!(trouble.failed(&"no"), FIRST);
    }
}
