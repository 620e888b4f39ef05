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
//! Merge patches (RFC 7396): an absent member stays, a null empties.

use serde::{Deserialize, Deserializer};

/// Tells an absent member from a null: absent is `None`, null `Some(None)`. Goes with
/// `#[serde(default, deserialize_with = "patch::double")]`.
///
/// # Errors
/// Those of the value.
pub fn double<'de, D, T>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Some)
}
