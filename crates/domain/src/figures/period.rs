//! The time that a report speaks of.

use chrono::{DateTime, TimeDelta};

use super::bucket::divide;
use super::{BUCKETS_MAX, Bucket, Interval, Zone};
use crate::clock::Time;

/// The earliest moment that a period may have: nothing was recorded before.
#[must_use]
pub fn earliest() -> Time {
    DateTime::from_timestamp(946_684_800, 0).unwrap_or_default() // 2000-01-01
}

/// The moment before which every period ends.
#[must_use]
pub fn latest() -> Time {
    DateTime::from_timestamp(4_102_444_800, 0).unwrap_or_default() // 2100-01-01
}

/// Why there can be no such period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadPeriod {
    /// It would end before it begins, or have no length.
    #[error("from must be before to")]
    Empty,
    /// Before 2000 or after 2099.
    #[error("from and to must lie between 2000-01-01 and 2100-01-01")]
    OutOfRange,
    /// More pieces than a report has.
    #[error(
        "the period has more than {BUCKETS_MAX} intervals: choose a shorter one, or longer intervals"
    )]
    TooManyBuckets,
}

/// A period with its division into days, weeks or months of a time zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    from: Time,
    to: Time,
    zone: Zone,
    interval: Interval,
    buckets: Vec<Bucket>,
}

impl Period {
    /// From the first moment to before the last.
    ///
    /// # Errors
    /// [`BadPeriod`]
    pub fn new(from: Time, to: Time, zone: Zone, interval: Interval) -> Result<Self, BadPeriod> {
        if from < earliest() || to > latest() {
            return Err(BadPeriod::OutOfRange);
        }
        if from >= to {
            return Err(BadPeriod::Empty);
        }
        let buckets = divide(from, to, zone, interval).ok_or(BadPeriod::TooManyBuckets)?;
        Ok(Self {
            from,
            to,
            zone,
            interval,
            buckets,
        })
    }

    /// The interval that shows a period of this length well: days up to two months, weeks up to a
    /// year, else months.
    #[must_use]
    pub fn fitting_interval(from: Time, to: Time) -> Interval {
        let length = to - from;
        if length <= TimeDelta::days(62) {
            Interval::Day
        } else if length <= TimeDelta::days(372) {
            Interval::Week
        } else {
            Interval::Month
        }
    }

    /// The first moment.
    #[must_use]
    pub const fn from(&self) -> Time {
        self.from
    }

    /// The moment after the last.
    #[must_use]
    pub const fn to(&self) -> Time {
        self.to
    }

    /// Whose days they are.
    #[must_use]
    pub const fn zone(&self) -> Zone {
        self.zone
    }

    /// How it is divided.
    #[must_use]
    pub const fn interval(&self) -> Interval {
        self.interval
    }

    /// The pieces in order: they touch, cover the period, and none is empty.
    #[must_use]
    pub fn buckets(&self) -> &[Bucket] {
        &self.buckets
    }

    /// Which piece a moment lies in.
    #[must_use]
    pub fn bucket_of(&self, at: Time) -> Option<usize> {
        let after = self.buckets.partition_point(|bucket| bucket.from <= at);
        (at < self.to)
            .then_some(after)
            .and_then(|n| n.checked_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ZONES: [&str; 6] = [
        "UTC",
        "Europe/Berlin",
        "America/New_York",
        "Asia/Kolkata",
        "Australia/Lord_Howe",
        "Pacific/Apia",
    ];

    fn time(text: &str) -> Time {
        text.parse().unwrap()
    }

    fn period(from: &str, to: &str, zone: &str, interval: Interval) -> Period {
        Period::new(time(from), time(to), zone.parse().unwrap(), interval).unwrap()
    }

    fn hours(period: &Period) -> Vec<i64> {
        period
            .buckets()
            .iter()
            .map(|b| (b.to - b.from).num_hours())
            .collect()
    }

    #[test]
    fn days_around_a_change_of_the_clocks_have_23_and_25_hours() {
        let spring = period(
            "2026-03-27T23:00:00Z",
            "2026-03-30T22:00:00Z",
            "Europe/Berlin",
            Interval::Day,
        );
        assert_eq!(hours(&spring), [24, 23, 24]);
        let autumn = period(
            "2026-10-31T04:00:00Z",
            "2026-11-03T05:00:00Z",
            "America/New_York",
            Interval::Day,
        );
        assert_eq!(hours(&autumn), [24, 25, 24]);
        let never = period(
            "2026-03-27T18:30:00Z",
            "2026-03-30T18:30:00Z",
            "Asia/Kolkata",
            Interval::Day,
        );
        assert_eq!(hours(&never), [24, 24, 24]);
    }

    #[test]
    fn weeks_begin_on_monday_months_on_the_first_and_both_are_cut_to_the_period() {
        // A Wednesday.
        let weeks = period(
            "2026-05-06T10:00:00Z",
            "2026-05-19T00:00:00Z",
            "UTC",
            Interval::Week,
        );
        let dates: Vec<String> = weeks
            .buckets()
            .iter()
            .map(|b| b.starts_on.to_string())
            .collect();
        assert_eq!(dates, ["2026-05-04", "2026-05-11", "2026-05-18"]);
        assert_eq!(weeks.buckets()[0].from, time("2026-05-06T10:00:00Z"));
        assert_eq!(weeks.buckets()[2].to, time("2026-05-19T00:00:00Z"));
        let months = period(
            "2025-12-31T22:30:00Z",
            "2026-02-10T00:00:00Z",
            "Europe/Berlin",
            Interval::Month,
        );
        let dates: Vec<String> = months
            .buckets()
            .iter()
            .map(|b| b.starts_on.to_string())
            .collect();
        assert_eq!(dates, ["2025-12-01", "2026-01-01", "2026-02-01"]);
    }

    #[test]
    fn impossible_periods_are_refused() {
        let new =
            |from: &str, to: &str, interval| Period::new(time(from), time(to), Zone::UTC, interval);
        let (a, b) = ("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z");
        assert_eq!(new(b, a, Interval::Day), Err(BadPeriod::Empty));
        assert_eq!(new(a, a, Interval::Day), Err(BadPeriod::Empty));
        assert_eq!(
            new("1999-12-31T23:59:59Z", a, Interval::Month),
            Err(BadPeriod::OutOfRange)
        );
        assert_eq!(
            new(a, "2100-01-01T00:00:01Z", Interval::Month),
            Err(BadPeriod::OutOfRange)
        );
        assert_eq!(
            new(a, "2027-02-06T00:00:00Z", Interval::Day),
            Err(BadPeriod::TooManyBuckets)
        );
        assert_eq!(
            new(a, "2027-02-05T00:00:00Z", Interval::Day)
                .unwrap()
                .buckets()
                .len(),
            400
        );
    }

    #[test]
    fn the_interval_fits_the_length() {
        let fit = |days| Period::fitting_interval(earliest(), earliest() + TimeDelta::days(days));
        assert_eq!(
            [fit(1), fit(62), fit(63), fit(366), fit(400)],
            [
                Interval::Day,
                Interval::Day,
                Interval::Week,
                Interval::Week,
                Interval::Month,
            ]
        );
    }

    proptest! {
        /// A slow look at the wall: every moment lies in the bucket whose day, week or month its
        /// local date is in.
        #[test]
        fn every_moment_lies_in_the_bucket_of_its_local_date(
            start in 946_684_800_i64..1_900_000_000,
            length in 1_i64..34_000_000,
            offset in 0.0_f64..1.0,
            zone in 0_usize..ZONES.len(),
            interval in 0_usize..3,
        ) {
            let zone: Zone = ZONES[zone].parse().unwrap();
            let interval = Interval::ALL[interval];
            let from = DateTime::from_timestamp(start, 0).unwrap();
            let period = Period::new(from, from + TimeDelta::seconds(length), zone, interval).unwrap();
            let buckets = period.buckets();
            prop_assert_eq!(buckets[0].from, period.from());
            prop_assert_eq!(buckets[buckets.len() - 1].to, period.to());
            prop_assert!(buckets.windows(2).all(|pair| pair[0].to == pair[1].from));
            #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
            let at = from + TimeDelta::seconds((length as f64 * offset) as i64);
            let bucket = buckets[period.bucket_of(at).unwrap()];
            prop_assert!(bucket.from <= at && at < bucket.to);
            let same = |a: chrono::NaiveDate, b: chrono::NaiveDate| match interval {
                Interval::Day => a == b,
                Interval::Week => chrono::Datelike::iso_week(&a) == chrono::Datelike::iso_week(&b),
                Interval::Month => a.format("%Y-%m").to_string() == b.format("%Y-%m").to_string(),
            };
            prop_assert!(same(zone.date_at(at), bucket.starts_on), "{at} {bucket:?}");
        }
    }
}
