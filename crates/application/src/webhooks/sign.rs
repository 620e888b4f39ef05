//! Signatures as Standard Webhooks says (<https://www.standardwebhooks.com>, version 1).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bsm_domain::clock::Time;
use bsm_persistence::webhooks::WebhookRow;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use super::seal::Key;
use crate::App;

/// The header `webhook-signature` under some keys: one signature each, separated by blanks.
pub(super) fn header(keys: &[Key], id: &str, timestamp: i64, body: &str) -> String {
    let signatures: Vec<String> = keys
        .iter()
        .filter_map(|key| signature(&key.0, id, timestamp, body))
        .collect();
    signatures.join(" ")
}

/// One signature: `v1,` and the HMAC-SHA256 of `id.timestamp.body` in base64. `None` never comes:
/// keys may have any length.
#[must_use]
pub fn signature(key: &[u8], id: &str, timestamp: i64, body: &str) -> Option<String> {
    let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key).ok()?;
    mac.update(format!("{id}.{timestamp}.").as_bytes());
    mac.update(body.as_bytes());
    Some(format!(
        "v1,{}",
        STANDARD.encode(mac.finalize().into_bytes())
    ))
}

/// The keys that sign now: the present one, and the one before while it is kept. Empty where the
/// present one cannot be read.
pub(super) fn keys(app: &App, webhook: &WebhookRow, now: Time) -> Vec<Key> {
    let Some(present) = Key::open(app, webhook.id, &webhook.secret) else {
        return Vec::new();
    };
    let before = webhook
        .old_secret
        .as_deref()
        .filter(|_| webhook.old_secret_until.is_some_and(|until| now < until))
        .and_then(|sealed| Key::open(app, webhook.id, sealed));
    std::iter::once(present).chain(before).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Computed with OpenSSL: `printf %s 'msg.1700000000.{"a":1}' | openssl dgst -sha256 -mac HMAC
    /// -macopt hexkey:000102…1f -binary | base64`.
    #[test]
    fn a_known_signature() {
        let key: Vec<u8> = (0..32).collect();
        assert_eq!(
            signature(&key, "msg", 1_700_000_000, r#"{"a":1}"#).unwrap(),
            "v1,fkNjWRBmKbgBTTZGy8gjuHGwrTM/NnDwM3Jm5OjtPJY="
        );
    }
}
