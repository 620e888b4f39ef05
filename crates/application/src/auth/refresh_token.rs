//! Refresh tokens: which session, which generation, and a proof that we wrote it. Nothing of them
//! is kept in the database but the highest generation that was presented.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bsm_domain::ids::SessionId;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use uuid::Uuid;

/// Keeps these tokens apart from everything else that the installation's secret signs.
const PURPOSE: &[u8] = b"bsm refresh token v1";

const ID: usize = 16;
const GENERATION: usize = 8;
const SAID: usize = ID + GENERATION;
const LENGTH: usize = SAID + 32;

/// What a refresh token says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct RefreshToken {
    /// The sign-in.
    pub(crate) session: SessionId,
    /// How many times it was renewed: 1 for the token of the sign-in itself.
    pub(crate) generation: i64,
}

impl RefreshToken {
    /// The token as its bearer keeps it, 75 characters of base64url.
    pub(crate) fn write(&self, secret: &[u8]) -> Option<String> {
        let mut bytes = self.said().to_vec();
        let proof = mac(secret)?.chain_update(&bytes).finalize().into_bytes();
        bytes.extend_from_slice(&proof);
        Some(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// Reads a token; nothing where we did not write it with this secret.
    pub(crate) fn read(text: &str, secret: &[u8]) -> Option<Self> {
        let bytes: [u8; LENGTH] = URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?;
        let (said, proof) = bytes.split_at(SAID);
        // Compared in constant time.
        mac(secret)?.chain_update(said).verify_slice(proof).ok()?;
        let (id, generation) = said.split_at(ID);
        Some(Self {
            session: SessionId(Uuid::from_slice(id).ok()?),
            generation: i64::from_be_bytes(generation.try_into().ok()?),
        })
    }

    fn said(&self) -> [u8; SAID] {
        let mut said = [0; SAID];
        said[..ID].copy_from_slice(self.session.0.as_bytes());
        said[ID..].copy_from_slice(&self.generation.to_be_bytes());
        said
    }
}

fn mac(secret: &[u8]) -> Option<Hmac<Sha256>> {
    let key = Hmac::<Sha256>::new_from_slice(secret)
        .ok()?
        .chain_update(PURPOSE)
        .finalize()
        .into_bytes();
    Hmac::<Sha256>::new_from_slice(&key).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"an installation's secret of 32 bytes or more";

    fn token() -> RefreshToken {
        RefreshToken {
            session: SessionId::generate(),
            generation: 7,
        }
    }

    #[test]
    fn reads_what_it_wrote() {
        let token = token();
        let text = token.write(SECRET).unwrap();
        assert_eq!(text.len(), 75);
        assert_eq!(RefreshToken::read(&text, SECRET), Some(token));
    }

    #[test]
    fn refuses_other_keys_changes_and_cuts() {
        let text = token().write(SECRET).unwrap();
        assert_eq!(RefreshToken::read(&text, b"another secret"), None);
        assert_eq!(RefreshToken::read("", SECRET), None);
        assert_eq!(RefreshToken::read("not base64 at all!", SECRET), None);
        for cut in 0..text.len() {
            assert_eq!(RefreshToken::read(&text[..cut], SECRET), None, "{cut}");
        }
        assert_eq!(RefreshToken::read(&format!("{text}AAAA"), SECRET), None);
        let bytes = URL_SAFE_NO_PAD.decode(&text).unwrap();
        for at in 0..bytes.len() {
            let mut forged = bytes.clone();
            forged[at] ^= 1;
            let forged = URL_SAFE_NO_PAD.encode(forged);
            assert_eq!(RefreshToken::read(&forged, SECRET), None, "byte {at}");
        }
    }
}
