//! Times that are asked for.

use bsm_domain::clock::Time;
use chrono::Datelike as _;
use serde::de::{Deserialize, Deserializer, Error};

/// The years that both engines can store and compare. RFC 3339 knows those from 0000 on, and the parser
/// more than that.
pub const YEARS: std::ops::RangeInclusive<i32> = 1970..=9999;

/// Whether both engines can compare with it.
#[must_use]
pub fn is_storable(at: &Time) -> bool {
    YEARS.contains(&at.year())
}

/// Reads a time of the years 1970 to 9999, for `deserialize_with`.
///
/// # Errors
/// Where it is no such time.
pub fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Time, D::Error> {
    let at = Time::deserialize(deserializer)?;
    if is_storable(&at) {
        return Ok(at);
    }
    let (first, last) = (YEARS.start(), YEARS.end());
    Err(D::Error::custom(format_args!(
        "a time of the years {first} to {last} is expected"
    )))
}

/// [`given`] for a parameter that can be missing, with `default`.
///
/// # Errors
/// Where it is no such time.
pub fn optional<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Time>, D::Error> {
    given(deserializer).map(Some)
}
