//! Pauses that grow with failures in a row: who guesses waits longer each time.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use bsm_domain::clock::Time;
use chrono::Duration;

/// The longest pause.
const LONGEST: Duration = Duration::minutes(15);
/// Without a failure for so long, all is forgotten.
const FORGOTTEN: Duration = Duration::hours(24);
/// So many are remembered at once; those who failed longest ago make room.
const REMEMBERED: usize = 20_000;

/// Failures by what they are counted for; keys are hashes of one size, whatever was sent.
pub(super) struct Pauses {
    /// So many failures in a row are free.
    free: u32,
    failures: Mutex<HashMap<u64, Failures>>,
}

#[derive(Clone, Copy)]
struct Failures {
    in_a_row: u32,
    last: Time,
    until: Time,
}

impl Pauses {
    /// The first pause, of a second, comes with the failure after `free - 1` others; each further
    /// one is twice as long.
    pub(super) fn after(free: u32) -> Self {
        Self {
            free,
            failures: Mutex::default(),
        }
    }

    /// How long to wait before the next try; nothing where it may come now.
    pub(super) fn wait(&self, key: u64, now: Time) -> Option<Duration> {
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        let until = failures.get(&key)?.until;
        (until > now).then(|| until - now)
    }

    /// A try failed.
    pub(super) fn failed(&self, key: u64, now: Time) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.len() >= REMEMBERED && !failures.contains_key(&key) {
            make_room(&mut failures, now);
        }
        let known = failures.get(&key).filter(|f| now - f.last < FORGOTTEN);
        let in_a_row = known.map_or(0, |f| f.in_a_row).saturating_add(1);
        let until = now + pause(in_a_row, self.free);
        let last = now;
        failures.insert(
            key,
            Failures {
                in_a_row,
                last,
                until,
            },
        );
    }

    /// A try succeeded: what came before counts no longer.
    pub(super) fn succeeded(&self, key: u64) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures.remove(&key);
    }
}

fn pause(in_a_row: u32, free: u32) -> Duration {
    match in_a_row.checked_sub(free) {
        None => Duration::zero(),
        // 2 to the power of 10 is more than the longest pause.
        Some(more) => LONGEST.min(Duration::seconds(1 << more.min(10))),
    }
}

/// Forgets what is old; where nothing is, the half that failed longest ago.
fn make_room(failures: &mut HashMap<u64, Failures>, now: Time) {
    failures.retain(|_, f| now - f.last < FORGOTTEN);
    if failures.len() < REMEMBERED {
        return;
    }
    let mut times: Vec<Time> = failures.values().map(|f| f.last).collect();
    let middle = times.len() / 2;
    let (_, median, _) = times.select_nth_unstable(middle);
    let median = *median;
    failures.retain(|_, f| f.last > median);
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    fn at(seconds: i64) -> Time {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap()
    }

    #[test]
    fn pauses_double_up_to_a_quarter_of_an_hour() {
        let pauses = Pauses::after(5);
        let mut now = 0;
        let mut waits = Vec::new();
        for _ in 0..18 {
            pauses.failed(7, at(now));
            let wait = pauses.wait(7, at(now)).map_or(0, |w| w.num_seconds());
            waits.push(wait);
            assert!(wait == 0 || pauses.wait(7, at(now + wait - 1)).is_some());
            now += wait;
            assert_eq!(pauses.wait(7, at(now)), None);
        }
        assert_eq!(waits[..6], [0, 0, 0, 0, 1, 2]);
        assert_eq!(waits[12..], [256, 512, 900, 900, 900, 900]);
        assert_eq!(pauses.wait(8, at(now)), None, "somebody else");
    }

    #[test]
    fn a_success_or_a_day_is_a_new_beginning() {
        let pauses = Pauses::after(1);
        for _ in 0..8 {
            pauses.failed(1, at(0));
            pauses.failed(2, at(0));
        }
        pauses.succeeded(1);
        assert_eq!(pauses.wait(1, at(0)), None);
        let day = FORGOTTEN.num_seconds();
        pauses.failed(2, at(day));
        assert_eq!(pauses.wait(2, at(day)), Some(Duration::seconds(1)));
    }

    #[test]
    fn memory_is_bounded_and_the_latest_are_remembered() {
        let pauses = Pauses::after(1);
        for n in 0..60_000_i64 {
            pauses.failed(n.unsigned_abs(), at(n / 100));
        }
        let held = pauses.failures.lock().unwrap().len();
        assert!(held <= REMEMBERED, "{held}");
        assert!(pauses.wait(59_999, at(599)).is_some());
    }
}
