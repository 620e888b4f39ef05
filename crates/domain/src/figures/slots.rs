//! Numbered pieces of time that roll-ups are kept by, and how a period is made of them.

use chrono::DateTime;

use crate::clock::Time;

/// Seconds of the finest roll-up: a quarter of an hour, which the days of every zone begin with.
pub const QUARTER: i64 = 900;
/// Seconds of a day of universal time.
pub const DAY: i64 = 86_400;

/// The number of the piece of this many seconds that a moment lies in, counted from 1970.
#[must_use]
pub fn slot(at: Time, seconds: i64) -> i64 {
    at.timestamp().div_euclid(seconds)
}

/// A period as whole slots and what is left at its edges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// The first slot and the one after the last; none where the period is too short.
    pub slots: Option<(i64, i64)>,
    /// The rest: no, one or two pieces.
    pub rest: Vec<(Time, Time)>,
}

/// Splits `from..to` into whole slots of this many seconds and the rest.
#[must_use]
pub fn split(from: Time, to: Time, seconds: i64) -> Split {
    let begin = |slot: i64| DateTime::from_timestamp(slot * seconds, 0);
    let (mut first, last) = (slot(from, seconds), slot(to, seconds));
    if begin(first) != Some(from) {
        first += 1;
    }
    let (Some(a), Some(z), true) = (begin(first), begin(last), first < last) else {
        return Split {
            slots: None,
            rest: vec![(from, to)],
        };
    };
    let rest = [(from, a), (z, to)]
        .into_iter()
        .filter(|(from, to)| from < to)
        .collect();
    Split {
        slots: Some((first, last)),
        rest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn time(text: &str) -> Time {
        text.parse().unwrap()
    }

    #[test]
    fn a_period_is_whole_slots_and_its_edges() {
        let (a, b) = (time("2026-05-01T00:00:00Z"), time("2026-05-01T01:00:00Z"));
        let first = slot(a, QUARTER);
        assert_eq!(
            split(a, b, QUARTER),
            Split {
                slots: Some((first, first + 4)),
                rest: vec![]
            }
        );
        let (c, d) = (
            time("2026-05-01T00:00:00.000001Z"),
            time("2026-05-01T01:07:00Z"),
        );
        let quarter = time("2026-05-01T00:15:00Z");
        assert_eq!(
            split(c, d, QUARTER),
            Split {
                slots: Some((first + 1, first + 4)),
                rest: vec![(c, quarter), (b, d)]
            }
        );
        assert_eq!(
            split(a, b, DAY),
            Split {
                slots: None,
                rest: vec![(a, b)]
            }
        );
        assert_eq!(
            split(c, quarter, QUARTER),
            Split {
                slots: None,
                rest: vec![(c, quarter)]
            }
        );
    }

    /// Each zone on the days around which its clocks were ever changed since 2000, and on others:
    /// the roll-ups serve their edges.
    #[test]
    fn every_day_of_every_zone_begins_with_a_quarter_of_an_hour() {
        for tz in chrono_tz::TZ_VARIANTS {
            let zone: crate::figures::Zone = tz.name().parse().unwrap();
            let mut date = chrono::NaiveDate::from_ymd_opt(2000, 1, 1).unwrap();
            while date < chrono::NaiveDate::from_ymd_opt(2040, 1, 1).unwrap() {
                let begins = zone.day_begins(date).unwrap();
                assert_eq!(begins.timestamp() % QUARTER, 0, "{zone} {date}");
                date = date + chrono::Days::new(3);
            }
        }
    }
}
