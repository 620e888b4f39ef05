//! Argon2id, off the async threads and not too much of it at once: each hash takes 19 MiB and
//! tens of milliseconds of a core.

use std::sync::LazyLock;

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use bsm_domain::password::Password;
use tokio::sync::Semaphore;

use crate::{Error, Result};

/// Most hashes at the same time in this process.
static HASHING: Semaphore = Semaphore::const_new(4);

/// What is verified where there is nothing to verify, so that an unknown address takes as long
/// as a wrong password.
static NOBODYS: LazyLock<Option<String>> = LazyLock::new(|| make(b"nobody has this password"));

/// The hash of a new password, as a PHC string.
pub(crate) async fn hash(password: Password) -> Result<String> {
    blocking(move || make(password.as_bytes()))
        .await?
        .ok_or(Error::Internal("a password could not be hashed"))
}

/// Whether this is the password of a hash. Without a hash the answer is no, after the same time.
pub(crate) async fn verify(password: Password, hash: Option<String>) -> Result<bool> {
    blocking(move || {
        let nobodys = NOBODYS.as_deref().unwrap_or_default();
        let known = hash.is_some();
        let matches = PasswordHash::new(hash.as_deref().unwrap_or(nobodys)).is_ok_and(|hash| {
            Argon2::default()
                .verify_password(password.as_bytes(), &hash)
                .is_ok()
        });
        known && matches
    })
    .await
}

fn make(password: &[u8]) -> Option<String> {
    let hash = Argon2::default().hash_password(password).ok()?;
    Some(hash.to_string())
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let permit = HASHING
        .acquire()
        .await
        .map_err(|_| Error::Internal("hashing has stopped"))?;
    // The permit goes along: a caller who hangs up does not stop the hash.
    tokio::task::spawn_blocking(move || {
        let done = work();
        drop(permit);
        done
    })
    .await
    .map_err(|_| Error::Internal("no thread for hashing"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_matches_and_nobodys_matches_never() {
        let right = Password::claimed("correct horse battery");
        let hash = hash(right.clone()).await.unwrap();
        assert!(
            hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{hash}"
        );
        assert!(verify(right, Some(hash.clone())).await.unwrap());
        let wrong = Password::claimed("correct horse");
        assert!(!verify(wrong, Some(hash)).await.unwrap());
        let nobodys = Password::claimed("nobody has this password");
        assert!(!verify(nobodys.clone(), None).await.unwrap());
        assert!(!verify(nobodys, Some("garbage".into())).await.unwrap());
    }
}
