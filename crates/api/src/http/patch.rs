//! JSON merge patch (RFC 7396): a member that is absent stays, `null` removes.

use serde::{Deserialize, Deserializer};

/// For `#[serde(default, deserialize_with = "double")]`: absent is `None`, `null` is
/// `Some(None)`, a value is `Some(Some(value))`.
///
/// # Errors
/// That of the value.
#[allow(
    clippy::option_option,
    reason = "three states are what a merge patch has"
)]
pub fn double<'de, D, T>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Some)
}
