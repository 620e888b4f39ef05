//! Ratings of resolutions.

use crate::clock::Time;
use chrono::Duration;

/// The last moment at which a resolution of `resolved_at` can be rated, where admins give
/// `window_days` for it.
#[must_use]
pub fn rating_until(resolved_at: Time, window_days: i64) -> Time {
    resolved_at + Duration::days(window_days)
}
