//! Merge patches (RFC 7396): a field that is absent stays, one that is null is taken away.

use serde::{Deserialize, Deserializer};

/// For `#[serde(default, deserialize_with = "patch::double")]` on an `Option<Option<T>>`: what is
/// there is `Some`, and null is `Some(None)`.
///
/// # Errors
/// Those of the value.
pub fn double<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}
