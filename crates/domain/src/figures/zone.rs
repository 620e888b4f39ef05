//! Time zones by their IANA names.

use std::fmt;
use std::str::FromStr;

use chrono::{LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;

use crate::clock::Time;

/// A time zone of the IANA database, as known when this was built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone(Tz);

/// A name that is no time zone's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("time_zone must be an IANA name such as Europe/Berlin")]
pub struct UnknownZone;

impl Zone {
    /// Universal time.
    pub const UTC: Self = Self(Tz::UTC);

    /// The name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The date that the calendar on the wall shows at this moment.
    #[must_use]
    pub fn date_at(self, at: Time) -> NaiveDate {
        at.with_timezone(&self.0).date_naive()
    }

    /// When the day begins: the first moment at which the wall shows this date, or a later one
    /// where the zone skipped it. That is midnight, but for days whose midnight the clocks leave
    /// out. `None` beyond what a calendar can hold.
    #[must_use]
    pub fn day_begins(self, date: NaiveDate) -> Option<Time> {
        let midnight = date.and_time(NaiveTime::MIN);
        match self.0.from_local_datetime(&midnight) {
            LocalResult::Single(at) => Some(at.with_timezone(&Utc)),
            LocalResult::Ambiguous(one, other) => [one, other]
                .map(|at| at.with_timezone(&Utc))
                .into_iter()
                .filter(|at| self.date_at(*at) >= date)
                .min(),
            LocalResult::None => self.end_of_gap(midnight),
        }
    }

    /// The first second at which the wall is past a time that it never shows. No zone is further
    /// than 26 hours away from another, and none was ever set twice within so few days.
    fn end_of_gap(self, skipped: NaiveDateTime) -> Option<Time> {
        let (mut before, mut after) = (-26 * 3600_i64, 26 * 3600_i64);
        let at = |seconds: i64| {
            let moment = skipped.checked_add_signed(TimeDelta::seconds(seconds))?;
            Some(moment.and_utc())
        };
        while after - before > 1 {
            let middle = before.midpoint(after);
            if at(middle)?.with_timezone(&self.0).naive_local() >= skipped {
                after = middle;
            } else {
                before = middle;
            }
        }
        at(after)
    }
}

impl FromStr for Zone {
    type Err = UnknownZone;

    fn from_str(name: &str) -> Result<Self, UnknownZone> {
        name.parse().map(Self).map_err(|_| UnknownZone)
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begins(zone: &str, date: &str) -> String {
        let zone: Zone = zone.parse().unwrap();
        let at = zone.day_begins(date.parse().unwrap()).unwrap();
        at.format("%FT%TZ").to_string()
    }

    #[test]
    fn a_day_begins_at_midnight_of_the_zone() {
        assert_eq!(begins("UTC", "2026-05-01"), "2026-05-01T00:00:00Z");
        assert_eq!(begins("Asia/Kolkata", "2026-05-01"), "2026-04-30T18:30:00Z");
        assert_eq!(
            begins("Europe/Berlin", "2026-03-29"),
            "2026-03-28T23:00:00Z"
        );
        assert_eq!(
            begins("Europe/Berlin", "2026-03-30"),
            "2026-03-29T22:00:00Z"
        );
        assert_eq!(
            begins("America/New_York", "2026-11-02"),
            "2026-11-02T05:00:00Z"
        );
    }

    #[test]
    fn where_the_clocks_leave_midnight_out_the_day_begins_at_one() {
        // Forward from 00:00 to 01:00.
        assert_eq!(begins("Africa/Cairo", "2024-04-26"), "2024-04-25T22:00:00Z");
        assert_eq!(
            begins("America/Sao_Paulo", "2018-11-04"),
            "2018-11-04T03:00:00Z"
        );
    }

    #[test]
    fn where_midnight_comes_twice_the_day_begins_at_the_first() {
        // Havana: back from 01:00 to 00:00.
        assert_eq!(
            begins("America/Havana", "2024-11-03"),
            "2024-11-03T04:00:00Z"
        );
        // Sao Paulo: back from 24:00 to 23:00 of the day before, so the date is new one hour later.
        assert_eq!(
            begins("America/Sao_Paulo", "2018-02-18"),
            "2018-02-18T03:00:00Z"
        );
    }

    #[test]
    fn a_day_that_never_was_begins_with_the_next() {
        assert_eq!(
            begins("Pacific/Apia", "2011-12-30"),
            begins("Pacific/Apia", "2011-12-31")
        );
    }

    #[test]
    fn only_names_of_the_database_are_zones() {
        for name in [
            "",
            "Berlin",
            "europe/berlin",
            "+02:00",
            "Europe/Berlin ",
            "UTC\0",
        ] {
            assert_eq!(name.parse::<Zone>(), Err(UnknownZone), "{name:?}");
        }
        assert_eq!(
            "Europe/Berlin".parse::<Zone>().unwrap().to_string(),
            "Europe/Berlin"
        );
    }
}
