//! What the first screen of the desk shows.

use actix_web::{get, web};
use bsm_application::dashboard::{self, AgeCount, DayVolume, Today};
use bsm_domain::figures::Zone;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use super::insight_dto::{InsightRating, Percentiles};
use crate::auth::caller::Staff;
use crate::http::params::{One, Params};
use crate::http::problem::{Code, Problem};
use crate::state::AppState;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(show);
}

/// Whose days, and how many of them.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct DashboardParams {
    /// The zone that days begin and end in, by its IANA name; UTC where it is left out.
    #[param(value_type = Option<String>, example = "Europe/Berlin", max_length = 64)]
    time_zone: Option<One<Zone>>,
    /// How many days the volume has, today among them; 14 where it is left out.
    #[param(minimum = 1, maximum = 90)]
    days: Option<u64>,
}

/// Tickets that need somebody now.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeededNow {
    /// Open in any way, and nobody's: `status=new,open,pending,on_hold&assignee=none`.
    pub unassigned: i64,
    /// The customer waits for an answer: `status=new,open&waiting=true`.
    pub waiting: i64,
    /// Since when the one waits who waits longest.
    #[schema(required)]
    pub longest_waiting_since: Option<DateTime<Utc>>,
    /// The customer undid the resolution: `status=new,open&reopened=true`.
    pub reopened: i64,
    /// Low ratings that nobody of staff has looked at: those of the feedback list with
    /// `score=1,2&seen=false`.
    pub low_scores: i64,
}

/// What happened on one day.
#[derive(Debug, Serialize, ToSchema)]
pub struct DayFigures {
    /// The day in the zone.
    pub date: NaiveDate,
    /// Its first moment.
    pub from: DateTime<Utc>,
    /// The first moment of the next day.
    pub to: DateTime<Utc>,
    /// Tickets opened: `created_from`, `created_to`.
    pub created: i64,
    /// Tickets resolved, by a resolution that stands: `resolved_from`, `resolved_to`.
    pub resolved: i64,
}

impl From<DayVolume> for DayFigures {
    fn from(day: DayVolume) -> Self {
        Self {
            date: day.date,
            from: day.from,
            to: day.to,
            created: day.created,
            resolved: day.resolved,
        }
    }
}

/// The figures of today so far.
#[derive(Debug, Serialize, ToSchema)]
pub struct TodayFigures {
    /// Tickets opened and resolved.
    #[serde(flatten)]
    pub day: DayFigures,
    /// Tickets first answered: `answered_from`, `answered_to`.
    pub answered: i64,
    /// How long those had waited.
    #[schema(required)]
    pub first_response_seconds: Option<Percentiles>,
    /// Ratings given.
    pub rating: InsightRating,
}

impl From<Today> for TodayFigures {
    fn from(today: Today) -> Self {
        Self {
            day: today.volume.into(),
            answered: today.answered,
            first_response_seconds: Percentiles::of(
                today.first_response_median,
                today.first_response_p90,
            ),
            rating: InsightRating {
                average: today.rating_average,
                count: today.ratings,
            },
        }
    }
}

/// Open tickets of one age.
#[derive(Debug, Serialize, ToSchema)]
pub struct BacklogAge {
    /// The least age in calendar days: 0 for today's.
    pub min_days: u64,
    /// The greatest; null for any.
    #[schema(required)]
    pub max_days: Option<u64>,
    /// Opened at or after; null for the oldest.
    #[schema(required)]
    pub from: Option<DateTime<Utc>>,
    /// Opened before.
    pub to: DateTime<Utc>,
    /// How many are still open: `status=new,open,pending,on_hold` with `created_from`, `created_to`.
    pub tickets: i64,
}

impl From<AgeCount> for BacklogAge {
    fn from(age: AgeCount) -> Self {
        Self {
            min_days: age.min_days,
            max_days: age.max_days,
            from: age.from,
            to: age.to,
            tickets: age.tickets,
        }
    }
}

/// What the first screen shows.
#[derive(Debug, Serialize, ToSchema)]
pub struct Dashboard {
    /// What needs somebody now.
    pub needed: NeededNow,
    /// Today so far.
    pub today: TodayFigures,
    /// Days up to today, oldest first.
    pub volume: Vec<DayFigures>,
    /// Open tickets by age, youngest first.
    pub backlog: Vec<BacklogAge>,
    /// Whose days these are.
    pub time_zone: String,
    /// The moment the figures are of.
    pub as_of: DateTime<Utc>,
}

/// Reads the dashboard.
///
/// What needs somebody now, today so far, tickets opened and resolved a day, and open tickets by
/// age. Each count is that of the list of tickets with the filters that its description names.
#[utoipa::path(tag = "Dashboard", operation_id = "dashboard.get", params(DashboardParams),
    responses((status = 200, description = "The figures.", body = Dashboard)))]
#[get("/dashboard")]
async fn show(
    state: web::Data<AppState>,
    caller: Staff,
    params: Params<DashboardParams>,
) -> Result<web::Json<Dashboard>, Problem> {
    let Params(params) = params;
    let zone = params.time_zone.map_or(Zone::UTC, |zone| zone.0);
    let days = params.days.unwrap_or(14);
    if !(1..=90).contains(&days) {
        return Err(Problem::new(Code::InvalidQuery, "days: must be 1 to 90."));
    }
    let found = dashboard::dashboard(&state.app, caller.actor(), zone, days).await?;
    Ok(web::Json(Dashboard {
        needed: NeededNow {
            unassigned: found.needed.unassigned,
            waiting: found.needed.waiting,
            longest_waiting_since: found.needed.longest_waiting_since,
            reopened: found.needed.reopened,
            low_scores: found.low_scores,
        },
        today: found.today.into(),
        volume: found.volume.into_iter().map(Into::into).collect(),
        backlog: found.backlog.into_iter().map(Into::into).collect(),
        time_zone: found.zone.name().to_owned(),
        as_of: found.as_of,
    }))
}
