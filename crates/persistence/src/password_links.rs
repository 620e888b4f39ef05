//! Single-use links with which people set their password.

use bsm_domain::clock::Time;
use bsm_domain::ids::{PasswordLinkId, UserId};
use sqlx::FromRow;

use crate::page::{Direction, Key, Page, Window, push_window};
use crate::{DbError, Tx};

/// A link. Its token is kept as its SHA-256 only.
#[derive(Debug, Clone, FromRow)]
#[allow(missing_docs, reason = "columns of `password_links`")]
pub struct PasswordLinkRow {
    pub id: PasswordLinkId,
    pub user_id: UserId,
    pub created_at: Time,
    pub expires_at: Time,
    /// When its person set a password with it.
    pub used_at: Option<Time>,
    /// When a newer link, or a password set by other means, took its place.
    pub replaced_at: Option<Time>,
}

/// A link with who made it.
#[derive(Debug, Clone, FromRow)]
#[allow(missing_docs, reason = "columns of `password_links`")]
pub struct PasswordLinkInfo {
    pub id: PasswordLinkId,
    /// Nobody where it was made at the command line.
    pub created_by: Option<UserId>,
    pub created_by_name: Option<String>,
    pub created_at: Time,
    pub expires_at: Time,
    pub used_at: Option<Time>,
    pub replaced_at: Option<Time>,
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
            "select id, user_id, created_at, expires_at, used_at, replaced_at from password_links \
             where token_hash = $1",
        )
        .bind(token_hash.to_owned())
        .optional()
        .await
    }

    /// A page of the links of a person, newest first.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn password_links(
        &mut self,
        user: UserId,
        window: &Window,
    ) -> Result<Page<PasswordLinkInfo>, DbError> {
        let mut query = self.q(
            "select l.id, l.created_by, u.name as created_by_name, l.created_at, l.expires_at, \
             l.used_at, l.replaced_at from password_links l \
             left join users u on u.id = l.created_by where l.user_id = ",
        );
        query.push_bind(user);
        push_window(
            &mut query,
            window,
            "(l.created_at, l.id)",
            Direction::Falling,
            " order by l.created_at desc, l.id desc",
        );
        let rows: Vec<PasswordLinkInfo> = query.all().await?;
        Ok(Page::cut(rows, window.limit, |row| Key {
            at: row.created_at,
            id: row.id.0,
        }))
    }

    /// Notes that a link was used.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn use_password_link(&mut self, id: PasswordLinkId, at: Time) -> Result<(), DbError> {
        self.q("update password_links set used_at = $2 where id = $1")
            .bind(id)
            .bind(at)
            .execute()
            .await
            .map(drop)
    }

    /// Ends every link of a person that was neither used nor replaced. Returns how many.
    ///
    /// # Errors
    /// [`DbError`]
    pub async fn replace_password_links(&mut self, user: UserId, at: Time) -> Result<u64, DbError> {
        self.q("update password_links set replaced_at = $2 \
             where user_id = $1 and used_at is null and replaced_at is null")
            .bind(user)
            .bind(at)
            .execute()
            .await
    }
}
