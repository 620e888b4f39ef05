//! Webhooks, as in the Standard Webhooks specification.

use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;

/// A clock may differ by this much, and a delivery be this old.
const TOLERANCE: Duration = Duration::from_secs(300);

/// Why a delivery is not to be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotBelieved {
    /// One of its three headers is missing, or is none.
    #[error("a header is missing or malformed")]
    Header,
    /// It is too old, or of the future.
    #[error("the timestamp is too far from now")]
    Time,
    /// A secret is none.
    #[error("the secret is not one")]
    Secret,
    /// None of the secrets signed it.
    #[error("no signature is ours")]
    Signature,
    /// It is signed, but not JSON.
    #[error("the body is not JSON")]
    Body,
}

/// The event in a delivery, when one of these secrets (`whsec_…`) signed it within five minutes of `now`.
///
/// `header` finds a header by its name in lower case; `body` is the body as it came. A delivery may come
/// twice: its `webhook-id` stays the same.
///
/// # Errors
/// [`NotBelieved`]
pub fn verify_webhook<'a>(
    secrets: &[&str],
    header: impl Fn(&str) -> Option<&'a str>,
    body: &[u8],
    now: SystemTime,
) -> Result<Value, NotBelieved> {
    let header = |name| header(name).ok_or(NotBelieved::Header);
    let (id, at) = (header("webhook-id")?, header("webhook-timestamp")?);
    let signatures = header("webhook-signature")?;
    let seconds: u32 = at.parse().map_err(|_| NotBelieved::Header)?;
    let sent = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds.into());
    let distance = now.duration_since(sent).unwrap_or_else(|e| e.duration());
    if distance > TOLERANCE {
        return Err(NotBelieved::Time);
    }
    for secret in secrets {
        let key = STANDARD
            .decode(secret.strip_prefix("whsec_").unwrap_or(secret))
            .map_err(|_| NotBelieved::Secret)?;
        let mac = Hmac::<Sha256>::new_from_slice(&key).map_err(|_| NotBelieved::Secret)?;
        let mac = mac.chain_update(format!("{id}.{at}.")).chain_update(body);
        for value in signatures.split(' ').filter_map(|s| s.strip_prefix("v1,")) {
            // Compares in constant time.
            if let Ok(theirs) = STANDARD.decode(value)
                && mac.clone().verify_slice(&theirs).is_ok()
            {
                return serde_json::from_slice(body).map_err(|_| NotBelieved::Body);
            }
        }
    }
    Err(NotBelieved::Signature)
}
