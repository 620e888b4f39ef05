//! Times that are asked for.

use bsm_domain::clock::Time;
use chrono::{DateTime, Datelike as _};
use serde::de::{Deserialize, Deserializer, Error};

/// The first and the last moment of the years 1970 to 9999: what lies between both engines can store and
/// compare, and nothing was ever written down outside.
fn storable() -> (Time, Time) {
    let at = |micros| DateTime::from_timestamp_micros(micros).unwrap_or_default();
    (at(0), at(253_402_300_799_999_999))
}

/// Whether both engines can compare with it.
#[must_use]
pub fn is_storable(at: Time) -> bool {
    let (first, last) = storable();
    first <= at && at <= last
}

/// Reads a time as RFC 3339 writes it, for `deserialize_with`. What lies before 1970 is taken for the beginning of
/// that year, before which nothing happened; what an offset moves behind 9999, for its end.
///
/// # Errors
/// Where it is no time, or of a year that RFC 3339 does not know.
pub fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Time, D::Error> {
    let at = Time::deserialize(deserializer)?;
    // An offset of a day at most moves the edges of the years 0 to 9999.
    if (-1..=10_000).contains(&at.year()) {
        let (first, last) = storable();
        return Ok(at.clamp(first, last));
    }
    Err(D::Error::custom(
        "a time of the years 0 to 9999 is expected",
    ))
}

/// [`given`] for a parameter that can be missing, with `default`.
///
/// # Errors
/// As [`given`].
pub fn optional<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Time>, D::Error> {
    given(deserializer).map(Some)
}
