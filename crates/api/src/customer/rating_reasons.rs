//! The reasons that customers can choose with a score.

use actix_web::{get, web};
use bsm_domain::rating::Reason;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::auth::caller::Customer;

pub(super) fn routes(config: &mut ServiceConfig<'_>) {
    config.service(index);
}

/// The reasons that fit a score.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReasonsOfScore {
    /// 1 to 5.
    #[schema(minimum = 1, maximum = 5)]
    pub score: i64,
    /// The codes that a rating with this score may have.
    pub reasons: Vec<Reason>,
}

/// The reasons of every score.
#[derive(Debug, Serialize, ToSchema)]
pub struct RatingReasons {
    /// One entry a score, the lowest first.
    pub items: Vec<ReasonsOfScore>,
}

/// Lists the reasons of ratings.
///
/// Which codes a rating may have depends on its score; others are refused.
#[utoipa::path(tag = "Rating", operation_id = "rating_reasons.list",
    responses((status = 200, description = "The reasons of every score.", body = RatingReasons)))]
#[get("/rating-reasons")]
async fn index(_: Customer) -> web::Json<RatingReasons> {
    let of = |score| ReasonsOfScore {
        score,
        reasons: Reason::of_score(score).to_vec(),
    };
    web::Json(RatingReasons {
        items: (1..=5).map(of).collect(),
    })
}
