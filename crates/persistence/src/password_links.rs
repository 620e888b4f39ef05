//! Single-use links with which people set their password.

use bsm_domain::clock::Time;
use bsm_domain::ids::{PasswordLinkId, UserId};
use sqlx::FromRow;

use crate::{DbError, Tx};

/// A link. Its token is kept as its SHA-256 only.
#[derive(Debug, Clone, FromRow)]
#[allow(missing_docs, reason = "columns of `password_links`")]
pub struct PasswordLinkRow {
    pub id: PasswordLinkId,
    pub user_id: UserId,
    pub created_at: Time,
    pub expires_at: Time,
    pub used_at: Option<Time>,
}

/// A link about to be written.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "columns of `password_links`")]
pub struct NewPasswordLink {
    pub id: PasswordLinkId,
    pub user_id: UserId,
    pub token_hash: String,
    pub created_by: Option<UserId>,
    pub created_at: Time,
    pub expires_at: Time,
}

impl Tx {
    /// Writes a link.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn insert_password_link(&mut self, link: &NewPasswordLink) -> Result<(), DbError> {
        self.q(
            "insert into password_links (id, user_id, token_hash, created_by, created_at, expires_at) \
             values ($1, $2, $3, $4, $5, $6)",
        )
        .bind(link.id)
        .bind(link.user_id)
        .bind(link.token_hash.clone())
        .bind(link.created_by)
        .bind(link.created_at)
        .bind(link.expires_at)
        .execute()
        .await
        .map(drop)
    }

    /// The link of a token, by the token's SHA-256 in hexadecimal. It only changes under the lock
    /// of its person.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn password_link(
        &mut self,
        token_hash: &str,
    ) -> Result<Option<PasswordLinkRow>, DbError> {
        self.q(
            "select id, user_id, created_at, expires_at, used_at from password_links \
             where token_hash = $1",
        )
        .bind(token_hash.to_owned())
        .optional()
        .await
    }

    /// Uses up every unused link of a person: the one they came with and all others. Returns how
    /// many.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn use_up_password_links(&mut self, user: UserId, at: Time) -> Result<u64, DbError> {
        self.q("update password_links set used_at = $2 where user_id = $1 and used_at is null")
            .bind(user)
            .bind(at)
            .execute()
            .await
    }
}
