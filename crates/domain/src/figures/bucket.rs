//! Days, weeks and months of a time zone as pieces of time.

use chrono::{Datelike as _, Days, Months, NaiveDate};

use super::Zone;
use crate::clock::Time;
use crate::codes::codes;

/// Most buckets of one report.
pub const BUCKETS_MAX: usize = 400;

codes!(
    /// How a period is divided.
    Interval {
        /// Calendar days.
        Day = "day",
        /// Weeks that begin on Monday.
        Week = "week",
        /// Calendar months.
        Month = "month",
    }
);

/// A day, week or month of a time zone, as far as it lies in the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bucket {
    /// The date of its first day in that zone, also where the period begins later.
    pub starts_on: NaiveDate,
    /// The first moment.
    pub from: Time,
    /// The moment after the last.
    pub to: Time,
}

impl Interval {
    /// The first day of the piece that this day lies in.
    fn first_day(self, day: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Day => Some(day),
            Self::Week => {
                day.checked_sub_days(Days::new(day.weekday().num_days_from_monday().into()))
            }
            Self::Month => day.with_day(1),
        }
    }

    /// The first day of the next piece.
    fn next(self, first: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Day => first.checked_add_days(Days::new(1)),
            Self::Week => first.checked_add_days(Days::new(7)),
            Self::Month => first.checked_add_months(Months::new(1)),
        }
    }
}

/// Divides `from..to`; `None` where that makes more than [`BUCKETS_MAX`]. The pieces touch, cover
/// the period, and none is empty.
pub(super) fn divide(from: Time, to: Time, zone: Zone, interval: Interval) -> Option<Vec<Bucket>> {
    let mut buckets = Vec::new();
    let mut starts_on = interval.first_day(zone.date_at(from))?;
    let mut begins = from;
    while begins < to {
        let next = interval.next(starts_on)?;
        let ends = zone.day_begins(next)?.min(to);
        // A day that the zone skipped has no moment.
        if ends > begins {
            if buckets.len() == BUCKETS_MAX {
                return None;
            }
            buckets.push(Bucket {
                starts_on,
                from: begins,
                to: ends,
            });
            begins = ends;
        }
        starts_on = next;
    }
    Some(buckets)
}
