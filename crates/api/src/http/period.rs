//! The period that a report is asked for.

use bsm_application::App;
use bsm_domain::clock::Time;
use bsm_domain::figures::{Interval, Period, Zone};
use chrono::{Days, SubsecRound};

use super::problem::{Code, Problem};

/// Days of a report that names no beginning, the last one included.
const DAYS: u64 = 30;

/// The period of a report's parameters: until now, thirty days, universal time and an interval
/// that suits the length, where they are silent.
///
/// # Errors
/// `invalid_query` where there can be no such period.
pub fn of(
    app: &App,
    from: Option<Time>,
    to: Option<Time>,
    zone: Option<Zone>,
    interval: Option<Interval>,
) -> Result<Period, Problem> {
    let zone = zone.unwrap_or(Zone::UTC);
    // Rows have whole microseconds, and so have the edges that they are compared with.
    let to = to.unwrap_or_else(|| app.now()).trunc_subsecs(6);
    let from = from
        .or_else(|| zone.day_begins(zone.date_at(to).checked_sub_days(Days::new(DAYS - 1))?))
        .unwrap_or(to)
        .trunc_subsecs(6);
    let interval = interval.unwrap_or_else(|| Period::fitting_interval(from, to));
    Period::new(from, to, zone, interval)
        .map_err(|e| Problem::new(Code::InvalidQuery, format!("{e}.")))
}
