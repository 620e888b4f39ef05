//! How fast deliveries go.

use std::time::Duration;

/// The times and bounds of delivery; tests take shorter ones.
#[derive(Debug, Clone)]
pub struct Pace {
    /// How often a replica looks for what is due without being woken.
    pub poll: Duration,
    /// How long a replica holds a delivery that it attempts; longer than an attempt may take. What a
    /// killed replica held is taken over within this and one poll.
    pub lease: Duration,
    /// How long an attempt may take, from the name of the host to the end of the answer.
    pub timeout: Duration,
    /// The pauses after the first failure, the second, and so on. After the last one's attempt a
    /// delivery is given up.
    pub pauses: Vec<Duration>,
    /// Longest pause that a receiver can ask for with `Retry-After`.
    pub longest_wish: Duration,
    /// How long nothing may be delivered before a webhook is disabled.
    pub failing: Duration,
    /// Attempts at once to one receiver, by each replica. One whose last attempt failed gets one.
    pub at_once: usize,
    /// Attempts at once in all, by each replica: more than there can be webhooks, so that those that
    /// hang leave room for the others.
    pub at_once_in_all: usize,
    /// How long attempts may go on when the process stops.
    pub farewell: Duration,
    /// How many events of the log are read at once.
    pub page: u32,
}

const fn minutes(n: u64) -> Duration {
    Duration::from_secs(60 * n)
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            poll: Duration::from_secs(1),
            lease: Duration::from_secs(45),
            timeout: Duration::from_secs(15),
            // 71 hours and 43 minutes in all: a weekend, and the day after it.
            pauses: vec![
                Duration::from_secs(5),
                Duration::from_secs(30),
                minutes(2),
                minutes(10),
                minutes(30),
                minutes(60),
                minutes(2 * 60),
                minutes(4 * 60),
                minutes(6 * 60),
                minutes(8 * 60),
                minutes(12 * 60),
                minutes(14 * 60),
                minutes(24 * 60),
            ],
            longest_wish: minutes(12 * 60),
            failing: minutes(5 * 24 * 60),
            at_once: 4,
            at_once_in_all: 128,
            farewell: Duration::from_secs(5),
            page: 200,
        }
    }
}

impl Pace {
    /// The pause after so many failed tries, give or take a tenth; `None` where that was the last.
    /// `chance` is any number, so that what failed together does not come back together.
    #[must_use]
    pub fn pause(&self, tries: i64, wish: Option<Duration>, chance: u64) -> Option<Duration> {
        let nth = usize::try_from(tries.max(1) - 1).ok()?;
        let pause = *self.pauses.get(nth)?;
        let spread = pause / 5;
        let share = u32::try_from(chance % 1_001).unwrap_or(0);
        let pause = pause - spread / 2 + spread * share / 1_000;
        Some(wish.map_or(pause, |wish| pause.max(wish.min(self.longest_wish))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_over_about_three_days_and_end() {
        let pace = Pace::default();
        let all: Duration = pace.pauses.iter().sum();
        assert!((70..=74).contains(&(all.as_secs() / 3_600)), "{all:?}");
        assert!(pace.pauses.is_sorted());
        let last = i64::try_from(pace.pauses.len()).unwrap();
        assert!(pace.pause(last, None, 7).is_some());
        assert_eq!(pace.pause(last + 1, None, 7), None);
    }

    #[test]
    fn what_failed_together_does_not_come_back_together() {
        let pace = Pace::default();
        let at = |chance| pace.pause(4, None, chance).unwrap().as_millis();
        assert_eq!((at(0), at(500), at(1_000)), (540_000, 600_000, 660_000));
    }

    #[test]
    fn a_receiver_can_ask_for_more_time_within_bounds() {
        let pace = Pace::default();
        let wish = |seconds| {
            pace.pause(1, Some(Duration::from_secs(seconds)), 500)
                .unwrap()
        };
        assert_eq!(wish(1), Duration::from_secs(5));
        assert_eq!(wish(120), Duration::from_secs(120));
        assert_eq!(wish(1_000_000), pace.longest_wish);
    }

    #[test]
    fn a_lease_is_longer_than_an_attempt_and_over_within_a_minute() {
        let pace = Pace::default();
        assert!(pace.lease > pace.timeout * 2);
        assert!(pace.lease + pace.poll < Duration::from_secs(60));
        assert!(pace.at_once_in_all > usize::try_from(bsm_domain::webhook::WEBHOOKS_MAX).unwrap());
    }
}
