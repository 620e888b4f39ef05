//! Calls that are sent again: the first answer once more, instead of a second act.

use bsm_persistence::DbError;
use bsm_persistence::retries::Call;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use crate::{App, Error, Result};

/// Keeps this key apart from everything else that the installation's secret makes.
const PURPOSE: &[u8] = b"bsm answered call v1";
const NONCE: usize = 24;

/// What is known of a call before it is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Before {
    /// Nothing.
    New,
    /// This was answered to it.
    Answered(Vec<u8>),
    /// Its key was used for another body.
    OtherBody,
}

/// Whether a call was answered before.
///
/// # Errors
/// [`Error::Db`]
pub async fn before(app: &App, call: &Call) -> Result<Before> {
    let kept = app
        .db
        .read(async |tx| Ok::<_, DbError>(tx.answered_call(call).await?))
        .await?;
    Ok(match kept {
        None => Before::New,
        Some(kept) if kept.body_hash != call.body_hash => Before::OtherBody,
        Some(kept) => Before::Answered(open(app, call, &kept.answer)?),
    })
}

/// An answer as it may lie in the database: answers hold what their readers may see, some of them
/// secrets that are shown once, so that nobody reads them there who has not the installation's
/// secret and the client's key.
///
/// # Errors
/// [`Error::Internal`] where the system has no randomness.
pub fn seal(app: &App, call: &Call, answer: &[u8]) -> Result<Vec<u8>> {
    let mut nonce = [0; NONCE];
    getrandom::fill(&mut nonce).map_err(|_| Error::Internal("no randomness"))?;
    let mut sealed = nonce.to_vec();
    let payload = Payload {
        msg: answer,
        aad: &call.body_hash,
    };
    let text = cipher(app, call)?
        .encrypt(&XNonce::from(nonce), payload)
        .map_err(|_| Error::Internal("an answer cannot be sealed"))?;
    sealed.extend(text);
    Ok(sealed)
}

fn open(app: &App, call: &Call, sealed: &[u8]) -> Result<Vec<u8>> {
    let unreadable = || Error::Internal("a kept answer cannot be read");
    let (nonce, text) = sealed.split_at_checked(NONCE).ok_or_else(unreadable)?;
    let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| unreadable())?;
    let payload = Payload {
        msg: text,
        aad: &call.body_hash,
    };
    cipher(app, call)?
        .decrypt(&XNonce::from(nonce), payload)
        .map_err(|_| unreadable())
}

fn cipher(app: &App, call: &Call) -> Result<XChaCha20Poly1305> {
    let mut mac = <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(&app.settings.secret)
        .map_err(|_| Error::Internal("the secret makes no key"))?;
    for part in [
        PURPOSE,
        call.caller.0.as_bytes(),
        call.route.as_bytes(),
        &[0],
        call.key.as_bytes(),
    ] {
        mac.update(part);
    }
    Ok(XChaCha20Poly1305::new(&mac.finalize().into_bytes()))
}
