//! The figures of what customers said.

use actix_web::{get, web};
use bsm_application::feedback::{self, FeedbackSummary, Part};
use bsm_domain::figures::{Counts, Interval, Period, Zone};
use bsm_domain::ids::{ServiceId, UserId};
use bsm_persistence::figures::ReasonCount;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::caller::Staff;
use crate::http::moment;
use crate::http::params::{One, Params};
use crate::http::people::{Person, ServiceRef};
use crate::http::period;
use crate::http::problem::Problem;
use crate::state::AppState;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(show);
}

/// How many ratings there are of each score.
#[derive(Debug, Serialize, ToSchema)]
pub struct Distribution {
    /// One star.
    #[serde(rename = "1")]
    pub one: i64,
    /// Two stars.
    #[serde(rename = "2")]
    pub two: i64,
    /// Three stars.
    #[serde(rename = "3")]
    pub three: i64,
    /// Four stars.
    #[serde(rename = "4")]
    pub four: i64,
    /// Five stars.
    #[serde(rename = "5")]
    pub five: i64,
}

impl From<&Counts> for Distribution {
    fn from(counts: &Counts) -> Self {
        let [one, two, three, four, five] = counts.scores();
        Self {
            one,
            two,
            three,
            four,
            five,
        }
    }
}

/// The figures of ratings and resolutions.
#[derive(Debug, Serialize, ToSchema)]
pub struct FeedbackFigures {
    /// Ratings that were given.
    pub count: i64,
    /// Their average score, to two decimals; of none there is none.
    #[schema(required, minimum = 1, maximum = 5)]
    pub average: Option<f64>,
    /// Scores 4 and 5 in percent of all scores, to two decimals.
    #[schema(required, minimum = 0, maximum = 100)]
    pub satisfied_percent: Option<f64>,
    /// Resolutions that took place. A ticket that was resolved twice counts twice, one that was
    /// withdrawn not at all.
    pub resolutions: i64,
    /// Those of them that are rated, whenever that was.
    pub rated_resolutions: i64,
    /// `rated_resolutions` over `resolutions`, from 0 to 1, to four decimals.
    #[schema(required, minimum = 0, maximum = 1)]
    pub response_rate: Option<f64>,
    /// Those of them that a customer undid.
    pub reopened: i64,
    /// `reopened` over `resolutions`, from 0 to 1, to four decimals.
    #[schema(required, minimum = 0, maximum = 1)]
    pub reopen_rate: Option<f64>,
}

impl From<&Counts> for FeedbackFigures {
    fn from(counts: &Counts) -> Self {
        Self {
            count: counts.ratings(),
            average: counts.average(),
            satisfied_percent: counts.satisfied_percent(),
            resolutions: counts.resolutions,
            rated_resolutions: counts.rated,
            response_rate: counts.response_rate(),
            reopened: counts.reopened,
            reopen_rate: counts.reopen_rate(),
        }
    }
}

/// One day, week or month.
#[derive(Debug, Serialize, ToSchema)]
pub struct FeedbackTrend {
    /// Its first day in the time zone of the report, also where the period begins later.
    pub starts_on: NaiveDate,
    /// Its first moment within the period.
    pub from: DateTime<Utc>,
    /// The moment after its last.
    pub to: DateTime<Utc>,
    /// What was counted in it.
    #[serde(flatten)]
    pub figures: FeedbackFigures,
}

/// The figures of one agent.
#[derive(Debug, Serialize, ToSchema)]
pub struct FeedbackByAssignee {
    /// Who had the tickets when they were resolved; nobody where they had no assignee.
    #[schema(required)]
    pub assignee: Option<Person>,
    /// Theirs.
    #[serde(flatten)]
    pub figures: FeedbackFigures,
}

/// The figures of one service.
#[derive(Debug, Serialize, ToSchema)]
pub struct FeedbackByService {
    /// What was ordered, by the name it has now; none for tickets that were no orders.
    #[schema(required)]
    pub service: Option<ServiceRef>,
    /// Those of its orders.
    #[serde(flatten)]
    pub figures: FeedbackFigures,
}

/// How often a reason was given.
#[derive(Debug, Serialize, ToSchema)]
pub struct FeedbackReason {
    /// Its code.
    #[schema(example = "slow")]
    pub reason: String,
    /// In how many ratings.
    pub count: i64,
}

/// What customers said in a period.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FeedbackSummary)]
pub struct SummaryAnswer {
    /// The first moment of the period.
    pub from: DateTime<Utc>,
    /// The moment after its last.
    pub to: DateTime<Utc>,
    /// Whose days, weeks and months the trend has.
    #[schema(example = "Europe/Berlin")]
    pub time_zone: String,
    /// What the trend is divided into.
    pub interval: Interval,
    /// When this was counted.
    pub as_of: DateTime<Utc>,
    /// The whole period.
    #[serde(flatten)]
    pub figures: FeedbackFigures,
    /// Ratings by score.
    pub distribution: Distribution,
    /// The pieces of the period in their order, also those without anything.
    pub trend: Vec<FeedbackTrend>,
    /// By agent: most ratings first.
    pub by_assignee: Vec<FeedbackByAssignee>,
    /// By service: most ratings first.
    pub by_service: Vec<FeedbackByService>,
    /// The reasons that were given, most often given first.
    pub reasons: Vec<FeedbackReason>,
    /// Ratings of 1 and 2, of all times, that nobody of staff has looked at.
    pub low_unseen: i64,
}

impl SummaryAnswer {
    fn new(period: &Period, summary: FeedbackSummary) -> Self {
        let assignee = |part: Part| FeedbackByAssignee {
            figures: (&part.counts).into(),
            assignee: part.subject.map(|(id, n)| Person::staff(UserId(id), n)),
        };
        let service = |part: Part| FeedbackByService {
            figures: (&part.counts).into(),
            service: part.subject.map(|(id, name)| ServiceRef {
                id: ServiceId(id),
                name,
            }),
        };
        let reason = |row: ReasonCount| FeedbackReason {
            reason: row.reason,
            count: row.ratings,
        };
        Self {
            from: period.from(),
            to: period.to(),
            time_zone: period.zone().to_string(),
            interval: period.interval(),
            as_of: summary.as_of,
            figures: (&summary.totals).into(),
            distribution: (&summary.totals).into(),
            trend: summary
                .trend
                .iter()
                .map(|(bucket, counts)| FeedbackTrend {
                    starts_on: bucket.starts_on,
                    from: bucket.from,
                    to: bucket.to,
                    figures: counts.into(),
                })
                .collect(),
            by_assignee: summary.by_assignee.into_iter().map(assignee).collect(),
            by_service: summary.by_service.into_iter().map(service).collect(),
            reasons: summary.reasons.into_iter().map(reason).collect(),
            low_unseen: summary.low_unseen,
        }
    }
}

/// The period of a report.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct SummaryParams {
    /// The first moment; by default the beginning of the 30 days that end with `to`.
    #[serde(default, deserialize_with = "moment::optional")]
    from: Option<DateTime<Utc>>,
    /// The moment after the last; now by default.
    #[serde(default, deserialize_with = "moment::optional")]
    to: Option<DateTime<Utc>>,
    /// Whose days, weeks and months: an IANA name, `UTC` by default.
    #[param(value_type = Option<String>, example = "Europe/Berlin", max_length = 64)]
    time_zone: Option<One<Zone>>,
    /// What the trend is divided into, at most 400 pieces; by default what suits the length.
    interval: Option<Interval>,
}

/// Sums up what customers said.
///
/// A rating counts in the period in which it was first given, a resolution in the one in which it
/// took place; changes move neither. The response rate speaks of the period's resolutions and
/// whether they are rated by now. Each figure is the length of a list: `count` and `distribution`
/// of `GET /api/admin/feedback` with the same `from` and `to`, `resolutions` of
/// `GET /api/admin/resolutions`.
#[utoipa::path(tag = "Feedback", operation_id = "feedback.summary", params(SummaryParams),
    responses((status = 200, description = "The figures.", body = SummaryAnswer)))]
#[get("/feedback/summary")]
async fn show(
    state: web::Data<AppState>,
    caller: Staff,
    params: Params<SummaryParams>,
) -> Result<web::Json<SummaryAnswer>, Problem> {
    let Params(params) = params;
    let zone = params.time_zone.map(|z| z.0);
    let period = period::of(&state.app, params.from, params.to, zone, params.interval)?;
    let summary = feedback::summary(&state.app, caller.actor(), &period).await?;
    Ok(web::Json(SummaryAnswer::new(&period, summary)))
}
