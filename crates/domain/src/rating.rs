//! Ratings of resolutions.

use crate::clock::Time;
use chrono::Duration;

/// How long a rating can be given or changed, counted from the resolution.
pub const RATING_WINDOW_DAYS: i64 = 28;

/// The last moment at which a resolution of `resolved_at` can be rated.
#[must_use]
pub fn rating_until(resolved_at: Time) -> Time {
    resolved_at + Duration::days(RATING_WINDOW_DAYS)
}
