//! Secrets of webhooks: made, and sealed as they lie in the database, so that a copy of it signs
//! nothing.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bsm_domain::ids::WebhookId;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use crate::{App, Error, Result};

/// Keeps this key apart from everything else that the installation's secret makes.
const PURPOSE: &[u8] = b"bsm webhook secret v1";
const NONCE: usize = 24;
/// What secrets of Standard Webhooks begin with; the rest is base64.
const PREFIX: &str = "whsec_";

/// The bytes that signatures are made with.
pub(super) struct Key(pub(super) [u8; 32]);

impl Key {
    /// A new one.
    pub(super) fn make() -> Result<Self> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|_| Error::Internal("no randomness"))?;
        Ok(Self(bytes))
    }

    /// As receivers are given it.
    pub(super) fn text(&self) -> String {
        format!("{PREFIX}{}", STANDARD.encode(self.0))
    }

    /// As it may lie in the database: for this webhook and no other.
    pub(super) fn seal(&self, app: &App, webhook: WebhookId) -> Result<Vec<u8>> {
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).map_err(|_| Error::Internal("no randomness"))?;
        let payload = Payload {
            msg: &self.0,
            aad: webhook.0.as_bytes(),
        };
        let text = cipher(app)?
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| Error::Internal("a secret cannot be sealed"))?;
        let mut sealed = nonce.to_vec();
        sealed.extend(text);
        Ok(sealed)
    }

    /// Reads a sealed one; `None` where it was sealed under another secret of the installation.
    pub(super) fn open(app: &App, webhook: WebhookId, sealed: &[u8]) -> Option<Self> {
        let (nonce, text) = sealed.split_at_checked(NONCE)?;
        let nonce: [u8; NONCE] = nonce.try_into().ok()?;
        let payload = Payload {
            msg: text,
            aad: webhook.0.as_bytes(),
        };
        let opened = cipher(app).ok()?.decrypt(&XNonce::from(nonce), payload);
        Some(Self(opened.ok()?.try_into().ok()?))
    }
}

fn cipher(app: &App) -> Result<XChaCha20Poly1305> {
    let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(&app.settings.secret)
        .map_err(|_| Error::Internal("the secret makes no key"))?;
    mac.update(PURPOSE);
    Ok(XChaCha20Poly1305::new(&mac.finalize().into_bytes()))
}
