//! What the first screen of the desk shows.

use bsm_domain::actor::Actor;
use bsm_domain::clock::Time;
use bsm_domain::figures::percentile::{MEDIAN, P90, of_sorted};
use bsm_domain::figures::{Zone, average};
use bsm_domain::policy::{self, Capability};
use bsm_persistence::dashboard::{CountedBy, NeededRow};
use chrono::{Days, NaiveDate};

use crate::{App, Error, Result};

/// Ages of the backlog in calendar days, the least and the greatest of each.
const AGES: [(u64, Option<u64>); 5] = [
    (0, Some(0)),
    (1, Some(2)),
    (3, Some(6)),
    (7, Some(29)),
    (30, None),
];

/// What happened on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayVolume {
    /// The day in its zone.
    pub date: NaiveDate,
    /// Its first moment.
    pub from: Time,
    /// The first moment of the next.
    pub to: Time,
    /// Tickets opened.
    pub created: i64,
    /// Tickets resolved, by a resolution that stands.
    pub resolved: i64,
}

/// Open tickets of one age.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgeCount {
    /// The least age in calendar days.
    pub min_days: u64,
    /// The greatest; `None` for any.
    pub max_days: Option<u64>,
    /// Opened at or after; `None` for the oldest.
    pub from: Option<Time>,
    /// Opened before.
    pub to: Time,
    /// How many are still open in any way.
    pub tickets: i64,
}

/// The figures of the present day.
#[derive(Debug, Clone, PartialEq)]
pub struct Today {
    /// What happened.
    pub volume: DayVolume,
    /// Tickets first answered.
    pub answered: i64,
    /// How long half of those had waited at most, in seconds.
    pub first_response_median: Option<i64>,
    /// How long nine of ten of those had waited at most.
    pub first_response_p90: Option<i64>,
    /// Ratings given.
    pub ratings: i64,
    /// Their average.
    pub rating_average: Option<f64>,
}

/// What the first screen shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Dashboard {
    /// What needs somebody now.
    pub needed: NeededRow,
    /// Ratings of at most 2 that nobody of staff has looked at.
    pub low_scores: i64,
    /// Today so far.
    pub today: Today,
    /// Days up to today, oldest first.
    pub volume: Vec<DayVolume>,
    /// Open tickets by age, youngest first.
    pub backlog: Vec<AgeCount>,
    /// Whose days these are.
    pub zone: Zone,
    /// The moment all this is of.
    pub as_of: Time,
}

/// The first screen, with the volume of so many days up to today. Staff only.
///
/// # Errors
/// [`Error::Forbidden`]
pub async fn dashboard(app: &App, actor: &Actor, zone: Zone, days: u64) -> Result<Dashboard> {
    policy::require(actor, Capability::Work)?;
    let as_of = app.now();
    let today = zone.date_at(as_of);
    let day = |ago: u64| span(zone, today, ago, ago);
    let times: Vec<(Time, Time)> = (0..days).rev().map(day).collect::<Result<_>>()?;
    let ages: Vec<(Time, Time)> = AGES
        .iter()
        .map(|(min, max)| match max {
            Some(max) => span(zone, today, *min, *max),
            None => Ok((
                bsm_domain::figures::earliest(),
                span(zone, today, *min, *min)?.1,
            )),
        })
        .collect::<Result<_>>()?;
    let (from, to) = day(0)?;
    // All but the oldest, and what a clock that was wrong dated ahead.
    let mut younger = ages.clone();
    younger.pop();
    younger.push((to, bsm_domain::figures::latest()));
    app.db
        .read_at_once(async |tx| {
            let needed = tx.needed_now().await?;
            let created = tx.tickets_in(CountedBy::Created, &times).await?;
            let resolved = tx.tickets_in(CountedBy::Resolved, &times).await?;
            // The oldest are most of a backlog that grows: they are the rest, not counted.
            let mut open = tx.tickets_in(CountedBy::Backlog, &younger).await?;
            let oldest = needed.unsolved - open.iter().sum::<i64>();
            open.pop();
            open.push(oldest);
            let responses = tx.first_responses_in(from, to).await?;
            let rated = tx.rated_in(from, to).await?;
            let volume: Vec<DayVolume> = times
                .iter()
                .zip(created.iter().zip(&resolved))
                .map(|((from, to), (created, resolved))| DayVolume {
                    date: zone.date_at(*from),
                    from: *from,
                    to: *to,
                    created: *created,
                    resolved: *resolved,
                })
                .collect();
            let backlog = AGES
                .iter()
                .zip(ages.iter().zip(&open))
                .map(|((min, max), ((from, to), tickets))| AgeCount {
                    min_days: *min,
                    max_days: *max,
                    from: max.map(|_| *from),
                    to: *to,
                    tickets: *tickets,
                })
                .collect();
            let last = volume
                .last()
                .cloned()
                .ok_or(Error::Internal("no day was asked for"))?;
            Ok(Dashboard {
                needed,
                low_scores: tx.low_ratings_unseen().await?,
                today: Today {
                    volume: last,
                    answered: i64::try_from(responses.len()).unwrap_or(i64::MAX),
                    first_response_median: of_sorted(&responses, MEDIAN),
                    first_response_p90: of_sorted(&responses, P90),
                    ratings: rated.ratings,
                    rating_average: average(rated.score_sum, rated.ratings),
                },
                volume,
                backlog,
                zone,
                as_of,
            })
        })
        .await
}

/// The days from `oldest` days ago to `youngest` days ago, both of them whole.
fn span(zone: Zone, today: NaiveDate, youngest: u64, oldest: u64) -> Result<(Time, Time)> {
    let begins = |date: Option<NaiveDate>| date.and_then(|date| zone.day_begins(date));
    let from = begins(today.checked_sub_days(Days::new(oldest)));
    let last = today.checked_sub_days(Days::new(youngest));
    let to = begins(last.and_then(|date| date.checked_add_days(Days::new(1))));
    from.zip(to)
        .ok_or(Error::Internal("a day beyond the calendar"))
}
